import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { endAll } from "./end-all.ts";
import { type OpenStory, openStory } from "./stage.ts";

let story: OpenStory;
beforeAll(async () => {
  story = await openStory();
});
afterAll(() => story?.stage.close());

/** The story begins on a Saturday. */
const NEXT_WEEKDAY = "Next: \u200bMonday, November 23rd at 9:00 AM\n";

describe("a digest, as people set it up and end it", () => {
  afterEach(async () => {
    for (const channel of ["#ops", "#private-oncall"]) await endAll(story, channel);
  });

  it("is confirmed in words, listed, told of when it is wished again, and ended by its number", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest daily at 09:00 weekdays code:5xx");
    const kept = await dana.expectEphemeral("#ops", "The digest is set up");
    expect(kept.text).toContain("Every weekday at 09:00 (Europe/Berlin)");
    expect(kept.text).toContain("Terms: code:5xx");
    expect(kept.text).toContain(NEXT_WEEKDAY);
    expect(kept.text).toContain("/hooks digest preview 1");
    expect(kept.text).toContain("/hooks digest off 1");

    await story.person("omar").types("#ops", "/hooks digest daily at 9 weekdays code:5xx in Europe/Berlin");
    await story.person("omar").expectEphemeral("#ops", "That is digest 1 of this channel already");

    await dana.types("#ops", "/hooks digest weekly on monday at 14:30 in New York all-clear:silent");
    const second = await dana.expectEphemeral("#ops", "Every Monday at 14:30 (America/New_York)");
    expect(second.text).toContain("All clear: nothing is posted");
    expect(second.text).toContain("/hooks digest off 2");

    await dana.types("#ops", "/hooks digest list");
    const list = await dana.expectEphemeral("#ops", "2 digests in this channel");
    expect(list.text).toMatch(/1\. Every weekday[\s\S]*None was due yet[\s\S]*@dana[\s\S]*2\. Every Monday/);
    expect(list.buttons).toEqual(["End", "End", "New digest"]);

    await dana.types("#ops", "/hooks digest off");
    await dana.expectEphemeral("#ops", "Which one? Say its number, such as /hooks digest off 2.");
    await dana.types("#ops", "/hooks digest off 2");
    const left = await dana.expectEphemeral("#ops", "Ended: digest 2, every Monday at 14:30 (America/New_York)");
    expect(left.text).toContain("1 digest in this channel");
    await story.channel("#ops").expectNothingNew();
  });

  it("is ended by its button, and only once", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest daily at 09:00");
    await dana.expectEphemeral("#ops", "The digest is set up");
    await dana.types("#ops", "/hooks digest");
    const list = await dana.expectEphemeral("#ops", "1 digest in this channel");
    await list.press("End");
    await dana.expectEphemeral("#ops", "No digest in this channel");
    await list.press("End");
    await dana.expectEphemeral("#ops", "This digest has ended already");
  });

  it("keeps its number while others end, so that nobody ends another one", async () => {
    const [dana, omar] = [story.person("dana"), story.person("omar")];
    for (const terms of ["code:500", "code:502", "code:503"]) {
      await dana.types("#ops", `/hooks digest daily at 09:00 ${terms}`);
      await dana.expectEphemeral("#ops", "The digest is set up");
    }
    await Promise.all([dana.types("#ops", "/hooks digest off 1"), omar.types("#ops", "/hooks digest off 2")]);
    const ended = await dana.expectEphemeral("#ops", "Ended: digest 1, every day at 09:00 (Europe/Berlin), code:500.");
    expect(ended.text).toContain("3. Every day at 09:00");
    await omar.expectEphemeral("#ops", "Ended: digest 2, every day at 09:00 (Europe/Berlin), code:502.");
    await dana.types("#ops", "/hooks digest off 2");
    await dana.expectEphemeral("#ops", "There is no digest 2: this channel has digest 3.");
    await dana.types("#ops", "/hooks digest now 3");
    const posted = await story.channel("#ops").expectMessage("code:503");
    expect(posted.text).toContain("/hooks digest off 3 ends it");
  });

  it("is of one channel alone, and outlives a restart", async () => {
    const dana = story.person("dana");
    await dana.types("#private-oncall", "/hooks digest daily at 09:00");
    await dana.expectEphemeral("#private-oncall", "The digest is set up");
    await dana.types("#ops", "/hooks digest list");
    await dana.expectEphemeral("#ops", "No digest in this channel");
    await story.stage.restart();
    await dana.types("#private-oncall", "/hooks digest list");
    await dana.expectEphemeral("#private-oncall", "1 digest in this channel");
  });

  it("is set up once when two people wish the same at once", async () => {
    const wish = "/hooks digest daily at 10:15 in UTC webhook:bridge";
    const both = [story.person("dana"), story.person("omar")];
    await Promise.all(both.map((person) => person.types("#ops", wish)));
    const told = [];
    for (const person of both) told.push(await person.expectEphemeral("#ops", /The digest is set up|already/));
    expect(told.filter(({ text }) => text.includes("The digest is set up"))).toHaveLength(1);
    await story.person("dana").types("#ops", "/hooks digest list");
    await story.person("dana").expectEphemeral("#ops", "1 digest in this channel");
  });

  it("is set up unchecked when the provider cannot be read, and says so", async () => {
    const dana = story.person("dana");
    story.clock.pass(60_000);
    story.stage.zendesk.fail("text-error");
    await dana.types("#ops", "/hooks digest daily at 09:00 webhook:nobody-has-this");
    const kept = await dana.expectEphemeral("#ops", "The digest is set up");
    story.stage.zendesk.heal();
    expect(kept.text).toContain("nobody checked whether such a webhook exists");
  });

  it("notes a status that looks mistyped", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest daily at 09:00 status:terminatd");
    const kept = await dana.expectEphemeral("#ops", "The digest is set up");
    expect(kept.text).toContain('No invocation has the status "terminatd". Did you mean "terminated"?');
  });
});

describe("a digest at once", () => {
  afterEach(() => endAll(story, "#ops"));

  it("is of everything in the last 24 hours where the channel has none, and its Attempts work", async () => {
    await story.person("dana").types("#ops", "/hooks digest now");
    const posted = await story.channel("#ops").expectMessage("failed");
    posted.expectButtons("Attempts");
    await posted.press("Attempts");
    await posted.expectThread("Attempts:");
  });

  it("is of the channel's own terms, previewed to the asker alone", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest daily at 23:00 webhook:bridge");
    await dana.expectEphemeral("#ops", "The digest is set up");
    await dana.types("#ops", "/hooks digest preview");
    const preview = await dana.expectEphemeral("#ops", /preview/i);
    expect(preview.text).toContain("bridge");
    await story.channel("#ops").expectNothingNew();
    await dana.types("#ops", "/hooks digest now 1");
    await story.channel("#ops").expectMessage("bridge");
  });

  it("asks which one where there are several", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest daily at 09:00");
    await dana.expectEphemeral("#ops", "The digest is set up");
    await dana.types("#ops", "/hooks digest daily at 17:00");
    await dana.expectEphemeral("#ops", "The digest is set up");
    await dana.types("#ops", "/hooks digest now");
    await dana.expectEphemeral("#ops", "Which one? Say its number, such as /hooks digest now 2.");
    await story.channel("#ops").expectNothingNew();
  });

  it("goes to the asker alone where the bot cannot post", async () => {
    const dana = story.person("dana");
    await dana.types("#lounge", "/hooks digest now");
    await dana.expectEphemeral("#lounge", "failed");
    await story.channel("#lounge").expectNothingNew();
  });
});
