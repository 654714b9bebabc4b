import { type ComponentChild, h } from "preact";
import type { Filled, Json } from "../wire.ts";
import { choices, initialChoices, select } from "./choices.ts";
import type { Surface } from "./elements.ts";
import { filledOf, isRecord, records, textOf, word } from "./fields.ts";
import { localTime, secondsAt } from "./local-time.ts";

export interface FieldParts {
  element: Json;
  blockId: string;
  surface: Surface;
  /** Where the app hears of it before the form is sent. */
  onUse?: ((value: Filled) => void) | undefined;
  /** Of the label and what is said about it, where the element stands in an input block. */
  id?: string;
  describedBy?: string | undefined;
  isRequired?: boolean;
}

/** What can be filled in or chosen from. Outside an input block its placeholder names it. */
export function Field(parts: FieldParts): ComponentChild {
  const { element, blockId, surface, onUse, id, describedBy, isRequired = false } = parts;
  const isWrong = surface.errors[blockId] !== undefined;
  const name = textOf(element.placeholder) || word(element.type).replaceAll("_", " ");
  const common = {
    id,
    name: blockId,
    "aria-label": id === undefined ? name : undefined,
    "aria-describedby": describedBy,
    "aria-invalid": isWrong ? "true" : undefined,
    "aria-required": isRequired ? "true" : undefined,
    autofocus: element.focus_on_load === true,
  };
  const choose = (value: Filled) => {
    surface.onFill(blockId, element, value);
    onUse?.(value);
  };
  const text = {
    ...common,
    ...typing(parts),
    placeholder: textOf(element.placeholder),
    defaultValue: typedIn(parts),
    maxLength: limit(element.max_length),
    minLength: limit(element.min_length),
  };
  const picked = (initial: unknown) => ({
    ...common,
    defaultValue: filledOf(parts) ?? word(initial),
    onChange: (event: Event) => choose(valueIn(event)),
  });
  switch (element.type) {
    case "plain_text_input":
    case "rich_text_input":
      if (element.multiline === true || element.type === "rich_text_input") return h("textarea", { ...text, rows: 4 });
      return h("input", { type: "text", ...text });
    case "email_text_input":
      return h("input", { type: "email", ...text });
    case "url_text_input":
      return h("input", { type: "url", ...text });
    case "number_input": {
      const step = element.is_decimal_allowed === true ? "any" : 1;
      return h("input", { type: "number", step, min: word(element.min_value), max: word(element.max_value), ...text });
    }
    case "datepicker":
      return h("input", { type: "date", ...picked(element.initial_date) });
    case "timepicker":
      return h("input", { type: "time", ...picked(element.initial_time) });
    case "datetimepicker":
      return dateTime(parts, common, choose);
    case "file_input":
      return notHere(parts, "The sandbox takes no files from people.");
    case "radio_buttons":
    case "checkboxes":
      return choices(parts, common, choose);
    case "external_select":
    case "multi_external_select":
      return notHere(parts, "The sandbox asks no app for options, so nothing can be chosen here.");
    default:
      return /_select$/.test(word(element.type)) ? select(parts, common, choose) : notDrawn(element);
  }
}

/**
 * The app hears of it on Enter unless it asks for every character:
 * https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object
 */
function typing({ element, blockId, surface, onUse }: FieldParts) {
  const config = isRecord(element.dispatch_action_config)
    ? element.dispatch_action_config.trigger_actions_on
    : undefined;
  const triggers: readonly unknown[] = Array.isArray(config) ? config : ["on_enter_pressed"];
  return {
    onInput(event: Event) {
      surface.onFill(blockId, element, valueIn(event));
      if (triggers.includes("on_character_entered")) onUse?.(valueIn(event));
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      if (onUse === undefined || !triggers.includes("on_enter_pressed")) return;
      event.preventDefault();
      onUse(valueIn(event));
    },
  };
}

function typedIn(parts: FieldParts): string {
  const { initial_value: initial } = parts.element;
  return word(filledOf(parts) ?? (isRecord(initial) ? plainOf(initial) : initial));
}

/** The words of rich text, a line for each part of it. */
function plainOf({ elements, text }: Json): string {
  if (typeof text === "string") return text;
  const parts = records(elements);
  return parts.map(plainOf).join(parts.some((part) => part.elements !== undefined) ? "\n" : "");
}

/** The clock is the person's, not the browser's. */
function dateTime(parts: FieldParts, common: Json, choose: (value: Filled) => void): ComponentChild {
  const { timeZone } = parts.surface.reader;
  const seconds = filledOf(parts) ?? parts.element.initial_date_time;
  const defaultValue = seconds === undefined || seconds === "" ? "" : localTime(Number(seconds), timeZone);
  const onChange = (event: Event) => choose(String(secondsAt(valueIn(event), timeZone) ?? ""));
  return h("input", { type: "datetime-local", ...common, defaultValue, title: timeZone, onChange });
}

/** In place of a field that would do nothing. */
function notHere({ element, id }: FieldParts, why: string): ComponentChild {
  const first = initialChoices(element);
  return h("p", { class: "hint", id, tabIndex: -1 }, first.length === 0 ? null : `${first.join(", ")}. `, why);
}

function notDrawn({ type }: Json): ComponentChild {
  return h("mark", null, `(the element ${word(type)} is not drawn)`);
}

function valueIn({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.value : "";
}

function limit(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
