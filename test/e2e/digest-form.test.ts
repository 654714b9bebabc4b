import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { endAll } from "./end-all.ts";
import { type OpenStory, openStory } from "./stage.ts";

let story: OpenStory;
beforeAll(async () => {
  story = await openStory();
});
afterAll(() => story?.stage.close());

describe("the form for a digest", () => {
  afterEach(() => endAll(story, "#ops"));

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

  it("tells of the channel by its name, in a direct message, where the bot cannot reach the person there", async () => {
    const { form } = await openForm();
    const { workspace } = story.stage.slack;
    const bot = story.person("hooktriage").person.id;
    workspace.channel("ops").members.delete(bot);
    await form.submit();
    const [direct] = [...workspace.channels.values()].filter(({ kind }) => kind === "im");
    const told = await story.channel(direct?.id ?? "").expectMessage("The bot is not in #ops, so it cannot post there");
    expect(told.text).toContain("/invite @Hooktriage there");
    workspace.channel("ops").members.add(bot);
  });

  it.each([
    ["#lounge", "The bot is not in this channel"],
    ["#vendors", "shared with another organisation"],
  ])("is not offered in %s, where nothing could come of it", async (channel, told) => {
    const dana = story.person("dana");
    await dana.types(channel, "/hooks digest");
    const list = await dana.expectEphemeral(channel, "No digest in this channel");
    expect(list.text).toContain(told);
    expect(list.buttons).toEqual([]);
  });
});
