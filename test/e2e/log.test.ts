import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createLog } from "../../src/ops/log.ts";
import { type OpenStory, openStory } from "./stage.ts";

const entry = z.object({
  level: z.string(),
  msg: z.string(),
  requestId: z.string().optional(),
  source: z.string().optional(),
});

/** The sandbox's own credentials, and what people of it and their receivers say of themselves. */
const SECRETS = [
  "xoxb-sandbox-bot-token",
  "xapp-sandbox-app-token",
  "sandbox-access-token",
  "sandbox-signing-secret",
  "@example.com",
];

describe.each(["socket", "http"] as const)("the log of the bot at trace level, in %s mode", (mode) => {
  let story: OpenStory;
  const lines: string[] = [];
  let seen = 0;
  /** Since the last thing that was done. */
  const entries = () => lines.slice(seen).map((line) => entry.parse(JSON.parse(line)));
  /** The entries of one request, by what was done. */
  function requestOf(done: string) {
    const id = entries().find(({ msg }) => msg === done)?.requestId;
    expect(id).toMatch(/^[0-9a-f]{10}$/);
    return { id, entries: entries().filter(({ requestId }) => requestId === id) };
  }

  beforeAll(async () => {
    const log = createLog({
      level: "trace",
      destination: { write: (line) => lines.push(line) },
      secrets: SECRETS.slice(0, 4),
    });
    story = await openStory({ mode, log });
  });
  beforeEach(() => {
    seen = lines.length;
  });
  afterEach(() => story.stage.zendesk.heal());
  afterAll(() => story?.stage.close());

  it("has one id for a command through every layer, and another for the press that follows", async () => {
    const dana = story.person("dana");
    story.stage.zendesk.fail("text-error", { match: (path) => path.includes("/invocations"), times: 1 });
    await dana.types("#ops", "/hooks failures last 24h");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await story.stage.bot.settled();

    const command = requestOf("handled a command");
    const told = command.entries.map(({ msg }) => msg);
    expect(told).toContain("asked a provider");
    expect(told).toContainEqual(expect.stringContaining("answered 400"));
    const about = entries().filter(({ msg }) => /asked a provider|answered 400|handled/.test(msg));
    expect(command.entries).toEqual(expect.arrayContaining(about));

    seen = lines.length;
    await answer.press("Attempts");
    await answer.expectThread("Attempts:");
    await story.stage.bot.settled();
    const press = requestOf("handled a press");
    expect(press.id).not.toBe(command.id);
    expect(press.entries.map(({ msg }) => msg)).toContain("asked a provider");
  });

  it("keeps two who ask at once apart", async () => {
    const [dana, omar] = [story.person("dana"), story.person("omar")];
    await Promise.all([dana.types("#ops", "/hooks webhooks"), omar.types("#ops", "/hooks help")]);
    await story.stage.bot.settled();
    const handled = entries().filter(({ msg }) => msg === "handled a command");
    expect(handled).toHaveLength(2);
    expect(new Set(handled.map(({ requestId }) => requestId)).size).toBe(2);
  });

  it("has the id that people are told when something fails", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures last 24h");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    story.stage.zendesk.fail("text-error");
    await answer.press("Attempts", { nth: 1 });
    const told = await dana.expectEphemeral("#ops", "No answer this time");
    await story.stage.bot.settled();
    const { id } = requestOf("a press failed");
    expect(told.text).toContain(`Request ${id}`);
  });

  it("holds no secret in any line of all this", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures last 24h");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    await answer.press("Attempts", { nth: 2 });
    await answer.expectThread("Attempts:");
    await dana.types("#ops", "/hooks status");
    await dana.types("#ops", "/hooks failurse");
    await story.stage.bot.settled();
    const written = lines.join("");
    expect(lines.length).toBeGreaterThan(30);
    expect(written).toContain('"level":"error"');
    for (const secret of SECRETS) expect(written).not.toContain(secret);
    expect(written).not.toMatch(/response_url|\/sandbox\/response|Bearer (?!\[redacted\])/);
  });
});
