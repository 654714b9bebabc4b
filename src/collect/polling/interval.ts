const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Between two polls of a webhook that failed within the last hour, in milliseconds. */
const FAILING_INTERVAL_MS = MINUTE_MS;
/** Between two polls of a webhook that sent something within the last hour, in milliseconds. */
export const BUSY_INTERVAL_MS = 5 * MINUTE_MS;
/** Between two polls at most, in milliseconds. */
export const LONGEST_INTERVAL_MS = 30 * MINUTE_MS;

/** Further back nobody needs to look: whoever is quiet for so long is polled at the longest interval. Milliseconds. */
export const LOOK_BACK_MS = 6 * HOUR_MS;

/** What a webhook did lately, and whether it can do anything at all. */
export interface Activity {
  /** Neither switched off nor deleted. */
  isActive: boolean;
  lastFailureAt?: Date;
  /** Of any outcome. */
  lastTrafficAt?: Date;
}

/** How long after one poll the next is wished for, in milliseconds: the less it does the longer. `undefined` for never. */
export function intervalOf({ isActive, lastFailureAt, lastTrafficAt }: Activity, now: Date): number | undefined {
  if (!isActive) return undefined;
  if (lastFailureAt && now.getTime() - lastFailureAt.getTime() <= HOUR_MS) return FAILING_INTERVAL_MS;
  if (!lastTrafficAt) return LONGEST_INTERVAL_MS;
  const quietMs = now.getTime() - lastTrafficAt.getTime();
  return Math.min(LONGEST_INTERVAL_MS, Math.max(BUSY_INTERVAL_MS, quietMs * (BUSY_INTERVAL_MS / HOUR_MS)));
}

/**
 * By how much all intervals are to be multiplied so that the polls of a minute are no more than `pollsPerMinute`; 1 where they are
 * no more already.
 */
export function stretchOf(intervalsMs: readonly number[], pollsPerMinute: number): number {
  let wished = 0;
  for (const intervalMs of intervalsMs) wished += MINUTE_MS / intervalMs;
  return Math.max(1, wished / pollsPerMinute);
}

/** How long to leave alone what failed so many times in a row, in milliseconds: twice as long each time. */
export function pauseAfter(failures: number, longestMs: number): number {
  if (failures <= 0) return 0;
  return Math.min(longestMs, MINUTE_MS * 2 ** Math.min(failures - 1, 20));
}
