/** A fixed window of one minute, by the clock that is passed in. */
export interface RateLimit {
  readonly limit: number;
  /** Counts one request. `retryAfterSeconds` is there when it is one too many. */
  take(nowMs: number): { remaining: number; retryAfterSeconds?: number };
}

/** @param limit requests a minute; Infinity lifts it, and is shown as Zendesk's ceiling of 100,000. */
export function createRateLimit(limit: number): RateLimit {
  let windowStartMs = 0;
  let used = 0;
  return {
    limit: Number.isFinite(limit) ? limit : SHOWN_WHEN_LIFTED,
    take(nowMs) {
      const startMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
      if (startMs !== windowStartMs) used = 0;
      windowStartMs = startMs;
      if (used >= limit) return { remaining: 0, retryAfterSeconds: Math.ceil((startMs + MINUTE_MS - nowMs) / 1000) };
      used += 1;
      return { remaining: Number.isFinite(limit) ? limit - used : SHOWN_WHEN_LIFTED };
    },
  };
}

const MINUTE_MS = 60_000;
const SHOWN_WHEN_LIFTED = 100_000;
