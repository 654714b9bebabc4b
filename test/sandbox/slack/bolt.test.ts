import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { type Told, tellStory } from "../../e2e/kit/index.ts";
import { type SmallBot, startInSocketMode, startOverHttp } from "./small-bot.ts";

const WAYS = [
  { way: "Socket Mode", start: startInSocketMode },
  { way: "HTTP", start: startOverHttp },
];

describe.each(WAYS)("a Bolt app over $way", ({ start }) => {
  let slack: SandboxSlack;
  let bot: SmallBot;
  let story: Told;

  beforeEach(async () => {
    slack = await startSlack();
    bot = await start(slack);
    story = tellStory(slack, { idle: bot.idle });
  });
  afterEach(async () => {
    await bot.stop();
    await slack.close();
  });

  it("answers a command with a message, and a button with a thread and an update", async () => {
    const dana = story.person("dana");
    const ops = story.channel("#ops");
    const { ackMs } = await dana.types("#ops", "/hooks failures last 24h");
    expect(ackMs).toBeLessThan(1000);

    const answer = await ops.expectMessage("Jira sync");
    answer.expectButtons("Attempts");
    expect(answer.buttons).toEqual(["Attempts", "Attempts"]);
    await answer.press("Attempts", { nth: 1, as: "omar" });
    await answer.expectThread("Attempts of 2");
    await answer.expectUpdate(/looked into|failed/);
    await ops.expectNothingNew();
  });

  it("answers alone through the response URL, and replaces that answer", async () => {
    const dana = story.person("dana");
    await dana.types("#lounge", "/hooks help");
    const help = await dana.expectEphemeral("#lounge", "Ask me, @dana");
    await help.expectUpdate("Asked.");
    await story.channel("#lounge").expectNothingNew();
    await story.person("omar").expectNothingNew();
  });

  it("shows what an acknowledgement says", async () => {
    await story.person("omar").types("#ops", "/echo hello");
    await story.person("omar").expectEphemeral("#ops", "you said hello");
  });

  it("opens a modal, refuses its first submission and takes the second", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/form");
    const form = await dana.expectModal("A note");
    await form.submit();
    const refused = await form.expectUpdate("Say something.");
    await refused.submit({ Words: "call Omar" });
    await story
      .channel(slack.workspace.openDirectMessage([slack.person("dana").id, "U0HOOKTRIAGE"]).id)
      .expectMessage("Kept: call Omar");
  });

  it("publishes a Home tab", async () => {
    await slack.openHome("dana");
    await slack.happenings.waitFor((happening) => happening.kind === "home_published");
  });

  it("says what is there when an expectation fails", async () => {
    const impatient = tellStory(slack, { idle: bot.idle, patienceMs: 50 });
    await impatient.person("dana").types("#ops", "/hooks");
    await story.settled();
    await expect(impatient.channel("#ops").expectMessage("nonsense")).rejects.toThrow(
      /Expected nonsense in #ops[\s\S]*Jira sync/,
    );
    await expect(impatient.channel("#ops").expectNothingNew()).rejects.toThrow(/nothing new in #ops[\s\S]*Billing/);
  });
});

it("tells the person when nobody acknowledges within three seconds", async () => {
  const slack = await startSlack();
  const bot = await startInSocketMode(slack);
  const { error, ackMs } = await tellStory(slack).person("dana").typesInVain("#ops", "/unknown");
  expect(error).toBe("operation_timeout");
  expect(ackMs).toBeGreaterThanOrEqual(2990);
  expect(slack.happenings.all).toMatchObject([{ kind: "notice", user: slack.person("dana").id, error }]);
  await bot.stop();
  await slack.close();
});
