/** Time as the connections see it, so that tests need not wait. */
export interface Timers {
  /** Milliseconds from any moment; never goes back. */
  nowMs(): number;
  /** Runs once after so many milliseconds, unless what it returns is called before. */
  after(ms: number, run: () => void): () => void;
}

export const REAL_TIMERS: Timers = {
  nowMs: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
