import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";

let slack: SandboxSlack;
let client: WebClient;

beforeEach(async () => {
  slack = await startSlack();
  client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
});
afterEach(() => slack.close());

describe("chat.postMessage", () => {
  it.each([
    { channel: "C0NOWHERE", error: "channel_not_found" },
    { channel: "#secret", error: "channel_not_found" },
    { channel: "#old", error: "is_archived" },
  ])("answers $error for $channel", async ({ channel, error }) => {
    await expect(client.chat.postMessage({ channel, text: "a" })).rejects.toMatchObject({ data: { error } });
  });

  it("writes to a public channel that the bot is not in with chat:write.public only", async () => {
    await client.chat.postMessage({ channel: "#lounge", text: "a" });
    slack.scopes.delete("chat:write.public");
    await expect(client.chat.postMessage({ channel: "#lounge", text: "a" })).rejects.toMatchObject({
      data: { error: "not_in_channel" },
    });
  });

  it("names what it refuses", async () => {
    const blocks = [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }];
    await expect(client.chat.postMessage({ channel: "#ops", text: "a", blocks })).rejects.toMatchObject({
      data: {
        error: "invalid_blocks",
        response_metadata: {
          messages: ["[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"],
        },
      },
    });
    await expect(client.apiCall("chat.postMessage", { channel: "#ops" })).rejects.toMatchObject({
      data: { error: "no_text" },
    });
  });

  it("keeps threads, broadcasts and metadata", async () => {
    const metadata = { event_type: "slot", event_payload: { slot: "s1" } };
    const parent = await client.chat.postMessage({ channel: "#ops", text: "parent", metadata });
    const channel = parent.channel ?? "";
    const thread_ts = parent.ts ?? "";
    await client.chat.postMessage({ channel, thread_ts, text: "reply" });
    await client.chat.postMessage({ channel, thread_ts, text: "loud reply", reply_broadcast: true });

    const history = await client.conversations.history({ channel, include_all_metadata: true });
    expect(history.messages?.map((message) => message.text)).toEqual(["loud reply", "parent"]);
    expect(history.messages?.[1]).toMatchObject({ reply_count: 2, metadata });
    const replies = await client.conversations.replies({ channel, ts: thread_ts });
    expect(replies.messages?.map((message) => message.text)).toEqual(["parent", "reply", "loud reply"]);
    expect(replies.messages?.[0]).not.toHaveProperty("metadata");
  });

  it("makes a reply to a deleted message one of the channel, without a word", async () => {
    const parent = await client.chat.postMessage({ channel: "#ops", text: "parent" });
    slack.deleteMessage("#ops", parent.ts ?? "");
    const reply = await client.chat.postMessage({ channel: "#ops", text: "reply", thread_ts: parent.ts ?? "" });
    expect(reply.message).not.toHaveProperty("thread_ts");
  });

  it("opens a direct message for a person's id", async () => {
    const { channel } = await client.chat.postMessage({ channel: slack.person("omar").id, text: "a" });
    expect(channel).toMatch(/^D/);
  });

  it("cuts a very long text and warns", async () => {
    const answer = await client.chat.postMessage({ channel: "#ops", text: "x".repeat(40_001) });
    expect(answer).toMatchObject({ warning: "message_truncated" });
    expect(answer.message?.text).toHaveLength(40_000);
  });
});

describe("chat.update and chat.delete", () => {
  it("change the app's own messages only", async () => {
    const { id: channel } = slack.workspace.channel("ops");
    const { ts } = slack.say("dana", "ops", "mine");
    await expect(client.chat.update({ channel, ts, text: "a" })).rejects.toMatchObject({
      data: { error: "cant_update_message" },
    });
    await expect(client.chat.delete({ channel, ts })).rejects.toMatchObject({ data: { error: "cant_delete_message" } });
    await expect(client.chat.update({ channel, ts: "1.000001", text: "a" })).rejects.toMatchObject({
      data: { error: "message_not_found" },
    });
  });

  it("keep the blocks unless told otherwise", async () => {
    const { ts, channel } = await client.chat.postMessage({
      channel: "#ops",
      text: "a",
      blocks: [{ type: "divider" }],
    });
    const named = { ts: ts ?? "", channel: channel ?? "" };
    await client.chat.update({ ...named, text: "b" });
    expect(slack.workspace.message(named.channel, named.ts)).toMatchObject({
      text: "b",
      blocks: [{ type: "divider" }],
    });
    await client.chat.update({ ...named, text: "c", blocks: [] });
    expect(slack.workspace.message(named.channel, named.ts)).not.toHaveProperty("blocks");
    await expect(client.chat.update({ ...named, text: "x".repeat(4001) })).rejects.toMatchObject({
      data: { error: "msg_too_long" },
    });
  });
});

describe("ephemeral messages", () => {
  it("are in no history, and cannot be changed, deleted or answered", async () => {
    const channel = id("ops");
    const { message_ts: ts = "" } = await client.chat.postEphemeral({
      channel,
      user: slack.person("dana").id,
      text: "psst",
    });
    expect((await client.conversations.history({ channel })).messages).toEqual([]);
    const notFound = { data: { error: "message_not_found" } };
    await expect(client.chat.update({ channel, ts, text: "a" })).rejects.toMatchObject(notFound);
    await expect(client.chat.delete({ channel, ts })).rejects.toMatchObject(notFound);
    await expect(client.chat.postMessage({ channel, thread_ts: ts, text: "a" })).rejects.toMatchObject({
      data: { error: "cannot_reply_to_message" },
    });
  });

  it("need the bot and the person in the channel", async () => {
    const dana = slack.person("dana").id;
    const inLounge = client.chat.postEphemeral({ channel: id("lounge"), user: dana, text: "a" });
    await expect(inLounge).rejects.toMatchObject({ data: { error: "not_in_channel" } });
    const forRex = client.chat.postEphemeral({ channel: id("ops"), user: slack.person("rex").id, text: "a" });
    await expect(forRex).rejects.toMatchObject({ data: { error: "user_not_in_channel" } });
  });
});

function id(name: string): string {
  return slack.workspace.channel(name).id;
}
