const MINUTE_MS = 60_000;

/** What names a worker, another at each start, and so makes two of the same message. */
const WORKER = / \(Queue: [^)]*\)$/;

/**
 * For messages that come again and again while the database is gone: says whether this one may be logged now, and how many like it
 * were left out since the last.
 */
export function oncePerMinute(nowMs: () => number): (message: string) => { leftOut: number } | undefined {
  const last = new Map<string, { atMs: number; leftOut: number }>();
  return (message) => {
    const kind = message.replace(WORKER, "");
    const seen = last.get(kind);
    if (seen && nowMs() - seen.atMs < MINUTE_MS) {
      seen.leftOut += 1;
      return undefined;
    }
    forgetOld(last, nowMs());
    last.set(kind, { atMs: nowMs(), leftOut: 0 });
    return { leftOut: seen?.leftOut ?? 0 };
  };
}

/** Messages can carry anything, such as ports: those of an hour ago are not kept. */
function forgetOld(last: Map<string, { atMs: number }>, nowMs: number): void {
  for (const [kind, { atMs }] of last) {
    if (nowMs - atMs > 60 * MINUTE_MS) last.delete(kind);
  }
}
