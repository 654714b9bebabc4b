import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type OpenStory, openStory, STORY_PACE } from "./stage.ts";

describe("Slack takes no message in a channel for an hour", () => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory();
  });
  afterAll(() => story?.stage.close());

  it("answers go to the askers alone, at once, and Slack is not asked again; other channels get theirs", async () => {
    const { slack } = story.stage;
    slack.faults.limit("chat.postMessage", { calls: 1, retryAfterSeconds: 3_600 });
    for (const name of ["dana", "omar"]) {
      await story.person(name).types("#ops", "/hooks failures");
      const answer = await story.person(name).expectEphemeral("#ops", "failed invocations");
      await answer.press("Attempts");
      await story.person(name).expectEphemeral("#ops", "Attempts:");
    }
    expect(slack.journal.of("chat.postMessage")).toHaveLength(1);
    await story.person("dana").types("#private-oncall", "/hooks failures");
    await story.channel("#private-oncall").expectMessage("failed invocations");
  });
});

describe("Zendesk is slow", () => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory({ pace: { ...STORY_PACE, workingAfterMs: 0, deadlineMs: 1_000, lateUntilMs: 1_500 } });
  });
  afterAll(() => story?.stage.close());
  afterEach(() => story.stage.zendesk.heal());

  it("a note shows to the asker, and is gone when the deadline has passed and the answer says what is unknown", async () => {
    const dana = story.person("dana");
    story.stage.zendesk.fail("hang");
    await dana.types("#ops", "/hooks failures");
    const note = await dana.expectEphemeral("#ops", "Reading the providers");
    const answer = await story.channel("#ops").expectMessage("Not everything is known");
    expect(answer.text).toContain("Still reading.");
    await note.expectDeleted();
    const last = await answer.expectUpdate("longer than an answer can wait");
    expect(last.text).not.toContain("Still");
    await story.channel("#ops").expectNothingNew();
  });

  it("where the answer is for the asker alone, it takes the place of the note", async () => {
    const dana = story.person("dana");
    story.stage.zendesk.fail("hang");
    await dana.types("#lounge", "/hooks failures");
    const note = await dana.expectEphemeral("#lounge", "Reading the providers");
    const answer = await note.expectUpdate("Still reading.");
    await answer.expectUpdate("longer than an answer can wait");
    await dana.expectNothingNew();
  });

  it("a note at a press leaves the pressed message alone", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures last 24h");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    story.stage.zendesk.fail("hang");
    // Of the first one the attempts are kept: they told the cause.
    await answer.press("Attempts", { nth: 1 });
    await dana.expectEphemeral("#ops", "Reading the providers");
    await dana.expectEphemeral(
      "#ops",
      "The attempts are not read yet: Zendesk did not answer in time. Press again in a minute.",
    );
    story.stage.zendesk.heal();
    await answer.press("Attempts", { nth: 1 });
    await answer.expectThread("Attempts:");
    await story.settled();
    expect(story.channel("#ops").messages()).toContainEqual(expect.objectContaining({ ts: answer.ts }));
  });
});
