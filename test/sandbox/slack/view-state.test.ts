import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { actionablesIn } from "../../../sandbox/slack/elements.ts";
import { listOf } from "../../../sandbox/slack/validate/rule.ts";
import { type AnsweringApp, MODAL, openAnsweringApp } from "./answering-app.ts";
import { actions, button, input, plain, section, select } from "./samples.ts";

let app: AnsweringApp;
beforeEach(async () => {
  app = await openAnsweringApp();
});
afterEach(() => app.close());

async function open(blocks: object[], more: object = {}, how: "open" | "push" = "open"): Promise<string> {
  const view = JSON.parse(JSON.stringify({ ...MODAL, submit: plain("Go"), blocks, ...more }));
  const { view: opened } = await app.client.views[how]({ trigger_id: await app.trigger(), view });
  return opened?.id ?? "";
}

function namesIn(viewId: string): string[] {
  const blocks = listOf(app.slack.workspace.views.get(viewId)?.content.blocks);
  return actionablesIn(blocks).map(({ blockId, actionId }) => `${blockId} ${actionId}`);
}

describe("what the app left nameless", () => {
  it("gets names of its own, so that inputs do not overwrite each other", async () => {
    const viewId = await open([input(), input(), input({}, { optional: true })]);
    const [first = "", second = ""] = namesIn(viewId);
    expect(new Set(namesIn(viewId)).size).toBe(3);
    await app.slack.submitView({ user: "dana", fill: { [first]: "a", [second]: "b" } });
    const values = Object.values(Object(app.lastPayload().view).state.values);
    expect(values.flatMap((block) => Object.values(Object(block)))).toMatchObject([
      { value: "a" },
      { value: "b" },
      { value: null },
    ]);
  });

  it("is named in the answer of views.open, and only where it can be used", async () => {
    const view = JSON.parse(
      JSON.stringify({ ...MODAL, blocks: [section("a", { accessory: button() }), { type: "divider" }] }),
    );
    const { view: opened } = await app.client.views.open({ trigger_id: await app.trigger(), view });
    expect(opened?.blocks).toMatchObject([
      { block_id: expect.any(String), accessory: { action_id: expect.any(String) } },
      { block_id: expect.any(String) },
    ]);
    expect(opened?.blocks?.[0]?.text).not.toHaveProperty("action_id");
  });

  it.each([
    ["a section", section("a", { accessory: button() })],
    ["actions", actions(button())],
    ["a container", { type: "container", title: plain("c"), child_blocks: [actions(button())] }],
    ["a carousel", { type: "carousel", elements: [{ type: "card", title: plain("c"), actions: [button()] }] }],
  ])("can be pressed in %s", async (_where, block) => {
    const { ts = "" } = await app.client.chat.postMessage({
      channel: "#ops",
      text: "a",
      blocks: JSON.parse(JSON.stringify([block])),
    });
    const channel = app.slack.workspace.channel("ops");
    const [one] = actionablesIn(app.slack.workspace.message(channel.id, ts)?.blocks ?? []);
    const { actionId = "", blockId = "" } = one ?? {};
    await app.slack.pressButton({ user: "dana", channel: "#ops", messageTs: ts, actionId, blockId });
    expect(app.lastPayload()).toMatchObject({ actions: [{ block_id: blockId, action_id: actionId, type: "button" }] });
  });
});

describe("what was filled in", () => {
  const picked = select({ action_id: "s", options: ["a", "b"].map((value) => ({ text: plain(value), value })) });
  const blocks = [
    input({ action_id: "i", initial_value: "at first" }, { block_id: "typed" }),
    section("a", { block_id: "beside", accessory: picked }),
    actions(button({ action_id: "go" })),
  ];

  it("comes with every press, be it in an input block or not, and stays", async () => {
    await open(blocks);
    await app.slack.pressInView({ user: "dana", actionId: "go", fill: { "typed i": "words" } });
    await app.slack.pressInView({ user: "dana", actionId: "s", value: "b" });
    expect(app.lastPayload()).toMatchObject({
      actions: [{ action_id: "s", selected_option: { value: "b" } }],
      view: {
        state: {
          values: {
            typed: { i: { type: "plain_text_input", value: "words" } },
            beside: { s: { type: "static_select", selected_option: { value: "b" } } },
          },
        },
      },
    });
    expect(Object.keys(Object(app.lastPayload().view).state.values)).toEqual(["typed", "beside"]);
  });

  it("outlasts an update that leaves the names, even one that no longer offers it", async () => {
    const view_id = await open(blocks);
    const fill = { "typed i": "words", "beside s": "b" };
    await app.slack.pressInView({ user: "dana", actionId: "go", fill });
    const next = [blocks[0], section("a", { block_id: "beside", accessory: select({ action_id: "s" }) })];
    const view = JSON.parse(JSON.stringify({ ...MODAL, submit: plain("Go"), blocks: next }));
    await app.client.views.update({ view_id, view });
    await app.slack.submitView({ user: "dana", fill });
    expect(Object(app.lastPayload().view).state.values).toMatchObject({
      typed: { i: { value: "words" } },
      beside: { s: { selected_option: null } },
    });
  });

  it("comes with a press in a message too", async () => {
    const channel = app.slack.workspace.channel("ops").id;
    const { ts = "" } = await app.client.chat.postMessage({
      channel,
      text: "a",
      blocks: JSON.parse(JSON.stringify(blocks)),
    });
    const fill = { "beside s": "a" };
    await app.slack.pressButton({ user: "dana", channel, messageTs: ts, actionId: "go", fill });
    expect(app.lastPayload()).toMatchObject({
      state: { values: { typed: { i: { value: "at first" } }, beside: { s: { selected_option: { value: "a" } } } } },
    });
  });

  it.each(["external_select", "multi_external_select", "file_input"])("cannot be in %s", async (type) => {
    await open([input({ type, action_id: "x" }, { optional: true })]);
    await expect(app.slack.submitView({ user: "dana", fill: { x: "a" } })).rejects.toThrow("x cannot be filled in: ");
    await app.slack.submitView({ user: "dana" });
  });
});

describe("closing by hand", () => {
  const notify = { notify_on_close: true };

  it.each([
    { how: "Back", act: {}, more: {}, isCleared: false, open: 1 },
    { how: "×", act: { isWhole: true }, more: {}, isCleared: true, open: 0 },
    { how: "Cancel of one that clears", act: {}, more: { clear_on_close: true }, isCleared: true, open: 0 },
  ])("$how leaves $open open, and the app hears whether all went", async ({ act, more, isCleared, open: left }) => {
    const first = await open([input({ action_id: "i" }, { block_id: "b" })], { ...notify, callback_id: "first" });
    const second = await open([section("a")], { ...notify, ...more }, "push");
    await app.slack.closeView({ user: "dana", ...act });
    expect(app.lastPayload()).toMatchObject({
      type: "view_closed",
      is_cleared: isCleared,
      view: { id: isCleared ? first : second },
    });
    expect(app.slack.workspace.stacks.get("U0DANA")).toHaveLength(left);
  });

  it("tells what was filled in", async () => {
    await open([input({ action_id: "i" }, { block_id: "b" })], notify);
    await app.slack.closeView({ user: "dana", fill: { "b i": "half" } });
    expect(app.lastPayload()).toMatchObject({ view: { state: { values: { b: { i: { value: "half" } } } } } });
  });
});
