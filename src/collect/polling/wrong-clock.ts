/** Clocks of replicas differ by as much, and nothing is wrong. */
const TOLERATED_MS = 60_000;

/** Whether this was noted by a clock that was ahead: it counts for nothing, or nothing would be done until that time has come. */
export function isOfWrongClock(at: Date, now: Date): boolean {
  return at.getTime() - now.getTime() > TOLERATED_MS;
}
