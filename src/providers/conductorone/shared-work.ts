import { SharedUrgency } from "../urgency.ts";

/**
 * Runs something once for all who want it at the same time. It goes on while anyone waits, and is aborted when the last one has
 * gone, or after a while in which nobody came back; who goes gets the reason of their own signal, at once. It is as urgent as the most
 * urgent of those who wait, whoever has begun it: what a person joins is background work no longer.
 */
export class SharedWork<Result> {
  readonly #controller = new AbortController();
  readonly #urgency = new SharedUrgency();
  readonly #result: Promise<Result>;
  readonly #goOn: ((signal: AbortSignal) => Promise<void>) | undefined;
  /** Ends the while in which the work goes on for nobody. */
  #returning = new AbortController();
  #waiting = 0;
  #isOver = false;

  /** `goOn`: for how long the work goes on for nobody; unset, not at all. */
  constructor(run: (signal: AbortSignal) => Promise<Result>, goOn?: (signal: AbortSignal) => Promise<void>) {
    this.#goOn = goOn;
    this.#result = this.#urgency
      .run(() => run(this.#controller.signal))
      .finally(() => {
        this.#isOver = true;
        this.#returning.abort();
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
    this.#returning.abort();
    const leave = this.#urgency.join();
    try {
      return await unlessLeft(this.#result, signal);
    } finally {
      leave();
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#isOver) void this.#goOnForNobody(signal.reason);
    }
  }

  /** Resolves when nothing goes on, however it ended. */
  async ended(): Promise<void> {
    await this.#result.catch(() => {});
  }

  /** Resolves when it is somebody else's turn, however this ended. Who waits for that makes it as urgent as they are, and does not keep it going. */
  async turnEnded(): Promise<void> {
    const leave = this.#urgency.join();
    try {
      await this.ended();
    } finally {
      leave();
    }
  }

  async #goOnForNobody(reason: unknown): Promise<void> {
    if (this.#goOn) {
      this.#returning = new AbortController();
      const { signal } = this.#returning;
      await this.#goOn(signal).catch(() => {});
      if (signal.aborted) return;
    }
    this.#controller.abort(reason);
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
