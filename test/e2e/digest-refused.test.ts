import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endAll } from "./end-all.ts";
import { type OpenStory, openStory } from "./stage.ts";

let story: OpenStory;
beforeAll(async () => {
  story = await openStory();
});
afterAll(() => story?.stage.close());

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
    await endAll(story, "#ops");
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

  it("in a group direct message says where it can be", async () => {
    const dana = story.person("dana");
    const { workspace, scopes } = story.stage.slack;
    scopes.delete("mpim:read");
    const people = ["dana", "omar", "hooktriage"].map((name) => workspace.person(name).id);
    const group = workspace.openDirectMessage(people).id;
    await dana.types(group, "/hooks digest daily at 09:00");
    const told = await dana.expectEphemeral(group, "may not look into group direct messages");
    expect(told.text).toContain("in a channel, or in your direct message with the bot");
    await dana.types(group, "/hooks digest");
    const list = await dana.expectEphemeral(group, "No digest in this channel");
    expect(list.buttons).toEqual([]);
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
