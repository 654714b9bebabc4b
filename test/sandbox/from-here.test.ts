import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SandboxConductorOne, startConductorOne } from "../../sandbox/conductorone/start.ts";
import { makeScenario } from "../../sandbox/scenario/make-scenario.ts";
import { type SandboxSlack, startSlack } from "../../sandbox/slack/server.ts";
import { type SandboxZendesk, startZendesk } from "../../sandbox/zendesk/start.ts";

type Headers = Record<string, string>;

const NOW = new Date("2026-11-19T08:00:00Z");

let slack: SandboxSlack;
let zendesk: SandboxZendesk;
let conductorone: SandboxConductorOne;
beforeAll(async () => {
  const now = () => NOW;
  slack = await startSlack({ now });
  zendesk = await startZendesk({ scenario: makeScenario({ seed: 1, now: NOW, size: "demo" }), now });
  conductorone = await startConductorOne({ seed: 1, now });
});
afterAll(async () => {
  await Promise.all([slack.close(), zendesk.close(), conductorone.close()]);
});

function status(url: string, headers: Headers, method = "GET"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, signal: AbortSignal.timeout(5_000) }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.on("error", reject).end();
  });
}

type Server = "slack" | "zendesk" | "conductorone";
const url = (server: Server, path: string) => ({ slack, zendesk, conductorone })[server].url + path;

const OTHERS: [which: string, headers: Headers][] = [
  ["of another origin", { origin: "https://evil.example" }],
  ["without an origin of its own", { origin: "null" }],
  ["of another port", { origin: "http://127.0.0.1:1" }],
  ["under a name that leads here", { host: "evil.example" }],
  ["under a name that begins like ours", { host: "localhost.evil.example" }],
  ["that has it as a picture", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
  ["of another port that has it as a picture", { "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors" }],
  [
    "that has it in a frame",
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
  ],
];
const LINK = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

describe.each<[server: Server, method: string, path: string]>([
  ["slack", "GET", "/api/chat.postMessage?token=xoxb-sandbox-bot-token&channel=ops&text=hi"],
  ["slack", "POST", "/api/apps.connections.open"],
  ["slack", "POST", "/response/0123abc"],
  ["slack", "POST", "/upload/F1"],
  ["slack", "GET", "/sandbox/state"],
  ["slack", "POST", "/sandbox/command"],
  ["slack", "GET", "/nothing"],
  ["zendesk", "GET", "/api/v2/webhooks"],
  ["zendesk", "POST", "/api/v2/webhooks/test"],
  ["zendesk", "POST", "/oauth/tokens"],
  ["zendesk", "GET", "/sandbox/webhooks"],
  ["zendesk", "POST", "/sandbox/heal"],
  ["zendesk", "GET", "/nothing"],
  ["conductorone", "POST", "/auth/v1/token"],
  ["conductorone", "GET", "/api/v1/webhooks"],
  ["conductorone", "POST", "/api/v1/search/tasks"],
  ["conductorone", "GET", "/task/1"],
  ["conductorone", "POST", "/sandbox/heal"],
  ["conductorone", "GET", "/nothing"],
])("%s's %s %s", (server, method, path) => {
  it.each(OTHERS)("answers no page %s", async (_which, headers) => {
    expect(await status(url(server, path), headers, method)).toBe(403);
  });

  it.each(["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])("answers whoever calls it %s", async (name) => {
    const host = `${name}:${new URL(url(server, path)).port}`;
    const statuses = [
      await status(url(server, path), { host }, method),
      await status(url(server, path), { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" }, method),
      await status(url(server, path), { host, "sec-fetch-site": "none", "sec-fetch-mode": "navigate" }, method),
    ];
    expect(statuses).not.toContain(403);
  });
});

describe("a link on a page of another address", () => {
  it.each<[server: Server, path: string]>([
    ["zendesk", "/admin/apps-integrations/webhooks"],
    ["conductorone", "/task/1"],
  ])("leads to %s's pages", async (server, path) => {
    expect(await status(url(server, path), LINK)).not.toBe(403);
    expect(await status(url(server, path), { ...LINK, host: "evil.example" })).toBe(403);
    expect(await status(url(server, path), LINK, "POST")).toBe(403);
  });

  it("posts no message in Slack, which has no pages and acts on a GET", async () => {
    const { id } = slack.workspace.channel("lounge");
    const posting = `/api/chat.postMessage?token=${slack.botToken}&channel=${id}&text=hi`;
    expect(await status(url("slack", posting), LINK)).toBe(403);
    expect(slack.workspace.messagesIn(id)).toEqual([]);
  });
});

describe("a WebSocket to Slack", () => {
  const upgrade = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "c2FuZGJveC1zYW5kYm94IQ==",
  };
  const open = (headers: Headers) => status(slack.giveSocketUrl().replace(/^ws/, "http"), { ...upgrade, ...headers });

  it("opens on this machine", async () => {
    const host = new URL(slack.url).host.replace("127.0.0.1", "localhost");
    expect(await open({})).toBe(101);
    expect(await open({ host, origin: `http://${host}` })).toBe(101);
  });

  it.each(OTHERS)("opens for no page %s, with a good ticket neither", async (_which, headers) => {
    expect(await open(headers)).toBe(403);
  });
});
