import type { Invocation } from "../../triage/model.ts";

/** Of a webhook instance, in this order in the API's description. What they mean is not documented there. */
export const WEBHOOK_STATES = [
  "WEBHOOK_STATE_UNSPECIFIED",
  "WEBHOOK_STATE_PENDING",
  "WEBHOOK_STATE_RUNNING",
  "WEBHOOK_STATE_ERROR",
  "WEBHOOK_STATE_WAITING_CALLBACK",
  "WEBHOOK_STATE_PROCESS_RESPONSE",
  "WEBHOOK_STATE_SUCCESS",
  "WEBHOOK_STATE_FATAL_ERROR",
] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

const DAY_MS = 24 * 60 * 60_000;
/** How long a webhook waits for its end where nothing else is set. https://www.conductorone.com/docs/product/admin/webhooks */
export const DEFAULT_CALLBACK_MS = 8 * DAY_MS;
/** The longest that may be set. */
export const LONGEST_CALLBACK_MS = 30 * DAY_MS;

/**
 * The outcome that a state stands for:
 * - SUCCESS: the receiver's answer was taken. Succeeded.
 * - FATAL_ERROR: no attempt is left, the receiver answered 410, its document was refused, or no callback came. Failed.
 * - ERROR: an attempt failed and up to 49 more follow, 3 to 15 s apart, so it is not yet a failure. Pending.
 * - PENDING, RUNNING, WAITING_CALLBACK, PROCESS_RESPONSE: under way. Pending.
 * - UNSPECIFIED, none, and words that are not known: they claim no end. Counting them as failed would wake people for a word
 *   that is new; as succeeded would hide a failure. Pending, and what stays so past its window counts as failed like the rest.
 * The window ends at `expiresAt` where that is after `createdAt`, else 8 days after it: then ConductorOne fails the step whatever the state says.
 */
export function outcomeOf(
  state: string,
  { createdAt, expiresAt }: { createdAt: Date; expiresAt: Date | undefined },
): Pick<Invocation, "outcome" | "pendingUntil"> {
  const word = state
    .trim()
    .toUpperCase()
    .replace(/^(?:WEBHOOK_STATE_)?/, "WEBHOOK_STATE_");
  if (word === "WEBHOOK_STATE_SUCCESS") return { outcome: "succeeded" };
  if (word === "WEBHOOK_STATE_FATAL_ERROR") return { outcome: "failed" };
  const windowEnd = expiryOf(expiresAt, createdAt) ?? new Date(createdAt.getTime() + DEFAULT_CALLBACK_MS);
  return { outcome: "pending", pendingUntil: windowEnd };
}

/** An expiry that is not after the beginning is none: protobuf's unset. */
export function expiryOf(expiresAt: Date | undefined, createdAt: Date): Date | undefined {
  return expiresAt && expiresAt > createdAt ? expiresAt : undefined;
}

/** When what was pending until then has ended, as seen at `now`; unset where it may still go on. */
export function expiredAt(pendingUntil: Date | undefined, now: Date | undefined): Date | undefined {
  return pendingUntil && now && pendingUntil <= now ? pendingUntil : undefined;
}
