/**
 * Runs something with a time limit in milliseconds. Rejects with `timedOut()` when it takes longer, with the outer signal's
 * reason when that is aborted; both at once, even where what runs does not heed its signal.
 */
export async function withinTime<T>(
  timeoutMs: number,
  outer: AbortSignal,
  timedOut: () => Error,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const controller = new AbortController();
  function end(reason: unknown): void {
    reject(reason);
    controller.abort(reason);
  }
  const onAbort = () => end(outer.reason);
  const timer = setTimeout(() => end(timedOut()), timeoutMs);
  outer.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([run(controller.signal), ended]);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener("abort", onAbort);
  }
}
