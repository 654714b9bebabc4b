import type { ChatPostMessageArguments } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Refusal } from "../../../sandbox/slack/refusal.ts";
import { type AnsweringApp, MODAL, openAnsweringApp } from "./answering-app.ts";
import { actions, button, plain, section } from "./samples.ts";

let app: AnsweringApp;
beforeEach(async () => {
  app = await openAnsweringApp();
});
afterEach(() => app.close());

/** Of the latest exchange. */
function refusal(): Refusal | undefined {
  return app.slack.journal.entries.at(-1)?.refusal;
}

async function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

function say(more: Partial<ChatPostMessageArguments>): ChatPostMessageArguments {
  return JSON.parse(JSON.stringify({ channel: "#ops", text: "a", ...more }));
}

function stackOf(user: string): string[] {
  return app.slack.workspace.stacks.get(app.slack.person(user).id) ?? [];
}

describe("what a response URL refuses", () => {
  it("is kept with what is wrong where, and whom it was for, though the answer has the code alone", async () => {
    const url = await app.responseUrl("#secret");
    const answer = await post(url, { text: "a", blocks: [section("")] });
    expect(await answer.text()).toBe("invalid_blocks");
    expect(refusal()).toMatchObject({
      error: "invalid_blocks",
      faults: [{ pointer: expect.stringMatching(/^\/blocks\/0\/text/) }],
      user: "U0DANA",
      channel: app.slack.workspace.channel("secret").id,
    });
  });

  it("stands in the thread in which the button was pressed", async () => {
    const { ts: threadTs = "" } = await app.client.chat.postMessage(say({}));
    const blocks = JSON.parse(JSON.stringify([actions(button({ action_id: "a" }))]));
    const { ts: messageTs = "" } = await app.client.chat.postMessage(say({ thread_ts: threadTs, blocks }));
    await app.slack.pressButton({ user: "omar", channel: "#ops", messageTs, actionId: "a" });
    await post(String(app.lastPayload().response_url), { text: "a", blocks: [section("")] });
    expect(refusal()).toMatchObject({ user: "U0OMAR", threadTs });
  });

  it.each([
    ["used_url", async (url: string) => Promise.all([1, 2, 3, 4, 5].map(() => post(url, { text: "a" })))],
    ["expired_url", () => app.pass(31 * 60_000)],
    ["internal_error", () => app.slack.faults.failNext("response_url", { error: "internal_error" })],
  ])("for another reason is for that person as well: %s", async (error, spoil) => {
    const url = await app.responseUrl();
    await spoil(url);
    expect(await (await post(url, { text: "a" })).text()).toBe(error);
    expect(refusal()).toMatchObject({ error, faults: [], user: "U0DANA" });
  });
});

describe("a refused call", () => {
  it("of a view is for who was to see it, where they asked for it", async () => {
    const view = { ...MODAL, title: plain("far too long for the title of a form") };
    const call = app.client.views.open({ trigger_id: await app.trigger(), view: JSON.parse(JSON.stringify(view)) });
    await expect(call).rejects.toThrow();
    const channel = app.slack.workspace.channel("ops").id;
    expect(refusal()).toMatchObject({ faults: [{ pointer: "/view/title/text" }], user: "U0DANA", channel });
  });

  it("of a view is so with a trigger that came too late, too", async () => {
    const trigger_id = await app.trigger();
    app.pass(3001);
    await expect(app.client.views.open({ trigger_id, view: MODAL })).rejects.toThrow();
    expect(refusal()).toMatchObject({ error: "expired_trigger_id", faults: [], user: "U0DANA" });
  });

  it("of an open view is for who has it open, and of the Home tab for whose it is", async () => {
    const { view } = await app.client.views.open({ trigger_id: await app.trigger(), view: MODAL });
    const empty = { ...MODAL, blocks: [] };
    await expect(app.client.views.update({ view_id: view?.id ?? "", view: empty })).rejects.toThrow();
    expect(refusal()).toMatchObject({ user: "U0DANA", channel: app.slack.workspace.channel("ops").id });
    await expect(app.client.views.publish({ user_id: "U0OMAR", view: { type: "home", blocks: [] } })).rejects.toThrow();
    const { id } = app.slack.workspace.openDirectMessage(["U0OMAR", "U0HOOKTRIAGE"]);
    expect(refusal()).toMatchObject({ user: "U0OMAR", channel: id });
  });

  it("of a message belongs to the thread of the message that it names", async () => {
    const { ts: threadTs = "", channel = "" } = await app.client.chat.postMessage(say({}));
    const { ts = "" } = await app.client.chat.postMessage(say({ thread_ts: threadTs }));
    const blocks = JSON.parse(JSON.stringify([section("")]));
    await expect(app.client.chat.update({ channel, ts, text: "b", blocks })).rejects.toThrow();
    expect(refusal()).toMatchObject({ channel, threadTs });
    await expect(app.client.chat.update({ channel, ts: threadTs, text: "b", blocks })).rejects.toThrow();
    expect(refusal()).toMatchObject({ channel, threadTs: undefined, user: undefined });
    await expect(app.client.chat.postMessage(say({ thread_ts: threadTs, blocks }))).rejects.toThrow();
    expect(refusal()).toMatchObject({ channel, threadTs });
  });

  it("of what one person was to see is for that person", async () => {
    const blocks = JSON.parse(JSON.stringify([section("")]));
    const call = app.client.chat.postEphemeral({ channel: "#ops", user: "U0OMAR", text: "a", blocks });
    await expect(call).rejects.toThrow();
    expect(refusal()).toMatchObject({ user: "U0OMAR", channel: app.slack.workspace.channel("ops").id });
  });
});

describe("the answer to a submission", () => {
  const view = {
    ...MODAL,
    submit: plain("Go"),
    blocks: [
      {
        type: "input",
        block_id: "when",
        label: plain("When"),
        optional: true,
        element: { type: "plain_text_input", action_id: "x" },
      },
    ],
  };
  const tooLong = plain("a title of more than twenty-four characters");

  it.each([
    ["an error for no input of it", { response_action: "errors", errors: { where: "no" } }, "/errors/where"],
    ["no error at all", { response_action: "errors" }, "/errors"],
    ["a title that is too long", { response_action: "update", view: { ...MODAL, title: tooLong } }, "/view/title/text"],
    ["blocks that are none", { response_action: "push", view: { ...MODAL, blocks: [{}] } }, "/view/blocks/0"],
    ["a Home tab", { response_action: "update", view: { type: "home", blocks: MODAL.blocks } }, "/view/type"],
    ["no view", { response_action: "push" }, "/view"],
    ["a word that means nothing", { response_action: "dance" }, "/response_action"],
  ])("with %s leaves the form, and says what is wrong where", async (_what, answer, pointer) => {
    await openForm();
    await answerWith(answer);
    expect(stackOf("dana")).toHaveLength(1);
    expect(refusal()).toMatchObject({ user: "U0DANA", faults: [{ pointer: expect.stringContaining(pointer) }] });
    const [notice] = app.slack.happenings.all.filter(({ kind }) => kind === "notice");
    expect(notice).toMatchObject({ user: "U0DANA", error: "trouble_connecting" });
    expect(app.slack.happenings.all.filter(({ kind }) => kind === "view_updated")).toEqual([]);
  });

  it("pushes no fourth view", async () => {
    await openForm();
    for (const depth of [2, 3]) {
      await answerWith({ response_action: "push", view });
      expect([stackOf("dana").length, refusal()]).toEqual([depth, undefined]);
    }
    await answerWith({ response_action: "push", view });
    expect([stackOf("dana").length, refusal()?.error]).toEqual([3, "push_limit_reached"]);
  });

  it("is taken with an error for an input of it", async () => {
    await openForm();
    await answerWith({ response_action: "errors", errors: { when: "In the past" } });
    expect(refusal()).toBeUndefined();
    expect(app.slack.happenings.all.at(-1)).toMatchObject({
      kind: "view_updated",
      view: { errors: { when: "In the past" } },
    });
  });

  async function openForm(): Promise<void> {
    await app.client.views.open({ trigger_id: await app.trigger(), view: JSON.parse(JSON.stringify(view)) });
  }

  async function answerWith(answer: object): Promise<void> {
    app.answer = { status: 200, body: JSON.stringify(answer) };
    await app.slack.submitView({ user: "dana" });
  }
});

describe("the answer to a command", () => {
  it.each([
    ["blocks that Slack refuses", [section("")], /^\/blocks\/0\/text/],
    ["blocks that the workspace does not know", [{ type: "data_table" }], /^\/blocks\/0\/type$/],
  ])("with %s is told with the place, to who typed it", async (_what, blocks, pointer) => {
    app.slack.faults.refusedBlocks.add("data_table");
    app.answer = { status: 200, body: JSON.stringify({ blocks }) };
    await app.slack.sendCommand({ user: "dana", channel: "#ops", text: "" });
    const channel = app.slack.workspace.channel("ops").id;
    expect(refusal()).toMatchObject({ user: "U0DANA", channel, faults: [{ pointer: expect.stringMatching(pointer) }] });
    expect(app.slack.happenings.all).toMatchObject([{ kind: "notice", error: "invalid_blocks", about: "/hooks" }]);
  });
});

it("lets nobody say a word in an archived channel", () => {
  expect(() => app.slack.say("dana", "#old", "hello")).toThrow("#old is archived");
  expect(app.slack.workspace.messagesIn(app.slack.workspace.channel("old").id)).toEqual([]);
});
