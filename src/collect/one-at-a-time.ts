import { SharedUrgency } from "../providers/urgency.ts";

/**
 * Runs tasks of one key one after the other, so that two questions never read the same webhook side by side: the second finds
 * what the first one stored. A task is as urgent as the most urgent of those who wait for their turn after it.
 */
export interface OneAtATime {
  run<Result>(key: string, signal: AbortSignal, task: () => Promise<Result>): Promise<Result>;
}

/** Those who have come for one key, until the last has had its turn. */
interface Line {
  tail: Promise<unknown>;
  urgency: SharedUrgency;
}

export function oneAtATime(): OneAtATime {
  const lines = new Map<string, Line>();
  return {
    async run(key, signal, task) {
      const { tail: before, urgency } = lines.get(key) ?? { tail: Promise.resolve(), urgency: new SharedUrgency() };
      const { promise: turn, resolve: endTurn } = Promise.withResolvers<void>();
      const tail = before.then(() => turn);
      lines.set(key, { tail, urgency });
      const leave = urgency.join();
      try {
        await unlessAborted(before, signal);
        return await urgency.run(task);
      } finally {
        leave();
        endTurn();
        if (lines.get(key)?.tail === tail) lines.delete(key);
      }
    },
  };
}

/** Rejects with the signal's reason when that is aborted first. */
async function unlessAborted(before: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    if (signal.aborted) onAbort();
    await Promise.race([before, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
