import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../../src/ops/log.ts";
import { type OpenStory, openStory, STORY_PACE } from "./stage.ts";

/** Docker waits for ten seconds, people for less. */
const SOON_MS = 3_000;

describe("the bot is stopped while Zendesk hangs", () => {
  let story: OpenStory;
  const lines: string[] = [];
  beforeEach(async () => {
    lines.length = 0;
    const log = createLog({ level: "warn", secrets: [], destination: { write: (line) => lines.push(line) } });
    story = await openStory({ log, pace: { ...STORY_PACE, workingAfterMs: 0 } });
  });
  afterEach(() => story?.stage.close());

  async function stop(): Promise<void> {
    const began = performance.now();
    await story.stage.bot.stop();
    expect(performance.now() - began).toBeLessThan(SOON_MS);
  }

  function told() {
    return lines.map((line) => JSON.parse(line)).find(({ msg }) => msg.includes("cut short"));
  }

  it("a question is answered with what is known, and says why there is no more", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures last 24h");
    const first = await dana.expectEphemeral("#ops", "Reading the providers");
    await story.channel("#ops").expectMessage("failed invocations");
    await first.expectDeleted();
    story.clock.pass(60 * 60_000);
    story.stage.zendesk.fail("hang");
    await dana.types("#ops", "/hooks failures last 24h");
    const note = await dana.expectEphemeral("#ops", "Reading the providers");
    await stop();
    const answer = await story.channel("#ops").expectMessage("The bot is being restarted");
    expect(answer.text).toMatch(/At least \d+ failed invocations/);
    expect(answer.text).toMatch(/partly unknown.*Ask again in a minute/);
    await note.expectDeleted();
    expect(told()).toMatchObject({ level: "warn", requestId: expect.stringMatching(/^[0-9a-f]{10}$/) });
  });

  it("the status is told, and Zendesk does not count as failing", async () => {
    const dana = story.person("dana");
    story.stage.zendesk.fail("hang");
    await dana.types("#ops", "/hooks status");
    const note = await dana.expectEphemeral("#ops", "Reading the providers");
    await stop();
    const status = await note.expectUpdate("The bot is being restarted");
    expect(status.text).not.toContain("failing since");
  });

  it("a press is answered to the presser", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures last 24h");
    const first = await dana.expectEphemeral("#ops", "Reading the providers");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await first.expectDeleted();
    story.stage.zendesk.fail("hang");
    // Of the first one the attempts are kept: they told the cause.
    await answer.press("Attempts", { nth: 1 });
    await dana.expectEphemeral("#ops", "Reading the providers");
    await stop();
    await dana.expectEphemeral("#ops", "The bot is being restarted");
    expect(told()).toMatchObject({ requestId: expect.stringMatching(/^[0-9a-f]{10}$/) });
  });

  it("a wish for a digest is kept, with a note that nobody looked at its names", async () => {
    const dana = story.person("dana");
    story.stage.zendesk.fail("hang");
    await dana.types("#ops", '/hooks digest daily at 09:00 webhook:"Jira sync"');
    await dana.expectEphemeral("#ops", "Reading the providers");
    await stop();
    await dana.expectEphemeral("#ops", /could not be read just now|Ask again/);
  });

  it("a form for one too", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest");
    const list = await dana.expectEphemeral("#ops", "No digest in this channel");
    await list.press("New digest");
    const form = await dana.expectModal("New digest");
    story.stage.zendesk.fail("hang");
    await form.submit({ days: "weekdays", time: "07:45", terms: 'webhook:"Jira sync"' });
    await stop();
    await dana.expectEphemeral("#ops", /could not be read just now|Ask again/);
  });
});
