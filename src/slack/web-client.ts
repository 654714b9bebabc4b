import { type Logger, type WebAPICallResult, WebClient } from "@slack/web-api";
import type { SlackSettings } from "../config.ts";
import type { Metrics } from "../ops/metrics.ts";
import { callSlack, outcomeOf, type Wait } from "./call.ts";

/** A call to Slack that takes longer than this has failed. Milliseconds. */
export const CALL_TIMEOUT_MS = 10_000;

export interface WebClientParts {
  logger: Logger;
  metrics?: Pick<Metrics, "slackCalls">;
  /** How rate limits are waited out; in real time when absent. */
  wait?: Wait;
  timeoutMs?: number;
}

/**
 * The client for all our calls. It waits out rate limits, counts what it sends, and retries nothing else by itself: a post that
 * was retried may stand there twice.
 */
export function createWebClient(
  { botToken, apiUrl }: Pick<SlackSettings, "botToken" | "apiUrl">,
  parts: WebClientParts,
): WebClient {
  return new CountedWebClient(botToken, apiUrl, parts);
}

/** Every method of a `WebClient` goes through `apiCall`. */
class CountedWebClient extends WebClient {
  readonly #parts: WebClientParts;

  constructor(botToken: string, slackApiUrl: string, parts: WebClientParts) {
    const { logger, timeoutMs: timeout = CALL_TIMEOUT_MS } = parts;
    super(botToken, { slackApiUrl, logger, timeout, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
    this.#parts = parts;
  }

  override apiCall(method: string, options?: Record<string, unknown>): Promise<WebAPICallResult> {
    return callSlack(() => this.#countedCall(method, options), this.#parts.wait);
  }

  async #countedCall(method: string, options?: Record<string, unknown>): Promise<WebAPICallResult> {
    const { metrics } = this.#parts;
    try {
      const result = await super.apiCall(method, options);
      metrics?.slackCalls.inc({ method, outcome: "ok" });
      return result;
    } catch (error) {
      metrics?.slackCalls.inc({ method, outcome: outcomeOf(error) });
      throw error;
    }
  }
}
