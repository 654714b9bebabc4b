import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { SandboxConductorOne } from "../../sandbox/conductorone/start.ts";
import { createLog } from "../../src/ops/log.ts";
import { type OpenStory, openStory } from "./stage.ts";

const SEND = "Send test delivery";
const C1_HOOK = "ServiceNow provisioning";
const MINUTE_MS = 60_000;

const entry = z.looseObject({ msg: z.string() });
const lines: string[] = [];
let story: OpenStory;
let tenant: SandboxConductorOne;
beforeAll(async () => {
  const log = createLog({ level: "info", destination: { write: (line) => lines.push(line) }, secrets: [] });
  story = await openStory({ conductorone: true, log });
  const { conductorone } = story.stage;
  if (!conductorone) throw new Error("The stage has no ConductorOne.");
  tenant = conductorone;
});
afterAll(() => story?.stage.close());
afterEach(() => {
  story.stage.zendesk.heal();
  tenant.heal();
});

/** Test deliveries that were asked of both providers. */
function sent(): number {
  const all = [...tenant.requests, ...story.stage.zendesk.requests];
  return all.filter(({ method, path }) => method === "POST" && /\/test(?:\?|$)/.test(path)).length;
}

/** Dana types it, and gets the question. */
async function question(words: string, channel = "#ops") {
  const dana = story.person("dana");
  await dana.types(channel, `/hooks test ${words}`);
  return dana.expectEphemeral(channel, "Nothing is sent until you press");
}

describe("sending a test delivery by a webhook of ConductorOne", () => {
  it("is asked for, confirmed, posted with its id, and opened by it; a second press sends nothing", async () => {
    const dana = story.person("dana");
    const ops = story.channel("#ops");
    const before = sent();
    const asked = await question(`webhook:"${C1_HOOK}"`);
    expect(asked.text).toContain(`Send a test delivery to ${C1_HOOK}?`);
    expect(asked.text).toMatch(/ConductorOne sends one sample event to [\w.-]+/);
    await ops.expectNothingNew();
    expect(sent()).toBe(before);

    await asked.press(SEND);
    const result = await ops.expectMessage(`Test delivery: ${C1_HOOK}`);
    expect(result.text).toContain("dana sent this test delivery");
    expect(result.text).toContain("View history of this webhook");
    expect(sent()).toBe(before + 1);

    const [hook] = tenant.webhooks.filter(({ name }) => name === C1_HOOK);
    const audited = lines
      .map((line) => entry.parse(JSON.parse(line)))
      .filter(({ msg }) => msg === "sends a test delivery");
    const who = { user: dana.person.id, provider: "conductorone", webhookId: hook?.id };
    expect(audited).toEqual([expect.objectContaining(who)]);

    const id = /\/hooks invocation (\w{27})/.exec(result.text)?.[1] ?? "";
    await dana.types("#ops", `/hooks invocation ${id}`);
    const one = await ops.expectMessage(`Invocation: ${id}`);
    expect(one.text).toContain("A test delivery whose end is not told");
    expect(one.text).toContain("Sent because of: a test");

    await asked.press(SEND);
    await dana.expectEphemeral("#ops", "nothing is sent this time");
    await ops.expectNothingNew();
    expect(sent()).toBe(before + 1);
  });

  it("is sent once where it is pressed twice at once", async () => {
    const before = sent();
    const asked = await question(`webhook:"${C1_HOOK}"`);
    await Promise.all([asked.press(SEND), asked.press(SEND)]);
    await story.channel("#ops").expectMessage(`Test delivery: ${C1_HOOK}`);
    await story.channel("#ops").expectNothingNew();
    expect(sent()).toBe(before + 1);
  });

  it("that is not answered says that it may have been sent, and is not repeated by the next press", async () => {
    const dana = story.person("dana");
    const before = sent();
    const asked = await question(`webhook:"${C1_HOOK}"`);
    tenant.fail("cut", { match: (path) => path.endsWith("/test") });
    await asked.press(SEND);
    await dana.expectEphemeral("#ops", "Nobody knows whether it was sent.");
    tenant.heal();
    await asked.press(SEND);
    await dana.expectEphemeral("#ops", "nothing is sent this time");
    await story.channel("#ops").expectNothingNew();
    expect(sent()).toBe(before + 1);
  });

  it("counts for nothing a quarter of an hour later", async () => {
    const before = sent();
    const asked = await question(`webhook:"${C1_HOOK}"`);
    story.clock.pass(16 * MINUTE_MS);
    await asked.press(SEND);
    await story.person("dana").expectEphemeral("#ops", "This question is too old");
    expect(sent()).toBe(before);
  });
});

describe("sending a test delivery by a webhook of Zendesk", () => {
  it("tells all in the channel what the receiver answered", async () => {
    const asked = await question('webhook:"Jira sync"');
    await asked.press(SEND);
    const result = await story.channel("#ops").expectMessage("Test delivery: Jira sync");
    expect(result.text).toMatch(/The receiver took it · code 2\d\d|It failed · code \d+/);
    expect(result.text).toContain("Zendesk keeps no record of a test");
    if (result.text.includes("It failed")) expect(result.text).toMatch(/Cause: .+[\s\S]+Next: .+/);
  });

  it("is told to the presser alone where the bot is no member", async () => {
    const asked = await question('webhook:"Jira sync"', "#lounge");
    await asked.press(SEND);
    await story.person("dana").expectEphemeral("#lounge", "Test delivery: Jira sync");
    await story.channel("#lounge").expectNothingNew();
  });
});

describe("asking for a test delivery", () => {
  it.each([
    ["/hooks test", "Which webhook?"],
    ["/hooks test Jirra snyc", "Did you mean"],
    ["/hooks test jira last 24h", "it takes no time range"],
    ["/hooks test code:5xx", "not found by code:"],
    ["/hooks test provider:zendesk", /\d+ webhooks match, and a test goes to one/],
  ])("%s is told to the asker alone, and sends nothing", async (line, told) => {
    const before = sent();
    await story.person("dana").types("#ops", line);
    await story.person("dana").expectEphemeral("#ops", told);
    await story.channel("#ops").expectNothingNew();
    expect(sent()).toBe(before);
  });

  it("names a webhook that is switched off as such", async () => {
    const off = story.stage.zendesk.webhooks.find(({ active }) => !active);
    await story.person("dana").types("#ops", `/hooks test webhook:${off?.id}`);
    await story.person("dana").expectEphemeral("#ops", "is switched off in Zendesk");
  });

  it("is refused to guests, and so is a press of theirs", async () => {
    const before = sent();
    const gil = story.person("gil");
    await gil.types("#ops", `/hooks test webhook:"${C1_HOOK}"`);
    await gil.expectEphemeral("#ops", "guests cannot ask");
    // What guests see has no such button: they would have to make one up.
    await (await question(`webhook:"${C1_HOOK}"`)).press(SEND);
    const answer = await story.channel("#ops").expectMessage(`Test delivery: ${C1_HOOK}`);
    const asked = await question(`webhook:"${C1_HOOK}"`);
    const shown = { ...answer.message, ...(asked.message.blocks && { blocks: asked.message.blocks }) };
    await story.stage.slack.pressButton({ user: "gil", channel: "ops", messageTs: answer.ts, actionId: "test", shown });
    await gil.expectEphemeral("#ops", "guests cannot ask");
    expect(sent()).toBe(before + 1);
  });

  it("is told to be too late where the button makes no sense", async () => {
    const asked = await question(`webhook:"${C1_HOOK}"`);
    const before = sent();
    for (const value of ["{}", '{"provider":"okta","webhookId":"w","nonce":"n","askedAt":1}']) {
      const button = { type: "button", text: { type: "plain_text", text: SEND }, action_id: "test", value };
      const shown = { ...asked.message, blocks: [{ type: "actions", block_id: "old", elements: [button] }] };
      await story.stage.slack.pressButton({
        user: "dana",
        channel: "ops",
        messageTs: asked.ts,
        actionId: "test",
        shown,
      });
      await story.person("dana").expectEphemeral("#ops", "too old to be used");
    }
    expect(sent()).toBe(before);
  });
});
