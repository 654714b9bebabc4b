/** What an answer of a provider tells of its rate limit. */
export interface RateNews {
  /** When it was received. */
  at: Date;
  /** As the headers say; absent where they say nothing. */
  limitPerMinute?: number;
  /** How many requests are left, as the headers say. */
  remaining?: number;
  /** Set where the request was refused for now: when the next is allowed, where the provider said so. */
  refused?: { until?: Date };
}

/** The provider wants to be left alone for longer than anybody should wait. */
export class PausedError extends Error {
  override readonly name = "PausedError";
  readonly until: Date;

  constructor(until: Date) {
    super(`The provider wants to be left alone until ${until.toISOString()}.`);
    this.until = until;
  }
}

/**
 * Requests that may be sent to one account of a provider, shared by all who ask it. Each try of a read takes one, retries included.
 * Writes and requests for tokens cost nothing of it: their limits are others. Redirects and the second request after a renewed token are
 * not taken for either: they are rare, and what they use shows in what remains.
 */
export interface Budget {
  /**
   * Resolves when one read may be sent; people who wait come before background work. Rejects with the signal's reason, with a
   * `PausedError`, or with what the store throws.
   */
  take(signal: AbortSignal): Promise<void>;
  /** To be called with each answer to a read. */
  learn(news: RateNews): void;
  /** Until when the provider wants to be left alone; `undefined` where it does not. */
  readonly pausedUntil: Date | undefined;
  /** How many reads of the caller's urgency could be sent at once without waiting; infinite where there is no budget. */
  readonly spare: number;
}

/** A budget that lets everything through. */
export const NO_LIMIT: Budget = {
  take: async (signal) => signal.throwIfAborted(),
  learn: () => undefined,
  pausedUntil: undefined,
  spare: Number.POSITIVE_INFINITY,
};
