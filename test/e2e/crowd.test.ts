import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Receipt } from "../../sandbox/slack/delivery/delivery.ts";
import { type OpenStory, openStory } from "./stage.ts";

/** How much a channel takes is what this is about. */
const REAL_TIME = { now: () => new Date(), wait: (ms: number) => delay(ms) };

const CROWD = 50;
/**
 * Our own figure, in milliseconds; Slack's is 3 s. Slack, Zendesk and the bot share a thread here, and a machine that others keep
 * busy takes longer even for a command of which nothing but the acknowledgement is asked: what the bot adds is measured by that.
 */
const ACK_WITHIN_MS = 250;

function longestAckMs(receipts: readonly Receipt[]): number {
  return Math.max(...receipts.map(({ ackMs }) => ackMs));
}

describe.each(["socket", "http"] as const)("fifty people ask at once, in %s mode", (mode) => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory({ mode, slackTime: REAL_TIME });
  });
  afterAll(() => story?.stage.close());

  const ask = (channel: string, command = "/hooks failures last 24h") => {
    const dana = story.person("dana");
    return Promise.all(Array.from({ length: CROWD }, () => dana.types(channel, command)));
  };
  const answersIn = (channel: string) =>
    story
      .channel(channel)
      .messages()
      .filter(({ text }) => text.includes("failed invocations")).length;
  const aloneIn = (channel: string) =>
    story.stage.slack.workspace
      .messagesIn(story.channel(channel).channel.id)
      .filter(({ ephemeralFor, text }) => ephemeralFor !== undefined && text.includes("failed invocations")).length;

  it("each is acknowledged at once and answered, and Zendesk is asked as for one of them", async () => {
    const { zendesk, slack } = story.stage;
    await story.person("omar").types("#private-oncall", "/hooks failures last 2h");
    await story.settled();
    story.clock.pass(60_000);

    const bareMs = longestAckMs(await ask("#ops", "/none-of-ours"));
    await story.settled();

    const before = zendesk.requests.length;
    const receipts = await ask("#ops");
    await story.settled();
    expect(longestAckMs(receipts)).toBeLessThan(Math.max(ACK_WITHIN_MS, 3 * bareMs));
    // Slack takes a message a second and channel, and bursts: who comes later gets the answer at once too, alone.
    expect(answersIn("#ops")).toBeGreaterThanOrEqual(10);
    expect(answersIn("#ops") + aloneIn("#ops")).toBe(CROWD);
    const asked = zendesk.requests.slice(before).map(({ path }) => path);
    const attempts = asked.filter((path) => path.includes("/attempts"));
    // One page of webhooks, for each of them the pages of a day, and a few attempts, each once.
    expect(asked.length - attempts.length).toBeLessThan(3 * zendesk.webhooks.length);
    expect(attempts.length).toBeLessThanOrEqual(40);
    expect(new Set(attempts).size).toBe(attempts.length);
    expect(slack.journal.of("users.info").length).toBeLessThanOrEqual(2);
    expect(slack.journal.of("conversations.info").length).toBeLessThanOrEqual(2);
  });

  it("where Slack takes no more messages in the channel, all are answered alone, and it is not asked fifty times", async () => {
    const { slack } = story.stage;
    slack.faults.limit("chat.postMessage", { calls: CROWD, retryAfterSeconds: 3_600 });
    const before = answersIn("#private-oncall");
    const posts = slack.journal.of("chat.postMessage").length;
    await ask("#private-oncall");
    await story.settled();
    expect(answersIn("#private-oncall")).toBe(before);
    expect(aloneIn("#private-oncall")).toBe(CROWD);
    expect(slack.journal.of("chat.postMessage").length - posts).toBeLessThanOrEqual(10);
    slack.faults.limit("chat.postMessage", { calls: 0, retryAfterSeconds: 0 });
  });
});
