import { type ComponentChild, h } from "preact";
import type { Filled, Json } from "../wire.ts";
import type { Choice, Surface } from "./elements.ts";
import { isRecord, records, textOf, word } from "./fields.ts";
import { mrkdwn, type Reader } from "./mrkdwn.ts";

export interface FieldParts {
  element: Json;
  blockId: string;
  surface: Surface;
  onChange(value: Filled): void;
  /** Of the label and what is said about it, where the element stands in an input block. */
  id?: string;
  describedBy?: string | undefined;
  isRequired?: boolean;
}

/** What can be filled in or chosen from. Outside an input block its placeholder names it. */
export function Field(parts: FieldParts): ComponentChild {
  const { element, blockId, surface, onChange, id, describedBy, isRequired = false } = parts;
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
  const typed = { ...common, onInput: (event: Event) => onChange(valueIn(event)) };
  const text = {
    ...typed,
    placeholder: textOf(element.placeholder),
    defaultValue: word(element.initial_value),
    maxLength: limit(element.max_length),
    minLength: limit(element.min_length),
  };
  switch (element.type) {
    case "plain_text_input":
    case "rich_text_input":
      if (element.multiline === true || element.type === "rich_text_input") return h("textarea", { ...text, rows: 4 });
      return h("input", { type: "text", ...text });
    case "email_text_input":
      return h("input", { type: "email", ...text });
    case "url_text_input":
      return h("input", { type: "url", ...text });
    case "number_input":
      return h("input", {
        type: "number",
        step: element.is_decimal_allowed === true ? "any" : 1,
        min: word(element.min_value),
        max: word(element.max_value),
        ...text,
      });
    case "datepicker":
      return h("input", { type: "date", ...typed, defaultValue: word(element.initial_date) });
    case "timepicker":
      return h("input", { type: "time", ...typed, defaultValue: word(element.initial_time) });
    case "datetimepicker":
      return h("input", {
        type: "datetime-local",
        ...common,
        onInput: (event: Event) => onChange(secondsIn(valueIn(event))),
      });
    case "file_input":
      return h("input", { type: "file", disabled: true, ...common, title: "The sandbox takes no files from people." });
    case "radio_buttons":
    case "checkboxes":
      return choices(parts, common);
    case "external_select":
    case "multi_external_select":
      return h("input", { type: "text", ...text, placeholder: "The sandbox asks no app for options" });
    default:
      return /_select$/.test(word(element.type))
        ? select(element, offered(element, surface), common, onChange)
        : notDrawn(element);
  }
}

function select(
  element: Json,
  groups: Group[],
  common: Record<string, unknown>,
  onChange: (value: Filled) => void,
): ComponentChild {
  const isMany = word(element.type).startsWith("multi_");
  const chosen = initialOf(element);
  const options = ({ label, items }: Group) => {
    const all = items.map(({ value, label: shown }) => h("option", { value, selected: chosen.includes(value) }, shown));
    return label === undefined ? all : h("optgroup", { label }, all);
  };
  const change = (event: Event) => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const values = [...event.target.selectedOptions].map(({ value }) => value);
    onChange(isMany ? values : (values[0] ?? ""));
  };
  const nothing =
    isMany || chosen.length > 0
      ? null
      : h("option", { value: "", selected: true, disabled: true }, textOf(element.placeholder) || "Select an option");
  return h("select", { ...common, multiple: isMany, onChange: change }, nothing, groups.map(options));
}

/** Radio buttons and checkboxes, with what stands below each. */
function choices(
  { element, blockId, surface, onChange, id }: FieldParts,
  common: Record<string, unknown>,
): ComponentChild {
  const type = element.type === "checkboxes" ? "checkbox" : "radio";
  const chosen = initialOf(element);
  const change = (event: Event) => {
    const group = event.target instanceof HTMLInputElement ? event.target.closest("[data-choices]") : null;
    const values = [...(group?.querySelectorAll<HTMLInputElement>("input:checked") ?? [])].map(({ value }) => value);
    onChange(type === "checkbox" ? values : (values[0] ?? ""));
  };
  const options = records(element.options).map((option) => {
    const value = word(option.value);
    const note = option.description === undefined ? null : h("small", null, textIn(option.description, surface.reader));
    const input = h("input", {
      type,
      name: `${surface.scope} ${blockId} ${word(element.action_id)}`,
      value,
      defaultChecked: chosen.includes(value),
    });
    return h("label", null, input, h("span", null, textIn(option.text, surface.reader), note));
  });
  const { "aria-label": label, "aria-describedby": describedBy, "aria-invalid": invalid } = common;
  const role = type === "radio" ? "radiogroup" : "group";
  return h(
    "div",
    {
      class: "choices",
      role,
      "data-choices": true,
      "aria-labelledby": id === undefined ? undefined : `${id}-label`,
      "aria-label": label,
      "aria-describedby": describedBy,
      "aria-invalid": invalid,
      onChange: change,
    },
    options,
  );
}

interface Group {
  label?: string;
  items: Choice[];
}

function offered(element: Json, { choices: { people, channels } }: Surface): Group[] {
  const type = word(element.type);
  if (type.includes("users")) return [{ items: people }];
  if (type.includes("conversations") || type.includes("channels")) return [{ items: channels }];
  const groups = records(element.option_groups).map(({ label, options }) => ({
    label: textOf(label),
    items: choicesOf(options),
  }));
  return groups.length > 0 ? groups : [{ items: choicesOf(element.options) }];
}

function choicesOf(options: unknown): Choice[] {
  return records(options).map(({ value, text }) => ({ value: word(value), label: textOf(text) }));
}

function initialOf(element: Json): string[] {
  const options = [element.initial_option, ...records(element.initial_options)].filter(isRecord);
  const ids = [element.initial_user, element.initial_conversation, element.initial_channel].map(word).filter(Boolean);
  const many = [element.initial_users, element.initial_conversations, element.initial_channels].flat().map(word);
  return [...options.map(({ value }) => word(value)), ...ids, ...many.filter(Boolean)];
}

function textIn(text: unknown, reader: Reader): ComponentChild {
  return isRecord(text) && text.type === "mrkdwn" ? mrkdwn(word(text.text), reader) : textOf(text);
}

function notDrawn({ type }: Json): ComponentChild {
  return h("mark", null, `(the element ${word(type)} is not drawn)`);
}

function valueIn({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.value : "";
}

function secondsIn(local: string): string {
  const atMs = Date.parse(local);
  return Number.isNaN(atMs) ? "" : String(Math.floor(atMs / 1000));
}

function limit(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
