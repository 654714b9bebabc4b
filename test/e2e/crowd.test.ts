import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Receipt } from "../../sandbox/slack/delivery/delivery.ts";
import { type OpenStory, openStory } from "./stage.ts";

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
    story = await openStory({ mode });
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
    expect(answersIn("#ops")).toBe(CROWD);
    // One page of webhooks, and for each of them the pages of a day.
    expect(zendesk.requests.length - before).toBeLessThan(3 * zendesk.webhooks.length);
    expect(slack.journal.of("users.info").length).toBeLessThanOrEqual(2);
    expect(slack.journal.of("conversations.info").length).toBeLessThanOrEqual(2);
  });

  it("where Slack takes no more messages in the channel, the rest is answered alone", async () => {
    const { slack } = story.stage;
    slack.faults.limit("chat.postMessage", { calls: CROWD - 10, retryAfterSeconds: 3_600 });
    const before = answersIn("#private-oncall");
    await ask("#private-oncall");
    await story.settled();
    expect(answersIn("#private-oncall") - before).toBe(10);
    const { id } = story.channel("#private-oncall").channel;
    const alone = slack.workspace.messagesIn(id).filter(({ ephemeralFor }) => ephemeralFor !== undefined);
    expect(alone).toHaveLength(CROWD - 10);
  });
});
