/**
 * Runs tasks of one key one after the other, so that two questions never read the same webhook side by side: the second finds
 * what the first one stored.
 */
export interface OneAtATime {
  run<Result>(key: string, signal: AbortSignal, task: () => Promise<Result>): Promise<Result>;
}

export function oneAtATime(): OneAtATime {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async run(key, signal, task) {
      const before = tails.get(key) ?? Promise.resolve();
      const { promise: turn, resolve: endTurn } = Promise.withResolvers<void>();
      const tail = before.then(() => turn);
      tails.set(key, tail);
      try {
        await Promise.race([before, aborted(signal)]);
        return await task();
      } finally {
        endTurn();
        if (tails.get(key) === tail) tails.delete(key);
      }
    },
  };
}

/** Rejects with the signal's reason when it is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
