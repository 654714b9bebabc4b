import type { Outcome } from "../../triage/model.ts";

/** What Zendesk lets one filter by, https://developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks/. */
export const FILTER_STATUSES = [
  "unknown",
  "accepted",
  "success",
  "failed",
  "timeout",
  "circuit broken",
  "throttled",
  "client error",
  "server error",
] as const;
export type FilterStatus = (typeof FILTER_STATUSES)[number];

/** Zendesk retries what it held back within minutes; the longest wait seen was about 8. */
const PENDING_MS = 15 * 60_000;
const PENDING_STATUSES: ReadonlySet<string> = new Set(["throttled", "accepted", "unknown"]);

/**
 * The outcome that a status stands for. A pending one is so until `pendingUntil`, after that it counts as failed. Statuses are an
 * open set: one that is not known is a failure, so nothing that went wrong is overlooked.
 */
export function outcomeOf(status: string, occurredAt: Date | undefined): { outcome: Outcome; pendingUntil?: Date } {
  const word = status.trim().toLowerCase();
  if (word === "success") return { outcome: "succeeded" };
  if (!PENDING_STATUSES.has(word)) return { outcome: "failed" };
  if (!occurredAt) return { outcome: "pending" };
  return { outcome: "pending", pendingUntil: new Date(occurredAt.getTime() + PENDING_MS) };
}

/** The filter for a question about these statuses: Zendesk takes one, and only those it documents. */
export function filterStatusFor(statuses: readonly string[] = []): FilterStatus | undefined {
  const [only, ...others] = statuses;
  return others.length > 0 ? undefined : FILTER_STATUSES.find((status) => status === only?.trim().toLowerCase());
}

/** A status for the answer to a test delivery, which carries only a code. */
export function statusOfCode(code: number | undefined): string {
  if (code === undefined) return "failed";
  if (code >= 200 && code <= 299) return "success";
  if (code >= 400 && code <= 499) return "client error";
  return code >= 500 ? "server error" : "failed";
}
