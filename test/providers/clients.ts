import type { Budget } from "../../src/providers/budget.ts";
import type { Clock } from "../../src/providers/clock.ts";
import { ProviderError } from "../../src/providers/errors.ts";
import { createHttpClient, type HttpClient } from "../../src/providers/http.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

export const TOKEN = "s3cr3t-t0ken-of-the-account";

export interface TestClient {
  http: HttpClient;
  clock: VirtualClock;
}

/** A client with a constant token and advice that names its kind. */
export function clientFor(baseUrl: string, clock: VirtualClock = virtualClock(), budget?: Budget): TestClient {
  return { clock, http: httpFor(baseUrl, clock, budget) };
}

/** The error that something ends in. Fails the test when there is none, or one that is not a provider's. */
export async function failureOf(promise: Promise<unknown>): Promise<ProviderError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof ProviderError)) throw new Error(`expected a ProviderError, got ${String(outcome)}`);
  return outcome;
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** All that a person or a log may come to see of an error. */
export function shownOf(error: Error): string {
  return `${error.message} ${error.stack} ${JSON.stringify(error, Object.getOwnPropertyNames(error))} ${String(error.cause)}`;
}

export function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

function httpFor(baseUrl: string, clock: Clock, budget?: Budget): HttpClient {
  return createHttpClient({
    provider: "acme",
    baseUrl,
    clock,
    ...(budget && { budget }),
    authorizer: {
      secrets: [TOKEN],
      authorize: async (_method, _http, rejected) => (rejected === undefined ? `Bearer ${TOKEN}` : undefined),
    },
    advice: {
      authentication: "advice: authentication",
      permission: "advice: permission",
      not_found: "advice: not_found",
      rate_limited: "advice: rate_limited",
      unavailable: "advice: unavailable",
      unexpected_answer: "advice: unexpected_answer",
      wrong_address: "advice: wrong_address",
    },
  });
}
