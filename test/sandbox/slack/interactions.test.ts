import { serve } from "@hono/node-server";
import { WebClient } from "@slack/web-api";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JournalEntry } from "../../../sandbox/slack/journal.ts";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { isRecord } from "../../../sandbox/slack/validate/rule.ts";
import { actions, button, plain, section } from "./samples.ts";

const MODAL = {
  type: "modal" as const,
  title: { type: "plain_text" as const, text: "t" },
  blocks: [{ type: "divider" as const }],
};

let slack: SandboxSlack;
let client: WebClient;
let nowMs: number;
let stopApp: () => Promise<void>;
/** What the app answers to whatever comes. */
let answer: { status: number; body: string };
let lastHeaders: Headers;

beforeEach(async () => {
  nowMs = Date.parse("2026-11-21T06:00:00Z");
  answer = { status: 200, body: "" };
  slack = await startSlack({ now: () => new Date(nowMs) });
  client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const app = new Hono().post("/slack/events", (c) => {
    lastHeaders = c.req.raw.headers;
    return new Response(answer.body, { status: answer.status });
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => server.once("listening", () => resolve()));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  slack.setReceiver({ url: `http://127.0.0.1:${address.port}/slack/events` });
  stopApp = () => new Promise((resolve) => server.close(() => resolve()));
});
afterEach(async () => {
  await slack.close();
  await stopApp();
});

describe("a slash command", () => {
  it("arrives signed, with who asked, where and what", async () => {
    const receipt = await slack.sendCommand({ user: "dana", channel: "#ops", text: "failures last 24h" });
    expect(receipt.error).toBeUndefined();
    expect(lastPayload()).toMatchObject({
      command: "/hooks",
      text: "failures last 24h",
      user_name: "dana",
      channel_name: "ops",
    });
    expect(lastHeaders.get("x-slack-signature")).toMatch(/^v0=[0-9a-f]{64}$/);
    expect(lastHeaders.get("content-type")).toBe("application/x-www-form-urlencoded");
  });

  it("fails for the person when the app answers with an error", async () => {
    answer = { status: 500, body: "oh" };
    const receipt = await slack.sendCommand({ user: "dana", channel: "#ops", text: "" });
    expect(receipt.error).toBe("dispatch_failed");
    expect(slack.happenings.all).toMatchObject([{ kind: "notice", user: "U0DANA", error: "dispatch_failed" }]);
  });

  it.each([
    { user: "rex", channel: "#private-oncall", says: "rex is not in" },
    { user: "dana", channel: "#old", says: "archived" },
    { user: "nobody", channel: "#ops", says: "No person nobody" },
  ])("cannot be typed by $user in $channel", async ({ user, channel, says }) => {
    await expect(slack.sendCommand({ user, channel, text: "" })).rejects.toThrow(says);
  });
});

describe("a response URL", () => {
  it("takes five posts", async () => {
    const url = await responseUrl();
    for (let use = 1; use <= 5; use += 1) expect((await post(url, { text: `use ${use}` })).status).toBe(200);
    const sixth = await post(url, { text: "use 6" });
    expect([sixth.status, await sixth.text()]).toEqual([404, "used_url"]);
  });

  it("lives for thirty minutes", async () => {
    const url = await responseUrl();
    nowMs += 30 * 60_000;
    expect((await post(url, { text: "late" })).status).toBe(200);
    nowMs += 1;
    const late = await post(url, { text: "too late" });
    expect([late.status, await late.text()]).toEqual([404, "expired_url"]);
  });

  it("speaks to the asker alone unless told otherwise, even where the bot is not in", async () => {
    const url = await responseUrl("#secret");
    await post(url, { text: "for you" });
    await post(url, { text: "for all", response_type: "in_channel" });
    const said = slack.workspace.messagesIn(slack.workspace.channel("secret").id);
    expect(said).toMatchObject([{ text: "for you", ephemeralFor: "U0DANA" }, { text: "for all" }]);
    expect(said[1]).not.toHaveProperty("ephemeralFor");
  });

  it("replaces and deletes the message whose button was pressed", async () => {
    const { ts = "" } = await client.chat.postMessage({
      channel: "#ops",
      text: "a",
      blocks: [actions(button({ action_id: "a" }))],
    });
    await slack.pressButton({ user: "omar", channel: "#ops", messageTs: ts, actionId: "a" });
    const url = String(lastPayload().response_url);
    await post(url, { replace_original: true, text: "b" });
    expect(slack.workspace.messagesIn(slack.workspace.channel("ops").id)).toMatchObject([{ ts, text: "b" }]);
    await post(url, { delete_original: true });
    expect(slack.workspace.messagesIn(slack.workspace.channel("ops").id)).toEqual([]);
    expect((await post(url, { replace_original: true, text: "c" })).status).toBe(404);
  });

  it("refuses blocks that Slack refuses, without using itself up", async () => {
    const url = await responseUrl();
    const refused = await post(url, { blocks: [section("")] });
    expect([refused.status, await refused.text()]).toEqual([400, "invalid_blocks"]);
    for (let use = 1; use <= 5; use += 1) expect((await post(url, { text: "a" })).status).toBe(200);
  });
});

describe("a trigger id", () => {
  it("opens one view", async () => {
    const trigger_id = await trigger();
    expect(await client.views.open({ trigger_id, view: MODAL })).toMatchObject({ ok: true, view: { type: "modal" } });
    await expect(client.views.open({ trigger_id, view: MODAL })).rejects.toMatchObject({
      data: { error: "exchanged_trigger_id" },
    });
  });

  it("lives for three seconds", async () => {
    const trigger_id = await trigger();
    nowMs += 3001;
    await expect(client.views.open({ trigger_id, view: MODAL })).rejects.toMatchObject({
      data: { error: "expired_trigger_id" },
    });
    await expect(client.views.open({ trigger_id: "made.up", view: MODAL })).rejects.toMatchObject({
      data: { error: "invalid_trigger_id" },
    });
  });

  it("stacks three modals and no more", async () => {
    await client.views.open({ trigger_id: await trigger(), view: MODAL });
    await client.views.push({ trigger_id: await trigger(), view: MODAL });
    await client.views.push({ trigger_id: await trigger(), view: MODAL });
    await expect(client.views.push({ trigger_id: await trigger(), view: MODAL })).rejects.toMatchObject({
      data: { error: "push_limit_reached" },
    });
  });

  it("is not spent on a view that is refused", async () => {
    const trigger_id = await trigger();
    const view = { ...MODAL, blocks: [] };
    await expect(client.views.open({ trigger_id, view })).rejects.toMatchObject({
      data: { error: "invalid_arguments" },
    });
    expect(await client.views.open({ trigger_id, view: MODAL })).toMatchObject({ ok: true });
  });
});

it("updates a view only over the hash that was seen", async () => {
  const { view } = await client.views.open({ trigger_id: await trigger(), view: MODAL });
  const view_id = view?.id ?? "";
  await client.views.update({ view_id, hash: view?.hash ?? "", view: MODAL });
  await expect(client.views.update({ view_id, hash: view?.hash ?? "", view: MODAL })).rejects.toMatchObject({
    data: { error: "hash_conflict" },
  });
});

it("tells of a press in an ephemeral message without the message", async () => {
  const blocks = [actions(button({ action_id: "a", value: "v" }))];
  const url = await responseUrl();
  await post(url, { text: "a", blocks });
  const [message] = slack.workspace.messagesIn(slack.workspace.channel("ops").id);
  await slack.pressButton({ user: "dana", channel: "#ops", messageTs: message?.ts ?? "", actionId: "a" });
  expect(lastPayload()).toMatchObject({ container: { is_ephemeral: true }, actions: [{ action_id: "a", value: "v" }] });
  expect(lastPayload()).not.toHaveProperty("message");
  await expect(
    slack.pressButton({ user: "omar", channel: "#ops", messageTs: message?.ts ?? "", actionId: "a" }),
  ).rejects.toThrow("does not see");
});

describe("what a submission answers", () => {
  it.each([
    { body: "", open: 0 },
    { body: JSON.stringify({ response_action: "clear" }), open: 0 },
    { body: JSON.stringify({ response_action: "errors", errors: { b: "no" } }), open: 1 },
    { body: JSON.stringify({ response_action: "update", view: { ...MODAL, title: plain("new") } }), open: 1 },
    { body: JSON.stringify({ response_action: "push", view: MODAL }), open: 2 },
  ])("leaves $open open after $body", async ({ body, open }) => {
    await client.views.open({ trigger_id: await trigger(), view: MODAL });
    answer = { status: 200, body };
    await slack.submitView({ user: "dana" });
    expect(slack.workspace.stacks.get("U0DANA")).toHaveLength(open);
  });
});

describe("filling in a form", () => {
  const options = ["a", "b"].map((value) => ({ text: plain(value), value }));
  const input = (block_id: string, element: object, more: object = {}) => {
    const inside = { action_id: "x", ...element };
    return { type: "input" as const, block_id, label: plain(block_id), element: inside, ...more };
  };
  const form = {
    ...MODAL,
    submit: plain("Go"),
    blocks: [
      input("at", { type: "timepicker", initial_time: "09:00" }),
      input("which", { type: "radio_buttons", options, initial_option: options[0] }),
      input("note", { type: "plain_text_input", initial_value: "none" }, { optional: true }),
    ],
  };

  beforeEach(async () => {
    const view = JSON.parse(JSON.stringify(form));
    await client.views.open({ trigger_id: await trigger(), view });
  });

  it("sends what is chosen and typed, and what stood there where nothing was", async () => {
    await slack.submitView({ user: "dana", fill: { which: "b", note: "" } });
    expect(lastPayload()).toMatchObject({
      view: {
        state: {
          values: {
            at: { x: { type: "timepicker", selected_time: "09:00" } },
            which: { x: { type: "radio_buttons", selected_option: { value: "b" } } },
            note: { x: { type: "plain_text_input", value: null } },
          },
        },
      },
    });
  });

  it("is not possible with what is not offered", async () => {
    await expect(slack.submitView({ user: "dana", fill: { which: "c" } })).rejects.toThrow("c is not among");
  });

  it("is not sent with a required input left empty", async () => {
    const view = JSON.parse(JSON.stringify({ ...form, blocks: [input("note", { type: "plain_text_input" })] }));
    await client.views.open({ trigger_id: await trigger(), view });
    await expect(slack.submitView({ user: "dana", fill: { note: "" } })).rejects.toThrow("note is empty");
  });
});

async function responseUrl(channel = "#ops"): Promise<string> {
  await slack.sendCommand({ user: "dana", channel, text: "" });
  return String(lastPayload().response_url);
}

async function trigger(): Promise<string> {
  await slack.sendCommand({ user: "dana", channel: "#ops", text: "" });
  return String(lastPayload().trigger_id);
}

function lastPayload(): Record<string, unknown> {
  const toBot = slack.journal.entries.filter((entry: JournalEntry) => entry.direction === "slack to bot");
  const request = toBot.at(-1)?.request;
  if (!isRecord(request)) throw new Error("nothing was sent to the app");
  return request;
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}
