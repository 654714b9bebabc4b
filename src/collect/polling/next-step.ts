import { type Window, windowOf } from "../../triage/window.ts";
import type { Outlook } from "./outlook.ts";

/** What to do next for an account. */
export type Step =
  | { kind: "poll"; webhooks: Outlook[] }
  | { kind: "evidence" }
  /** Newest missing parts of webhooks, which are read on for a few pages. */
  | { kind: "backfill"; parts: { webhook: Outlook; part: Window }[] }
  | { kind: "rest" };

export interface Wishes {
  now: Date;
  /** Something failed of which no attempt was looked at yet. */
  isEvidenceWanted: boolean;
  /** Webhooks that are backfilled side by side. */
  backfillsAtOnce: number;
  /** Parts of which a reading proved nothing a while ago: they are left for later, and older ones are not. */
  isHeld: (webhookId: string, part: Window) => boolean;
}

/**
 * Polls that are due come first, of failing webhooks before quiet ones; then the evidence of what is new; then the backfill, those
 * first whose missing part is the newest: so the last hour of every webhook comes before the last week of one.
 */
export function nextStep(outlooks: readonly Outlook[], wishes: Wishes): Step {
  const { now, isEvidenceWanted, backfillsAtOnce, isHeld } = wishes;
  const due = outlooks.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);
  if (due.length > 0) return { kind: "poll", webhooks: due.sort(byUrgency) };
  if (isEvidenceWanted) return { kind: "evidence" };
  const parts = outlooks
    .filter(({ pausedUntil }) => pausedUntil === undefined || pausedUntil <= now)
    .flatMap((webhook) => {
      const part = webhook.missing.findLast((missing) => !isHeld(webhook.id, missing));
      return part ? [{ webhook, part }] : [];
    })
    .sort((a, b) => b.part.to.getTime() - a.part.to.getTime())
    .slice(0, backfillsAtOnce);
  return parts.length > 0 ? { kind: "backfill", parts } : { kind: "rest" };
}

/** The newest of what any of them misses, no longer than `longestMs`: for an account whose webhooks are read together. */
export function sharedPart(parts: readonly { part: Window }[], longestMs: number): Window | undefined {
  const toMs = Math.max(...parts.map(({ part }) => part.to.getTime()));
  if (!Number.isFinite(toMs)) return undefined;
  const fromMs = Math.min(...parts.map(({ part }) => part.from.getTime()));
  return windowOf(Math.max(fromMs, toMs - longestMs), toMs);
}

function byUrgency(a: Outlook, b: Outlook): number {
  if (a.isFailing !== b.isFailing) return a.isFailing ? -1 : 1;
  return (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0);
}
