import { afterEach, beforeEach, expect, it } from "vitest";
import { type OpenStory, openStory, STORY_PACE } from "./stage.ts";

const QUESTION = "/hooks failures last 24h";
const MINUTE_MS = 61_000;
const HALF_A_MINUTE_MS = 31_000;

let story: OpenStory;
beforeEach(async () => {
  const pace = { ...STORY_PACE, deadlineMs: 1_500, lateUntilMs: 10 * 60_000, lateEditEveryMs: 60_000 };
  story = await openStory({ zendeskRateLimit: 10, pace });
});
afterEach(() => story?.stage.close());

function requests(): string[] {
  return story.stage.zendesk.requests.map(({ path }) => path);
}

/** Of a question that uses up the minute's requests. */
async function partialAnswer() {
  await story.person("dana").types("#ops", QUESTION);
  return story.channel("#ops").expectMessage("Still reading");
}

it("a late answer tells the limit that slows it, and what is pressed comes before its rest", async () => {
  const partial = await partialAnswer();
  expect(partial.text).toMatch(/Zendesk allows 10 requests a minute: about \d+ more minutes?\. This message is edited/);
  const dana = story.person("dana");
  await partial.press("Attempts", { nth: 1 });
  const wait = await dana.expectEphemeral("#ops", "The attempts are not read yet");
  expect(wait.text).toMatch(
    /Zendesk allows 10 requests a minute and \d+ (is|are) waiting\. Press again in about a minute\./,
  );
  expect(wait.text).not.toContain("time range");

  const before = requests().length;
  story.clock.pass(MINUTE_MS);
  await partial.press("Attempts", { nth: 1 });
  await partial.expectThread("Attempts:");
  expect(requests()[before]).toContain("/attempts");
});

it("a test goes by the webhooks that are known, and its question makes place for what came of it", async () => {
  await partialAnswer();
  const dana = story.person("dana");
  // The list is too old by now, and the minute of what was sent is not over.
  story.clock.pass(HALF_A_MINUTE_MS);
  const before = requests().length;
  await dana.types("#ops", '/hooks test webhook:"Jira sync"');
  const asked = await dana.expectEphemeral("#ops", "Nothing is sent until you press");
  await asked.press("Send test delivery");
  await story.channel("#ops").expectMessage("Test delivery: Jira sync");
  const done = await asked.expectUpdate("Sent. The result stands in the channel.");
  expect(done.buttons).toEqual([]);
  expect(requests().slice(before)).toEqual([expect.stringContaining("/webhooks/test")]);
});

it("a test of what was never read says that nothing was sent, and why", async () => {
  story.stage.zendesk.fail("hang");
  const dana = story.person("dana");
  await dana.types("#ops", '/hooks test webhook:"Jira sync"');
  const told = await dana.expectEphemeral("#ops", "Nothing was sent.");
  expect(told.text).toContain("Zendesk did not answer in time.");
  expect(told.text).not.toContain("time range");
  story.stage.zendesk.heal();
});
