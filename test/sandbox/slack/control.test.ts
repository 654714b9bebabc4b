import { afterEach, beforeEach, expect, it } from "vitest";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { type SmallBot, startInSocketMode } from "./small-bot.ts";

let slack: SandboxSlack;
let bot: SmallBot;

beforeEach(async () => {
  slack = await startSlack();
  bot = await startInSocketMode(slack);
});
afterEach(async () => {
  await bot.stop();
  await slack.close();
});

it("lets a person type, look and press with curl", async () => {
  const typed = await post("/sandbox/command", { user: "dana", channel: "#ops", text: "/hooks failures" });
  expect(typed).toMatchObject({ ackMs: expect.any(Number) });
  await slack.settled({ idle: bot.idle });

  const shown = await (await fetch(`${slack.url}/sandbox/channels/ops/messages?as=dana`)).text();
  expect(shown).toContain("*Jira sync* failed  [ Attempts ]");
  const [answer] = slack.workspace.messagesIn(slack.workspace.channel("ops").id);
  const json = await (await fetch(`${slack.url}/sandbox/channels/ops/messages?format=json`)).json();
  expect(json).toMatchObject([{ ts: answer?.ts, text: "3 failed" }]);
  await post("/sandbox/press", { user: "dana", channel: "#ops", ts: answer?.ts, actionId: "attempts", index: 1 });
  await slack.settled({ idle: bot.idle });
  expect(await (await fetch(`${slack.url}/sandbox/channels/ops/messages?as=dana`)).text()).toContain("Attempts of 2");
});

it("tells its state, and what was wrong with a request", async () => {
  const state = await (await fetch(`${slack.url}/sandbox/state`)).json();
  expect(state).toMatchObject({ people: expect.any(Array), channels: expect.any(Array), trafficUnderWay: 0 });
  expect(await post("/sandbox/command", { user: "nobody", channel: "#ops", text: "/hooks" })).toMatchObject({
    error: expect.stringContaining("No person nobody"),
  });
});

async function post(path: string, body: object): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(slack.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  return response.json();
}
