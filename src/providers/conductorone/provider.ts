import type { Log } from "../../ops/log.ts";
import type { Attempt, Invocation } from "../../triage/model.ts";
import { type Clock, systemClock } from "../clock.ts";
import { NotFoundError, type ProviderError } from "../errors.ts";
import type { OnRequest } from "../http.ts";
import type { Capabilities, InvocationQuery, Provider } from "../provider.ts";
import { checkup } from "./checkup.ts";
import { type ConductorOneClient, createConductorOneClient } from "./client.ts";
import {
  CONDUCTORONE,
  decodeInstance,
  decodeInstanceMadeAt,
  decodeWebhook,
  isExecutionId,
  type Source,
} from "./decode.ts";
import { timeOfKsuid } from "./ksuid.ts";
import { pagesOf, readFrom } from "./pages.ts";
import { createScanner, type Scanner } from "./scan.ts";
import type { ConductorOneSettings } from "./settings.ts";
import { WEBHOOK_STATES } from "./state.ts";

interface Known {
  rows: Invocation[];
  until: Date;
  fault: ProviderError | undefined;
}

export interface ConductorOneProviderParts {
  clock?: Clock;
  giveUpAfterMs?: number;
  onRequest?: OnRequest;
  /** Told of what cannot be read or named, and is left out. */
  log?: Pick<Log, "warn">;
}

/** https://www.conductorone.com/docs/product/admin/webhooks */
const CAPABILITIES: Capabilities = {
  attemptDetail: "timeline",
  timelineOnlyBecause:
    "ConductorOne's public API has no request or response of an attempt, only when it was made and why the last one failed; its web page shows them: Admin > Settings > Webhooks, View history of this webhook.",
  testDelivery: true,
  redelivery: false,
  statuses: WEBHOOK_STATES,
  // Trails have no documented end; the longest a webhook may take is how far back one looks.
  retentionDays: 30,
  retryPolicy:
    "ConductorOne tries up to 50 times, 3 to 15 s apart and 30 s each; it stops at once after a 410, and when the callback window is over (8 days unless set, 30 at most). After a 202 it waits for the callback.",
};

/** ConductorOne in the words of the contract. */
export function createConductorOneProvider(
  settings: ConductorOneSettings,
  parts: ConductorOneProviderParts = {},
): Provider {
  const { clock = systemClock, log } = parts;
  const client = createConductorOneClient(settings, parts);
  const account = settings.baseUrl.replace(/\/+$/, "");
  const callbacks = new Map<string, number | undefined>();
  const scanner = createScanner({ client, clock, log, callbackMsOf: (webhookId) => callbacks.get(webhookId) });
  const sources = new Map<string, Source>();
  const { instancesPath } = settings;

  /** What is known of one webhook in the window, and until when that is all there is; or why something is missing. */
  async function read(query: InvocationQuery, signal: AbortSignal): Promise<Known> {
    const { webhookId, window } = query;
    const from = readFrom(window);
    const startedAt = clock.now();
    if (instancesPath !== undefined) {
      const { rows, fault } = await listedInstances(client, instancesPath, webhookId, signal, log);
      return { rows, until: startedAt, fault };
    }
    const scan = await scanner.scan({ from, to: window.to }, signal);
    const rebuilt = scan.histories.map(({ invocation }) => invocation);
    return { rows: [...rebuilt, ...scan.runs], until: scan.startedAt, fault: scan.fault };
  }

  return {
    id: CONDUCTORONE,
    kind: CONDUCTORONE,
    account,
    capabilities: CAPABILITIES,
    get requestCount() {
      return client.requestCount;
    },
    get rateLimit() {
      return client.rateLimit;
    },
    async *listWebhooks(signal) {
      const seen = new Set<string>();
      for await (const { rows, skippedRows } of client.webhookPages({ signal })) {
        if (skippedRows > 0) log?.warn({ provider: CONDUCTORONE, skippedRows }, "left out webhooks without id");
        for (const row of rows) {
          callbacks.set(row.id, row.callbackTimeout);
          if (!seen.has(row.id)) yield decodeWebhook(row);
          seen.add(row.id);
        }
      }
    },
    async *listInvocations(query, signal) {
      const { rows, until, fault } = await read(query, signal);
      for (const { id, source } of rows) if (source) sources.set(id, source);
      yield* pagesOf(rows, query, fault ? undefined : until);
      // What could be read is kept, and why it is not all has its words.
      if (fault) throw fault;
    },
    createdAtOf: timeOfKsuid,
    async listAttempts(ref, signal) {
      if (isExecutionId(ref.id)) return [];
      const task = taskOf(ref.source) ?? taskOf(sources.get(ref.id));
      return attemptsOf(scanner, client, ref, task, signal);
    },
    async sendTest(webhookId, signal) {
      const row = await client.testWebhook(webhookId, { signal });
      const madeAt = row.createdAt ?? timeOfKsuid(row.id) ?? clock.now();
      return decodeInstanceMadeAt(madeAt, { ...row, source: row.source ?? { test: {} } }, webhookId);
    },
    sourceUrl(source) {
      const task = taskOf(source);
      // Of automations no page is documented.
      if (task === undefined || !account.startsWith("https://")) return undefined;
      // https://github.com/ConductorOne/cone/blob/main/cmd/cone/task.go; the API takes the id in the number's place, and so, it
      // is supposed, does the page.
      return `${account}/task/${encodeURIComponent(scanner.pageNumberOf(task) ?? task)}`;
    },
    check: (signal) => checkup(client, { ...settings, baseUrl: account }, signal),
  };
}

/** The task behind a source, where it is one. */
function taskOf(source: Source | undefined): string | undefined {
  return source?.kind === "workflowStep" || source?.kind === "test" ? undefined : source?.ref;
}

async function listedInstances(
  client: ConductorOneClient,
  path: string,
  webhookId: string,
  signal: AbortSignal,
  log: ConductorOneProviderParts["log"],
): Promise<Pick<Known, "rows" | "fault">> {
  const invocations = new Map<string, Invocation>();
  let skippedRows = 0;
  for await (const page of client.instancePages(path, webhookId, { signal })) {
    skippedRows += page.skippedRows;
    for (const row of page.rows) {
      const invocation = decodeInstance(row, webhookId);
      if (invocation) invocations.set(invocation.id, invocation);
      else skippedRows += 1;
    }
  }
  if (skippedRows > 0)
    log?.warn({ provider: CONDUCTORONE, webhookId, skippedRows }, "left out instances without id or time");
  const faults = client.faultsOf({ method: "GET", path: `/api/v1${path}`, webhookId });
  const fault = skippedRows > 0 ? faults.nonsense(`listed ${skippedRows} instances that cannot be read`) : undefined;
  return { rows: [...invocations.values()], fault };
}

async function attemptsOf(
  scanner: Scanner,
  client: ConductorOneClient,
  { id, webhookId }: { id: string; webhookId: string },
  task: string | undefined,
  signal: AbortSignal,
): Promise<Attempt[]> {
  const found = await scanner.find(id, { task, madeAt: timeOfKsuid(id) }, signal);
  if (found) return found.attempts;
  const nothing = client.faultsOf({ method: "POST", path: "/api/v1/task/audits", webhookId });
  const happened = `has no trail of invocation ${id}`;
  const nextStep =
    "Automations and tests leave no trail that the public API shows: look under View history of the webhook in ConductorOne.";
  throw new NotFoundError({ ...nothing.nonsense(happened), nextStep });
}
