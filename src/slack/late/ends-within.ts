import { setTimeout as delay } from "node:timers/promises";

/** Whether something has come to its end, well or not, after at most so many milliseconds. */
export async function endsWithin(running: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const ended = running.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([ended, delay(ms, false, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}
