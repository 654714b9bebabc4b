import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../../src/ops/log.ts";
import type { Pace } from "../../src/slack/context.ts";
import { type OpenStory, openStory, STORY_PACE } from "./stage.ts";

const QUESTION = "/hooks failures last 24h";
const LINE =
  /Still reading(: \d+ of \d+ webhooks so far)?\. This message is edited when the rest has arrived, until \u200btoday \d+:\d\d [AP]M at the latest; after that ask again\./;
/** All of it is there. */
const WHOLE = /^(?![\s\S]*Still)[\s\S]*\n\d+ failed invocations in \d+ issues/;
/** Edits of progress are rare enough to fall into none of these stories, but for those that ask for them. */
const PACE: Pace = { ...STORY_PACE, deadlineMs: 600, lateUntilMs: 10 * 60_000, lateEditEveryMs: 60_000 };
const HOUR_MS = 60 * 60_000;

let story: OpenStory;
const lines: string[] = [];
/** Calls of before this story. */
const before = new Map<string, number>();

async function open(pace: Partial<Pace> = {}): Promise<void> {
  before.clear();
  const log = createLog({ level: "info", secrets: [], destination: { write: (line) => lines.push(line) } });
  story = await openStory({ log, pace: { ...PACE, ...pace } });
}

/** From now on requests for these paths get no answer until `release`. */
function hold(paths: RegExp): void {
  story.stage.zendesk.fail("hold", { match: (path) => paths.test(path) });
}

/** The log of one webhook cannot be had, those of all others can. */
function holdUpOne(): void {
  hold(new RegExp(`/${story.stage.zendesk.webhooks[0]?.id}/invocations`));
}

function release(): void {
  story.stage.zendesk.heal();
}

function calls(method: string): number {
  return story.stage.slack.journal.of(method).length - (before.get(method) ?? 0);
}

function told(message: string) {
  return lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg.includes(message));
}

describe("an answer that all see is not whole in time", () => {
  beforeAll(() => open());
  afterAll(() => story?.stage.close());
  beforeEach(() => {
    // What was read for the story before is old by now.
    story.clock.pass(HOUR_MS);
    holdUpOne();
    lines.length = 0;
    for (const method of ["chat.postMessage", "chat.update"]) {
      before.set(method, story.stage.slack.journal.of(method).length);
    }
  });
  afterEach(release);

  it("it is posted with what there is, and the same message becomes whole", async () => {
    await story.person("dana").types("#ops", QUESTION);
    const channel = story.channel("#ops");
    const partial = await channel.expectMessage(LINE);
    expect(partial.text).toContain("Not everything is known");
    expect(partial.text).toContain("Still being read.");
    release();
    const whole = await partial.expectUpdate(WHOLE);
    expect(whole.ts).toBe(partial.ts);
    expect(whole.text).toContain("(edited)");
    expect(whole.text).not.toContain("Not everything");
    await channel.expectNothingNew();
    await story.person("dana").expectNothingNew();
    expect(calls("chat.postMessage")).toBe(1);
    expect(calls("chat.update")).toBe(1);
    expect(told("a late answer was edited")).toHaveLength(1);
  });

  it("the buttons of either answer work, and their threads stay with it", async () => {
    await story.person("dana").types("#ops", QUESTION);
    const partial = await story.channel("#ops").expectMessage(LINE);
    await partial.press("Attempts", { as: "dana" });
    await partial.expectThread("Attempts:");
    release();
    const whole = await partial.expectUpdate(WHOLE);
    await whole.press("Attempts", { nth: 1, as: "omar" });
    await whole.expectThread("Attempts:");
    await whole.press("More", { as: "dana" });
    await whole.expectThread(/Issues 6 to|Issues: number 6/);
    await whole.press("Why grouped?", { as: "dana" });
    await whole.expectThread("grouped");
    await story.channel("#ops").expectNothingNew();
  });

  it("several who ask the same share one reading, and each message is edited", async () => {
    const requests = story.stage.zendesk.requests.length;
    await Promise.all(["dana", "omar"].map((name) => story.person(name).types("#ops", QUESTION)));
    const channel = story.channel("#ops");
    const partials = [await channel.expectMessage(LINE), await channel.expectMessage(LINE)];
    expect(new Set(partials.map(({ ts }) => ts)).size).toBe(2);
    release();
    for (const partial of partials) await partial.expectUpdate(WHOLE);
    await channel.expectNothingNew();
    expect(calls("chat.update")).toBe(2);
    const paths = story.stage.zendesk.requests.slice(requests).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("a message that was deleted meanwhile is let go of, and posted nowhere else", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", QUESTION);
    const partial = await story.channel("#ops").expectMessage(LINE);
    dana.deletes(partial);
    release();
    await story.channel("#ops").expectNothingNew();
    await dana.expectNothingNew();
    expect(calls("chat.update")).toBe(1);
    expect(told("left as it is")).toHaveLength(1);
  });

  it("what Slack refuses for good is not tried again", async () => {
    story.stage.slack.faults.failNext("chat.update", { error: "is_archived" });
    await story.person("dana").types("#ops", QUESTION);
    await story.channel("#ops").expectMessage(LINE);
    release();
    await story.channel("#ops").expectNothingNew();
    expect(calls("chat.update")).toBe(1);
  });

  it("blocks that Slack refuses in an edit come in plain text", async () => {
    story.stage.slack.faults.failNext("chat.update", { error: "invalid_blocks" });
    await story.person("dana").types("#ops", QUESTION);
    const partial = await story.channel("#ops").expectMessage(LINE);
    release();
    await partial.expectUpdate(WHOLE);
    expect(calls("chat.update")).toBe(2);
  });
});

describe("an answer for the asker alone is not whole in time", () => {
  beforeAll(() => open({ workingAfterMs: 0, lateEditEveryMs: 200 }));
  afterAll(() => story?.stage.close());
  beforeEach(() => story.clock.pass(HOUR_MS));
  afterEach(release);

  it("it takes the place of the note and becomes whole, in no more than five uses of the response URL", async () => {
    hold(/invocations/);
    const dana = story.person("dana");
    await dana.types("#lounge", QUESTION);
    const note = await dana.expectEphemeral("#lounge", "Reading the providers");
    const partial = await note.expectUpdate(LINE);
    release();
    const whole = await partial.expectUpdate(WHOLE);
    expect(whole.ts).toBe(note.ts);
    await dana.expectNothingNew();
    expect(calls("response_url")).toBeLessThanOrEqual(5);
    expect(calls("chat.postMessage")).toBe(0);
    await whole.press("Attempts");
    await dana.expectEphemeral("#lounge", "Attempts:");
  });

  it("one that cannot be edited promises nothing", async () => {
    holdUpOne();
    const { faults } = story.stage.slack;
    const dana = story.person("dana");
    await dana.types("#ops", QUESTION);
    await dana.expectEphemeral("#ops", "Reading the providers");
    faults.failNext("chat.postMessage", { error: "not_in_channel" });
    faults.failNext("response_url", { status: 500 });
    const partial = await dana.expectEphemeral("#ops", "Still reading");
    expect(partial.text).toContain("Ask again in a minute for the rest.");
    expect(partial.text).not.toContain("This message is edited");
    release();
    await dana.expectNothingNew();
  });
});

describe("while an answer is being read", () => {
  afterEach(async () => {
    release();
    await story?.stage.close();
  });

  it("how far it is shows", async () => {
    await open({ lateEditEveryMs: 200 });
    hold(/invocations/);
    await story.person("dana").types("#ops", QUESTION);
    const partial = await story.channel("#ops").expectMessage("Still reading: 0 of 12 webhooks so far");
    expect(partial.text).toContain("Nothing is known yet");
    release();
    hold(/attempts/);
    const further = await partial.expectUpdate(
      /Still reading: attempts( \d+ of \d+ so far)?, which tell why invocations failed/,
    );
    release();
    const whole = await further.expectUpdate(WHOLE);
    expect(whole.ts).toBe(partial.ts);
    await story.channel("#ops").expectNothingNew();
  });

  it("it is not told that something is not there before that is sure", async () => {
    await open();
    hold(/webhooks(\?|$)/);
    await story.person("dana").types("#ops", '/hooks failures webhook:"Nonesuch"');
    const partial = await story.channel("#ops").expectMessage("Nothing is known yet");
    release();
    await partial.expectUpdate('No webhook matches "Nonesuch"');
    await story.person("dana").expectNothingNew();
  });

  it("and the bot is stopped, all are told, with what is known", async () => {
    lines.length = 0;
    await open();
    holdUpOne();
    const dana = story.person("dana");
    await dana.types("#ops", QUESTION);
    await dana.types("#lounge", "/hooks invocations last 24h");
    const forAll = await story.channel("#ops").expectMessage(LINE);
    const forOne = await dana.expectEphemeral("#lounge", LINE);
    await story.stage.bot.stop();
    for (const partial of [forAll, forOne]) {
      const last = await partial.expectUpdate("The bot is being restarted");
      expect(last.text).toContain("Ask again in a minute");
      expect(last.text).not.toContain("Still");
    }
    expect(calls("chat.postMessage")).toBe(1);
    expect(told("cut short")).toHaveLength(2);
  });

  it("one that is there in time is not edited", async () => {
    await open({ deadlineMs: 20_000 });
    await story.person("dana").types("#ops", QUESTION);
    await story.channel("#ops").expectMessage(WHOLE);
    await story.channel("#ops").expectNothingNew();
    expect(calls("chat.update")).toBe(0);
  });
});
