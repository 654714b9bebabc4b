import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startConductorOne } from "../../sandbox/conductorone/start.ts";
import { invitation } from "../../sandbox/invitation.ts";
import { makeScenario } from "../../sandbox/scenario/make-scenario.ts";
import { startSlack } from "../../sandbox/slack/server.ts";
import { startZendesk } from "../../sandbox/zendesk/start.ts";

const NOON = new Date("2026-11-20T12:00:00Z");
const now = () => NOON;

async function openPlaces() {
  const scenario = makeScenario({ seed: 7, now: NOON, size: "demo" });
  const conductorone = await startConductorOne({ seed: 7, now });
  return { slack: await startSlack({ now }), zendesk: await startZendesk({ now, scenario }), conductorone };
}

let places: Awaited<ReturnType<typeof openPlaces>>;
beforeEach(async () => {
  places = await openPlaces();
});
afterEach(() => Promise.all([places.slack.close(), places.zendesk.close(), places.conductorone.close()]));

function commandsFor(url: string): string[] {
  const lines = invitation(places).split("\n");
  return lines.map((line) => line.trim()).filter((line) => line.startsWith("curl ") && line.includes(url));
}

/** What curl would do with it. */
function run(command: string): Promise<Response> {
  const url = /http:[^\s']+/.exec(command)?.[0] ?? "";
  const fields = [...command.matchAll(/-d (\w+)=(\S+)/g)].map(([, key = "", value = ""]) => [key, value]);
  if (fields.length > 0) return fetch(url, { method: "POST", body: new URLSearchParams(fields) });
  return fetch(url, { method: command.includes("-X POST") ? "POST" : "GET" });
}

describe.each(["zendesk", "conductorone"] as const)("the demo's invitation for %s", (provider) => {
  it("names every handle, in commands that work as they stand", async () => {
    const commands = commandsFor(places[provider].url);
    for (const handle of ["webhooks", "causes", "faults", "break", "storm", "fail", "heal -d webhookId=", "heal"]) {
      expect(commands.filter((command) => `${command} `.includes(`/sandbox/${handle}`))).not.toEqual([]);
    }
    for (const command of commands) expect([command, (await run(command)).status]).toEqual([command, 200]);
  });

  it("breaks a webhook that is well", async () => {
    const [command = ""] = commandsFor(`${places[provider].url}/sandbox/break`);
    const webhookId = /webhookId=(\S+)/.exec(command)?.[1] ?? "";
    const { failed } =
      places[provider].truth({ from: new Date(NOON.getTime() - 86_400_000), to: NOON }).webhooks.get(webhookId) ?? {};
    expect(failed).toEqual([]);
  });
});

it("leaves out ConductorOne where there is none", () => {
  const { slack, zendesk } = places;
  expect(invitation({ slack, zendesk })).not.toMatch(/At ConductorOne|^ {2}ConductorOne/m);
});
