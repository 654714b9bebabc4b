import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SlackContext } from "../../src/slack/context.ts";
import { postMessage } from "../../src/slack/post.ts";
import { replyMetadata, replyOnce } from "../../src/slack/reply-once.ts";
import type { Message } from "../../src/slack/views/message.ts";
import type { Store } from "../../src/store/database.ts";
import { claimReply } from "../../src/store/replies.ts";
import { openEmptyStore } from "../store/databases.ts";
import { type Edge, openEdge } from "./edge.ts";

const KEY = "C1 1.2 attempts";
const STALE_MS = 90_000;

const saying = (text: string) => async (): Promise<Message> => ({
  text,
  blocks: [{ type: "section", text: { type: "plain_text", text } }],
});

describe("a reply that must not be posted twice", () => {
  let store: Store;
  let edge: Edge;
  let context: SlackContext;
  let place: { channel: string; threadTs: string };
  beforeAll(async () => {
    store = await openEmptyStore("PGlite");
  });
  afterAll(() => store?.close());
  beforeEach(async () => {
    edge = await openEdge();
    context = edge.contextOn(store);
    const channel = edge.slack.workspace.channel("ops").id;
    const parent = await postMessage(edge.web, { channel }, await saying("parent")());
    place = { channel, threadTs: "ts" in parent ? parent.ts : "" };
    await store.db.deleteFrom("replies").execute();
  });
  afterEach(() => edge.close());

  const reply = (text: string) => replyOnce(context, KEY, place, saying(text));
  const thread = () => edge.slack.workspace.repliesTo(place.channel, place.threadTs).map(({ text }) => text);
  /** What a process leaves behind that is killed after it claimed the reply. */
  const dieAfterClaim = () => claimReply(store.db, KEY, { ...place, now: edge.now(), staleAfterMs: STALE_MS });

  it("is posted once by twenty presses at once", async () => {
    const results = await Promise.all(Array.from({ length: 20 }, (_, press) => reply(`press ${press}`)));
    expect(results.filter((result) => result === "posted")).toHaveLength(1);
    expect(thread()).toHaveLength(1);
  });

  it("is built only by the press whose turn it is; the others are told that it is on its way", async () => {
    const others = Promise.withResolvers<void>();
    let built = 0;
    let busy = 0;
    const build = async () => {
      built += 1;
      await others.promise;
      return saying("once")();
    };
    async function press(): Promise<void> {
      if ((await replyOnce(context, KEY, place, build)) === "busy") busy += 1;
      if (busy === 19) others.resolve();
    }
    await Promise.all(Array.from({ length: 20 }, press));
    expect({ built, busy }).toEqual({ built: 1, busy: 19 });
  });

  it("is edited by later presses, and posted anew where somebody deleted it", async () => {
    expect(await reply("first")).toBe("posted");
    expect(await reply("second")).toBe("updated");
    expect(thread()).toEqual(["second"]);
    const [posted] = edge.slack.workspace.repliesTo(place.channel, place.threadTs);
    edge.slack.deleteMessage("ops", posted?.ts ?? "");
    expect(await reply("third")).toBe("posted");
    expect(thread()).toEqual(["third"]);
  });

  it("is left to a press that is at work, and taken over from one that died", async () => {
    await dieAfterClaim();
    edge.pass(STALE_MS - 1);
    expect(await reply("too early")).toBe("busy");
    edge.pass(1);
    expect(await reply("taken over")).toBe("posted");
    expect(thread()).toEqual(["taken over"]);
  });

  it("is found in the thread where the one who died had posted it", async () => {
    await dieAfterClaim();
    await postMessage(edge.web, place, await saying("another")(), replyMetadata("another key"));
    await postMessage(edge.web, place, await saying("before the kill")(), replyMetadata(KEY));
    edge.pass(STALE_MS);
    expect(await reply("after")).toBe("updated");
    expect(thread()).toEqual(["another", "after"]);
    expect(await reply("later")).toBe("updated");
  });

  it("is posted anew without the scope to read the thread", async () => {
    await dieAfterClaim();
    await postMessage(edge.web, place, await saying("before the kill")(), replyMetadata(KEY));
    edge.slack.scopes.delete("channels:history");
    for (const scope of ["groups:history", "im:history", "mpim:history"]) edge.slack.scopes.delete(scope);
    edge.pass(STALE_MS);
    expect(await reply("after")).toBe("posted");
    expect(thread()).toEqual(["before the kill", "after"]);
  });

  it("is found at once where the connection broke after Slack had posted it", async () => {
    edge.slack.faults.failNext("chat.postMessage", "drop-after-post");
    expect(await reply("first")).toBe("posted");
    expect(await reply("second")).toBe("updated");
    expect(thread()).toEqual(["second"]);
  });

  it("keeps its claim where nobody can tell whether Slack posted it", async () => {
    edge.slack.faults.failNext("chat.postMessage", "drop-after-post");
    edge.slack.faults.failNext("conversations.replies", { status: 500 });
    await expect(reply("first")).rejects.toThrow();
    expect(await reply("at once")).toBe("busy");
    edge.pass(STALE_MS);
    expect(await reply("later")).toBe("updated");
    expect(thread()).toEqual(["later"]);
  });

  it("gives its claim back where Slack said no, or the answer could not be had", async () => {
    edge.slack.faults.failNext("chat.postMessage", { error: "fatal_error" });
    await expect(reply("first")).rejects.toThrow("fatal_error");
    const failing = async () => Promise.reject(new Error("Zendesk is down"));
    await expect(replyOnce(context, KEY, place, failing)).rejects.toThrow("Zendesk is down");
    expect(await reply("second")).toBe("posted");
  });

  it("is refused where the bot cannot post, and posted when it can", async () => {
    const ops = edge.slack.workspace.channel("ops");
    ops.isArchived = true;
    expect(await reply("first")).toBe("refused");
    ops.isArchived = false;
    expect(await reply("second")).toBe("posted");
  });
});
