import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenStory, openStory } from "./stage.ts";

describe("what cannot be understood", () => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory();
  });
  afterAll(() => story?.stage.close());

  it.each([
    ["an unknown subcommand", "/hooks failurs", "Did you mean failures"],
    ["an unknown term", "/hooks failures webhok:jira", "webhook:"],
    ["a quote that is never closed", '/hooks failures webhook:"Jira', "quot"],
    ["a webhook that nobody has", "/hooks failures webhook:Jirra", 'No webhook matches "Jirra"'],
    ["a range that ends before it starts", "/hooks failures from 2026-11-20 09:00 to 2026-11-19 09:00", "before"],
    ["a range in the future", "/hooks failures 2027-01-01", "future"],
    ["a zone that does not exist", "/hooks failures yesterday in Europe/Berln", "Europe/Berlin"],
    ["a provider that is not set up", "/hooks failures provider:conductorone", "conductorone"],
    ["an id that nobody has", "/hooks invocation nope", "nope"],
    ["no id at all", "/hooks invocation", "id is missing"],
    ["three thousand characters", `/hooks failures ${"x".repeat(3000)}`, "characters"],
    ["emoji", "/hooks 🔥🔥", "not a subcommand"],
    ["text from right to left", "/hooks مزامنة", "not a subcommand"],
  ])("%s is told to the asker alone, with an example that works", async (_, typed, told) => {
    const dana = story.person("dana");
    await dana.types("#ops", typed);
    const answer = await dana.expectEphemeral("#ops", told);
    const example = /This works: (\/hooks .+)/.exec(answer.text)?.[1];
    expect(example).toBeDefined();
    expect(answer.text.length).toBeLessThan(900);
    expect(answer.text).not.toMatch(/\.ts:\d|at Object|undefined/);
    await story.channel("#ops").expectNothingNew();

    const before = story.channel("#ops").messages().length;
    await dana.types("#lounge", example ?? "");
    await dana.expectEphemeral("#lounge", /failed invocation|webhooks:|\/hooks failures/i);
    expect(story.channel("#ops").messages()).toHaveLength(before);
  });

  it("reads what was typed, not what Slack escapes it to", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", '/hooks failures webhook:"R&D <x>"');
    await dana.expectEphemeral("#ops", 'No webhook matches "R&D <x>"');
  });

  it("shows a webhook whose name would mention everybody as plain text", async () => {
    await story.person("dana").types("#ops", '/hooks failures webhook:"friends"');
    const answer = await story.channel("#ops").expectMessage("friends");
    expect(JSON.stringify(answer.message.blocks)).not.toContain("<!channel>");
    expect(answer.message.text).not.toContain("<!channel>");
  });
});
