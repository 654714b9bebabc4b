import type { ClockReading } from "../triage/clock-skew.ts";
import { providerName } from "../triage/provider-name.ts";
import type { Window } from "../triage/window.ts";

/** `Date` has whole seconds, and has come a long way: clocks that differ by less may agree. */
const AGREE_WITHIN_MS = 2_000;
const MINUTE_MS = 60_000;
const TOLD_FROM_MS = MINUTE_MS;

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

/**
 * For a window that ends about now, where their clock is clearly ahead: the latest of what they tell of is dated after its end. As
 * sentences for people.
 */
export function clockNotes(
  provider: string,
  window: Window,
  oursMs: number,
  reading: ClockReading | undefined,
): string[] {
  const aheadMs = theirLeadMs(reading);
  if (aheadMs < TOLD_FROM_MS || Math.abs(window.to.getTime() - oursMs) > aheadMs) return [];
  const minutes = Math.round(aheadMs / MINUTE_MS);
  const ahead = `${minutes.toLocaleString("en-US")} ${minutes === 1 ? "minute" : "minutes"} ahead of this machine's`;
  return [
    `${providerName(provider)}'s clock is ${ahead}: what happened there in that time is dated later than now and not shown yet. Set this machine's clock by NTP.`,
  ];
}

/** By how much their clock is ahead of ours; less than 0 where it is behind. Milliseconds. */
export function theirLeadMs(reading: ClockReading | undefined): number {
  return reading ? reading.theirs.getTime() - reading.ours.getTime() : 0;
}
