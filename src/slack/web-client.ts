import {
  type FetchFunction,
  type Logger,
  type WebAPICallResult,
  WebAPIRateLimitedError,
  WebClient,
} from "@slack/web-api";
import type { SlackSettings } from "../config.ts";
import type { Metrics } from "../ops/metrics.ts";
import { callSlack, outcomeOf, type Wait } from "./call.ts";
import { type ChannelQueue, createChannelQueue } from "./channel-queue.ts";
import { type RefusalWatch, type Refused, type TokenName, watchRefusals } from "./refusals.ts";
import { type SendTerms, sendTerms } from "./send-terms.ts";

/** A call to Slack that takes longer than this has failed. Milliseconds. */
export const CALL_TIMEOUT_MS = 10_000;
/** An answer that the channel cannot take by then goes to the asker alone: people wait for it. Milliseconds. */
const ANSWER_PATIENCE_MS = 1_000;
/** What belongs in one place, such as a reply in a thread, waits for it. Milliseconds. */
const PATIENCE_MS = 20_000;

/** The time in which rate limits are waited out. */
export interface SlackTime {
  wait: Wait;
  /** The clock that `wait` moves. */
  now: () => Date;
}

export interface WebClientParts extends Partial<SlackTime> {
  logger: Logger;
  metrics?: Pick<Metrics, "slackCalls">;
  timeoutMs?: number;
  fetch?: FetchFunction;
  /** Which token it is; `SLACK_BOT_TOKEN` when absent. */
  token?: TokenName;
}

/** A client that knows whether Slack still takes its token. */
export type WatchedWebClient = WebClient & { readonly refusal: Refused | undefined };

/**
 * The client for all our calls. It posts no faster in a channel than Slack takes it, waits out rate limits, counts what it sends,
 * and retries nothing else by itself: a post that was retried may stand there twice. A post throws `ChannelBusyError` where its
 * channel has too many before it.
 */
export function createWebClient(
  { botToken, apiUrl }: Pick<SlackSettings, "botToken" | "apiUrl">,
  parts: WebClientParts,
): WatchedWebClient {
  return new CarefulWebClient(botToken, apiUrl, parts);
}

/** Every method of a `WebClient` goes through `apiCall`. */
class CarefulWebClient extends WebClient {
  readonly #parts: WebClientParts;
  readonly #queue: ChannelQueue;
  readonly #watch: RefusalWatch;

  constructor(botToken: string, slackApiUrl: string, parts: WebClientParts) {
    const { logger, timeoutMs: timeout = CALL_TIMEOUT_MS, token = "SLACK_BOT_TOKEN" } = parts;
    const { fetch } = parts;
    super(botToken, { slackApiUrl, logger, timeout, fetch, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
    this.#parts = parts;
    this.#queue = createChannelQueue(parts.now ? { now: parts.now, wait: parts.wait } : {});
    this.#watch = watchRefusals(token, (message) => logger.error(message), parts.now ?? (() => new Date()));
  }

  get refusal(): Refused | undefined {
    return this.#watch.refusal;
  }

  override apiCall(method: string, options: Record<string, unknown> = {}): Promise<WebAPICallResult> {
    const { channel } = options;
    const isPost = method === "chat.postMessage" && typeof channel === "string";
    const terms = isPost ? sendTerms() : undefined;
    const call = isPost ? () => this.#post(channel, options, terms) : () => this.#countedCall(method, options);
    return callSlack(call, this.#parts.wait, terms?.patienceMs);
  }

  async #post(
    channel: string,
    options: Record<string, unknown>,
    terms: SendTerms | undefined,
  ): Promise<WebAPICallResult> {
    const belongsThere = options.thread_ts !== undefined || options.metadata !== undefined;
    await this.#queue.turn(channel, terms?.patienceMs ?? (belongsThere ? PATIENCE_MS : ANSWER_PATIENCE_MS));
    terms?.check();
    try {
      return await this.#countedCall("chat.postMessage", options);
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) this.#queue.hold(channel, error.retryAfter * 1000);
      throw error;
    }
  }

  async #countedCall(method: string, options: Record<string, unknown>): Promise<WebAPICallResult> {
    const { metrics } = this.#parts;
    try {
      const result = await super.apiCall(method, options);
      this.#watch.note(undefined);
      metrics?.slackCalls.inc({ method, outcome: "ok" });
      return result;
    } catch (error) {
      this.#watch.note(error);
      metrics?.slackCalls.inc({ method, outcome: outcomeOf(error) });
      throw error;
    }
  }
}
