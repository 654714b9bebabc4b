import type { Window } from "../window.ts";
import { nextSlot, slotBefore } from "./schedule.ts";
import type { DigestSubscription } from "./subscription.ts";

/**
 * The time before a digest's window of which no digest told: the bot was down over more than one slot, or could not post. `undefined`
 * when the window follows on the one before.
 *
 * @param lastTold the latest slot whose digest told what there was to tell
 */
export function missedBefore(
  { schedule, createdAt }: Pick<DigestSubscription, "schedule" | "createdAt">,
  window: Window,
  lastTold: Date | undefined,
): Window | undefined {
  const told = lastTold ?? slotBefore(schedule, nextSlot(schedule, createdAt));
  return told.getTime() < window.from.getTime() ? { from: told, to: window.from } : undefined;
}
