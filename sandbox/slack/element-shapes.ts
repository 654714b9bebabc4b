import type { Block } from "./model.ts";
import { isRecord, listOf } from "./validate/rule.ts";

/** How Slack words what people choose and type: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */

/** What a person chose or typed; several where several may be chosen. Seconds of the epoch, as digits, for a date with a time. */
export type Filled = string | readonly string[];

export interface Shape {
  /** Whether it stands in `state.values`, or is only told of when it is pressed. */
  isKept: boolean;
  /** What Slack reports of it: what was filled in, else what stood there first. */
  read(element: Block, value: Filled | undefined): Record<string, unknown>;
  /** Why the sandbox cannot have it filled in. */
  refusal?: string;
}

const BUTTON: Shape = {
  isKept: false,
  read: ({ text, value }) => ({ text, ...(value === undefined ? {} : { value }) }),
};
const TYPED = kept("value", (element, value) => {
  // What is left empty is null to the app.
  const typed = value ?? element.initial_value;
  return typed === undefined || typed === "" ? null : typed;
});
const OPTION = kept("selected_option", (element, value) => {
  if (value === undefined) return element.initial_option ?? null;
  return offeredBy(element).find((option) => option.value === value) ?? null;
});
const OPTIONS = kept("selected_options", (element, value) => {
  if (value === undefined) return listOf(element.initial_options);
  return offeredBy(element).filter((option) => listed(value).includes(String(option.value)));
});
const NO_OPTIONS = "the sandbox asks no app for options";

/** Every element that a person can use; https://docs.slack.dev/reference/block-kit/block-elements */
const SHAPES: Readonly<Record<string, Shape>> = {
  button: BUTTON,
  workflow_button: BUTTON,
  icon_button: { ...BUTTON, read: (element) => ({ icon: element.icon, ...BUTTON.read(element, undefined) }) },
  feedback_buttons: { isKept: false, read: feedback },
  overflow: { ...OPTION, isKept: false },
  static_select: OPTION,
  radio_buttons: OPTION,
  external_select: { ...OPTION, refusal: NO_OPTIONS },
  checkboxes: OPTIONS,
  multi_static_select: OPTIONS,
  multi_external_select: { ...OPTIONS, refusal: NO_OPTIONS },
  users_select: one("user"),
  conversations_select: one("conversation"),
  channels_select: one("channel"),
  multi_users_select: many("user"),
  multi_conversations_select: many("conversation"),
  multi_channels_select: many("channel"),
  datepicker: one("date"),
  timepicker: one("time"),
  datetimepicker: kept("selected_date_time", (element, value) => {
    if (value === undefined) return element.initial_date_time ?? null;
    return value === "" ? null : Number(value);
  }),
  plain_text_input: TYPED,
  email_text_input: TYPED,
  url_text_input: TYPED,
  number_input: TYPED,
  rich_text_input: { isKept: true, read: richText },
  file_input: { ...kept("files", () => []), refusal: "the sandbox takes no files from people" },
};

/** `undefined` for what nobody can use: pictures, texts. */
export function shapeOf(element: Block): Shape | undefined {
  const type = String(element.type);
  return Object.hasOwn(SHAPES, type) ? SHAPES[type] : undefined;
}

/** The `state.values` entry of an element. */
export function stateOf(element: Block, value: Filled | undefined): Record<string, unknown> {
  return { type: element.type, ...shapeOf(element)?.read(element, value) };
}

export function offeredBy(element: Block): Block[] {
  const groups = listOf(element.option_groups).filter(isRecord);
  return [...listOf(element.options), ...groups.flatMap(({ options }) => listOf(options))].filter(isRecord);
}

/** Nothing chosen is an empty list, be it told as a word or as a list. */
export function listed(value: Filled): readonly string[] {
  if (typeof value !== "string") return value;
  return value === "" ? [] : [value];
}

function kept(key: string, held: (element: Block, value: Filled | undefined) => unknown): Shape {
  return { isKept: true, read: (element, value) => ({ [key]: held(element, value) }) };
}

function one(noun: string): Shape {
  return kept(`selected_${noun}`, (element, value) =>
    value === "" ? null : (value ?? element[`initial_${noun}`] ?? null),
  );
}

function many(noun: string): Shape {
  return kept(`selected_${noun}s`, (element, value) =>
    value === undefined ? listOf(element[`initial_${noun}s`]) : listed(value),
  );
}

function feedback({ positive_button, negative_button }: Block, value: Filled | undefined): Record<string, unknown> {
  const pressed = [positive_button, negative_button].filter(isRecord).find((button) => button.value === value);
  return { text: pressed?.text, value };
}

/** Typed here is plain text. Left empty, there is no `rich_text_value`. */
function richText({ initial_value }: Block, value: Filled | undefined): Record<string, unknown> {
  if (value === undefined) return initial_value === undefined ? {} : { rich_text_value: initial_value };
  if (value === "") return {};
  const section = { type: "rich_text_section", elements: [{ type: "text", text: value }] };
  return { rich_text_value: { type: "rich_text", elements: [section] } };
}
