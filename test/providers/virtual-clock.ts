import type { Clock } from "../../src/providers/clock.ts";

export interface VirtualClock extends Clock {
  /** Every wait that was asked for, in milliseconds, in order. */
  readonly waits: number[];
  advance(ms: number): void;
}

/** Waits take no time and move the clock. Waits side by side overlap, as they do on a real one. */
export function virtualClock(start = "2026-11-21T12:00:00Z", random = 0.5): VirtualClock {
  let nowMs = Date.parse(start);
  const waits: number[] = [];
  return {
    waits,
    now: () => new Date(nowMs),
    random: () => random,
    advance(ms) {
      nowMs += ms;
    },
    async wait(ms, signal) {
      signal.throwIfAborted();
      waits.push(ms);
      const untilMs = nowMs + ms;
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      nowMs = Math.max(nowMs, untilMs);
    },
  };
}
