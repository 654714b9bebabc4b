import type { Block } from "./model.ts";
import { isRecord, listOf } from "./validate/rule.ts";

/** The elements in a message or view that a person can press, choose from or fill in. */
export interface Actionable {
  blockId: string;
  actionId: string;
  /** What the person sees on it: a button's text, or the placeholder. */
  label: string;
  element: Block;
}

/** What a person chose or typed; several where several may be chosen. */
export type Filled = string | readonly string[];

/** In the order in which they stand, accessory buttons and those in containers included. */
export function actionablesIn(blocks: readonly unknown[]): Actionable[] {
  const found: Actionable[] = [];
  for (const block of blocks) {
    if (!isRecord(block)) continue;
    const blockId = typeof block.block_id === "string" ? block.block_id : "";
    const elements = [...listOf(block.elements), block.accessory, block.element, ...listOf(block.actions)];
    for (const element of elements) {
      if (isRecord(element) && element.type === "card") found.push(...actionablesIn([element]));
      if (!isRecord(element) || typeof element.action_id !== "string") continue;
      found.push({ blockId, actionId: element.action_id, label: labelOf(element, block), element });
    }
    found.push(...actionablesIn(listOf(block.child_blocks)));
  }
  return found;
}

/** What Slack reports in `actions` when a person uses the element. `value` picks among options. */
export function actionOf(actionable: Actionable, value: Filled | undefined, at: Date): Record<string, unknown> {
  const { element, actionId, blockId } = actionable;
  const base = {
    action_id: actionId,
    block_id: blockId,
    type: element.type,
    action_ts: (at.getTime() / 1000).toFixed(6),
  };
  if (element.type === "button") {
    return { ...base, text: element.text, ...(element.value === undefined ? {} : { value: element.value }) };
  }
  return { ...base, ...chosen(element, value) };
}

/** The `state.values` entry of an element: what the person chose or typed, else what stood there first. */
export function stateOf(element: Block, value: Filled | undefined): Record<string, unknown> {
  return { type: element.type, ...chosen(element, value) };
}

/** Whether Slack's client would hold the form back: "Please complete this required field". */
export function isUnfilled(state: Readonly<Record<string, unknown>>): boolean {
  const given = Object.entries(state).filter(([key]) => key !== "type");
  return given.every(([, value]) => value === null || (Array.isArray(value) && value.length === 0));
}

function chosen(element: Block, value: Filled | undefined): Record<string, unknown> {
  if (value !== undefined && typeof value !== "string") return chosenAll(element, value);
  const options = [...listOf(element.options), ...listOf(element.option_groups).flatMap(optionsOfGroup)];
  const picked = value === undefined ? undefined : options.find((option) => isRecord(option) && option.value === value);
  if (value !== undefined && options.length > 0 && picked === undefined) {
    throw new Error(`${value} is not among what ${String(element.action_id)} offers.`);
  }
  switch (element.type) {
    case "overflow":
    case "static_select":
    case "external_select":
    case "radio_buttons":
      return { selected_option: picked ?? element.initial_option ?? null };
    case "checkboxes":
    case "multi_static_select":
    case "multi_external_select":
      return { selected_options: picked === undefined ? listOf(element.initial_options) : [picked] };
    case "users_select":
      return { selected_user: value ?? element.initial_user ?? null };
    case "conversations_select":
      return { selected_conversation: value ?? element.initial_conversation ?? null };
    case "channels_select":
      return { selected_channel: value ?? element.initial_channel ?? null };
    case "datepicker":
      return { selected_date: value ?? element.initial_date ?? null };
    case "timepicker":
      return { selected_time: value ?? element.initial_time ?? null };
    case "datetimepicker":
      return { selected_date_time: value === undefined ? (element.initial_date_time ?? null) : Number(value) };
    default: {
      // What is left empty is null to the app.
      const typed = value ?? element.initial_value;
      return { value: typed === undefined || typed === "" ? null : typed };
    }
  }
}

/** Of checkboxes and multi-selects; an empty list is nothing chosen. */
function chosenAll(element: Block, values: readonly string[]): Record<string, unknown> {
  const noun = /^multi_(user|conversation|channel)s_select$/.exec(String(element.type))?.[1];
  if (noun !== undefined) return { [`selected_${noun}s`]: values };
  const options = [...listOf(element.options), ...listOf(element.option_groups).flatMap(optionsOfGroup)];
  return {
    selected_options: options.filter((option) => isRecord(option) && values.includes(String(option.value))),
  };
}

function optionsOfGroup(group: unknown): unknown[] {
  return isRecord(group) ? listOf(group.options) : [];
}

function labelOf(element: Block, block: Block): string {
  for (const text of [element.text, element.placeholder, block.label]) {
    if (isRecord(text) && typeof text.text === "string") return text.text;
  }
  return "";
}
