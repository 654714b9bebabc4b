import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenStory, openStory } from "./stage.ts";

describe.each(["socket", "http"] as const)("asking which webhooks fail, in %s mode", (mode) => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory({ mode });
  });
  afterAll(() => story?.stage.close());

  it("answers in the channel, and a press on Attempts opens the history in the thread", async () => {
    const dana = story.person("dana");
    const ops = story.channel("#ops");
    await dana.types("#ops", "/hooks failures last 24h");
    const answer = await ops.expectMessage(/\d+ failed invocations in \d+ issues/);
    answer.expectButtons("Attempts", "More");
    expect(answer.text).toContain("@dana asked");
    expect(answer.text).toContain("/hooks failures last 24h");

    await answer.press("Attempts");
    const thread = await answer.expectThread("Attempts: Slack alerts bridge");
    expect(thread.text).toContain("Response body");
    expect(thread.text).toMatch(/\d+ values? (was|were) masked/);
    expect(answer.thread()).toHaveLength(1);
  });

  it("refreshes what is there at a second press, and never posts twice", async () => {
    await story.person("dana").types("#ops", "/hooks");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await answer.press("Attempts", { nth: 1 });
    const thread = await answer.expectThread("Attempts");
    await answer.press("Attempts", { nth: 1, as: "omar" });
    await thread.expectUpdate("Attempts");
    expect(answer.thread()).toHaveLength(1);
  });

  it("shows the next page in the thread, whose buttons work as well", async () => {
    await story.person("dana").types("#ops", "/hooks failures last 24h");
    const answer = await story.channel("#ops").expectMessage("Issues 1 to 5");
    await answer.press("More");
    const page = await answer.expectThread("Issues 6 to");
    await page.press("Attempts");
    await page.expectThread("Attempts:");
  });

  it("lists failed invocations one by one and opens a single one by its id", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks invocations code:5xx last 24h");
    const list = await story.channel("#ops").expectMessage("failed invocations");
    expect(list.text).not.toContain("422");
    await list.press("Attempts");
    const thread = await list.expectThread(/Invocation 01\w{24}/);
    const id = /Invocation (01\w{24})/.exec(thread.text)?.[1] ?? "";
    await dana.types("#ops", `/hooks invocation ${id}`);
    const one = await story.channel("#ops").expectMessage(`Invocation: ${id}`);
    one.expectButtons("Attempts");
  });

  it("shows how every webhook fares", async () => {
    await story.person("dana").types("#ops", "/hooks webhooks");
    const table = await story.channel("#ops").expectMessage(/12 webhooks: \d+ failing/);
    expect(table.text).toContain("Legacy CRM mirror");
  });

  it("tells status and help to the asker alone", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks status");
    const status = await dana.expectEphemeral("#ops", "Zendesk: reachable");
    expect(status.text).toMatch(/\nBudget: \d+ requests? in the last minute, limit 100,000 a minute\n/);
    await dana.types("#ops", "/hooks help");
    await dana.expectEphemeral("#ops", "/hooks failures");
    await story.channel("#ops").expectNothingNew();
  });
});
