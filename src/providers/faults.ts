import { redactText, redactUrl } from "../triage/redact.ts";
import type { Clock } from "./clock.ts";
import {
  AuthenticationError,
  ForeignRedirectError,
  NotFoundError,
  PermissionError,
  type ProviderError,
  type ProviderErrorFacts,
  type ProviderErrorKind,
  RateLimitedError,
  TimeOutError,
  UnavailableError,
  UnexpectedAnswerError,
} from "./errors.ts";
import { redactedExcerpt } from "./excerpt.ts";
import { readProblem } from "./problem.ts";
import { readRetryAfterMs } from "./retry-after.ts";

/** What to do about each kind of error, in the words of one provider: which variable, which scope, which role. */
export interface Advice extends Record<ProviderErrorKind, string> {
  /** Where nothing of the provider is at the address that we have of it. */
  wrong_address: string;
}

/** What an error answer means, where its status alone would be read wrongly. */
export interface Meaning {
  /** `unavailable`: an end that says nothing of the request; `unexpected_answer`: the same request ends so each time. */
  kind: "unavailable" | "unexpected_answer";
  /** Tries in all, at most, for an answer that is worth another one. */
  mostTries?: number;
}

export type MeaningOf = (status: number, text: string) => Meaning | undefined;

export interface FaultContext {
  provider: string;
  method: string;
  url: URL;
  webhookId: string | undefined;
  advice: Advice;
  /** Values that never appear in an error, whatever the provider answers. */
  secrets: readonly string[];
  clock: Pick<Clock, "now">;
  meaningOf?: MeaningOf | undefined;
}

/** The errors of one request. */
export interface Faults {
  answered(answer: { status: number; headers: Headers; text: string }): ProviderError;
  /** An answer that makes no sense: what is wrong with it, as `answered with …`, and its text. */
  nonsense(happened: string, text?: string, status?: number): ProviderError;
  timedOut(timeoutMs: number): ProviderError;
  dropped(code: string): ProviderError;
  redirected(origin: string, status: number): ProviderError;
  /** Nothing was sent: the provider wants to be left alone until then. */
  leftAlone(until: Date): ProviderError;
}

/** Of an answer's text, as much is read, and as much is quoted. */
const READ_LIMITS = { readChars: 16 * 1024, keptChars: 16 * 1024 };
const QUOTED_LIMITS = { readChars: 16 * 1024, keptChars: 200 };
const REQUEST_TIMEOUT = 408;

export function faultsOf(context: FaultContext): Faults {
  const { advice, clock } = context;
  const options = { knownSecrets: context.secrets };

  function factsOf(
    kind: ProviderErrorKind,
    happened: string,
    more: Partial<ProviderErrorFacts> = {},
  ): ProviderErrorFacts {
    const { provider, webhookId } = context;
    return { provider, webhookId, request: requestName(context), happened, nextStep: advice[kind], ...more };
  }

  const soon = `Ask again in a few minutes. ${advice.unavailable}`;

  function quoted(text: string): string {
    const redact = (whole: string) => redactText(whole, options);
    const problem = readProblem(redactedExcerpt(text, READ_LIMITS, redact).text);
    const excerpt = redactedExcerpt(problem, QUOTED_LIMITS, redact);
    return excerpt.text === "" ? "" : ` ("${excerpt.text}${excerpt.truncated ? "…" : ""}")`;
  }

  return {
    leftAlone(until) {
      const wait = waitInWords(until.getTime() - clock.now().getTime());
      const nextStep = `Ask again in ${wait}. ${advice.rate_limited}`;
      const happened = `wants to be asked again in ${wait}, and was not asked before that`;
      return new RateLimitedError(factsOf("rate_limited", happened, { retryAt: until, nextStep }));
    },
    answered({ status, headers, text }) {
      const retryAfterMs = readRetryAfterMs(headers.get("retry-after"), clock.now());
      const retryAt = retryAfterMs === undefined ? undefined : new Date(clock.now().getTime() + retryAfterMs);
      const wait = retryAfterMs === undefined ? "" : `, to be asked again in ${waitInWords(retryAfterMs)}`;
      const requestId = redactText(headers.get("x-request-id") ?? "", options).text.slice(0, 100) || undefined;
      const happened = `answered ${status}${quoted(text)}`;
      const more = { status, requestId };
      if (status === 401) return new AuthenticationError(factsOf("authentication", happened, more));
      if (status === 403) return new PermissionError(factsOf("permission", happened, more));
      if (status === 404 || status === 410) {
        // What belongs to no webhook is there in every account.
        const nextStep = context.webhookId === undefined ? advice.wrong_address : advice.not_found;
        return new NotFoundError(factsOf("not_found", happened, { ...more, nextStep }));
      }
      const meaning = context.meaningOf?.(status, text);
      if (meaning?.kind === "unexpected_answer")
        return new UnexpectedAnswerError(factsOf("unexpected_answer", happened, more));
      const later = { ...more, retryAt, mostTries: meaning?.mostTries };
      if (status === 429) {
        const nextStep = `Ask again in ${waitInWords(retryAfterMs, "a minute")}. ${advice.rate_limited}`;
        return new RateLimitedError(factsOf("rate_limited", happened + wait, { ...later, nextStep }));
      }
      if (status >= 500 || status === REQUEST_TIMEOUT || meaning) {
        const nextStep = `Ask again in ${waitInWords(retryAfterMs, "a few minutes")}. ${advice.unavailable}`;
        return new UnavailableError(factsOf("unavailable", happened + wait, { ...later, nextStep }));
      }
      return new UnexpectedAnswerError(factsOf("unexpected_answer", happened, more));
    },
    nonsense(happened, text = "", status = undefined) {
      return new UnexpectedAnswerError(factsOf("unexpected_answer", happened + quoted(text), { status }));
    },
    timedOut(timeoutMs) {
      const happened = `did not answer within ${Math.round(timeoutMs / 100) / 10} s`;
      return new TimeOutError(factsOf("unavailable", happened, { nextStep: soon }), timeoutMs);
    },
    dropped(code) {
      const happened = DROPS[code] ?? `could not be reached or dropped the connection: ${code}`;
      const nextStep = code === UNKNOWN_HOST ? advice.wrong_address : soon;
      return new UnavailableError(factsOf("unavailable", happened, { nextStep }));
    },
    redirected(origin, status) {
      const happened = `answered ${status}, a redirect to ${origin}, which was not followed`;
      return new ForeignRedirectError(factsOf("unexpected_answer", happened, { status }), origin);
    },
  };
}

const UNKNOWN_HOST = "ENOTFOUND";

/** Codes of Node.js and of undici, https://nodejs.org/api/errors.html#common-system-errors, after the provider's name. */
const DROPS: Record<string, string> = {
  ECONNRESET: "cut the connection",
  EPIPE: "cut the connection",
  UND_ERR_SOCKET: "cut the connection",
  ECONNREFUSED: "refuses connections",
  [UNKNOWN_HOST]: "could not be reached: its host name does not resolve",
  EAI_AGAIN: "could not be reached: its host name could not be looked up",
  EHOSTUNREACH: "could not be reached: no way leads to its host",
  ENETUNREACH: "could not be reached: the network is down",
  ETIMEDOUT: "did not take the connection in time",
  UND_ERR_CONNECT_TIMEOUT: "did not take the connection in time",
};

const MINUTE_MS = 60_000;

/** `45 s`, `20 minutes`, `2 hours`: never less than the wait; `otherwise` where none was asked for. */
function waitInWords(waitMs: number | undefined, otherwise = ""): string {
  if (waitMs === undefined) return otherwise;
  if (waitMs < 2 * MINUTE_MS) return `${Math.max(1, Math.ceil(waitMs / 1000))} s`;
  const minutes = Math.ceil(waitMs / MINUTE_MS);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

/** `GET /api/v2/webhooks?page[size]=100`, redacted and without cursors. */
export function requestName({ method, url, secrets }: Pick<FaultContext, "method" | "url" | "secrets">): string {
  const redacted = redactUrl(url.href, { knownSecrets: secrets });
  const path = redacted.startsWith(url.origin) ? redacted.slice(url.origin.length) : redacted;
  const readable = path
    .replaceAll(/%5B/gi, "[")
    .replaceAll(/%5D/gi, "]")
    .replaceAll(/(page\[(?:after|before)\]=)[^&]*/g, "$1…");
  return `${method} ${readable}`;
}
