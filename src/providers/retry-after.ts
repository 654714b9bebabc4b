const SECONDS = /^\s*\d+(?:\.\d+)?\s*$/;
/** All three date forms of HTTP start with the name of a day, https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7. */
const HTTP_DATE = /^\s*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s/i;
const LONGEST_MS = 24 * 60 * 60_000;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds from `now`: seconds or an HTTP date, between 0 and 24 hours.
 * `undefined` where it is missing or makes no sense (negative, words). https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function readRetryAfterMs(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  const waitMs = SECONDS.test(header) ? Number(header) * 1000 : readDate(header) - now.getTime();
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(Math.ceil(waitMs), 0), LONGEST_MS);
}

function readDate(header: string): number {
  return HTTP_DATE.test(header) ? Date.parse(header) : Number.NaN;
}
