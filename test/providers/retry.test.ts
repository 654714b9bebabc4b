import pMap from "p-map";
import { describe, expect, it } from "vitest";
import { RateLimitedError, TimeOutError } from "../../src/providers/errors.ts";
import { Patience } from "../../src/providers/patience.ts";
import {
  backOffMs,
  EIGHT_TRIES_IN_ABOUT_HALF_A_MINUTE,
  type RetryContext,
  withRetries,
} from "../../src/providers/retry.ts";
import { failureOf, neverAborted } from "./clients.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

const MINUTE = 60_000;

function contextOf(clock: VirtualClock): RetryContext {
  const policy = EIGHT_TRIES_IN_ABOUT_HALF_A_MINUTE;
  return { policy, patience: new Patience(clock), clock, timeoutMs: 15_000, signal: neverAborted() };
}

function refusal(clock: VirtualClock, waitMs: number): RateLimitedError {
  const retryAt = new Date(clock.now().getTime() + waitMs);
  return new RateLimitedError({
    provider: "acme",
    request: "GET /",
    happened: "answered 429",
    nextStep: "",
    status: 429,
    retryAt,
  });
}

describe("retries", () => {
  it.each([
    [1, 0.5, 250],
    [2, 0.5, 500],
    [3, 0.999, 1998],
    [6, 0.5, 8_000],
    [50, 0.5, 8_000],
    [3, 0, 0],
  ])("wait after try %i, by chance %d, for %i ms", (tries, random, expected) => {
    expect(backOffMs(EIGHT_TRIES_IN_ABOUT_HALF_A_MINUTE, tries, random)).toBe(expected);
  });

  it.each<[string, (msLeft: number) => number]>([
    ["says when its minute ends", (msLeft) => msLeft],
    ["always says a minute", () => MINUTE],
  ])(
    "read all of a provider that allows 20 requests a minute and %s, six callers at once",
    async (_name, retryAfterMs) => {
      const clock = virtualClock("2026-11-21T12:00:20Z");
      const context = contextOf(clock);
      const countByMinute = new Map<number, number>();
      let requests = 0;
      async function request(): Promise<string> {
        requests += 1;
        const nowMs = clock.now().getTime();
        const minute = Math.floor(nowMs / MINUTE);
        const count = (countByMinute.get(minute) ?? 0) + 1;
        countByMinute.set(minute, count);
        if (count > 20) throw refusal(clock, retryAfterMs((minute + 1) * MINUTE - nowMs));
        return "read";
      }
      const answers = await pMap(Array.from({ length: 200 }), () => withRetries(context, request), { concurrency: 6 });
      expect(answers).toHaveLength(200);
      expect(requests).toBeLessThan(200 + 10 * 6);
    },
  );

  it("leave a provider alone that wants to be left alone, but for calls that are tried once only", async () => {
    const clock = virtualClock();
    const context = contextOf(clock);
    await withRetries(context, async () => "read");
    context.patience.permits(MINUTE, true);
    await withRetries({ ...context, policy: { ...context.policy, attempts: 1 } }, async () => "read");
    expect(clock.waits).toEqual([]);
    await withRetries(context, async () => "read");
    expect(clock.waits).toEqual([MINUTE]);
  });

  it("tell of the whole wait when they give up on silence, alike for all callers", async () => {
    const clock = virtualClock();
    const context = contextOf(clock);
    const seconds = Math.round(context.patience.giveUpAfterMs / 1000);
    async function silence(timeoutMs: number): Promise<never> {
      clock.advance(timeoutMs);
      const facts = {
        provider: "acme",
        request: "GET /",
        happened: `did not answer within ${timeoutMs}`,
        nextStep: "",
      };
      throw new TimeOutError(facts, timeoutMs);
    }
    for (const error of [
      await failureOf(withRetries(context, silence)),
      await failureOf(withRetries(context, silence)),
    ]) {
      expect(error.told).toBe(`acme gave no usable answer in about ${seconds} s.`);
    }
  });

  it("throw what is no provider's error at once", async () => {
    const clock = virtualClock();
    const broken = withRetries(contextOf(clock), async () => {
      throw new TypeError("a bug");
    });
    await expect(broken).rejects.toThrow(TypeError);
    expect(clock.waits).toEqual([]);
  });
});
