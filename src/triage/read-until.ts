import { type Coverage, coverageEntry } from "./coverage.ts";
import type { Window } from "./window.ts";

/** How far a provider's webhooks were read. */
export interface ReadUntil {
  /** Webhooks that were read without a gap from the window's start up to `until`, or a moment more. */
  whole: number;
  /** Of so many; those that were deleted are left out. */
  of: number;
  /** Absent where none was read whole. */
  until?: Date;
}

/** What ends closer to the newest end is told as one. Milliseconds. */
const TOGETHER_MS = 10 * 60_000;

/**
 * Reads it from coverage that tolerates no unread end. Webhooks that have other gaps, or are far behind the others, are not whole:
 * their gaps are named one by one.
 */
export function readUntil(coverage: readonly Coverage[], window: Window): ReadUntil {
  const live = coverage.filter(({ webhookId, to }) => webhookId !== null && to >= window.to);
  const ends = live.map(endOf).filter((end) => end !== undefined);
  const newestMs = Math.max(...ends.map((end) => end.getTime()));
  const together = ends.filter((end) => newestMs - end.getTime() <= TOGETHER_MS);
  const counts = { whole: together.length, of: live.length };
  return together.length === 0 ? counts : { ...counts, until: new Date(Math.min(...together.map(Number))) };
}

/** The same without unread ends of at most so many milliseconds: nobody expects what happened just now to be read. */
export function withoutFreshEnds(coverage: readonly Coverage[], toleratedMs: number): Coverage[] {
  return coverage.map((entry) => {
    const end = endOf(entry);
    const isFresh = end && end < entry.to && entry.to.getTime() - end.getTime() <= toleratedMs;
    return isFresh ? coverageEntry(namesOf(entry), entry, [], "") : entry;
  });
}

/** The same without the reason why nothing newer was read: for a provider that is known to fail it is told once. */
export function withoutReasonForEnds(coverage: readonly Coverage[], window: Window): Coverage[] {
  return coverage.map((entry) => {
    const { reason: _, ...bare } = entry;
    const end = entry.to >= window.to ? endOf(entry) : undefined;
    return end && end < entry.to ? bare : entry;
  });
}

/**
 * The same where somebody reads these webhooks in the background: what is not there yet is told as being read, with how many of them are.
 * Deleted ones and those of which the list is unknown keep their reason, as does what `isWanted` says that nobody reads.
 */
export function withBackgroundRead(
  coverage: readonly Coverage[],
  window: Window,
  isWanted: (entry: Coverage) => boolean,
): Coverage[] {
  const live = coverage.filter(({ webhookId, to }) => webhookId !== null && to >= window.to);
  const whole = live.filter(({ state }) => state === "complete").length;
  const reason = `Being read in the background: ${whole} of ${live.length} ${live.length === 1 ? "webhook" : "webhooks"} so far.`;
  return coverage.map((entry) =>
    entry.state !== "complete" && live.includes(entry) && isWanted(entry) ? { ...entry, reason } : entry,
  );
}

/** Until when a webhook was read from the start on without a gap; `undefined` where it was not. */
function endOf({ webhookId, from, to, missing }: Coverage): Date | undefined {
  const [gap, ...others] = missing;
  if (webhookId === null || others.length > 0) return undefined;
  if (!gap) return to;
  return gap.from > from && gap.to >= to ? gap.from : undefined;
}

function namesOf({
  provider,
  webhookId,
  webhookName,
}: Coverage): Pick<Coverage, "provider" | "webhookId" | "webhookName"> {
  return { provider, webhookId, ...(webhookName === undefined ? {} : { webhookName }) };
}
