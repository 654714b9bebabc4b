import { describe, expect, it } from "vitest";
import { NO_LIMIT } from "../../src/providers/budget.ts";
import { TimeOutError } from "../../src/providers/errors.ts";
import { Patience } from "../../src/providers/patience.ts";
import {
  backOffMs,
  EIGHT_TRIES_IN_ABOUT_HALF_A_MINUTE,
  type RetryContext,
  withRetries,
} from "../../src/providers/retry.ts";
import { failureOf, neverAborted } from "./clients.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

function contextOf(clock: VirtualClock): RetryContext {
  const policy = EIGHT_TRIES_IN_ABOUT_HALF_A_MINUTE;
  const patience = new Patience(clock);
  return {
    policy,
    patience,
    clock,
    budget: NO_LIMIT,
    mayTry: async () => {},
    timeoutMs: 15_000,
    signal: neverAborted(),
  };
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
