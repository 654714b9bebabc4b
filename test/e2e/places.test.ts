import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenStory, openStory } from "./stage.ts";

const DAY_MS = 24 * 60 * 60_000;

describe("where answers go", () => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory();
  });
  afterAll(() => story?.stage.close());

  it("are posted in a private channel that the bot is in", async () => {
    const dana = story.person("dana");
    await dana.types("#private-oncall", "/hooks failures");
    const answer = await story.channel("#private-oncall").expectMessage("failed invocations");
    await answer.press("Attempts");
    await answer.expectThread("Attempts:");
  });

  it("are posted in the direct message with the bot", async () => {
    const dana = story.person("dana");
    await dana.types("bot", "/hooks failures");
    const [direct] = [...story.stage.slack.workspace.channels.values()].filter(({ kind }) => kind === "im");
    const answer = await story.channel(direct?.id ?? "").expectMessage("failed invocations");
    await answer.press("Attempts");
    await answer.expectThread("Attempts:");
  });

  it.each(["#lounge", "#secret"])(
    "go to the asker alone in %s, where the bot is no member, Attempts and More too",
    async (channel) => {
      const dana = story.person("dana");
      await dana.types(channel, "/hooks failures");
      const answer = await dana.expectEphemeral(channel, "failed invocations");
      await answer.press("Attempts");
      const attempts = await dana.expectEphemeral(channel, "Attempts: Slack alerts bridge");
      expect(attempts.text).toContain("Response body");
      await answer.press("More");
      await dana.expectEphemeral(channel, "Issues 6 to");
      await story.channel(channel).expectNothingNew();
    },
  );

  it("go to the asker alone in a channel that is shared with another organisation", async () => {
    const dana = story.person("dana");
    await dana.types("#vendors", "/hooks failures");
    await dana.expectEphemeral("#vendors", "failed invocations");
    await story.channel("#vendors").expectNothingNew();
  });

  it("a guest and somebody of another organisation get a polite no, for commands and presses", async () => {
    const gil = story.person("gil");
    await gil.types("#ops", "/hooks failures");
    await gil.expectEphemeral("#ops", "guests cannot ask");
    const rex = story.person("rex");
    await rex.types("#vendors", "/hooks failures");
    await rex.expectEphemeral("#vendors", "organisation");
    await story.channel("#vendors").expectNothingNew();

    await story.person("dana").types("#ops", "/hooks failures");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await answer.press("Attempts", { as: "gil" });
    await gil.expectEphemeral("#ops", "guests cannot ask");
    expect(answer.thread()).toHaveLength(0);
  });
});

describe("a press that comes late, twice or in vain", () => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory();
  });
  afterAll(() => story?.stage.close());

  it("posts one reply when two people press at once", async () => {
    await story.person("dana").types("#ops", "/hooks failures");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await Promise.all([answer.press("Attempts", { as: "dana" }), answer.press("Attempts", { as: "omar" })]);
    await answer.expectThread("Attempts:");
    await story.settled();
    expect(answer.thread()).toHaveLength(1);
  });

  it("posts one reply when the bot was restarted between two presses", async () => {
    await story.person("dana").types("#ops", "/hooks failures");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await answer.press("Attempts");
    const thread = await answer.expectThread("Attempts:");
    await story.stage.restart();
    await answer.press("Attempts");
    await thread.expectUpdate("Attempts:");
    expect(answer.thread()).toHaveLength(1);
  });

  it("posts the reply anew when somebody deleted it", async () => {
    await story.person("dana").types("#ops", "/hooks failures");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await answer.press("Attempts");
    const thread = await answer.expectThread("Attempts:");
    story.stage.slack.deleteMessage("ops", thread.ts);
    await answer.press("Attempts");
    await answer.expectThread("Attempts:");
    expect(answer.thread()).toHaveLength(1);
  });

  it("answers the presser alone when the message itself was deleted meanwhile", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    story.stage.slack.deleteMessage("ops", answer.ts);
    const before = story.channel("#ops").messages().length;
    await answer.press("Attempts", { nth: 1 });
    await dana.expectEphemeral("#ops", "Attempts:");
    await story.settled();
    expect(story.channel("#ops").messages()).toHaveLength(before);
  });

  it("opens the history of an invocation from a message that is a week old", async () => {
    await story.person("dana").types("#ops", "/hooks failures");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await answer.press("Attempts", { nth: 2 });
    await answer.expectThread("Attempts:");
    story.clock.pass(8 * DAY_MS);
    await answer.press("Attempts", { nth: 2 });
    await story.settled();
    expect(answer.thread()).toHaveLength(1);
  });

  it("says so when the button is none of ours", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    for (const stale of [
      { action_id: "escalate", value: "1" },
      { action_id: "attempts", value: "{}" },
    ]) {
      const button = { type: "button", text: { type: "plain_text", text: "Old" }, ...stale };
      const shown = { ...answer.message, blocks: [{ type: "actions", block_id: "old", elements: [button] }] };
      const { error } = await story.stage.slack.pressButton({
        user: "dana",
        channel: "ops",
        messageTs: answer.ts,
        actionId: stale.action_id,
        shown,
      });
      expect(error).toBeUndefined();
      await dana.expectEphemeral("#ops", "too old to be used");
    }
  });

  it("answers an unknown command by naming the one it knows", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hoooks failures");
    await dana.expectEphemeral("#ops", "/hooks");
  });
});
