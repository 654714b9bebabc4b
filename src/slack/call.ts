import { setTimeout as delay } from "node:timers/promises";
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";

/** Times that a call waits out Slack's rate limit before it gives up. */
const RATE_LIMIT_WAITS = 3;
/** Longest single wait, in seconds: nobody waits longer for an answer. */
const LONGEST_WAIT_SECONDS = 30;

/** Calls Slack and waits out 429 answers as told. Throws what the call throws otherwise. */
export async function callSlack<Result>(call: () => Promise<Result>): Promise<Result> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof WebAPIRateLimitedError) || waits >= RATE_LIMIT_WAITS) throw error;
      await delay(Math.min(error.retryAfter, LONGEST_WAIT_SECONDS) * 1000);
    }
  }
}

/** Slack's own word for what went wrong, such as `not_in_channel`; `undefined` when Slack did not answer. */
export function slackErrorOf(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** Whether the server says that it does not know the method at all, as a Slack-like server may. */
export function isUnknownMethod(error: unknown): boolean {
  return slackErrorOf(error) === "unknown_method";
}

/** Whether Slack may have done what was asked, although it did not say so. */
export function isUncertain(error: unknown): boolean {
  return error instanceof WebAPIRequestError || error instanceof WebAPIHTTPError;
}
