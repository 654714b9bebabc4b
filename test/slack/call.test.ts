import { WebAPIRateLimitedError } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boltLogger, createLog } from "../../src/ops/log.ts";
import {
  callSlack,
  isUncertain,
  isUnknownMethod,
  LONGEST_WAIT_MS,
  outcomeOf,
  slackErrorOf,
} from "../../src/slack/call.ts";
import { ChannelBusyError } from "../../src/slack/channel-queue.ts";
import { createWebClient } from "../../src/slack/web-client.ts";
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

  const methods = {
    "users.info": () => edge.web.users.info({ user: edge.slack.person("dana").id }),
    "conversations.info": () => edge.web.conversations.info({ channel }),
    "conversations.replies": () => edge.web.conversations.replies({ channel, ts: "1763711940.000100" }),
    "chat.postEphemeral": () =>
      edge.web.chat.postEphemeral({ channel, user: edge.slack.person("dana").id, text: "hello" }),
    "chat.update": () => edge.web.chat.update({ channel, ts: "1763711940.000100", text: "hello" }),
    "chat.delete": () => edge.web.chat.delete({ channel, ts: "1763711940.000100" }),
    "views.open": () => edge.web.views.open({ trigger_id: "1.2.3", view: { type: "home", blocks: [] } }),
    "auth.test": () => edge.web.auth.test(),
  };

  it.each(Object.entries(methods))(
    "of %s wait as long as Slack asks, and throw a 500 at once",
    async (method, call) => {
      edge.slack.faults.limit(method, { calls: 2, retryAfterSeconds: 4 });
      expect(await failureOf(call())).not.toBeInstanceOf(WebAPIRateLimitedError);
      expect(edge.waits).toEqual([4_000, 4_000]);
      edge.slack.faults.failNext(method, { status: 500 });
      expect(outcomeOf(await failureOf(call()))).toBe("http_500");
      expect(edge.waits).toHaveLength(2);
    },
  );

  it("post no more in a channel than Slack takes: ten at once, then one a second", async () => {
    for (let index = 0; index < 13; index += 1) await post();
    expect(edge.waits).toEqual([1_000, 1_000, 1_000]);
    const other = edge.slack.workspace.channel("private-oncall").id;
    await edge.web.chat.postMessage({ channel: other, text: "hello" });
    expect(edge.waits).toHaveLength(3);
  });

  it("have answers go another way where the channel is busy, and have replies and digests wait", async () => {
    const answers = Array.from({ length: 50 }, () => failureOf(post()));
    const replies = Array.from({ length: 5 }, () =>
      edge.web.chat.postMessage({ channel, thread_ts: "1763711940.000100", text: "reply" }).then(({ ok }) => ok),
    );
    const failures = (await Promise.all(answers)).filter((error) => error !== undefined);
    expect(failures.length).toBeGreaterThan(30);
    expect(failures.every((error) => error instanceof ChannelBusyError)).toBe(true);
    expect(await Promise.all(replies)).toEqual([true, true, true, true, true]);
  });

  it.each(["account_inactive", "token_revoked", "invalid_auth"])(
    "tell the operator once an hour that Slack answers %s, and remember it until it passes",
    async (error) => {
      const told: string[] = [];
      const log = createLog({ level: "error", secrets: [], destination: { write: (line) => told.push(line) } });
      const { botToken, apiUrl } = edge.slack;
      const web = createWebClient({ botToken, apiUrl }, { logger: boltLogger(log), now: edge.now });
      for (let times = 0; times < 4; times += 1) {
        edge.slack.faults.failNext("users.info", { error });
        await failureOf(web.users.info({ user: "U0DANA" }));
        edge.pass(25 * 60_000);
      }
      expect(told).toHaveLength(2);
      expect(told[0]).toContain(`Slack answers ${error} to SLACK_BOT_TOKEN. `);
      const since = new Date(edge.now().getTime() - 100 * 60_000);
      expect(web.refusal).toMatchObject({ word: error, token: "SLACK_BOT_TOKEN", since });
      await web.users.info({ user: "U0DANA" });
      expect(web.refusal).toBeUndefined();
    },
  );

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
