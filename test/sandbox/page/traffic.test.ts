import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { type DemoClock, startDemoClock } from "../../../sandbox/page/demo-clock.ts";
import { type RunningPage, startPage } from "../../../sandbox/page/server.ts";
import { watchTraffic } from "../../../sandbox/page/traffic.ts";
import { credentialOf } from "../../../sandbox/scenario/attempts.ts";
import { openStage, type Stage } from "../../../sandbox/stage.ts";
import { attend } from "./audience.ts";

let clock: DemoClock;
let stage: Stage;
let page: RunningPage;
beforeAll(async () => {
  clock = startDemoClock(new Date("2026-11-19T07:50:00Z"));
  stage = await openStage({ now: clock.now, queueClock: clock.queueClock });
  page = await startPage({ stage, clock });
});
afterAll(async () => {
  await page.close();
  await stage.close();
  clock.stop();
});

it("is told with answer and time, and its bodies hold no credential", async () => {
  await stage.slack.sendCommand({ user: "dana", channel: "ops", text: "failures last 2h" });
  await stage.bot.settled();
  const dana = await attend(page.url, "dana");
  const { traffic } = await dana.scene();
  dana.leave();
  expect(traffic.map(({ to }) => to)).toEqual(expect.arrayContaining(["Slack", "Zendesk", "bot"]));
  const { slack, zendesk } = stage;
  const secrets = [
    slack.botToken,
    slack.appToken,
    slack.signingSecret,
    "sandbox-verification-token",
    ...zendesk.secrets,
  ];
  const bodies = await Promise.all(traffic.map(({ id }) => fetch(`${page.url}/page/traffic/${id}`)));
  const texts = await Promise.all(bodies.map((response) => response.text()));
  expect(texts.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
  expect(texts.some((text) => text.includes("•••"))).toBe(true);
});

it("shows no credential that a webhook sends, however it is told", async () => {
  const { zendesk } = stage;
  const planted = zendesk.webhooks.flatMap((webhook) => credentialOf(webhook) ?? []);
  expect(new Set(planted.map(({ header }) => header.key))).toEqual(new Set(["Authorization", "X-Api-Key"]));
  const { lines, bodies, close } = watchTraffic(stage);
  for (const { id } of zendesk.webhooks) {
    const api = `${zendesk.url}/api/v2/webhooks/${id}/invocations`;
    const { invocations } = INVOCATIONS.parse(await ask(api));
    for (const one of invocations.slice(0, 2)) await ask(`${api}/${one.id}/attempts`);
  }
  close();
  const shown = lines.map((line) => JSON.stringify([line, bodies(line.id)]));
  expect(shown.some((text) => text.includes('"X-Api-Key","value":"•••"'))).toBe(true);
  expect(shown.filter((text) => planted.some(({ secret }) => text.includes(secret)))).toEqual([]);
  expect(shown.filter((text) => /fake[_-]\w{8}/.test(text))).toEqual([]);
});

const INVOCATIONS = z.object({ invocations: z.array(z.object({ id: z.string() })) });

async function ask(url: string): Promise<unknown> {
  const response = await fetch(url, { headers: { authorization: "Bearer sandbox-access-token" } });
  return response.json();
}
