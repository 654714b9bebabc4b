const MINUTE_MS = 60_000;
/** What was read serves the webhooks of one question, which come one after another. */
export const SHARED_FOR_MS = MINUTE_MS;
/** Questions that come so close after each other are told the same: the later ones as of the first. */
const TOGETHER_MS = 5_000;

/** For how long something that was read is taken for what there is. */
export interface Sharing {
  /** When its reading began, by our clock. */
  readAtMs: number;
  /** The end of the time that is asked about. */
  toMs: number;
  nowMs: number;
  keptMs?: number;
}

/** Whether it was read a moment ago, and not before the end of the time that is asked about: what came after is not in it. */
export function isShared({ readAtMs, toMs, nowMs, keptMs = SHARED_FOR_MS }: Sharing): boolean {
  return Math.abs(nowMs - readAtMs) < keptMs && reachesTo(readAtMs, toMs, nowMs);
}

/** Whether what was read at a moment is all there can be of what happened before `toMs`. */
export function reachesTo(readAtMs: number, toMs: number, nowMs: number): boolean {
  return readAtMs >= Math.min(toMs, nowMs) - TOGETHER_MS;
}
