import { randomFrom } from "../../sandbox/provider/random.ts";
import type { Clock } from "../../src/providers/clock.ts";

/** Turns of the event loop without work, one after the other, before time moves on. */
const QUIET_TURNS = 2;
/** What Node calls work that will come back by itself: the next turn's, and requests to the system. Timers and servers are none. */
const WORK = /^Immediate$|Req|WriteWrap/;

interface Waiter {
  atMs: number;
  resolve(): void;
}

/**
 * A clock that stands still while anything is under way in this process, and else jumps to the end of the earliest wait: minutes of
 * waiting take no time, and nothing that computes is late for it. Holds for work on this thread alone: no sockets, no worker threads.
 */
export function createVirtualTime(start: Date, seed: number): Clock {
  const random = randomFrom(seed);
  const waiters = new Set<Waiter>();
  let nowMs = start.getTime();
  let quietTurns = 0;
  let isLooking = false;

  function look(): void {
    isLooking = true;
    setImmediate(() => {
      isLooking = false;
      quietTurns = isWorkUnderWay() ? 0 : quietTurns + 1;
      if (quietTurns >= QUIET_TURNS) moveOn();
      if (waiters.size > 0) look();
    });
  }

  function moveOn(): void {
    quietTurns = 0;
    const next = Math.min(...[...waiters].map(({ atMs }) => atMs));
    if (!Number.isFinite(next)) return;
    nowMs = Math.max(nowMs, next);
    for (const waiter of [...waiters].filter(({ atMs }) => atMs <= nowMs)) {
      waiters.delete(waiter);
      waiter.resolve();
    }
  }

  return {
    now: () => new Date(nowMs),
    random: () => random.next(),
    async wait(ms, signal) {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const waiter = { atMs: nowMs + Math.max(0, ms), resolve };
      const end = () => {
        waiters.delete(waiter);
        reject(signal.reason);
      };
      signal.addEventListener("abort", end, { once: true });
      waiters.add(waiter);
      quietTurns = 0;
      if (!isLooking) look();
      try {
        await promise;
      } finally {
        signal.removeEventListener("abort", end);
      }
    },
  };
}

function isWorkUnderWay(): boolean {
  return process.getActiveResourcesInfo().some((kind) => WORK.test(kind));
}
