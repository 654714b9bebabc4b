import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { endAll } from "./end-all.ts";
import { type OpenStory, openStory } from "./stage.ts";

/** The story begins on Saturday 2026-11-21, nine in the morning in Berlin: this slot has just gone by. */
const TOMORROW = new Date("2026-11-22T08:00:00Z");
const A_WEEK_ON = new Date("2026-11-28T08:00:00Z");
const DAY_MS = 24 * 60 * 60_000;
/** A webhook of the sandbox's that never fails. */
const HEALTHY = 'webhook:"PagerDuty escalation"';

describe("a digest, when its time comes", () => {
  let story: OpenStory;
  beforeEach(async () => {
    story = await openStory();
  });
  afterEach(() => story?.stage.close());

  const setUp = (text: string, channel = "#ops") => setUpIn(story, text, channel);
  const digestsIn = (channel: string) => digestsOf(story, channel);

  it("stands in the channel, with Attempts on its invocations", async () => {
    await setUp("daily at 09:00");
    await story.passTo(TOMORROW);
    const digest = await story.channel("#ops").expectMessage(/Daily digest: \d+ failed invocations in \d+ issues/);
    expect(digest.text).toContain("every day at 09:00 (Europe/Berlin)");
    await digest.press("Attempts");
    await digest.expectThread("Attempts:");
    expect(digestsIn("#ops")).toEqual([TOMORROW.toISOString()]);
  });

  it("comes on each of its days, once, and says nothing on the others", async () => {
    await setUp("daily at 09:00 weekdays");
    for (let day = 0; day < 7; day += 1) {
      await story.passTo(new Date(TOMORROW.getTime() + day * 24 * 60 * 60_000));
    }
    const days = digestsIn("#ops").map((due) => new Date(due).toLocaleDateString("en", { weekday: "short" }));
    expect(days).toEqual(["Mon", "Tue", "Wed", "Thu", "Fri"]);
  });

  it("comes once, late, and says so, when nothing ran for three days", async () => {
    await setUp("daily at 09:00");
    await story.stage.bot.stop();
    story.clock.pass(new Date("2026-11-24T10:00:00Z").getTime() - story.clock.now().getTime());
    await story.stage.restart();
    await story.passTo(new Date("2026-11-24T10:01:00Z"));
    const digest = await story.channel("#ops").expectMessage("Daily digest");
    expect(digest.text).toContain("posted 2 h 1 min late");
    await story.passTo(new Date("2026-11-24T11:00:00Z"));
    expect(digestsIn("#ops")).toEqual(["2026-11-24T08:00:00.000Z"]);
  });

  it("tells who made it, once, when its channel was archived, and comes again when it is open again", async () => {
    await setUp("daily at 09:00");
    const { workspace } = story.stage.slack;
    const ops = workspace.channel("#ops");
    ops.isArchived = true;
    await story.passTo(TOMORROW);
    await story.passTo(new Date("2026-11-23T08:00:00Z"));
    const told = workspace.messagesIn(workspace.openDirectMessage(dmOfDana()).id);
    expect(told.map(({ text }) => text)).toEqual([expect.stringContaining("archived")]);
    ops.isArchived = false;
    await story.passTo(new Date("2026-11-24T08:00:00Z"));
    await story.channel("#ops").expectMessage("Daily digest");
  });

  it("is ended from the direct message that tells that its channel was archived, where nothing can be typed", async () => {
    await setUp("daily at 09:00 code:5xx");
    const { workspace } = story.stage.slack;
    workspace.channel("#ops").isArchived = true;
    await story.passTo(TOMORROW);
    const dana = story.person("dana");
    const direct = workspace.openDirectMessage(dmOfDana()).id;
    const told = await story.channel(direct).expectMessage("#ops");
    told.expectButtons("End");
    await dana.types("bot", "/hooks status");
    await dana.expectEphemeral("bot", "Warning: 1 of 1 digests cannot be posted: The channel is archived.");
    await told.press("End");
    const list = await dana.expectEphemeral("bot", "Ended: digest 1, every day at 09:00 (Europe/Berlin), code:5xx.");
    expect(list.text).toMatch(/No digest in its channel[\s\S]*#ops/);
    expect(list.buttons).toEqual([]);
    await told.press("End");
    const gone = await dana.expectEphemeral("bot", "This digest has ended already.");
    expect(gone.text).not.toContain("/hooks digest list");
    await dana.types("bot", "/hooks status");
    await dana.expectEphemeral("bot", "Digests: none.");
    workspace.channel("#ops").isArchived = false;
    await story.passTo(new Date("2026-11-23T08:00:00Z"));
    expect(digestsIn("#ops")).toEqual([]);
  });

  function dmOfDana(): string[] {
    const { workspace } = story.stage.slack;
    const bot = [...workspace.people.values()].find(({ isBot }) => isBot);
    return [workspace.person("dana").id, bot?.id ?? ""];
  }

  it("covers a week in a weekly one", async () => {
    await setUp("weekly on saturday at 09:00");
    await story.passTo(A_WEEK_ON);
    const digest = await story.channel("#ops").expectMessage("Weekly digest");
    expect(digest.text).toContain("every Saturday at 09:00 (Europe/Berlin)");
  });
});

describe("a digest on a morning like others", () => {
  let story: OpenStory;
  let begunAt = 0;
  beforeAll(async () => {
    story = await openStory();
  });
  beforeEach(() => {
    begunAt = story.clock.now().getTime();
  });
  afterEach(async () => {
    for (const channel of ["#ops", "#private-oncall"]) await endAll(story, channel);
  });
  afterAll(() => story?.stage.close());

  async function setUp(text: string, channel = "#ops"): Promise<void> {
    await setUpIn(story, text, channel);
  }

  /** Those that this story has seen. */
  function digestsIn(channel: string): string[] {
    return digestsOf(story, channel).filter((due) => new Date(due).getTime() > begunAt);
  }

  function nextMorning(): Date {
    const tomorrowMs = (Math.floor(story.clock.now().getTime() / DAY_MS) + 1) * DAY_MS;
    return new Date(tomorrowMs + 8 * 60 * 60_000);
  }

  it("says in a line that all is clear, or nothing, as chosen", async () => {
    await setUp(`daily at 09:00 ${HEALTHY}`);
    await setUp(`daily at 09:00 ${HEALTHY} all-clear:silent`, "#private-oncall");
    const morning = nextMorning();
    await story.passTo(morning);
    await story.channel("#ops").expectMessage("All clear");
    expect(digestsIn("#private-oncall")).toEqual([]);
  });

  it("is never silent about what could not be read", async () => {
    await setUp(`daily at 09:00 ${HEALTHY} all-clear:silent`);
    story.stage.zendesk.fail("html-200");
    const morning = nextMorning();
    await story.passTo(morning);
    story.stage.zendesk.heal();
    const digest = await story.channel("#ops").expectMessage("Unknown");
    expect(digest.text).toContain("Not everything is known");
    expect(digest.text).not.toContain("All clear");
  });

  it("does not come any more once it was ended", async () => {
    await setUp("daily at 09:00");
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest off");
    await dana.expectEphemeral("#ops", "Ended");
    const morning = nextMorning();
    await story.passTo(morning);
    expect(digestsIn("#ops")).toEqual([]);
  });

  it("is posted after Slack turned it away for a while", async () => {
    await setUp("daily at 09:00");
    story.stage.slack.faults.failNext("chat.postMessage", { status: 503 });
    const morning = nextMorning();
    await story.passTo(morning);
    await story.passTo(new Date(morning.getTime() + 5 * 60_000));
    await story.channel("#ops").expectMessage("Daily digest");
    expect(digestsIn("#ops")).toEqual([morning.toISOString()]);
  });

  it("stands there once when Slack posted it and did not say so", async () => {
    await setUp("daily at 09:00");
    story.stage.slack.faults.failNext("chat.postMessage", "drop-after-post");
    const morning = nextMorning();
    await story.passTo(morning);
    await story.passTo(new Date(morning.getTime() + 5 * 60_000));
    expect(digestsIn("#ops")).toEqual([morning.toISOString()]);
  });
});

describe("a digest on a day with a clock change", () => {
  it.each([
    ["the short one", "2026-03-28T08:00:00Z", ["2026-03-29T07:00:00.000Z", "2026-03-30T07:00:00.000Z"]],
    ["the long one", "2026-10-24T07:00:00Z", ["2026-10-25T08:00:00.000Z", "2026-10-26T08:00:00.000Z"]],
  ])("comes once at 09:00 on %s", async (_, startsAt, dues) => {
    const story = await openStory({ startsAt: new Date(startsAt) });
    try {
      const dana = story.person("dana");
      await dana.types("#ops", "/hooks digest daily at 09:00 in Europe/Berlin");
      await dana.expectEphemeral("#ops", "The digest is set up");
      for (const due of dues) {
        for (const hours of [-1, 0, 1]) await story.passTo(new Date(new Date(due).getTime() + hours * 60 * 60_000));
      }
      expect(digestsOf(story, "#ops")).toEqual(dues);
    } finally {
      await story.stage.close();
    }
  });
});

async function setUpIn(story: OpenStory, text: string, channel: string): Promise<void> {
  const dana = story.person("dana");
  await dana.types(channel, `/hooks digest ${text}`);
  await dana.expectEphemeral(channel, "The digest is set up");
}

/** For when the digests of a channel were due. */
function digestsOf({ stage }: OpenStory, channel: string): string[] {
  const { workspace } = stage.slack;
  return workspace
    .messagesIn(workspace.channel(channel).id)
    .filter(({ metadata }) => metadata?.event_type === "hooktriage_digest")
    .map(({ metadata }) => String(metadata?.event_payload.due));
}
