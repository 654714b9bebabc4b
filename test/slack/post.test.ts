import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postMessage, postToOne, updateMessage } from "../../src/slack/post.ts";
import type { Message } from "../../src/slack/views/message.ts";
import { type Edge, openEdge } from "./edge.ts";

const section = (text: string) => ({ type: "section" as const, text: { type: "mrkdwn" as const, text } });
const MESSAGE: Message = { text: "two failed", blocks: [section("new")], classic: [section("classic")] };

describe("posting", () => {
  let edge: Edge;
  let channel: string;
  beforeEach(async () => {
    edge = await openEdge();
    channel = edge.slack.workspace.channel("ops").id;
  });
  afterEach(() => edge.close());

  const there = () => edge.slack.workspace.messagesIn(channel).map(({ blocks }) => JSON.stringify(blocks));
  async function post(): Promise<string> {
    const posted = await postMessage(edge.web, { channel }, MESSAGE);
    return "ts" in posted ? posted.ts : "";
  }
  const fail = (method: string, ...errors: string[]) => {
    for (const error of errors) edge.slack.faults.failNext(method, { error });
  };

  it("returns where the message stands", async () => {
    const ts = await post();
    expect(edge.slack.workspace.message(channel, ts)?.text).toBe("two failed");
  });

  it.each(["invalid_blocks", "msg_blocks_too_long", "only_one_table_allowed", "invalid_blocks_format"])(
    "falls back to classic blocks, then to text, on %s",
    async (error) => {
      fail("chat.postMessage", error);
      await postMessage(edge.web, { channel }, MESSAGE);
      fail("chat.postMessage", error, error);
      await postMessage(edge.web, { channel }, MESSAGE);
      expect(there()).toEqual([expect.stringContaining("classic"), expect.stringContaining("two failed")]);
    },
  );

  it("formats nothing in a message that is down to its text", async () => {
    fail("chat.postMessage", "invalid_blocks");
    await postMessage(edge.web, { channel }, { text: "<!channel> *bold*", blocks: [section("x")] });
    expect(there()).toEqual([expect.stringContaining('"plain_text"')]);
  });

  it("gives up on a message that is refused even as text", async () => {
    fail("chat.postMessage", "invalid_blocks", "invalid_blocks", "invalid_blocks");
    await expect(postMessage(edge.web, { channel }, MESSAGE)).rejects.toThrow("invalid_blocks");
    expect(there()).toEqual([]);
  });

  it.each([
    ["lounge", "not_in_channel"],
    ["secret", "channel_not_found"],
    ["old", "is_archived"],
  ])("returns Slack's word in #%s, where the bot cannot post: %s", async (name, refused) => {
    edge.slack.scopes.delete("chat:write.public");
    const place = { channel: edge.slack.workspace.channel(name).id };
    expect(await postMessage(edge.web, place, MESSAGE)).toEqual({ refused });
  });

  it("throws what may pass", async () => {
    edge.slack.faults.failNext("chat.postMessage", { status: 500 });
    await expect(postMessage(edge.web, { channel }, MESSAGE)).rejects.toThrow();
  });

  it("takes back a reply whose parent was deleted meanwhile", async () => {
    const parent = await post();
    expect(await postMessage(edge.web, { channel, threadTs: parent }, MESSAGE)).toEqual({ ts: expect.any(String) });
    const gone = await post();
    edge.slack.deleteMessage("ops", gone);
    const before = there().length;
    const astray = await postMessage(edge.web, { channel, threadTs: gone }, MESSAGE);
    expect(astray).toEqual({ refused: "thread_not_found" });
    expect(there()).toHaveLength(before);
  });

  it("updates what is there, with the same fallbacks, and says when it is gone", async () => {
    const ts = await post();
    fail("chat.update", "invalid_blocks");
    expect(await updateMessage(edge.web, channel, ts, MESSAGE)).toBe(true);
    expect(there()).toEqual([expect.stringContaining("classic")]);
    edge.slack.deleteMessage("ops", ts);
    expect(await updateMessage(edge.web, channel, ts, MESSAGE)).toBe(false);
  });

  it("shows a message to one person, with the same fallbacks", async () => {
    const user = edge.slack.person("dana").id;
    fail("chat.postEphemeral", "invalid_blocks");
    await postToOne(edge.web, { channel }, user, MESSAGE);
    expect(edge.slack.workspace.messagesIn(channel)).toMatchObject([{ ephemeralFor: user }]);
    expect(there()).toEqual([expect.stringContaining("classic")]);
  });
});
