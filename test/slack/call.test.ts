import { WebAPIRateLimitedError } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  callSlack,
  isUncertain,
  isUnknownMethod,
  LONGEST_WAIT_MS,
  outcomeOf,
  slackErrorOf,
} from "../../src/slack/call.ts";
import { type Edge, openEdge } from "./edge.ts";

describe("calls to Slack", () => {
  let edge: Edge;
  let channel: string;
  beforeEach(async () => {
    edge = await openEdge();
    channel = edge.slack.workspace.channel("ops").id;
  });
  afterEach(() => edge.close());

  const post = () => edge.web.chat.postMessage({ channel, text: "hello" });
  const posts = () => edge.slack.journal.of("chat.postMessage").length;
  const failureOf = async (call: Promise<unknown>) =>
    call.then(
      () => undefined,
      (error: unknown) => error,
    );

  it("wait out a rate limit as long as Slack asks", async () => {
    edge.slack.faults.limit("chat.postMessage", { calls: 2, retryAfterSeconds: 7 });
    expect((await post()).ok).toBe(true);
    expect(edge.waits).toEqual([7_000, 7_000]);
  });

  it.each([1, 9, 30, 31, 3_600])(
    "never wait longer in all than the cap, when told %i s each time",
    async (retryAfterSeconds) => {
      edge.slack.faults.limit("chat.postMessage", { calls: 1_000, retryAfterSeconds });
      expect(await failureOf(post())).toBeInstanceOf(WebAPIRateLimitedError);
      expect(edge.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
      expect(edge.waits.every((ms) => ms === retryAfterSeconds * 1000)).toBe(true);
      expect(posts()).toBe(edge.waits.length + 1);
    },
  );

  it.each([
    [{ error: "not_in_channel" }, "not_in_channel", false],
    [{ status: 500 }, "http_500", true],
    ["drop", "no_answer", true],
    ["drop-after-post", "no_answer", true],
  ] as const)("that fail by %j are made once, and counted as %s", async (fault, outcome, uncertain) => {
    edge.slack.faults.failNext("chat.postMessage", fault);
    const error = await failureOf(post());
    expect(outcomeOf(error)).toBe(outcome);
    expect(isUncertain(error)).toBe(uncertain);
    expect(edge.waits).toEqual([]);
    const { values } = await edge.metrics.slackCalls.get();
    expect(values).toContainEqual({ labels: { method: "chat.postMessage", outcome }, value: 1 });
  });

  it("are counted by method", async () => {
    await post();
    await post();
    const { values } = await edge.metrics.slackCalls.get();
    expect(values).toContainEqual({ labels: { method: "chat.postMessage", outcome: "ok" }, value: 2 });
    expect(values).toContainEqual({ labels: { method: "auth.test", outcome: "ok" }, value: 1 });
  });

  it("tell an unknown method from others", async () => {
    const unknown = await failureOf(edge.web.apiCall("hooks.none"));
    expect(isUnknownMethod(unknown)).toBe(true);
    expect(slackErrorOf(unknown)).toBe("unknown_method");
    edge.slack.faults.failNext("chat.postMessage", { status: 404 });
    expect(isUnknownMethod(await failureOf(post()))).toBe(true);
    edge.slack.faults.failNext("chat.postMessage", { error: "channel_not_found" });
    expect(isUnknownMethod(await failureOf(post()))).toBe(false);
  });
});

it("throws what is no rate limit at once", async () => {
  let calls = 0;
  const call = async () => {
    calls += 1;
    throw new Error("no");
  };
  await expect(callSlack(call, async () => {})).rejects.toThrow("no");
  expect(calls).toBe(1);
});
