import type { Log } from "../../ops/log.ts";
import type { Invocation } from "../../triage/model.ts";
import { contains, intersect, type Window } from "../../triage/window.ts";
import { type Clock, systemClock } from "../clock.ts";
import type { ProviderError } from "../errors.ts";
import type { OnRequest } from "../http.ts";
import type { Capabilities, InvocationQuery, Provider } from "../provider.ts";
import { type Automations, createAutomations } from "./automations.ts";
import { checkup } from "./checkup.ts";
import { type ConductorOneClient, createConductorOneClient } from "./client.ts";
import { reachedByBoth } from "./clocks.ts";
import {
  CONDUCTORONE,
  decodeInstance,
  decodeInstanceMadeAt,
  decodeWebhook,
  isExecutionId,
  named,
  taskOf,
} from "./decode.ts";
import type { Gap } from "./gap.ts";
import { timeOfKsuid } from "./ksuid.ts";
import { pagesOf, readFrom } from "./pages.ts";
import { noAttemptsBecause, readAttempts } from "./read-attempts.ts";
import { createScanner } from "./scan.ts";
import type { ConductorOneSettings } from "./settings.ts";
import { WEBHOOK_STATES } from "./state.ts";

interface Known {
  rows: Invocation[];
  until: Date;
  gaps: readonly Gap[];
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
  const automations = createAutomations(client, clock);
  const callbackMsOf = (webhookId: string) => callbacks.get(webhookId);
  const scanner = createScanner({ client, automations, clock, log, callbackMsOf });
  const { instancesPath } = settings;

  /** What is known of one webhook in the window, and until when that is all there is; or why something is missing. */
  async function read(query: InvocationQuery, signal: AbortSignal): Promise<Known> {
    const { webhookId, window } = query;
    const from = readFrom(window);
    const startedAt = clock.now();
    if (instancesPath !== undefined) {
      const { rows, fault } = await listedInstances(client, instancesPath, webhookId, { now: startedAt, log }, signal);
      const until = new Date(reachedByBoth(startedAt.getTime(), client.clockReading));
      return { rows, until, gaps: [], fault };
    }
    const scan = await scanner.scan({ from, to: window.to }, signal);
    const rebuilt = scan.histories.map(({ invocation }) => named(invocation, scanner.pageNumberOf));
    const gaps = scan.gaps.filter(({ part }) => intersect(part, window));
    return { rows: [...rebuilt, ...scan.runs], until: scan.startedAt, gaps, fault: scan.fault };
  }

  return {
    id: CONDUCTORONE,
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
      const { rows, until, gaps, fault } = await read(query, signal);
      const unknown = gaps.map(({ part }) => part);
      yield* pagesOf(rows, query, fault ? undefined : until, unknown);
      // What could be read is kept, and why it is not all has its words.
      const why = fault ?? gaps[0]?.fault;
      if (why) throw why;
    },
    notesOn: async (window, signal) =>
      instancesPath === undefined ? [...(await leftOut(automations, window, signal)), ...scanner.notes()] : [],
    createdAtOf: timeOfKsuid,
    sourceOf: (id) => (isExecutionId(id) ? { kind: "workflowStep", ref: id } : undefined),
    noAttemptsBecause,
    listAttempts: (ref, signal) => readAttempts({ client, automations, scanner }, ref, signal),
    async sendTest(webhookId, signal) {
      const row = await client.testWebhook(webhookId, { signal });
      const madeAt = row.createdAt ?? timeOfKsuid(row.id) ?? clock.now();
      return decodeInstanceMadeAt(madeAt, { ...row, source: row.source ?? { test: {} } }, webhookId);
    },
    sourceUrl(source) {
      const task = taskOf(source);
      // Of automations no page is documented.
      if (task === undefined) return undefined;
      // https://github.com/ConductorOne/cone/blob/main/cmd/cone/task.go; the API takes the id in the number's place, and so, it
      // is supposed, does the page.
      return `${account}/task/${encodeURIComponent(source.name ?? task)}`;
    },
    check: (signal) => checkup(client, { ...settings, baseUrl: account }, signal),
    close: () => scanner.close(),
  };
}

async function listedInstances(
  client: ConductorOneClient,
  path: string,
  webhookId: string,
  { now, log }: { now: Date; log: ConductorOneProviderParts["log"] },
  signal: AbortSignal,
): Promise<Pick<Known, "rows" | "fault">> {
  const invocations = new Map<string, Invocation>();
  let skippedRows = 0;
  for await (const page of client.instancePages(path, webhookId, { signal })) {
    skippedRows += page.skippedRows;
    for (const row of page.rows) {
      const invocation = decodeInstance(row, webhookId, now);
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

/** Whatever was read before, and by whom: a row that the store has says nothing of those that it cannot have. */
async function leftOut(automations: Automations, window: Window, signal: AbortSignal): Promise<string[]> {
  const { unnamed, fault } = await automations.failedRuns(window.from, signal);
  const count = unnamed.filter((endedAt) => contains(window, endedAt)).length;
  if (count === 0) return [];
  const number = `${fault ? "At least " : ""}${count.toLocaleString("en-US")}`;
  const runs = `${number} failed automation ${count === 1 ? "run is" : "runs are"} not shown`;
  return [`${runs}: ConductorOne does not tell whether a webhook was the reason.`];
}
