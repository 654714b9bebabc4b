import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type OpenStory, openStory } from "./stage.ts";

let story: OpenStory;
beforeAll(async () => {
  story = await openStory();
});
afterAll(() => story?.stage.close());

/** The story begins on a Saturday. */
const NEXT_WEEKDAY = "(Monday 2026-11-23 09:00 in Europe/Berlin)";

describe("a digest, as people set it up and end it", () => {
  afterEach(async () => {
    for (const channel of ["#ops", "#private-oncall"]) await endAll(channel);
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
    const left = await dana.expectEphemeral("#ops", "Ended: the digest of every Monday at 14:30");
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
  afterEach(() => endAll("#ops"));

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

describe("the form for a digest", () => {
  afterEach(() => endAll("#ops"));

  async function openForm() {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest");
    const list = await dana.expectEphemeral("#ops", "No digest in this channel");
    await list.press("New digest");
    return { dana, list, form: await dana.expectModal("New digest") };
  }

  it("sets up what is filled in, for the channel where it was opened", async () => {
    const { dana, form } = await openForm();
    expect(form.text).toContain("#ops");
    expect(form.text).toContain("Europe/Berlin");
    await form.submit({ days: "weekdays", time: "07:45", terms: "code:5xx", allClear: "silent" });
    const kept = await dana.expectEphemeral("#ops", "The digest is set up");
    expect(kept.text).toContain("Every weekday at 07:45 (Europe/Berlin)");
    expect(kept.text).toContain("Terms: code:5xx");
    expect(kept.text).toContain("All clear: nothing is posted");
  });

  it("keeps its defaults: every day at nine in the opener's zone", async () => {
    const { dana, form } = await openForm();
    await form.submit();
    await dana.expectEphemeral("#ops", "Every day at 09:00 (Europe/Berlin)");
  });

  it("says beside each input what is wrong with it, and takes the mended one", async () => {
    const { dana, form } = await openForm();
    await form.submit({ timeZone: "Europe/Berln", terms: "stauts:terminated" });
    const wrong = await form.expectUpdate("Europe/Berlin");
    expect(wrong.text).toContain("status:terminated");
    await wrong.submit({ timeZone: "europe/paris", terms: "status:terminated" });
    await dana.expectEphemeral("#ops", "Every day at 09:00 (Europe/Paris)");
  });

  it("tells what only the provider knows after it has closed", async () => {
    const { dana, form } = await openForm();
    await form.submit({ terms: "webhook:Jirra" });
    await dana.expectEphemeral("#ops", 'No webhook matches "Jirra"');
    await dana.types("#ops", "/hooks digest list");
    await dana.expectEphemeral("#ops", "No digest in this channel");
  });

  it("says to press again, or what to type, when it opened too late", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest");
    const list = await dana.expectEphemeral("#ops", "No digest in this channel");
    for (const error of ["expired_trigger_id", "exchanged_trigger_id"]) {
      story.stage.slack.faults.failNext("views.open", { error });
      await list.press("New digest");
      const told = await dana.expectEphemeral("#ops", "Press again");
      expect(told.text).toContain("/hooks digest daily at 09:00 weekdays");
    }
  });

  it("tells in a direct message where the bot cannot reach the person in the channel", async () => {
    const dana = story.person("dana");
    await dana.types("#lounge", "/hooks digest");
    const list = await dana.expectEphemeral("#lounge", "No digest in this channel");
    await list.press("New digest");
    const form = await dana.expectModal("New digest");
    await form.submit();
    const [direct] = [...story.stage.slack.workspace.channels.values()].filter(({ kind }) => kind === "im");
    const told = await story.channel(direct?.id ?? "").expectMessage("The bot is not in this channel");
    expect(told.text).toContain("/invite @Hooktriage");
  });
});

describe("a digest that cannot be", () => {
  it.each([
    ["a time that no clock shows", "/hooks digest daily at 25:00", "25:00"],
    ["no time", "/hooks digest daily", "time"],
    ["an unknown zone", "/hooks digest daily at 09:00 in Europe/Berln", "Europe/Berlin"],
    ["an unknown word", "/hooks digest lst", "list"],
    ["an unknown term", "/hooks digest daily at 09:00 stauts:terminated", "status:terminated"],
    ["a time range", "/hooks digest daily at 09:00 last 24h", "time range"],
    [
      "a webhook that is spelled otherwise",
      '/hooks digest daily at 09:00 webhook:"Jira synk"',
      'Did you mean "Jira sync"',
    ],
    ["a number that no digest has", "/hooks digest off 7", "There is no digest 7: this channel has none."],
    ["what is no number", "/hooks digest off first", "number"],
  ])("%s is told to the asker alone, with an example that works", async (_, typed, told) => {
    const dana = story.person("dana");
    await dana.types("#ops", typed);
    const answer = await dana.expectEphemeral("#ops", told);
    const example = /This works: (\/hooks .+)/.exec(answer.text)?.[1];
    expect(example).toBeDefined();
    await dana.types("#ops", "/hooks digest list");
    await dana.expectEphemeral("#ops", "No digest in this channel");
    await dana.types("#ops", example ?? "");
    await dana.expectEphemeral("#ops", /The digest is set up|in this channel|There is no digest/);
    await endAll("#ops");
    await story.channel("#ops").expectNothingNew();
  });

  it("of a webhook that nobody has is told with the way to see their names", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest daily at 09:00 webhook:nobody-has-this");
    const answer = await dana.expectEphemeral("#ops", 'No webhook matches "nobody-has-this"');
    expect(answer.text).toContain("This works: /hooks webhooks");
    await dana.types("#ops", "/hooks digest list");
    await dana.expectEphemeral("#ops", "No digest in this channel");
  });

  it.each([
    ["#lounge", "/invite @Hooktriage"],
    ["#secret", "/invite @Hooktriage"],
    ["#vendors", "SLACK_SHARED_CHANNELS"],
  ])("in %s, where nothing can be posted, says what to do", async (channel, told) => {
    const dana = story.person("dana");
    await dana.types(channel, "/hooks digest daily at 09:00");
    await dana.expectEphemeral(channel, told);
    await dana.types(channel, "/hooks digest list");
    await dana.expectEphemeral(channel, "No digest in this channel");
  });

  it("in a direct message between other people says so, and in one with the bot it can be", async () => {
    const dana = story.person("dana");
    const { workspace } = story.stage.slack;
    const between = workspace.openDirectMessage(["dana", "omar"].map((name) => workspace.person(name).id)).id;
    await dana.types(between, "/hooks digest daily at 09:00");
    await dana.expectEphemeral(between, "cannot post in a conversation between other people");
    await dana.types("bot", "/hooks digest daily at 09:00");
    await dana.expectEphemeral("bot", "The digest is set up");
    await dana.types("bot", "/hooks digest off");
    await dana.expectEphemeral("bot", "Ended: ");
  });

  it("in a channel that the bot joins meanwhile is one at the next try", async () => {
    const dana = story.person("dana");
    await dana.types("#lounge", "/hooks digest daily at 09:00");
    await dana.expectEphemeral("#lounge", "/invite @Hooktriage");
    story.stage.slack.workspace.channel("lounge").members.add("U0HOOKTRIAGE");
    await dana.types("#lounge", "/hooks digest daily at 09:00");
    await dana.expectEphemeral("#lounge", "The digest is set up");
  });

  it("for a guest, or somebody of another organisation, is a polite no", async () => {
    const gil = story.person("gil");
    await gil.types("#ops", "/hooks digest daily at 09:00");
    await gil.expectEphemeral("#ops", "guests cannot ask");
    const rex = story.person("rex");
    await rex.types("#vendors", "/hooks digest");
    await rex.expectEphemeral("#vendors", "organisation");
  });

  it("beyond twenty in a channel is one too many", async () => {
    const dana = story.person("dana");
    for (let minute = 10; minute < 30; minute += 1) {
      await dana.types("#private-oncall", `/hooks digest daily at 09:${minute}`);
      await dana.expectEphemeral("#private-oncall", "The digest is set up");
    }
    await dana.types("#private-oncall", "/hooks digest daily at 09:30");
    await dana.expectEphemeral("#private-oncall", "as many digests as it may have");
    await dana.types("#private-oncall", "/hooks digest list");
    const list = await dana.expectEphemeral("#private-oncall", "20 digests in this channel");
    expect(list.text).toContain("20. Every day at 09:29 (Europe/Berlin)");
  });
});

/** Leaves the channel as it was found. */
async function endAll(channel: string): Promise<void> {
  const dana = story.person("dana");
  for (let left = 25; left > 0; left -= 1) {
    await dana.types(channel, "/hooks digest off 1");
    const answer = await dana.expectEphemeral(channel, /Ended: |this channel has none/);
    if (answer.text.includes("this channel has none") || answer.text.includes("No digest in this channel")) return;
  }
}
