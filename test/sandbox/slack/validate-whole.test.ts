import { describe, expect, it } from "vitest";
import { validateMessage, validateView } from "../../../sandbox/slack/validate/index.ts";
import { actions, button, input, plain, section } from "./samples.ts";

describe("a message", () => {
  it("needs unique block ids, those in containers included", () => {
    const twin = { type: "divider", block_id: "a" };
    const container = { type: "container", title: plain("t"), child_blocks: [twin] };
    expect(validateMessage({ blocks: [twin, container] })).toMatchObject([
      { pointer: "/blocks/1/child_blocks/0/block_id" },
    ]);
  });

  it("takes the same action id in different blocks", () => {
    const press = actions(button({ action_id: "a" }));
    expect(validateMessage({ blocks: [press, press] })).toEqual([]);
  });

  it.each([{}, { text: "" }, { text: "  " }, { blocks: [] }])("needs something to say: %j", (message) => {
    expect(validateMessage(message)).toMatchObject([{ error: "no_text" }]);
  });

  it("looks into the blocks of attachments", () => {
    const faults = validateMessage({ attachments: [{ blocks: [section("")] }] });
    expect(faults).toMatchObject([{ pointer: "/attachments/0/blocks/0/text/text" }]);
  });

  it.each([
    { metadata: "x", error: "invalid_metadata_format" },
    { metadata: { event_payload: {} }, error: "invalid_metadata_format" },
    { metadata: { event_type: "slot" }, error: "invalid_metadata_format" },
    { metadata: { event_type: "slot", event_payload: { deep: { deeper: {} } } }, error: "invalid_metadata_schema" },
    { metadata: { event_type: "slot", event_payload: { nothing: null } }, error: "invalid_metadata_schema" },
  ])("refuses the metadata $metadata", ({ metadata, error }) => {
    expect(validateMessage({ text: "a", metadata })).toMatchObject([{ error }]);
  });

  it("takes metadata of scalars, flat objects and lists of them", () => {
    const event_payload = { slot: "s", count: 1, late: true, issue: { id: "i" }, issues: [{ id: "i" }] };
    expect(validateMessage({ text: "a", metadata: { event_type: "slot", event_payload } })).toEqual([]);
  });
});

describe("a view", () => {
  const modal = { type: "modal", title: plain("t"), blocks: [section("a")] };

  it("needs a title and blocks", () => {
    expect(validateView({ type: "modal" }).map((fault) => fault.message)).toEqual([
      "missing required field: blocks",
      "missing required field: title",
    ]);
  });

  it("needs a submit button where there is an input", () => {
    expect(validateView({ ...modal, blocks: [input()] })).toMatchObject([
      { message: expect.stringContaining("submit") },
    ]);
    expect(validateView({ ...modal, blocks: [input()], submit: plain("Go") })).toEqual([]);
  });

  it("gives the focus to one element only", () => {
    const focused = input({ focus_on_load: true });
    expect(validateView({ ...modal, submit: plain("Go"), blocks: [focused, focused] })).toMatchObject([
      { pointer: "/view/blocks", message: expect.stringContaining("focus_on_load") },
    ]);
  });

  it.each([undefined, null, "modal", { type: "sheet" }])("refuses %j", (view) => {
    expect(validateView(view)).toHaveLength(1);
  });
});
