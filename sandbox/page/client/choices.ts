import { type ComponentChild, h } from "preact";
import type { Filled, Json } from "../wire.ts";
import { anyText } from "./composition.ts";
import type { Choice, Surface } from "./elements.ts";
import { filledOf, isRecord, records, textOf, word } from "./fields.ts";
import type { FieldParts } from "./inputs.ts";

/** What is chosen from a list: selects, radio buttons, checkboxes. */

type Common = Record<string, unknown>;

export function select(parts: FieldParts, common: Common, onChange: (value: Filled) => void): ComponentChild {
  const { element, surface } = parts;
  const isMany = word(element.type).startsWith("multi_");
  const groups = offered(element, surface);
  const chosen = chosenOf(parts, groups);
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
export function choices(parts: FieldParts, common: Common, onChange: (value: Filled) => void): ComponentChild {
  const { element, blockId, surface, id } = parts;
  const type = element.type === "checkboxes" ? "checkbox" : "radio";
  const chosen = chosenOf(parts, [{ items: choicesOf(element.options) }]);
  const change = (event: Event) => {
    const group = event.target instanceof HTMLInputElement ? event.target.closest("[data-choices]") : null;
    const values = [...(group?.querySelectorAll<HTMLInputElement>("input:checked") ?? [])].map(({ value }) => value);
    onChange(type === "checkbox" ? values : (values[0] ?? ""));
  };
  const options = records(element.options).map((option) => {
    const value = word(option.value);
    const note =
      option.description === undefined ? null : h("small", null, anyText(option.description, surface.reader));
    const input = h("input", {
      type,
      name: `${surface.scope} ${blockId} ${word(element.action_id)}`,
      value,
      defaultChecked: chosen.includes(value),
    });
    return h("label", null, input, h("span", null, anyText(option.text, surface.reader), note));
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

/** The words of what stood there first. */
export function initialChoices(element: Json): string[] {
  return [element.initial_option, ...records(element.initial_options)].filter(isRecord).map(({ text }) => textOf(text));
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

/** What was chosen and is still offered, else what stood there first. */
function chosenOf(parts: FieldParts, groups: readonly Group[]): readonly string[] {
  const filled = filledOf(parts);
  if (filled === undefined) return initialOf(parts.element);
  const values = groups.flatMap(({ items }) => items.map(({ value }) => value));
  return [filled].flat().filter((value) => values.includes(value));
}

function initialOf(element: Json): string[] {
  const options = [element.initial_option, ...records(element.initial_options)].filter(isRecord);
  const ids = [element.initial_user, element.initial_conversation, element.initial_channel].map(word).filter(Boolean);
  const many = [element.initial_users, element.initial_conversations, element.initial_channels].flat().map(word);
  return [...options.map(({ value }) => word(value)), ...ids, ...many.filter(Boolean)];
}
