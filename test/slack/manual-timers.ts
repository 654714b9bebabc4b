import type { Timers } from "../../src/slack/sockets/timers.ts";

interface Pending {
  atMs: number;
  ms: number;
  run(): void;
}

/** Time that moves only when a test says so. */
export interface ManualTimers extends Timers {
  /** Runs what is due by then, in order. */
  pass(ms: number): void;
  /** Moves the clock and runs only what was to run after exactly so long, as if all else had gone well meanwhile. */
  jump(ms: number): void;
  /** Runs only what was to run after exactly so long. */
  fire(ms: number): void;
  /** Resolves as soon as something waits that was to run after so long, give or take a second. */
  scheduled(ms: number): Promise<void>;
  pending(): number;
}

export function manualTimers(): ManualTimers {
  let nowMs = 0;
  const pending = new Set<Pending>();
  const onScheduled: (() => void)[] = [];

  function run(one: Pending): void {
    pending.delete(one);
    one.run();
  }

  function near(ms: number): Pending[] {
    return [...pending].filter((one) => Math.abs(one.ms - ms) < 1_000);
  }

  return {
    nowMs: () => nowMs,
    after(ms, action) {
      const one = { atMs: nowMs + ms, ms, run: action };
      pending.add(one);
      for (const tell of onScheduled.splice(0)) tell();
      return () => void pending.delete(one);
    },
    pass(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = [...pending].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        nowMs = Math.max(nowMs, next.atMs);
        run(next);
      }
      nowMs = untilMs;
    },
    jump(ms) {
      nowMs += ms;
      for (const one of near(ms)) run(one);
    },
    fire(ms) {
      for (const one of near(ms)) run(one);
    },
    async scheduled(ms) {
      while (near(ms).length === 0) await new Promise<void>((resolve) => onScheduled.push(resolve));
    },
    pending: () => pending.size,
  };
}
