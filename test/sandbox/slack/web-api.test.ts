import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";

let slack: SandboxSlack;
let client: WebClient;
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.parse("2026-11-21T06:00:00Z");
  slack = await startSlack({ now: () => new Date(nowMs) });
  client = clientWith(slack.botToken);
});
afterEach(() => slack.close());

describe("the token", () => {
  it("is asked for, checked, and of the right kind", async () => {
    await expect(clientWith("xoxb-wrong").auth.test()).rejects.toMatchObject({ data: { error: "invalid_auth" } });
    await expect(clientWith().auth.test()).rejects.toMatchObject({ data: { error: "not_authed" } });
    await expect(client.apps.connections.open()).rejects.toMatchObject({ data: { error: "not_allowed_token_type" } });
    expect(await client.auth.test()).toMatchObject({ ok: true, team: "Northwind Support", user: "hooktriage" });
  });

  it("may do what its scopes say", async () => {
    slack.scopes = new Set(["channels:read"]);
    await expect(client.chat.postMessage({ channel: id("ops"), text: "a" })).rejects.toMatchObject({
      data: { error: "missing_scope", needed: "chat:write", provided: "channels:read" },
    });
    await expect(client.conversations.info({ channel: id("private-oncall") })).rejects.toMatchObject({
      data: { error: "missing_scope", needed: "groups:read" },
    });
    const { response_metadata } = await client.conversations.info({ channel: id("ops") });
    expect(response_metadata?.scopes).toEqual(["channels:read"]);
  });

  it("is taken from a JSON body's header and from a form's field", async () => {
    const asForm = await fetch(`${slack.apiUrl}auth.test`, {
      method: "POST",
      body: new URLSearchParams({ token: slack.botToken }),
    });
    expect(await asForm.json()).toMatchObject({ ok: true });
    const headers = { "content-type": "application/json", authorization: `Bearer ${slack.botToken}` };
    const body = JSON.stringify({ channel: "#ops", blocks: [{ type: "divider" }] });
    const asJson = await fetch(`${slack.apiUrl}chat.postMessage`, { method: "POST", headers, body });
    expect(await asJson.json()).toMatchObject({ ok: true, channel: id("ops") });
  });

  it("does not help with an unknown method", async () => {
    await expect(client.apiCall("chat.sing")).rejects.toMatchObject({ data: { error: "unknown_method" } });
  });
});

describe("channels and people", () => {
  it("tell what kind they are", async () => {
    expect((await client.conversations.info({ channel: id("vendors") })).channel).toMatchObject({
      is_ext_shared: true,
      is_member: true,
    });
    expect((await client.conversations.info({ channel: id("lounge") })).channel).toMatchObject({ is_member: false });
    expect((await client.users.info({ user: slack.person("gil").id })).user).toMatchObject({
      is_restricted: true,
      is_ultra_restricted: true,
    });
    expect((await client.users.info({ user: slack.person("rex").id })).user).toMatchObject({
      team_id: "T0RIVALLTD",
      is_stranger: false,
    });
    expect((await client.users.info({ user: slack.person("dana").id })).user).toMatchObject({
      tz: "Europe/Berlin",
      tz_offset: 3600,
    });
  });

  it("are listed page by page, without what the bot cannot see", async () => {
    const types = "public_channel,private_channel,im";
    const names: string[] = [];
    for await (const page of client.paginate("conversations.list", { types, limit: 2 })) {
      if ("channels" in page && Array.isArray(page.channels))
        names.push(...page.channels.map((channel) => String(channel.name ?? "im")));
    }
    expect(names).toEqual(["ops", "private-oncall", "lounge", "vendors", "old", "im"]);
    const own = await client.users.conversations({ types, exclude_archived: true });
    expect(own.channels?.map((channel) => channel.name ?? "im")).toEqual(["ops", "private-oncall", "vendors", "im"]);
  });
});

describe("files", () => {
  it("go up in three steps", async () => {
    await client.filesUploadV2({ channel_id: id("ops"), filename: "body.txt", content: "hello", title: "A body" });
    const [file] = [...slack.workspace.files.values()];
    expect(file).toMatchObject({ title: "A body", isComplete: true });
    expect(new TextDecoder().decode(file?.content)).toBe("hello");
    expect(slack.workspace.messagesIn(id("ops"))).toMatchObject([{ fileIds: [file?.id] }]);
  });
});

describe("trouble that was ordered", () => {
  it("turns calls away with 429 until they may come again", async () => {
    slack.faults.limit("chat.postMessage", { calls: 1, retryAfterSeconds: 7 });
    const post = () => client.chat.postMessage({ channel: "#ops", text: "a" });
    await expect(post()).rejects.toMatchObject({ code: "slack_webapi_rate_limited_error", retryAfter: 7 });
    await expect(post()).resolves.toMatchObject({ ok: true });
  });

  it("lets one message a second into a channel, when told to", async () => {
    slack.faults.limitsMessagesPerChannel = true;
    const post = () => client.chat.postMessage({ channel: "#ops", text: "a" });
    await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    nowMs += 1000;
    await expect(post()).resolves.toMatchObject({ ok: true });
  });

  it.each([
    { fault: { error: "internal_error" }, code: "slack_webapi_platform_error", posted: 0 },
    { fault: { status: 503 }, code: "slack_webapi_http_error", posted: 0 },
    { fault: "drop", code: "slack_webapi_request_error", posted: 0 },
    { fault: "drop-after-post", code: "slack_webapi_request_error", posted: 1 },
  ] as const)("fails with $fault, $posted posted", async ({ fault, code, posted }) => {
    slack.faults.failNext("chat.postMessage", fault);
    await expect(client.chat.postMessage({ channel: "#ops", text: "a" })).rejects.toMatchObject({ code });
    expect(slack.workspace.messagesIn(id("ops"))).toHaveLength(posted);
  });

  it("posts late, also for one who has gone meanwhile", async () => {
    const late = Promise.withResolvers<void>();
    slack.faults.takeLate("chat.postMessage", () => late.promise);
    const gone = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, timeout: 50, retryConfig: { retries: 0 } });
    await expect(gone.chat.postMessage({ channel: "#ops", text: "a" })).rejects.toThrow();
    expect(slack.workspace.messagesIn(id("ops"))).toEqual([]);
    late.resolve();
    await slack.journal.quiet();
    expect(slack.workspace.messagesIn(id("ops"))).toHaveLength(1);
  });

  it("posts and never answers", async () => {
    slack.faults.failNext("chat.postMessage", "timeout-after-post");
    const body = new URLSearchParams({ channel: "#ops", text: "a", token: slack.botToken });
    const call = fetch(`${slack.apiUrl}chat.postMessage`, { method: "POST", body, signal: AbortSignal.timeout(50) });
    await expect(call).rejects.toMatchObject({ name: "TimeoutError" });
    expect(slack.workspace.messagesIn(id("ops"))).toHaveLength(1);
  });
});

it("keeps a journal without the token", async () => {
  await client.auth.test();
  const [entry] = slack.journal.of("auth.test");
  expect(entry).toMatchObject({ direction: "bot to slack", response: { ok: true } });
  expect(JSON.stringify(slack.journal.entries)).not.toContain(slack.botToken);
});

function id(name: string): string {
  return slack.workspace.channel(name).id;
}

function clientWith(token?: string): WebClient {
  return new WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
}
