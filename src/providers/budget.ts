/** What an answer of a provider tells of its rate limit. */
export interface RateNews {
  /** When it was received. */
  at: Date;
  /** As the headers say; absent where they say nothing. */
  limitPerMinute?: number;
  /** How many requests are left, as the headers say. */
  remaining?: number;
  /** Set where the request was refused as one too many: when the next is allowed, where the provider said so. */
  refused?: { until?: Date };
}

/** Requests that may be sent to one account of a provider, shared by all who ask it. Writes and requests for tokens cost nothing of it. */
export interface Budget {
  /** Resolves when one read may be sent; people who wait come before background work. Rejects with the signal's reason. */
  take(signal: AbortSignal): Promise<void>;
  /** To be called with each answer to a read. */
  learn(news: RateNews): void;
  /** How many reads could be sent at once without waiting; infinite where no limit is known. */
  readonly spare: number;
}

/** A budget that lets everything through. */
export const NO_LIMIT: Budget = {
  take: async (signal) => signal.throwIfAborted(),
  learn: () => undefined,
  spare: Number.POSITIVE_INFINITY,
};
