/**
 * Runs something once for all who want it at the same time. It goes on while anyone waits, and is aborted when the last one has
 * gone; who goes gets the reason of their own signal, at once.
 */
export class SharedWork<Result> {
  readonly #controller = new AbortController();
  readonly #result: Promise<Result>;
  #waiting = 0;
  #isOver = false;

  constructor(run: (signal: AbortSignal) => Promise<Result>) {
    this.#result = run(this.#controller.signal).finally(() => {
      this.#isOver = true;
    });
    // Whoever waits is told; nobody else has to be.
    this.#result.catch(() => {});
  }

  /** Nobody waited to the end, so there will be no result. */
  get isAbandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  async join(signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    this.#waiting += 1;
    try {
      return await unlessLeft(this.#result, signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#isOver) this.#controller.abort(signal.reason);
    }
  }
}

/** Who leaves gets the reason of their own signal, at once; the work goes on. */
export async function unlessLeft<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  work.catch(() => {});
  const { promise: left, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, left]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
