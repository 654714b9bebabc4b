import { WebAPIRateLimitedError } from "@slack/web-api";
import { isUncertain, slackErrorOf } from "../call.ts";
import { isPassing } from "../refusals.ts";
import { DismissedError } from "./connection.ts";

/** Slack gave no address for a connection; `cause` is what came of asking it with the app-level token. */
export class NoAddressError extends Error {
  override readonly name = "NoAddressError";

  constructor(cause: unknown) {
    super("Slack gave no address for a connection.", { cause });
  }
}

/** Slack answers, but no connection to it can be had. */
export class NoConnectionError extends Error {
  override readonly name = "NoConnectionError";

  constructor(cause: unknown) {
    const mend = mendOf(cause);
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      mend === undefined
        ? `Slack answers, but no WebSocket to it can be opened: ${reason.replace(/\.?$/, ".")} See that nothing on the way, such as a proxy, keeps out wss: addresses of slack.com; then start again.`
        : `${mend}; then start again.`,
      { cause },
    );
  }
}

/** Where the app is refused, only a person can mend it. Milliseconds. */
export const NO_HOPE_MS = 60_000;

const MENDS = new Map([
  ["link_disabled", "Socket Mode was turned off. Turn it on again on the app's page Socket Mode at api.slack.com/apps"],
  ["too_many_websockets", "Slack allows ten Socket Mode connections to an app: end other processes that use this app"],
]);

/** What to do about it that Slack dismissed a connection for this reason; `undefined` where there is nothing to do. */
export function dismissalMend(reason: string): string | undefined {
  return MENDS.get(reason);
}

/** The same for what kept a connection from being opened. */
export function mendOf(error: unknown): string | undefined {
  return error instanceof DismissedError ? dismissalMend(error.reason) : undefined;
}

/** What the first connection's failure is told as. */
export function startErrorOf(error: unknown): NoAddressError | NoConnectionError {
  const isOfTheApi = slackErrorOf(error) !== undefined || isUncertain(error) || error instanceof WebAPIRateLimitedError;
  return isOfTheApi ? new NoAddressError(error) : new NoConnectionError(error);
}

/** Slack's refusals of the app, or of one connection more, last until somebody does something about them. Milliseconds. */
export function hopelessMs(error: unknown): number {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1000;
  const word = slackErrorOf(error);
  const isRefused = word !== undefined && !isPassing(word);
  return isRefused || error instanceof DismissedError ? NO_HOPE_MS : 0;
}
