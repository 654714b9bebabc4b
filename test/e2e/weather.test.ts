import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ShownMessage } from "./kit/index.ts";
import { type OpenStory, openStory } from "./stage.ts";

const HOUR_MS = 60 * 60_000;
const isListOfWebhooks = (path: string) => path === "/api/v2/webhooks";

/** Of which time a message is that knows a part of it, and of what it says that it is unknown since when. */
function knownIn({ text }: ShownMessage): [string, string] {
  expect(text).toMatch(/^.*\nAt least \d+ failed invocations?\b/);
  const told = /^(Since .+ · as of .+)\n:warning: Not everything is known\n(.+? partly unknown, since .+?)\. /m.exec(
    text,
  );
  if (told?.[1] === undefined || told[2] === undefined) throw new Error(`Nothing is said to be unknown in\n${text}`);
  return [told[1], told[2]];
}

describe("in bad weather", () => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory();
  });
  afterAll(() => story?.stage.close());
  afterEach(() => story.stage.zendesk.heal());

  describe("Zendesk fails", () => {
    it("at the very first question: the answer says what is unknown, since when, and what to do", async () => {
      story.stage.zendesk.fail("text-error");
      await story.person("dana").types("#ops", "/hooks failures last 24h");
      const answer = await story.channel("#ops").expectMessage("Not everything is known");
      expect(answer.text).toMatch(/Zendesk: unknown since .*answered 400/);
      expect(answer.text).toMatch(/failing since (?!.*UTC).*9:00/);
      expect(answer.text).not.toMatch(/\b0 failed invocations/);
    });

    it("after a good answer: what was collected is shown, and from when on nothing is known", async () => {
      const ops = story.channel("#ops");
      await story.person("dana").types("#ops", "/hooks failures last 2h");
      const good = await ops.expectMessage("failed invocation");
      expect(good.text).not.toContain("Not everything is known");
      story.clock.pass(HOUR_MS);
      story.stage.zendesk.fail("text-error");
      await story.person("dana").types("#ops", "/hooks failures last 2h");
      const partial = await ops.expectMessage("Not everything is known");
      expect(partial.text).toMatch(/partly unknown, since/);
      expect(partial.text).toMatch(/\d+ failed invocation/);
    });

    it("after a good answer: every page of what was collected says as well from when on nothing is known", async () => {
      const ops = story.channel("#ops");
      await story.person("dana").types("#ops", "/hooks failures last 24h");
      await ops.expectMessage("failed invocations");
      story.clock.pass(HOUR_MS);
      story.stage.zendesk.fail("text-error");
      await story.person("dana").types("#ops", "/hooks failures last 2h");
      const ofTwoHours = await ops.expectMessage("failed invocation");
      await ofTwoHours.press("Show invocations");
      const all = await ofTwoHours.expectThread("asked:  Show invocations");
      expect(knownIn(all)).toEqual(knownIn(ofTwoHours));
      await story.person("dana").types("#ops", "/hooks failures last 24h");
      const ofADay = await ops.expectMessage("Issues 1 to 5");
      const known = knownIn(ofADay);
      await ofADay.press("More");
      expect(knownIn(await ofADay.expectThread("Issues 6 to"))).toEqual(known);
      await ofADay.press("Show invocations");
      const list = await ofADay.expectThread("Invocations 1 to 10 of");
      expect(knownIn(list)).toEqual(known);
      await list.press("More");
      expect(knownIn(await ofADay.expectThread("Invocations 11 to"))).toEqual(known);
    });

    it("while attempts are asked for: the presser alone hears what is wrong, and a press after the mend works", async () => {
      const dana = story.person("dana");
      await dana.types("#ops", "/hooks failures last 24h");
      const answer = await story.channel("#ops").expectMessage("failed invocations");
      story.stage.zendesk.fail("text-error");
      await answer.press("Attempts", { nth: 1 });
      const told = await dana.expectEphemeral("#ops", "No answer this time");
      expect(told.text).toContain("answered 400");
      expect(answer.thread()).toHaveLength(0);

      story.stage.zendesk.heal();
      await answer.press("Attempts", { nth: 1 });
      await answer.expectThread("Attempts:");

      story.stage.zendesk.fail("text-error");
      await answer.press("Attempts", { nth: 1 });
      await answer.expectThread("Not fresh");
      expect(answer.thread()).toHaveLength(1);
    });

    it("in its list of webhooks only: what is known is read all the same", async () => {
      story.clock.pass(HOUR_MS);
      story.stage.zendesk.fail("text-error", { match: isListOfWebhooks });
      await story.person("dana").types("#ops", "/hooks webhooks");
      await story.channel("#ops").expectMessage("12 webhooks");
    });
  });

  describe("Slack fails", () => {
    it.each([
      ["answers 500", { status: 500 }],
      ["cuts the connection", "drop"],
      ["says channel_not_found, after it said that the bot is a member", { error: "channel_not_found" }],
      ["says fatal_error", { error: "fatal_error" }],
      ["says is_archived", { error: "is_archived" }],
      ["says not_in_channel", { error: "not_in_channel" }],
      ["says account_inactive", { error: "account_inactive" }],
      ["answers 503", { status: 503 }],
    ] as const)("%s to a post: the answer goes to the asker alone", async (_, fault) => {
      const dana = story.person("dana");
      story.stage.slack.faults.failNext("chat.postMessage", fault);
      await dana.types("#ops", "/hooks failures");
      const answer = await dana.expectEphemeral("#ops", "failed invocations");
      await answer.press("Attempts");
      await dana.expectEphemeral("#ops", "Attempts:");
      await story.channel("#ops").expectNothingNew();
    });

    it("answers 429: the post is made when Slack takes it", async () => {
      story.stage.slack.faults.limit("chat.postMessage", { calls: 2, retryAfterSeconds: 0 });
      await story.person("dana").types("#ops", "/hooks failures");
      await story.channel("#ops").expectMessage("failed invocations");
    });

    it("made the post and does not say so: the answer is there for all, and for the asker alone, never lost", async () => {
      const dana = story.person("dana");
      story.stage.slack.faults.failNext("chat.postMessage", "drop-after-post");
      await dana.types("#ops", "/hooks failures");
      await story.channel("#ops").expectMessage("failed invocations");
      await dana.expectEphemeral("#ops", "failed invocations");
    });

    it("made a reply to a press and does not say so: it stands in the thread once", async () => {
      const dana = story.person("dana");
      await dana.types("#ops", "/hooks failures");
      const answer = await story.channel("#ops").expectMessage("failed invocations");
      story.stage.slack.faults.failNext("chat.postMessage", "drop-after-post");
      await answer.press("Attempts");
      await answer.expectThread("Attempts:");
      await story.settled();
      await answer.press("Attempts");
      await story.settled();
      expect(answer.thread()).toHaveLength(1);
    });

    it.each(["users.info", "conversations.info"])(
      "answers 429 to %s: the answer comes when Slack takes it",
      async (method) => {
        story.clock.pass(10 * 60_000);
        story.stage.slack.faults.limit(method, { calls: 2, retryAfterSeconds: 0 });
        await story.person("dana").types("#ops", "/hooks failures");
        await story.channel("#ops").expectMessage("failed invocations");
      },
    );

    it("does not tell of the channel: the answer goes to the asker alone", async () => {
      story.clock.pass(10 * 60_000);
      story.stage.slack.faults.failNext("conversations.info", { status: 503 });
      const dana = story.person("dana");
      await dana.types("#ops", "/hooks failures");
      await dana.expectEphemeral("#ops", "failed invocations");
    });

    it("refuses blocks: the same stands there in classic ones, and in words at the worst", async () => {
      const dana = story.person("dana");
      story.stage.slack.faults.failNext("chat.postMessage", { error: "invalid_blocks" });
      await dana.types("#ops", "/hooks webhooks");
      const classic = await story.channel("#ops").expectMessage("12 webhooks");
      expect(classic.message.blocks?.map(({ type }) => type)).not.toContain("data_table");
      for (let form = 0; form < 2; form += 1) {
        story.stage.slack.faults.failNext("chat.postMessage", { error: "msg_blocks_too_long" });
      }
      await dana.types("#ops", "/hooks webhooks");
      await story.channel("#ops").expectMessage("12 webhooks");
    });

    it("refuses blocks at the response URL: the answer comes in words", async () => {
      const dana = story.person("dana");
      story.stage.slack.faults.failNext("response_url", { error: "invalid_blocks" });
      await dana.types("#ops", "/hooks help");
      const help = await dana.expectEphemeral("#ops", "/hooks");
      expect(help.message.blocks).toHaveLength(1);
    });

    it("has used up the response URL: the asker is told past it", async () => {
      const dana = story.person("dana");
      story.stage.slack.faults.failNext("response_url", { status: 404, body: "used_url" });
      await dana.types("#ops", "/hooks status");
      await dana.expectEphemeral("#ops", "Zendesk: reachable");
      for (const body of ["used_url", "used_url"]) {
        story.stage.slack.faults.failNext("response_url", { status: 404, body });
      }
      await dana.types("#lounge", "/hooks status");
      await dana.expectNothingNew();
      await dana.types("#ops", "/hooks help");
      await dana.expectEphemeral("#ops", "/hooks failures");
    });

    it("has had the channel archived meanwhile: a press is answered to the presser alone", async () => {
      const dana = story.person("dana");
      await dana.types("#private-oncall", "/hooks failures");
      const answer = await story.channel("#private-oncall").expectMessage("failed invocations");
      story.channel("#private-oncall").channel.isArchived = true;
      await answer.press("Attempts");
      await dana.expectEphemeral("#private-oncall", "Attempts:");
      story.channel("#private-oncall").channel.isArchived = false;
      expect(answer.thread()).toHaveLength(0);
    });

    it("shares the channel with another organisation meanwhile: a press is answered to the presser alone", async () => {
      const dana = story.person("dana");
      const { channel } = story.channel("#ops");
      await dana.types("#ops", "/hooks failures");
      const answer = await story.channel("#ops").expectMessage("failed invocations");
      channel.isExtShared = true;
      channel.members.add(story.person("rex").person.id);
      story.clock.pass(60_000);
      await answer.press("Attempts");
      await dana.expectEphemeral("#ops", "Attempts:");
      await answer.press("Attempts", { as: "rex" });
      await story.person("rex").expectEphemeral("#ops", "organisation");
      expect(answer.thread()).toHaveLength(0);
      channel.isExtShared = false;
      story.clock.pass(60_000);
    });

    it("cannot tell who asks: nothing is shown until it can", async () => {
      story.clock.pass(10 * 60_000);
      const omar = story.person("omar");
      story.stage.slack.faults.failNext("users.info", { status: 500 });
      await omar.types("#ops", "/hooks failures");
      await omar.expectEphemeral("#ops", "Slack did not tell who you are");
      await omar.types("#ops", "/hooks failures");
      await story.channel("#ops").expectMessage("failed invocations");
    });

    it("answers a press in a thread where the presser is looking", async () => {
      const dana = story.person("dana");
      await dana.types("#ops", "/hooks failures last 24h");
      const answer = await story.channel("#ops").expectMessage("Issues 1 to 5");
      await answer.press("More");
      const page = await answer.expectThread("Issues 6 to");
      story.stage.slack.faults.failNext("chat.postMessage", { error: "fatal_error" });
      await page.press("Attempts");
      const attempts = await dana.expectEphemeral("#ops", "Attempts:");
      expect(attempts.message.threadTs).toBe(answer.ts);
    });
  });
});
