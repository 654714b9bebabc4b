import type { RateNews } from "./budget.ts";
import type { Answer } from "./exchange.ts";
import type { RateLimit } from "./provider.ts";
import { readRetryAfterMs } from "./retry-after.ts";

const TOO_MANY_REQUESTS = 429;
const SERVICE_UNAVAILABLE = 503;

/** What Zendesk's headers say of the limit, https://developer.zendesk.com/api-reference/introduction/rate-limits/. */
export function readRateLimit(headers: Headers, seenAt: Date): RateLimit | undefined {
  const limitPerMinute = readCount(headers.get("x-rate-limit"));
  if (limitPerMinute === undefined || limitPerMinute === 0) return undefined;
  return { limitPerMinute, remaining: readCount(headers.get("x-rate-limit-remaining")), seenAt };
}

/** The same for a budget. Refused for now is what was one too many, and what a busy provider wants to be asked later by `Retry-After`. */
export function readRateNews({ status, headers }: Answer, at: Date): RateNews {
  const { limitPerMinute, remaining } = readRateLimit(headers, at) ?? {};
  const waitMs = readRetryAfterMs(headers.get("retry-after"), at);
  const isRefused = status === TOO_MANY_REQUESTS || (status === SERVICE_UNAVAILABLE && waitMs !== undefined);
  const until = waitMs === undefined ? undefined : new Date(at.getTime() + waitMs);
  return { at, limitPerMinute, remaining, ...(isRefused && { refused: { until } }) };
}

function readCount(header: string | null): number | undefined {
  return header !== null && /^\s*\d{1,9}\s*$/.test(header) ? Number(header) : undefined;
}
