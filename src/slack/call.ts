import { setTimeout as delay } from "node:timers/promises";
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";

/** How long a call waits out Slack's rate limit in all: nobody waits longer for an answer. Milliseconds. */
export const LONGEST_WAIT_MS = 30_000;
/** Who is turned away again and again is one of too many, and goes another way. */
const MOST_WAITS = 5;

export type Wait = (ms: number) => Promise<unknown>;

/**
 * Calls Slack and waits out 429 answers for as long as they ask, never more than `longestMs` in all. Throws what the call throws
 * otherwise, at once where Slack asks for more patience than there is.
 */
export async function callSlack<Result>(
  call: () => Promise<Result>,
  wait: Wait = delay,
  longestMs: number = LONGEST_WAIT_MS,
): Promise<Result> {
  let waitedMs = 0;
  for (let waits = 0; ; waits += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof WebAPIRateLimitedError) || waits >= MOST_WAITS) throw error;
      waitedMs += error.retryAfter * 1000;
      if (waitedMs > longestMs) throw error;
      await wait(error.retryAfter * 1000);
    }
  }
}

/** Slack's own word for what went wrong, such as `not_in_channel`; `undefined` when Slack did not answer. */
export function slackErrorOf(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** Whether the server says that it does not know the method at all, as a Slack-like server may. */
export function isUnknownMethod(error: unknown): boolean {
  return slackErrorOf(error) === "unknown_method" || (error instanceof WebAPIHTTPError && error.statusCode === 404);
}

/** Whether Slack may have done what was asked, although it did not say so. */
export function isUncertain(error: unknown): boolean {
  return error instanceof WebAPIRequestError || error instanceof WebAPIHTTPError;
}

/** What became of a call, in a word: `ok` is said elsewhere. */
export function outcomeOf(error: unknown): string {
  if (error instanceof WebAPIRateLimitedError) return "rate_limited";
  if (error instanceof WebAPIHTTPError) return `http_${error.statusCode}`;
  return slackErrorOf(error) ?? "no_answer";
}
