import type { OutcomeCounts } from "../../store/invocations.ts";
import type { StoredWebhook } from "../../store/webhooks.ts";

/** What happened within this time counts as lately. Milliseconds. */
export const LATELY_MS = 24 * 60 * 60_000;

/** How one webhook fared lately. */
export type LatelySeen = Pick<OutcomeCounts, "webhookId" | "succeeded" | "failed" | "pending" | "lastFailureAt">;

/** A webhook whose turn is to be found. */
export interface Ordered extends Pick<StoredWebhook, "id" | "active"> {
  /** Nothing is known of what is asked for. */
  isUnread: boolean;
}

/**
 * Those first that most likely have news: those of which nothing is known before those of which only the latest is missing, and those that
 * are switched off at the end. Among each: what failed lately, the latest failure first; then what had traffic lately, the busiest first; then
 * the rest as they come.
 */
export function inOrderOfNews<Of extends Ordered>(webhooks: readonly Of[], lately: readonly LatelySeen[]): Of[] {
  const seen = new Map(lately.map((counts) => [counts.webhookId, counts]));
  const rank = ({ id, active, isUnread }: Of) => {
    const { succeeded = 0, failed = 0, pending = 0, lastFailureAt } = seen.get(id) ?? {};
    const traffic = succeeded + failed + pending;
    return [active ? 1 : 0, isUnread ? 1 : 0, failed > 0 ? 1 : 0, lastFailureAt?.getTime() ?? 0, traffic];
  };
  const ranked = webhooks.map((webhook) => ({ webhook, rank: rank(webhook) }));
  return ranked.sort((a, b) => compare(b.rank, a.rank)).map(({ webhook }) => webhook);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
