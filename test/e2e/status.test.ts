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

describe("/hooks status while a provider is down", () => {
  const MINUTE_MS = 60_000;
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory({ conductorone: true });
  });
  afterAll(() => story?.stage.close());

  async function statusOf(): Promise<string> {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks status");
    await story.settled();
    return (await dana.expectEphemeral("#ops", "Database:")).text;
  }

  it("says until when each was read, names the one that is down, and never calls its whole time read", async () => {
    await story.person("dana").types("#ops", "/hooks failures last 24h");
    await story.settled();
    const before = await statusOf();
    expect(before.match(/Complete for (\d+) of \1 webhooks: .* to .*9:00.* \(just now\)/g)).toHaveLength(2);
    story.stage.conductorone?.fail("down");
    story.clock.pass(3 * MINUTE_MS);
    await statusOf();
    story.clock.pass(5 * MINUTE_MS);
    const [zendesk = "", conductorone = ""] = (await statusOf()).split(/^ConductorOne: /m);
    expect(zendesk).toContain("1 of 2 providers cannot be read");
    expect(zendesk).toMatch(/Complete for (\d+) of \1 webhooks: .* to .*9:00.* \(8 min ago\)/);
    expect(zendesk).not.toContain("Not everything is known");
    expect(conductorone).toMatch(/^failing since .*9:03/);
    expect(conductorone).toMatch(/Complete for .* to .*9:00.* \(8 min ago\); ConductorOne cannot be read since .*9:03/);
    expect(conductorone).toMatch(/Not everything is known\n.*partly unknown, since .*9:00/);
    expect(conductorone).not.toMatch(/Complete for.* to .*9:08/);
  });
});
