import { expect, it } from "vitest";
import { type Filled, shapeOf, stateOf } from "../../../sandbox/slack/element-shapes.ts";
import { ELEMENT_TYPES } from "../../../sandbox/slack/validate/elements.ts";
import { plain, richText } from "./samples.ts";

const [one, two] = ["one", "two"].map((value) => ({ value, text: plain(value) }));
const words = (text: string) => richText({ type: "rich_text_section", elements: [{ type: "text", text }] });

interface Row {
  element: object;
  /** What Slack reports where nobody has touched it. */
  first: object;
  filled: Filled;
  after: object;
  /** Where nothing stood in it and nobody has touched it. */
  bare: object;
}

const options = [one, two];
const option = {
  element: { options, initial_option: one },
  first: { selected_option: one },
  filled: "two",
  after: { selected_option: two },
  bare: { selected_option: null },
};
const several = {
  element: { options, initial_options: [one] },
  first: { selected_options: [one] },
  filled: ["two", "one"],
  after: { selected_options: [one, two] },
  bare: { selected_options: [] },
};
const id = (noun: string, first = "X1", next = "X2"): Row => ({
  element: { [`initial_${noun}`]: first },
  first: { [`selected_${noun}`]: first },
  filled: next,
  after: { [`selected_${noun}`]: next },
  bare: { [`selected_${noun}`]: null },
});
const ids = (noun: string): Row => ({
  element: { [`initial_${noun}s`]: ["X1"] },
  first: { [`selected_${noun}s`]: ["X1"] },
  filled: ["X2", "X3"],
  after: { [`selected_${noun}s`]: ["X2", "X3"] },
  bare: { [`selected_${noun}s`]: [] },
});
const typed = (first: string, next: string): Row => ({
  element: { initial_value: first },
  first: { value: first },
  filled: next,
  after: { value: next },
  bare: { value: null },
});

/** All that holds a value. */
const KEPT: Readonly<Record<string, Row>> = {
  static_select: option,
  radio_buttons: option,
  external_select: option,
  checkboxes: several,
  multi_static_select: several,
  multi_external_select: several,
  users_select: id("user"),
  conversations_select: id("conversation"),
  channels_select: id("channel"),
  multi_users_select: ids("user"),
  multi_conversations_select: ids("conversation"),
  multi_channels_select: ids("channel"),
  datepicker: id("date", "2026-11-19", "2026-11-20"),
  timepicker: id("time", "09:00", "10:30"),
  datetimepicker: {
    element: { initial_date_time: 1_795_190_065 },
    first: { selected_date_time: 1_795_190_065 },
    filled: "1795190100",
    after: { selected_date_time: 1_795_190_100 },
    bare: { selected_date_time: null },
  },
  plain_text_input: typed("a", "b"),
  email_text_input: typed("a@example.com", "b@example.com"),
  url_text_input: typed("https://a.example", "https://b.example"),
  number_input: typed("1", "2"),
  rich_text_input: {
    element: { initial_value: words("a") },
    first: { rich_text_value: words("a") },
    filled: "b",
    after: { rich_text_value: words("b") },
    bare: {},
  },
  file_input: { element: {}, first: { files: [] }, filled: "", after: { files: [] }, bare: { files: [] } },
};

/** All that is pressed, and holds nothing. */
const PRESSED = ["button", "overflow", "workflow_button", "icon_button", "feedback_buttons"];

it("knows every element that an app may send, and pictures, which nobody uses", () => {
  expect([...Object.keys(KEPT), ...PRESSED, "image"].toSorted()).toEqual(ELEMENT_TYPES.toSorted());
  expect(shapeOf({ type: "image" })).toBeUndefined();
});

it.each(PRESSED)("keeps no state of %s", (type) => {
  expect(shapeOf({ type })?.isKept).toBe(false);
});

it.each(Object.entries(KEPT))("the state of %s is what stood there first, then what was filled in", (type, row) => {
  const { element, first, filled, after, bare } = row;
  expect(stateOf({ type, ...element }, undefined)).toEqual({ type, ...first });
  expect(stateOf({ type, ...element }, filled)).toEqual({ type, ...after });
  expect(stateOf({ type, options }, undefined)).toEqual({ type, ...bare });
});

it.each<[string, object, Filled, object]>([
  ["several", { type: "checkboxes", options, initial_options: [one] }, [], { selected_options: [] }],
  ["options", { type: "multi_static_select", option_groups: [{ options }] }, ["two"], { selected_options: [two] }],
  ["people", { type: "multi_users_select", initial_users: ["U1"] }, [], { selected_users: [] }],
  ["text", { type: "plain_text_input", initial_value: "a" }, "", { value: null }],
  ["a date", { type: "datepicker", initial_date: "2026-11-19" }, "", { selected_date: null }],
  ["a moment", { type: "datetimepicker", initial_date_time: 1_795_190_065 }, "", { selected_date_time: null }],
])("what is emptied of %s is empty, and groups are looked into", (_what, element, filled, state) => {
  expect(stateOf({ ...element }, filled)).toMatchObject(state);
});
