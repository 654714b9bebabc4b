import packageJson from "../../package.json" with { type: "json" };
import { type ClockReading, readClock } from "../triage/clock-skew.ts";
import { type Budget, NO_LIMIT, PausedError } from "./budget.ts";
import { type Clock, systemClock } from "./clock.ts";
import { withinTime } from "./deadline.ts";
import { AuthenticationError, ProviderError } from "./errors.ts";
import { exchange } from "./exchange.ts";
import { type Advice, type Faults, faultsOf, type MeaningOf, requestName } from "./faults.ts";
import { contentOf, type HttpRequest, isRead, parseJson, urlOf } from "./http-request.ts";
import { Patience } from "./patience.ts";
import type { RateLimit } from "./provider.ts";
import { readRateLimit, readRateNews } from "./rate-news.ts";
import { EIGHT_TRIES_IN_ABOUT_HALF_A_MINUTE, ONE_TRY, type RetryPolicy, withRetries } from "./retry.ts";

export type { HttpRequest } from "./http-request.ts";

const USER_AGENT = `hooktriage/${packageJson.version}`;
const TIMEOUT_MS = 15_000;

/** How one call is made. */
export interface CallOptions {
  signal: AbortSignal;
  /** For each try, its body included. 15 seconds unless told. */
  timeoutMs?: number;
  /** `false`: one try. Writes are never tried twice, whatever stands here. */
  retry?: Partial<RetryPolicy> | false;
}

/** For requests that carry no `Authorization` header; each is sent once. */
export interface PlainHttp extends Pick<HttpClient, "clockReading" | "faultsOf"> {
  send(request: HttpRequest): Promise<unknown>;
}

export interface Authorizer {
  /** Values that must never appear anywhere. */
  readonly secrets: readonly string[];
  /**
   * The `Authorization` header for a request. `rejected` is the one that was just answered with 401; `undefined` comes back
   * when there is no better one. Throws `ProviderError`.
   */
  authorize(method: HttpRequest["method"], http: PlainHttp, rejected?: string): Promise<string | undefined>;
}

export interface HttpClientParts {
  provider: string;
  baseUrl: string;
  authorizer: Authorizer;
  advice: Advice;
  clock?: Clock;
  giveUpAfterMs?: number;
  onRequest?: OnRequest;
  /** What reads are paid from; without a limit unless given. */
  budget?: Budget;
  /** What this provider's own error answers mean, where their status alone misleads. */
  meaningOf?: MeaningOf;
  /** Follows no redirect that changes the path: for APIs that send a wrong path to another one. */
  keepsPath?: boolean;
}

/** Told of each request when it has ended: `ok`, the kind of its error, or `aborted`; `GET /api/v2/webhooks`, redacted. */
export type OnRequest = (outcome: string, seconds: number, request: string) => void;

export interface HttpClient {
  /** HTTP requests sent so far, retries, redirects and token requests included. */
  readonly requestCount: number;
  /** As the latest read was told. */
  readonly rateLimit: RateLimit | undefined;
  /** Reads of the caller's urgency that the budget would let through at once. */
  readonly spareRequests: number;
  /** What the latest answer's `Date` said, and our own clock then. */
  readonly clockReading: ClockReading | undefined;
  /** The parsed JSON of a 2xx answer. Throws `ProviderError`, or the signal's reason when it is aborted. */
  send(request: HttpRequest, options: CallOptions): Promise<unknown>;
  /** The errors that a request would end in, for what is wrong inside an answer. */
  faultsOf(request: HttpRequest): Faults;
}

/** A client for one account: all its callers share patience, rate limit and credentials. */
export function createHttpClient(parts: HttpClientParts): HttpClient {
  const { provider, authorizer, advice, clock = systemClock, budget = NO_LIMIT } = parts;
  const patience = new Patience(clock, parts.giveUpAfterMs);
  const neverAborted = new AbortController().signal;
  let requestCount = 0;
  let rateLimit: RateLimit | undefined;
  let clockReading: ClockReading | undefined;

  function faultsOfRequest(request: HttpRequest): Faults {
    const { method, webhookId } = request;
    const url = urlOf(parts.baseUrl, request);
    const { meaningOf } = parts;
    return faultsOf({ provider, method, url, webhookId, advice, secrets: authorizer.secrets, clock, meaningOf });
  }

  /** Without the query, in which filters and cursors stand. */
  function nameOf({ method, path }: HttpRequest): string {
    return requestName({ method, url: urlOf(parts.baseUrl, { path }), secrets: authorizer.secrets });
  }

  async function sendOnce(request: HttpRequest, signal: AbortSignal, authorization?: string): Promise<unknown> {
    const startedAtMs = performance.now();
    let outcome = "ok";
    try {
      return await sendAndRead(request, signal, authorization);
    } catch (error) {
      outcome = error instanceof ProviderError ? error.kind : "aborted";
      throw error;
    } finally {
      parts.onRequest?.(outcome, (performance.now() - startedAtMs) / 1000, nameOf(request));
    }
  }

  async function sendAndRead(request: HttpRequest, signal: AbortSignal, authorization?: string): Promise<unknown> {
    const faults = faultsOfRequest(request);
    const headers: Record<string, string> = { accept: "application/json", "user-agent": USER_AGENT };
    if (authorization !== undefined) headers.authorization = authorization;
    const { type, body } = contentOf(request);
    if (type !== undefined) headers["content-type"] = type;
    const url = urlOf(parts.baseUrl, request);
    const { method } = request;
    const answer = await exchange({ method, url, headers, body, signal, keepsPath: parts.keepsPath }, faults, () => {
      requestCount += 1;
    });
    const answeredAt = clock.now();
    clockReading = readClock(answer.headers.get("date"), answeredAt) ?? clockReading;
    if (isRead(request)) {
      rateLimit = readRateLimit(answer.headers, answeredAt) ?? rateLimit;
      budget.learn(readRateNews(answer, answeredAt));
    }
    if (answer.status < 200 || answer.status > 299) throw faults.answered(answer);
    return parseJson(answer, faults);
  }

  /** Outlives the caller that asked first: others may be waiting for the same token. */
  function sendPlain(request: HttpRequest): Promise<unknown> {
    const timedOut = () => faultsOfRequest(request).timedOut(TIMEOUT_MS);
    return withinTime(TIMEOUT_MS, neverAborted, timedOut, (signal) => sendOnce(request, signal));
  }

  const plainHttp: PlainHttp = {
    get clockReading() {
      return clockReading;
    },
    send: sendPlain,
    faultsOf: faultsOfRequest,
  };

  async function sendAuthorized(request: HttpRequest, signal: AbortSignal): Promise<unknown> {
    const authorization = await authorizer.authorize(request.method, plainHttp);
    signal.throwIfAborted();
    try {
      return await sendOnce(request, signal, authorization);
    } catch (error) {
      if (!(error instanceof AuthenticationError) || authorization === undefined) throw error;
      const renewed = await authorizer.authorize(request.method, plainHttp, authorization);
      signal.throwIfAborted();
      if (renewed === undefined) throw error;
      return await sendOnce(request, signal, renewed);
    }
  }

  /** Waits until the budget lets a try through. */
  async function takePermit(request: HttpRequest, signal: AbortSignal): Promise<void> {
    try {
      await budget.take(signal);
    } catch (error) {
      throw error instanceof PausedError ? faultsOfRequest(request).leftAlone(error.until) : error;
    }
  }

  return {
    get requestCount() {
      return requestCount;
    },
    get rateLimit() {
      return rateLimit;
    },
    get spareRequests() {
      return budget.spare;
    },
    get clockReading() {
      return clockReading;
    },
    faultsOf: faultsOfRequest,
    send(request, { signal, timeoutMs = TIMEOUT_MS, retry = {} }) {
      const mayRetry = isRead(request) && retry !== false;
      const policy = mayRetry ? { ...EIGHT_TRIES_IN_ABOUT_HALF_A_MINUTE, ...retry } : ONE_TRY;
      const mayTry = () => (isRead(request) ? takePermit(request, signal) : Promise.resolve());
      return withRetries({ policy, patience, clock, budget, mayTry, timeoutMs, signal }, (tryTimeoutMs) => {
        const timedOut = () => faultsOfRequest(request).timedOut(tryTimeoutMs);
        return withinTime(tryTimeoutMs, signal, timedOut, (trySignal) => sendAuthorized(request, trySignal));
      });
    },
  };
}
