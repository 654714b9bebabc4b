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
  const fail = (method: string, ...errors: string[]) => {
    for (const error of errors) edge.slack.faults.failNext(method, { error });
  };

  it("returns where the message stands", async () => {
    const ts = await postMessage(edge.web, { channel }, MESSAGE);
    expect(edge.slack.workspace.message(channel, ts ?? "")?.text).toBe("two failed");
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

  it.each(["lounge", "secret", "old"])("returns undefined in #%s, where the bot cannot post", async (name) => {
    edge.slack.scopes.delete("chat:write.public");
    const place = { channel: edge.slack.workspace.channel(name).id };
    expect(await postMessage(edge.web, place, MESSAGE)).toBeUndefined();
  });

  it("throws what may pass", async () => {
    edge.slack.faults.failNext("chat.postMessage", { status: 500 });
    await expect(postMessage(edge.web, { channel }, MESSAGE)).rejects.toThrow();
  });

  it("takes back a reply whose parent was deleted meanwhile", async () => {
    const parent = (await postMessage(edge.web, { channel }, MESSAGE)) ?? "";
    expect(await postMessage(edge.web, { channel, threadTs: parent }, MESSAGE)).toBeDefined();
    const gone = (await postMessage(edge.web, { channel }, MESSAGE)) ?? "";
    edge.slack.deleteMessage("ops", gone);
    const before = there().length;
    expect(await postMessage(edge.web, { channel, threadTs: gone }, MESSAGE)).toBeUndefined();
    expect(there()).toHaveLength(before);
  });

  it("updates what is there, with the same fallbacks, and says when it is gone", async () => {
    const ts = (await postMessage(edge.web, { channel }, MESSAGE)) ?? "";
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
