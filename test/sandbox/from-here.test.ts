import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeScenario } from "../../sandbox/scenario/make-scenario.ts";
import { type SandboxSlack, startSlack } from "../../sandbox/slack/server.ts";
import { type SandboxZendesk, startZendesk } from "../../sandbox/zendesk/start.ts";

let slack: SandboxSlack;
let zendesk: SandboxZendesk;
beforeAll(async () => {
  const now = new Date("2026-11-19T08:00:00Z");
  slack = await startSlack();
  zendesk = await startZendesk({ scenario: makeScenario({ seed: 1, now, size: "demo" }), now: () => now });
});
afterAll(async () => {
  await slack.close();
  await zendesk.close();
});

function status(url: string, headers: Record<string, string>, method = "GET"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", reject).end();
  });
}

describe("the handles for people", () => {
  const urls = () => [`${slack.url}/sandbox/state`, `${zendesk.url}/sandbox/webhooks`];

  it("answer on this machine", async () => {
    expect(await Promise.all(urls().map((url) => status(url, {})))).toEqual([200, 200]);
  });

  it.each([
    ["of another origin", { origin: "https://evil.example" }],
    ["under a name that leads here", { host: "evil.example" }],
  ])("answer no page %s", async (_which, headers) => {
    expect(await Promise.all(urls().map((url) => status(url, headers)))).toEqual([403, 403]);
    expect(await status(`${zendesk.url}/sandbox/heal`, headers, "POST")).toBe(403);
  });
});
