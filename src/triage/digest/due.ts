import { type Window, windowOf } from "../window.ts";
import { latestSlot, slotBefore } from "./schedule.ts";
import type { DigestSchedule, DigestSubscription } from "./subscription.ts";

/** A digest that comes later than this after its slot says so. */
export const LATE_AFTER_MS = 5 * 60_000;

/** Below this, the time since the latest slot is too short to tell anything. */
const SHORTEST_WINDOW_MS = 60_000;

export interface DueDigest {
  /** The slot. */
  dueAt: Date;
  /** From the slot before to this one, however late it is. */
  window: Window;
  isLate: boolean;
  lateByMs: number;
}

/**
 * The digest that is to be posted now, if one is: that of the latest slot, unless it is done. Slots before that which were missed are left
 * out, and so are those of before the subscription.
 *
 * @param lastDone the latest slot that is finished
 */
export function dueSlot(
  { schedule, createdAt }: Pick<DigestSubscription, "schedule" | "createdAt">,
  now: Date,
  lastDone: Date | undefined,
): DueDigest | undefined {
  const dueAt = latestSlot(schedule, now);
  if (dueAt.getTime() <= createdAt.getTime()) return undefined;
  if (lastDone !== undefined && lastDone.getTime() >= dueAt.getTime()) return undefined;
  const lateByMs = now.getTime() - dueAt.getTime();
  const window: Window = { from: slotBefore(schedule, dueAt), to: dueAt };
  return { dueAt, window, isLate: lateByMs > LATE_AFTER_MS, lateByMs };
}

/** The window of a digest that somebody asks for: from the latest slot to now, or from the one before where that was just now. */
export function windowUpTo(schedule: DigestSchedule, now: Date): Window {
  const from = latestSlot(schedule, new Date(now.getTime() - SHORTEST_WINDOW_MS));
  return windowOf(from.getTime(), now.getTime());
}
