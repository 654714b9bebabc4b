import type { Log } from "../../ops/log.ts";
import type { Window } from "../../triage/window.ts";
import type { Budget } from "../budget.ts";
import { type Clock, systemClock } from "../clock.ts";
import { clockNotes } from "../clocks.ts";
import { ProviderError } from "../errors.ts";
import type { OnRequest } from "../http.ts";
import type { Capabilities, Provider, ProviderHealth } from "../provider.ts";
import { API_TOKEN_IN_USE } from "./advice.ts";
import { createZendeskClient, LARGEST_PAGE, type ZendeskClient } from "./client.ts";
import { decodeInvocation, decodeWebhook, onlyEventType, timeOfUlid, ZENDESK } from "./decode.ts";
import { decodeAttempt, decodeAttempts } from "./decode-attempts.ts";
import { createProver, knowableAt, paramsFor, RETENTION_DAYS } from "./listing.ts";
import type { ZendeskCredentials, ZendeskSettings } from "./settings.ts";
import { FILTER_STATUSES, statusOfCode } from "./status.ts";

export interface ZendeskProviderParts {
  clock?: Clock;
  giveUpAfterMs?: number;
  onRequest?: OnRequest;
  budget?: Budget;
  /** Told of rows that cannot be read and are left out. */
  log?: Pick<Log, "warn">;
}

/** https://developer.zendesk.com/documentation/webhooks/creating-and-monitoring-webhooks/ */
const CAPABILITIES: Capabilities = {
  attemptDetail: "bodies",
  testDelivery: true,
  redelivery: false,
  retentionDays: RETENTION_DAYS,
  // "terminated" is none of the documented words, and the wire has it.
  statuses: [...FILTER_STATUSES, "terminated"],
  retryPolicy:
    "Zendesk tries again up to 3 times after a 409, up to 5 times after a time-out (12 s), and after a 429 or 503 only where the answer's Retry-After is under 60 s; every other failure is final.",
};

const AUTHENTICATED_BY: Record<ZendeskCredentials["kind"], string> = {
  client_credentials: "OAuth client credentials",
  access_token: "an access token",
  api_token: "e-mail and API token",
};

/** Zendesk in the words of the contract. */
export function createZendeskProvider(settings: ZendeskSettings, parts: ZendeskProviderParts = {}): Provider {
  const { clock = systemClock, log } = parts;
  const client = createZendeskClient(settings, parts);
  const account = settings.baseUrl.replace(/\/+$/, "");
  const eventTypes = new Map<string, string | undefined>();

  return {
    id: ZENDESK,
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
      for await (const { rows } of client.webhookPages({ page: { size: LARGEST_PAGE } }, { signal })) {
        for (const row of rows) {
          const webhook = decodeWebhook(row, account);
          eventTypes.set(webhook.id, onlyEventType(webhook));
          yield webhook;
        }
      }
    },
    async *listInvocations(query, signal) {
      const startedAt = clock.now();
      const prove = createProver(query);
      let knowable: Window | undefined;
      const params = paramsFor({ pageSize: LARGEST_PAGE, ...query }, startedAt);
      const { webhookId } = query;
      for await (const page of client.invocationPages(webhookId, params, { signal })) {
        const eventType = eventTypes.get(webhookId);
        const invocations = page.rows.flatMap((row) => decodeInvocation(row, webhookId, eventType) ?? []);
        const skippedRows = page.skippedRows + page.rows.length - invocations.length;
        if (skippedRows > 0)
          log?.warn({ provider: ZENDESK, webhookId, skippedRows }, "left out rows without id or time");
        // The first answer is the one that is closest to the start; our clock may have been put back meanwhile.
        knowable ??= knowableAt(earlier(startedAt, clock.now()), client.clockReading);
        const { covered, isDone } = prove(invocations, page.hasMore, knowable);
        yield { invocations, covered };
        if (isDone) return;
      }
    },
    notesOn: async (window) => clockNotes(ZENDESK, window, clock.now().getTime(), client.clockReading),
    createdAtOf: timeOfUlid,
    async listAttempts({ webhookId, id }, signal) {
      return decodeAttempts(await client.listAttempts(webhookId, id, { signal }), id, clock.now());
    },
    async sendTest(webhookId, signal) {
      const answered = await client.testWebhook(webhookId, {}, { signal });
      const status = statusOfCode(answered.response?.status_code);
      return decodeAttempt({ ...answered, status }, { invocationId: "test", index: 0 }, clock.now());
    },
    check: (signal) => check(client, settings, account, signal),
  };
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

async function check(
  client: ZendeskClient,
  { credentials }: ZendeskSettings,
  account: string,
  signal: AbortSignal,
): Promise<ProviderHealth> {
  const warnings = credentials.kind === "api_token" ? [API_TOKEN_IN_USE] : [];
  try {
    await client.listWebhooks({ page: { size: 1 } }, { signal, retry: { attempts: 2 } });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { told, nextStep } = error;
    const { rateLimit, clockReading } = client;
    const problem = { told, mend: nextStep };
    return { ok: false, detail: `${told} ${nextStep}`, problem, warnings, rateLimit, clockReading };
  }
  const { rateLimit, clockReading } = client;
  const detail = `Reads the webhooks of ${account} with ${AUTHENTICATED_BY[credentials.kind]}.`;
  return { ok: true, detail, warnings, rateLimit, clockReading };
}
