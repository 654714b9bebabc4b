import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenStory, openStory } from "./stage.ts";

const WHY = "Why grouped?";
const TOLD = "the same webhook and the same signature";

describe("asking why invocations are one issue", () => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory();
  });
  afterAll(() => story?.stage.close());

  it("is answered in the thread: what they share, what was masked, how many were read, and some of them", async () => {
    await story.person("dana").types("#ops", "/hooks failures last 24h");
    const answer = await story.channel("#ops").expectMessage(/\d+ failed invocations in \d+ issues/);
    expect(answer.buttons.filter((label) => label === WHY)).toHaveLength(5);
    expect(answer.text).toContain("Worst first: still failing in the last hour");
    expect(answer.text).toMatch(/^(rising|falling|none for .*) [▁▂▃▄▅▆▇]{12}$/m);

    await answer.press(WHY);
    const thread = await answer.expectThread(TOLD);
    expect(thread.text).toMatch(/Masked, since it varies|Nothing was masked|alone make them one issue/);
    expect(thread.text).toMatch(/Grouped by version \d+ of the rules/);
    thread.expectButtons("Attempts");
    expect(answer.thread()).toHaveLength(1);

    await thread.press("Attempts");
    await answer.expectThread("Attempts:");
  });

  it("is answered for what the question asked for, and not for more", async () => {
    await story.person("dana").types("#ops", "/hooks failures -code:404 last 24h");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await answer.press(WHY);
    const thread = await answer.expectThread(TOLD);
    expect(thread.text).toContain("Of these only, as the question had it: -code:404");
  });

  it("says so where the question was too long to be carried along", async () => {
    const terms = Array.from({ length: 35 }, (_, index) => `-code:${100 + index}`).join(" ");
    await story.person("dana").types("#ops", `/hooks failures ${terms} last 24h`);
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await answer.press(WHY);
    const thread = await answer.expectThread(TOLD);
    expect(thread.text).toContain("whatever the terms of the question");
  });

  it("refreshes what is there at a second press, and never posts twice, whoever presses", async () => {
    await story.person("dana").types("#ops", "/hooks");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await Promise.all([answer.press(WHY, { as: "dana" }), answer.press(WHY, { as: "omar" })]);
    const thread = await answer.expectThread(TOLD);
    await story.settled();
    await answer.press(WHY, { as: "omar" });
    await thread.expectUpdate(TOLD);
    await story.settled();
    expect(answer.thread()).toHaveLength(1);
  });

  it("is answered for each issue by itself, on further pages too", async () => {
    await story.person("dana").types("#ops", "/hooks failures last 24h");
    const answer = await story.channel("#ops").expectMessage("Issues 1 to 5");
    for (const nth of [0, 1, 2, 3, 4]) {
      await answer.press(WHY, { nth });
      await answer.expectThread(TOLD);
    }
    expect(answer.thread()).toHaveLength(5);
    await answer.press("More");
    const page = await answer.expectThread("Issues 6 to");
    await page.press(WHY);
    await page.expectThread(TOLD);
  });

  it("is answered under a digest", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest now");
    const digest = await story.channel("#ops").expectMessage(/[Dd]igest/);
    await digest.press(WHY);
    await digest.expectThread(TOLD);
  });

  it("is answered to the presser alone where the bot is no member", async () => {
    const dana = story.person("dana");
    await dana.types("#lounge", "/hooks failures");
    const answer = await dana.expectEphemeral("#lounge", "failed invocations");
    await answer.press(WHY);
    await dana.expectEphemeral("#lounge", TOLD);
    await story.channel("#lounge").expectNothingNew();
  });

  it("is refused politely to guests", async () => {
    await story.person("dana").types("#ops", "/hooks failures");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await answer.press(WHY, { as: "gil" });
    await story.person("gil").expectEphemeral("#ops", "guests cannot ask");
    expect(answer.thread()).toHaveLength(0);
  });

  it("is told to be too late where the button makes no sense", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    for (const value of ["{}", '["elsewhere","w","i",0,1]']) {
      const button = { type: "button", text: { type: "plain_text", text: WHY }, action_id: "why-grouped", value };
      const shown = { ...answer.message, blocks: [{ type: "actions", block_id: "old", elements: [button] }] };
      const press = { user: "dana", channel: "ops", messageTs: answer.ts, actionId: "why-grouped", shown };
      expect((await story.stage.slack.pressButton(press)).error).toBeUndefined();
      await dana.expectEphemeral("#ops", "too old to be used");
    }
  });

  it("says so where nothing is this issue any more", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    const value = '["zendesk","gone","000000000000",0,1000]';
    const button = { type: "button", text: { type: "plain_text", text: WHY }, action_id: "why-grouped", value };
    const shown = { ...answer.message, blocks: [{ type: "actions", block_id: "old", elements: [button] }] };
    await story.stage.slack.pressButton({
      user: "dana",
      channel: "ops",
      messageTs: answer.ts,
      actionId: "why-grouped",
      shown,
    });
    await answer.expectThread("Nothing that is kept of this time is this issue any more");
  });
});

describe("the attempts of an invocation", () => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory();
  });
  afterAll(() => story?.stage.close());

  it("say which line of the answer told the cause", async () => {
    await story.person("dana").types("#ops", "/hooks failures last 24h");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await answer.press("Attempts");
    const thread = await answer.expectThread("Attempts:");
    expect(thread.text).toContain("Cause: ");
    expect(thread.text).toMatch(/this line told the cause:|No line of it tells more/);
  });
});
