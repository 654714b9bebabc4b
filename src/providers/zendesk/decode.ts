import { decodeTime } from "ulid";
import { type Invocation, occurredAt, type Webhook } from "../../triage/model.ts";
import { redactText, redactUrl } from "../../triage/redact.ts";
import { type InvocationRow, plausibleDate, type WebhookRow } from "./schema.ts";
import { outcomeOf } from "./status.ts";

/** Zendesk's name in the domain. */
export const ZENDESK = "zendesk";

const LONGEST_WORD = 200;

/** `baseUrl` has no slash at its end. */
export function decodeWebhook(row: WebhookRow, baseUrl: string): Webhook {
  const { id, name, endpoint, status } = row;
  return {
    provider: ZENDESK,
    id,
    name: name?.trim() ? redactText(name).text : id,
    endpoint: endpoint === undefined ? undefined : redactUrl(endpoint),
    active: status?.trim().toLowerCase() !== "inactive",
    eventTypes: (row.subscriptions ?? []).flatMap((subscription) => (subscription ? [word(subscription)] : [])),
    adminUrl: `${baseUrl}/admin/apps-integrations/webhooks/webhooks/${encodeURIComponent(id)}`,
  };
}

/** `undefined` for a row without any time to place it by. `webhookEventType`: see `onlyEventType`. */
export function decodeInvocation(
  row: InvocationRow,
  webhookId: string,
  webhookEventType?: string,
): Invocation | undefined {
  const { id, latest_completed_at: latestCompletedAt } = row;
  const createdAt = row.created_at ?? timeOfUlid(id) ?? latestCompletedAt;
  if (!createdAt) return undefined;
  const status = row.status?.trim() ? word(row.status) : "unknown";
  return {
    provider: ZENDESK,
    webhookId,
    id,
    status,
    ...outcomeOf(status, occurredAt({ latestCompletedAt, createdAt })),
    statusCode: row.status_code ?? row.response_code,
    eventType: row.event_type ? word(row.event_type) : webhookEventType,
    createdAt,
    latestCompletedAt,
    attemptsCount: row.attempts_count,
  };
}

/** What a webhook is sent for, where it has exactly one subscription and that has no wildcard. */
export function onlyEventType({ eventTypes: [only, ...others] }: Webhook): string | undefined {
  return others.length > 0 || only?.includes("*") ? undefined : only;
}

/** Zendesk's words are short; what is not may hold anything. */
function word(text: string): string {
  return redactText(text.slice(0, 16 * LONGEST_WORD)).text.slice(0, LONGEST_WORD);
}

/** Ids are ULIDs, whose first 48 bits are the time of creation, https://github.com/ulid/spec. */
export function timeOfUlid(id: string): Date | undefined {
  try {
    return plausibleDate(decodeTime(id.toUpperCase()));
  } catch {
    return undefined;
  }
}
