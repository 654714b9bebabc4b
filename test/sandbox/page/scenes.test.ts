import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openScenes, type Scenes } from "../../../sandbox/page/scenes.ts";
import type { Traffic } from "../../../sandbox/page/traffic.ts";
import type { PageEvent, Refused, Story } from "../../../sandbox/page/wire.ts";
import { type AnsweringApp, MODAL, openAnsweringApp } from "../slack/answering-app.ts";
import { plain, section } from "../slack/samples.ts";

const STORY: Story = { now: "2026-11-21T06:00:00Z", isBotUp: true, armed: [], refusedBlocks: [], providers: [] };

let app: AnsweringApp;
let scenes: Scenes;
/** The story is told when this resolves. */
let told: Promise<Story>;
/** How many browsers hear of the traffic. */
let listening: number;
beforeEach(async () => {
  app = await openAnsweringApp();
  told = Promise.resolve(STORY);
  listening = 0;
  const traffic: Traffic = {
    lines: [],
    bodies: () => undefined,
    listen() {
      listening += 1;
      return () => {
        listening -= 1;
      };
    },
    close() {},
  };
  const storyteller = { tell: () => told, play: async () => undefined };
  scenes = openScenes({ slack: app.slack, traffic, storyteller, commands: [], hasHomeTab: true });
});
afterEach(async () => {
  scenes.close();
  await app.close();
});

/** As the page's server does. `over` resolves when nothing of it is left. */
async function attend(name: string): Promise<{ body: ReadableStream<Uint8Array>; over: Promise<void> }> {
  const { promise: over, resolve, reject } = Promise.withResolvers<void>();
  const server = new Hono().get("/", (c) =>
    streamSSE(c, (stream) => {
      const played = scenes.play(app.slack.person(name), stream);
      played.then(resolve, reject);
      return played;
    }),
  );
  const { body } = await server.request("/");
  if (body === null) throw new Error("no stream");
  return { body, over };
}

/** What this person finds told when they open the page. */
async function toldTo(name: string): Promise<Refused[]> {
  const { body, over } = await attend(name);
  const reader = body.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  await over;
  const event: PageEvent = JSON.parse(new TextDecoder().decode(value).replace(/^data: /, ""));
  return event.type === "scene" ? event.scene.told.filter((one) => one.kind === "refused") : [];
}

async function post(url: string, body: unknown): Promise<void> {
  await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

describe("a browser", () => {
  it("that goes leaves nothing behind", async () => {
    const { body, over } = await attend("dana");
    const reader = body.getReader();
    await reader.read();
    expect(listening).toBe(1);
    await reader.cancel();
    await over;
    expect(listening).toBe(0);
  });

  it("that goes while its scene is made ready leaves nothing behind either", async () => {
    const { promise, resolve } = Promise.withResolvers<Story>();
    told = promise;
    const { body, over } = await attend("dana");
    await body.cancel();
    resolve(STORY);
    await over;
    expect(listening).toBe(0);
  });

  it("is let go of when the page closes, be its scene ready or not", async () => {
    const ready = await attend("dana");
    await ready.body.getReader().read();
    const { promise, resolve } = Promise.withResolvers<Story>();
    told = promise;
    const waiting = await attend("omar");
    scenes.close();
    resolve(STORY);
    await Promise.all([ready.over, waiting.over]);
    expect(listening).toBe(0);
  });
});

describe("what Slack refused", () => {
  it("through a response URL is told with the part that is wrong, where it was to stand, to that person alone", async () => {
    await post(await app.responseUrl("#ops"), { text: "a", blocks: [MODAL.blocks[0], section("")] });
    const channel = app.slack.workspace.channel("ops").id;
    const [line] = await toldTo("dana");
    expect(line).toMatchObject({ method: "response_url", error: "invalid_blocks", channel });
    expect(line?.faults).toMatchObject([{ pointer: "/blocks/1/text/text", part: { type: "mrkdwn", text: "" } }]);
    expect(await toldTo("omar")).toEqual([]);
  });

  it("of an answer to a submission is told with the part of the answer", async () => {
    await app.client.views.open({ trigger_id: await app.trigger(), view: MODAL });
    const view = { ...MODAL, title: plain("a title of more than twenty-four characters") };
    app.answer = { status: 200, body: JSON.stringify({ response_action: "update", view }) };
    await app.slack.submitView({ user: "dana" });
    expect(await toldTo("dana")).toMatchObject([
      { method: "the answer to view_submission", faults: [{ pointer: "/view/title/text", part: view.title }] },
    ]);
    expect(await toldTo("omar")).toEqual([]);
  });

  it("in a channel is told to all who see it, and to nobody else", async () => {
    const blocks = JSON.parse(JSON.stringify([section("")]));
    const call = app.client.chat.postMessage({ channel: "#private-oncall", text: "a", blocks });
    await expect(call).rejects.toThrow("invalid_blocks");
    const channel = app.slack.workspace.channel("private-oncall").id;
    expect(await toldTo("omar")).toMatchObject([{ method: "chat.postMessage", channel }]);
    expect(await toldTo("rex")).toEqual([]);
  });

  it("and the bot counts on is not told", async () => {
    await expect(app.client.chat.postMessage({ channel: "#secret", text: "a" })).rejects.toThrow("channel_not_found");
    expect(await toldTo("dana")).toEqual([]);
  });
});
