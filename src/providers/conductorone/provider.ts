import type { Log } from "../../ops/log.ts";
import type { Invocation } from "../../triage/model.ts";
import { intersect, isEmpty, type Window } from "../../triage/window.ts";
import type { Budget } from "../budget.ts";
import { type Clock, systemClock } from "../clock.ts";
import { ProviderError } from "../errors.ts";
import type { OnRequest } from "../http.ts";
import type { Capabilities, InvocationQuery, Provider } from "../provider.ts";
import { createAutomations } from "./automations.ts";
import { checkup } from "./checkup.ts";
import { createConductorOneClient } from "./client.ts";
import { CONDUCTORONE, decodeInstanceMadeAt, decodeWebhook, isExecutionId, named, taskOf } from "./decode.ts";
import { type Gap, gapsOf } from "./gap.ts";
import { beforeListed, createInstances, merged } from "./instances.ts";
import { timeOfKsuid } from "./ksuid.ts";
import { pagesOf, readFrom } from "./pages.ts";
import { noAttemptsBecause, readAttempts } from "./read-attempts.ts";
import { createScanner, type Scan } from "./scan.ts";
import { createSeenWebhooks } from "./seen-webhooks.ts";
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
  budget?: Budget;
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
  isSharedRead: true,
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
  const { instancesPath: path } = settings;
  const instances = path === undefined ? undefined : createInstances({ client, path, clock, log });
  const seen = createSeenWebhooks();

  async function scanned(window: Window, signal: AbortSignal): Promise<Scan> {
    const scan = await scanner.scan({ from: readFrom(window), to: window.to }, signal);
    seen.note(scan);
    return scan;
  }

  /** What is known of one webhook in the window, and until when that is all there is; or why something is missing. */
  async function read(query: InvocationQuery, signal: AbortSignal): Promise<Known> {
    const { webhookId, window } = query;
    const listed = await instances?.list(webhookId, signal);
    try {
      const scan = await scanned(window, signal);
      const rebuilt = scan.histories.map(({ invocation }) => named(invocation, scanner.pageNumberOf));
      const gaps = gapsOf(scan.gaps, query);
      const rows = merged(listed?.rows ?? [], [...rebuilt, ...scan.runs]);
      const until = listed && listed.until < scan.startedAt ? listed.until : scan.startedAt;
      return { rows, until, gaps, fault: listed?.fault };
    } catch (error) {
      if (!listed || !(error instanceof ProviderError)) throw error;
      // Instances are listed for a while alone: what was before, and what has just expired, is unknown.
      return { rows: listed.rows, until: listed.until, gaps: [], fault: error };
    }
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
    get clockReading() {
      return client.clockReading;
    },
    get spareRequests() {
      return client.spareRequests;
    },
    async *listWebhooks(signal) {
      const listed = new Set<string>();
      for await (const { rows, skippedRows } of client.webhookPages({ signal })) {
        if (skippedRows > 0) log?.warn({ provider: CONDUCTORONE, skippedRows }, "left out webhooks without id");
        for (const row of rows) {
          callbacks.set(row.id, row.callbackTimeout);
          if (!listed.has(row.id) && row.deletedAt === undefined) yield decodeWebhook(row);
          listed.add(row.id);
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
    async webhooksSeen(unread, signal) {
      const scan = unread && (await scanned(unread, signal));
      const webhooks = seen.webhooks();
      // Where there is one, its own coverage says what is missing.
      const missing = scan?.gaps.find(({ part }) => unread && intersect(part, unread));
      if (missing && webhooks.length === 0) throw missing.fault;
      return webhooks;
    },
    async notesOn(window, signal) {
      const unlisted = instances ? beforeListed(window, clock.now(), [...callbacks.values()]) : window;
      const leftOut = isEmpty(unlisted) ? [] : await automations.notesOn(unlisted, signal);
      return [...leftOut, ...scanner.notesOn(window)];
    },
    createdAtOf: timeOfKsuid,
    sourceOf: (id) => (isExecutionId(id) ? { kind: "workflowStep", ref: id } : instances?.sourceOf(id)),
    noAttemptsBecause,
    listAttempts: (ref, signal) => readAttempts({ client, automations, scanner, instances }, ref, signal),
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
