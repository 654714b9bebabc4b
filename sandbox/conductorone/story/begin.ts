/** Which instant of a request is given: when it is made, or when it fires its webhook. */
export type Begin = { madeAtMs: number } | { firesAtMs: number };

/** Both instants of a request that fires its webhook so long after it was made. */
export function instantsOf(begin: Begin, leadMs: number): { createdAtMs: number; firesAtMs: number } {
  return "madeAtMs" in begin
    ? { createdAtMs: begin.madeAtMs, firesAtMs: begin.madeAtMs + leadMs }
    : { createdAtMs: begin.firesAtMs - leadMs, firesAtMs: begin.firesAtMs };
}
