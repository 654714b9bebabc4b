import type { Timers } from "./timers.ts";

/** How long to wait before a connection may be opened. */
export interface BackOff {
  /** Milliseconds; 0: at once. */
  waitMs(): number;
  /** To be called for each connection that is opened, before anything comes of it. */
  opening(): Opening;
  /** There is no hope for so long, whatever becomes of the connections that stand. */
  despair(ms: number): void;
}

/** One connection, and what became of it. */
export interface Opening {
  /** It lasted: the next one may be opened at once. */
  lasted(): void;
  /** It came to nothing, or broke too soon. Connections that fail together are one failure. */
  failed(): void;
}

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** A Slack that sends every connection away at once must not be asked for ever more of them. */
const MOST_IN_A_MINUTE = 16;
const MINUTE_MS = 60_000;

/** Waits twice as long after each failure in a row, with jitter, so that replicas do not come back as one. */
export function createBackOff(timers: Timers, random: () => number = Math.random): BackOff {
  let failures = 0;
  let notBeforeMs = 0;
  let hopelessUntilMs = 0;
  let openings: number[] = [];

  return {
    waitMs() {
      const nowMs = timers.nowMs();
      openings = openings.filter((atMs) => nowMs - atMs < MINUTE_MS);
      const [oldest] = openings;
      const untilMs = oldest !== undefined && openings.length >= MOST_IN_A_MINUTE ? oldest + MINUTE_MS : nowMs;
      return Math.max(notBeforeMs, hopelessUntilMs, untilMs, nowMs) - nowMs;
    },
    opening() {
      openings.push(timers.nowMs());
      const before = failures;
      return {
        lasted() {
          failures = 0;
          notBeforeMs = 0;
        },
        failed() {
          // Another one of the same wave was counted already.
          if (failures > before) return;
          const longestMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
          failures += 1;
          notBeforeMs = timers.nowMs() + longestMs * (0.5 + random() / 2);
        },
      };
    },
    despair(ms) {
      hopelessUntilMs = Math.max(hopelessUntilMs, timers.nowMs() + ms);
    },
  };
}
