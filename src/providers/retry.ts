import type { Budget } from "./budget.ts";
import type { Clock } from "./clock.ts";
import { ProviderError, RateLimitedError, TimeOutError, UnavailableError } from "./errors.ts";
import type { Patience } from "./patience.ts";

export interface RetryPolicy {
  /** Tries in all, the first included. */
  attempts: number;
  /** The first wait is at most this long; each further one at most twice as long as the one before. */
  baseDelayMs: number;
  maxDelayMs: number;
}

export const EIGHT_TRIES_IN_ABOUT_HALF_A_MINUTE: RetryPolicy = { attempts: 8, baseDelayMs: 500, maxDelayMs: 16_000 };

export const ONE_TRY: RetryPolicy = { attempts: 1, baseDelayMs: 0, maxDelayMs: 0 };

const RETRYABLE_STATUSES = new Set([
  429, // Too Many Requests
  500, // Internal Server Error
  502, // Bad Gateway
  503, // Service Unavailable
  504, // Gateway Timeout
]);

export interface RetryContext {
  policy: RetryPolicy;
  patience: Patience;
  clock: Clock;
  /** Told of refusals by whoever sends. */
  budget: Pick<Budget, "pausedUntil">;
  /** Resolves when a try may be sent. Its time is none of the provider's, and costs no patience. */
  mayTry: () => Promise<void>;
  /** Of each try, at most. */
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Runs `tryOnce` until it succeeds, fails for good, or policy or patience have run out. Waits between tries grow
 * exponentially with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), and are never shorter than the provider asked for.
 * Throws the last try's error; when the signal is aborted, at once, and its reason where no try has failed yet.
 */
export async function withRetries<T>(context: RetryContext, tryOnce: (timeoutMs: number) => Promise<T>): Promise<T> {
  const { patience, signal } = context;
  signal.throwIfAborted();
  patience.enter();
  try {
    let failure: ProviderError | undefined;
    for (let tries = 1; ; tries += 1) {
      await heldBack(context, failure);
      try {
        const result = await tryOnce(patience.tryTimeoutMs(context.timeoutMs));
        patience.succeeded();
        return result;
      } catch (error) {
        signal.throwIfAborted();
        failure = await waitForNextTry(context, tries, error);
      }
    }
  } finally {
    patience.leave();
  }
}

/** Until the budget lets a try through, the call is not under way. */
async function heldBack({ patience, signal, mayTry }: RetryContext, failure?: ProviderError): Promise<void> {
  patience.leave();
  try {
    await mayTry();
  } catch (error) {
    throw failure && signal.aborted ? withoutTime(failure) : error;
  } finally {
    patience.enter();
  }
}

/** Throws `error` where there is to be no next try, and returns it where there is. */
async function waitForNextTry(context: RetryContext, tries: number, error: unknown): Promise<ProviderError> {
  const { policy, patience, clock, budget, signal } = context;
  if (!isRetryable(error)) {
    // A provider that says no is alive: only silence, refusals for now and faults of its own wear patience out.
    if (error instanceof ProviderError && error.status !== undefined) patience.succeeded();
    else patience.failed();
    throw error;
  }
  patience.failed();
  if (patience.isExhausted) giveUp(error, patience);
  if (tries >= Math.min(policy.attempts, error.mostTries ?? policy.attempts)) throw error;
  const asked = [error.retryAt, budget.pausedUntil].filter((at) => at !== undefined);
  const askedMs = asked.map((at) => at.getTime() - clock.now().getTime());
  const waitMs = Math.max(...askedMs, backOffMs(policy, tries, clock.random()));
  if (!patience.permits(waitMs, asked.length > 0)) {
    giveUp(error, patience, `: the next try would be in ${Math.ceil(waitMs / 1000)} s`);
    throw error;
  }
  try {
    await clock.wait(waitMs, signal);
  } catch (aborted) {
    throw signal.aborted ? withoutTime(error) : aborted;
  }
  return error;
}

/** Who ends a wait learns what was wrong, not only that time ran out. */
function withoutTime(error: ProviderError): ProviderError {
  error.giveUp("There was no time for another try.");
  return error;
}

function giveUp(error: ProviderError, { failingMs, giveUpAfterMs }: Patience, why = ""): void {
  error.giveUp(`Given up after ${Math.round(failingMs / 1000)} s without success${why}.`);
  // The same for all calls, so that many webhooks end with one reason.
  if (error instanceof TimeOutError) error.tellWholeWait(giveUpAfterMs);
}

/** The wait after the given number of tries: anything up to the policy's bound for it. */
export function backOffMs({ baseDelayMs, maxDelayMs }: RetryPolicy, tries: number, random: number): number {
  return Math.round(Math.min(maxDelayMs, baseDelayMs * 2 ** (tries - 1)) * random);
}

function isRetryable(error: unknown): error is ProviderError {
  if (!(error instanceof RateLimitedError || error instanceof UnavailableError)) return false;
  return error.status === undefined || error.mostTries !== undefined || RETRYABLE_STATUSES.has(error.status);
}
