import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenStory, openStory } from "./stage.ts";

describe("/hooks status", () => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory();
  });
  afterAll(() => story?.stage.close());

  async function askedBy(name: string): Promise<string> {
    const person = story.person(name);
    await person.types("#ops", "/hooks status");
    return (await person.expectEphemeral("#ops", "Database:")).text;
  }

  it("says nothing of what is in order, and whether there is a digest", async () => {
    const status = await askedBy("dana");
    expect(status).toContain("Digests: none");
    expect(status).not.toContain("to mend");
    await story.channel("#ops").expectNothingNew();
  });

  it("says what a missing scope costs and how to get it", async () => {
    story.stage.slack.scopes.delete("groups:history");
    const status = await askedBy("dana");
    story.stage.slack.scopes.add("groups:history");
    expect(status).toContain("1 thing to mend");
    expect(status).toContain("Warning: groups:history is missing (it is optional): after a crash a digest or a reply");
    expect(status).toContain("Add the scope groups:history in the app's page under OAuth & Permissions");
  });

  it("comes all the same, within two seconds, while Slack does not say what we may", async () => {
    story.stage.slack.faults.failNext("auth.test", "timeout-after-post");
    const began = performance.now();
    const status = await askedBy("omar");
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(status).toContain("Zendesk: reachable");
    expect(status).toContain("Unknown: No answer within 1.5 s.");
  });
});
