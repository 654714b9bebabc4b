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
  /** A poll is due that comes due until then: whoever looks the next time comes too late for it. */
  dueUntil: Date;
  /** Something failed of which no attempt was looked at yet. */
  isEvidenceWanted: boolean;
  /** Webhooks that are backfilled side by side. */
  backfillsAtOnce: number;
  /** Parts of which a reading proved nothing a while ago: they are left for later, and older ones are not. */
  isHeld: (webhookId: string, part: Window) => boolean;
  /** What each had of the time by its share, 1 for all of that. */
  had: (kind: Exclude<Step["kind"], "rest">) => number;
}

/**
 * Polls that are due come first, of failing webhooks before quiet ones; then the evidence of what is new; then the backfill, those
 * first whose missing part is the newest: so the last hour of every webhook comes before the last week of one. What had its share of the
 * time lets the others come to theirs.
 */
export function nextStep(outlooks: readonly Outlook[], wishes: Wishes): Step {
  const { had } = wishes;
  const polls = pollOf(outlooks, wishes);
  const backfill = backfillOf(outlooks, wishes);
  const wanted = [
    ...(polls ? [polls] : []),
    ...(wishes.isEvidenceWanted ? [{ kind: "evidence" } as const] : []),
    ...(backfill ? [backfill] : []),
  ];
  const [mostBehind] = wanted.toSorted((a, b) => had(a.kind) - had(b.kind));
  return wanted.find(({ kind }) => had(kind) < 1) ?? mostBehind ?? { kind: "rest" };
}

function pollOf(outlooks: readonly Outlook[], { now, dueUntil }: Wishes) {
  const untilMs = Math.max(now.getTime(), dueUntil.getTime());
  const due = outlooks.filter(({ dueAt }) => dueAt !== undefined && dueAt.getTime() <= untilMs);
  return due.length > 0 ? { kind: "poll" as const, webhooks: due.sort(byUrgency) } : undefined;
}

function backfillOf(outlooks: readonly Outlook[], { now, backfillsAtOnce, isHeld }: Wishes) {
  const parts = outlooks
    .filter(({ pausedUntil }) => pausedUntil === undefined || pausedUntil <= now)
    .flatMap((webhook) => {
      const part = webhook.missing.findLast((missing) => !isHeld(webhook.id, missing));
      return part ? [{ webhook, part }] : [];
    })
    .sort((a, b) => b.part.to.getTime() - a.part.to.getTime())
    .slice(0, backfillsAtOnce);
  return parts.length > 0 ? { kind: "backfill" as const, parts } : undefined;
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
