import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MORNING, type OpenStory, openStory } from "./stage.ts";

const MINUTE_MS = 60_000;

describe("the bot reads while nobody asks", () => {
  let story: OpenStory;
  beforeAll(async () => {
    story = await openStory({ collects: true, zendeskRateLimit: Number.POSITIVE_INFINITY });
    await story.passTo(new Date(MORNING.getTime() + MINUTE_MS));
  });
  afterAll(() => story?.stage.close());

  it("so that who asks in the night is answered from the store", async () => {
    const { zendesk } = story.stage;
    const pages = zendesk.requests.filter(({ path }) => /\/invocations(\?|$)/.test(path)).length;
    expect(pages).toBeGreaterThanOrEqual(zendesk.webhooks.length);
    const before = zendesk.requests.length;
    await story.person("dana").types("#ops", "/hooks failures last 24h");
    await story.settled();
    const asked = zendesk.requests.slice(before).map(({ path }) => path);
    expect(asked.filter((path) => path.includes("/attempts"))).toEqual([]);
    // The newest minute of each webhook, and the list.
    expect(asked.length).toBeLessThanOrEqual(zendesk.webhooks.length + 1);
    expect(story.channel("#ops").messages().at(-1)?.text).toContain("failed invocations");
  });
});
