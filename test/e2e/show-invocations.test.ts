import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ShownMessage } from "./kit/message.ts";
import { type OpenStory, openStory } from "./stage.ts";

const SHOW = "Show invocations";
const HOUR_MS = 60 * 60_000;
const FIRST_PAGE = /Invocations 1 to \d+ of \d+/;

describe("asking for every failed invocation of an answer", () => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory();
  });
  afterAll(() => story?.stage.close());

  async function asked(question: string): Promise<ShownMessage> {
    await story.person("dana").types("#ops", question);
    return story.channel("#ops").expectMessage(/\d+ failed invocations? in \d+ issues?/);
  }

  it("is answered in the thread with the first page, whose buttons work as well", async () => {
    const answer = await asked("/hooks failures last 24h");
    expect(answer.buttons.filter((label) => label === SHOW)).toHaveLength(1);
    await answer.press(SHOW);
    const page = await answer.expectThread(FIRST_PAGE);
    expect(page.text).toMatch(/@dana asked:\s+Show invocations/);
    page.expectButtons("Attempts", "More");
    await page.press("Attempts");
    await page.expectThread("Attempts:");
    await page.press("More");
    await page.expectThread(/Invocations 11 to \d+ of \d+/);
    await story.channel("#ops").expectNothingNew();
  });

  it("is answered for what the question asked for, and not for more", async () => {
    const failed = /^(?:.*\n)?(\d+) failed invocations/;
    const answer = await asked("/hooks failures code:422 last 24h");
    await answer.press(SHOW);
    const page = await answer.expectThread("failed invocations");
    const asMany = failed.exec(answer.text)?.[1];
    expect(Number(asMany)).toBeGreaterThan(2);
    expect(failed.exec(page.text)?.[1]).toBe(asMany);
    expect(page.text).toContain("code 422");
    expect(page.text).not.toMatch(/code (?!422)\d/);
  });

  it("refreshes what is there at a second press, and never posts twice, whoever presses", async () => {
    const answer = await asked("/hooks");
    await Promise.all([answer.press(SHOW, { as: "dana" }), answer.press(SHOW, { as: "omar" })]);
    const page = await answer.expectThread(FIRST_PAGE);
    await story.settled();
    await answer.press(SHOW, { as: "omar" });
    await page.expectUpdate(FIRST_PAGE);
    await story.settled();
    expect(answer.thread()).toHaveLength(1);
  });

  it("stays apart from the next page of the issues", async () => {
    const answer = await asked("/hooks failures last 24h");
    await answer.press("More");
    const issues = await answer.expectThread("Issues 6 to");
    expect(issues.buttons).not.toContain(SHOW);
    await answer.press(SHOW);
    await answer.expectThread(FIRST_PAGE);
    await answer.press("More");
    await issues.expectUpdate("Issues 6 to");
    await story.settled();
    expect(answer.thread()).toHaveLength(2);
  });

  it("is answered under a digest, for its own time", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest now");
    const digest = await story.channel("#ops").expectMessage(/[Dd]igest/);
    const ownTime = /^Since .+ · as of .+$/m.exec(digest.text)?.[0];
    expect(ownTime).toMatch(/Nov 20 9:00 AM · as of \u200bNov 21 9:00 AM$/);
    story.clock.pass(HOUR_MS);
    await digest.press(SHOW);
    const page = await digest.expectThread(FIRST_PAGE);
    expect(page.text.split("\n")).toContain(ownTime);
  });

  it("is answered to the presser alone where the bot is no member", async () => {
    const dana = story.person("dana");
    await dana.types("#lounge", "/hooks failures");
    const answer = await dana.expectEphemeral("#lounge", "failed invocations");
    await answer.press(SHOW);
    await dana.expectEphemeral("#lounge", FIRST_PAGE);
    await story.channel("#lounge").expectNothingNew();
  });

  it("is not offered where the question is too long for a button", async () => {
    const answer = await asked(`/hooks failures -${"<".repeat(450)} last 24h`);
    answer.expectButtons("Attempts");
    expect(answer.buttons).not.toContain(SHOW);
    expect(answer.text).toContain("Every failed invocation: ask a shorter question with /hooks invocations\n");
  });
});
