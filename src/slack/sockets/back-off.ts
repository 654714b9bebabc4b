import type { Timers } from "./timers.ts";

/** How long to wait before a connection may be opened. */
export interface BackOff {
  /** Milliseconds; 0: at once. */
  waitMs(): number;
  opening(): void;
  succeeded(): void;
  /** `atLeastMs`: how long there is no hope. */
  failed(atLeastMs?: number): void;
}

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** A Slack that sends every connection away at once must not be asked for ever more of them. */
const MOST_IN_A_MINUTE = 12;
const MINUTE_MS = 60_000;

/** Waits twice as long after each failure in a row, with jitter, so that replicas do not come back as one. */
export function createBackOff(timers: Timers, random: () => number = Math.random): BackOff {
  let failures = 0;
  let notBeforeMs = 0;
  let openings: number[] = [];

  return {
    waitMs() {
      const nowMs = timers.nowMs();
      openings = openings.filter((atMs) => nowMs - atMs < MINUTE_MS);
      const [oldest] = openings;
      const untilMs = oldest !== undefined && openings.length >= MOST_IN_A_MINUTE ? oldest + MINUTE_MS : nowMs;
      return Math.max(0, notBeforeMs - nowMs, untilMs - nowMs);
    },
    opening() {
      openings.push(timers.nowMs());
    },
    succeeded() {
      failures = 0;
      notBeforeMs = 0;
    },
    failed(atLeastMs = 0) {
      const longestMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
      failures += 1;
      notBeforeMs = timers.nowMs() + Math.max(atLeastMs, longestMs * (0.5 + random() / 2));
    },
  };
}
