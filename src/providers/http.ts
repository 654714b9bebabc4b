import packageJson from "../../package.json" with { type: "json" };
import { type ClockReading, readClock } from "../triage/clock-skew.ts";
import { type Budget, NO_LIMIT } from "./budget.ts";
import { type Clock, systemClock } from "./clock.ts";
import { withinTime } from "./deadline.ts";
import { AuthenticationError, ProviderError } from "./errors.ts";
import { type Answer, exchange } from "./exchange.ts";
import { type Advice, type Faults, faultsOf, type MeaningOf, requestName } from "./faults.ts";
import { Patience } from "./patience.ts";
import type { RateLimit } from "./provider.ts";
import { EIGHT_TRIES_IN_ABOUT_HALF_A_MINUTE, ONE_TRY, type RetryPolicy, withRetries } from "./retry.ts";

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

export interface HttpRequest {
  method: "GET" | "POST";
  /** Below the base URL, from `/` on, its segments encoded. */
  path: string;
  query?: Record<string, string | undefined>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as `application/x-www-form-urlencoded`, where there is no `body`. */
  form?: Record<string, string>;
  /** A POST that changes nothing, such as a search: it is tried again like a GET. */
  isRead?: boolean;
  /** Named in errors. */
  webhookId?: string;
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
  /** Reads that the budget would let through at once. */
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

  function faultsOfRequest({ method, path, query, webhookId }: HttpRequest): Faults {
    const url = urlOf(parts.baseUrl, path, query);
    const { meaningOf } = parts;
    return faultsOf({ provider, method, url, webhookId, advice, secrets: authorizer.secrets, clock, meaningOf });
  }

  /** Without the query, in which filters and cursors stand. */
  function nameOf({ method, path }: HttpRequest): string {
    return requestName({ method, url: urlOf(parts.baseUrl, path), secrets: authorizer.secrets });
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
    const url = urlOf(parts.baseUrl, request.path, request.query);
    const { method } = request;
    const answer = await exchange({ method, url, headers, body, signal, keepsPath: parts.keepsPath }, faults, () => {
      requestCount += 1;
    });
    clockReading = readClock(answer.headers.get("date"), clock.now()) ?? clockReading;
    if (isRead(request)) rateLimit = readRateLimit(answer.headers, clock.now()) ?? rateLimit;
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
      return withRetries({ policy, patience, clock, timeoutMs, signal }, (tryTimeoutMs) => {
        const timedOut = () => faultsOfRequest(request).timedOut(tryTimeoutMs);
        return withinTime(tryTimeoutMs, signal, timedOut, (trySignal) => sendAuthorized(request, trySignal));
      });
    },
  };
}

function isRead({ method, isRead = method === "GET" }: HttpRequest): boolean {
  return isRead;
}

function contentOf({ body, form }: HttpRequest): { type?: string; body?: string } {
  if (body !== undefined) return { type: "application/json", body: JSON.stringify(body) };
  if (form === undefined) return {};
  return { type: "application/x-www-form-urlencoded", body: new URLSearchParams(form).toString() };
}

/** Blanks in values become `%20`, not `+`. */
function urlOf(baseUrl: string, path: string, query: HttpRequest["query"] = {}): URL {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/+$/, "") + path;
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  url.search = new URLSearchParams(given).toString().replaceAll("+", "%20");
  return url;
}

function parseJson({ status, headers, text }: Answer, faults: Faults): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const type = /^[\w.+-]{1,40}\/[\w.+-]{1,40}/.exec(headers.get("content-type") ?? "")?.[0] ?? "no content type";
    throw faults.nonsense(`answered ${status} with something that is not JSON, ${type}`, text, status);
  }
}

function readRateLimit(headers: Headers, seenAt: Date): RateLimit | undefined {
  const limitPerMinute = readCount(headers.get("x-rate-limit"));
  if (limitPerMinute === undefined || limitPerMinute === 0) return undefined;
  return { limitPerMinute, remaining: readCount(headers.get("x-rate-limit-remaining")), seenAt };
}

function readCount(header: string | null): number | undefined {
  return header !== null && /^\s*\d{1,9}\s*$/.test(header) ? Number(header) : undefined;
}
