import type { ClockReading } from "../../triage/clock-skew.ts";

/** `Date` has whole seconds, and has come a long way: clocks that differ by less may agree. */
const AGREE_WITHIN_MS = 2_000;

/**
 * What both clocks have reached when ours shows `oursMs`. Events bear their time: of an hour that their clock has not reached
 * nothing can have been read yet, whatever ours shows.
 */
export function reachedByBoth(oursMs: number, reading: ClockReading | undefined): number {
  const aheadMs = theirLeadMs(reading);
  return aheadMs < -AGREE_WITHIN_MS ? oursMs + aheadMs : oursMs;
}

/** The later of both clocks then. */
export function reachedByEither(oursMs: number, reading: ClockReading | undefined): number {
  return oursMs + Math.max(0, theirLeadMs(reading));
}

function theirLeadMs(reading: ClockReading | undefined): number {
  return reading ? reading.theirs.getTime() - reading.ours.getTime() : 0;
}
