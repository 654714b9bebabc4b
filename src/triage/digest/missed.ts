import type { Window } from "../window.ts";
import { latestSlot, nextSlot, slotBefore } from "./schedule.ts";
import type { DigestSubscription } from "./subscription.ts";

/** What became of the digests before. */
export interface Before {
  /** The latest slot that is done. */
  lastDone: Date | undefined;
  /** Since when nothing could be posted, if nothing can. */
  undeliverableSince: Date | undefined;
}

/**
 * The time before a digest's window of which no digest told: the bot was down over more than one slot, or could not post. `undefined`
 * when the window follows on the one before.
 */
export function missedBefore(
  { schedule, createdAt }: Pick<DigestSubscription, "schedule" | "createdAt">,
  window: Window,
  { lastDone, undeliverableSince }: Before,
): Window | undefined {
  const firstMissed = undeliverableSince && latestSlot(schedule, undeliverableSince);
  const told = firstMissed
    ? slotBefore(schedule, firstMissed)
    : (lastDone ?? slotBefore(schedule, nextSlot(schedule, createdAt)));
  return told.getTime() < window.from.getTime() ? { from: told, to: window.from } : undefined;
}
