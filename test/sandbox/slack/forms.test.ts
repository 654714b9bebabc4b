import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AnsweringApp, MODAL, openAnsweringApp } from "./answering-app.ts";
import { plain } from "./samples.ts";

let app: AnsweringApp;
beforeEach(async () => {
  app = await openAnsweringApp();
});
afterEach(() => app.close());

describe("what a submission answers", () => {
  it.each([
    { body: "", open: 0 },
    { body: JSON.stringify({ response_action: "clear" }), open: 0 },
    { body: JSON.stringify({ response_action: "errors", errors: { b: "no" } }), open: 1 },
    { body: JSON.stringify({ response_action: "update", view: { ...MODAL, title: plain("new") } }), open: 1 },
    { body: JSON.stringify({ response_action: "push", view: MODAL }), open: 2 },
  ])("leaves $open open after $body", async ({ body, open }) => {
    await app.client.views.open({ trigger_id: await app.trigger(), view: MODAL });
    app.answer = { status: 200, body };
    await app.slack.submitView({ user: "dana" });
    expect(app.slack.workspace.stacks.get("U0DANA")).toHaveLength(open);
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
    await app.client.views.open({ trigger_id: await app.trigger(), view });
  });

  it("sends what is chosen and typed, and what stood there where nothing was", async () => {
    await app.slack.submitView({ user: "dana", fill: { which: "b", note: "" } });
    expect(app.lastPayload()).toMatchObject({
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
    await expect(app.slack.submitView({ user: "dana", fill: { which: "c" } })).rejects.toThrow("c is not among");
  });

  it("is not sent with a required input left empty", async () => {
    const view = JSON.parse(JSON.stringify({ ...form, blocks: [input("note", { type: "plain_text_input" })] }));
    await app.client.views.open({ trigger_id: await app.trigger(), view });
    await expect(app.slack.submitView({ user: "dana", fill: { note: "" } })).rejects.toThrow("note is empty");
  });
});
