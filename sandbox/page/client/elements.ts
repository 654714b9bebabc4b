import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import type { Fill, Filled, Json } from "../wire.ts";
import { Confirm } from "./confirm.ts";
import { fillKey, isRecord, records, safeUrl, textOf, word } from "./fields.ts";
import { icon } from "./icons.ts";
import { Field } from "./inputs.ts";
import type { Reader } from "./mrkdwn.ts";
import { Overflow } from "./overflow.ts";

/** Where a block stands: through whose eyes, and what using its elements does. */
export interface Surface {
  /** Like no other place on the page: ids begin with it. */
  scope: string;
  reader: Reader;
  /** People and channels that may be chosen. */
  choices: { people: Choice[]; channels: Choice[] };
  /** Somebody used an element, and confirmed it where it asks for that. */
  onUse(blockId: string, element: Json, value: Filled | undefined): void;
  /** What a form says of an input, by block id. */
  errors: Readonly<Record<string, string>>;
  /** What was chosen and typed, kept until it is sent. */
  filled: Fill;
  onFill(blockId: string, element: Json, value: Filled): void;
}

export interface Choice {
  value: string;
  label: string;
}

interface ElementParts {
  element: Json;
  blockId: string;
  surface: Surface;
}

/** An element that can be pressed or chosen from, in a message, a modal or the Home tab. */
export function Element({ element, blockId, surface }: ElementParts): ComponentChild {
  const [asked, setAsked] = useState<{ value: Filled | undefined } | undefined>();
  const [denials, setDenials] = useState(0);
  const { confirm } = element;
  const use = (value?: Filled) => {
    if (isRecord(confirm)) setAsked({ value });
    else surface.onUse(blockId, element, value);
  };
  const answer = (isYes: boolean) => {
    setAsked(undefined);
    // Drawn anew, it shows again what was chosen before.
    if (!isYes) return setDenials(denials + 1);
    if (asked?.value !== undefined) surface.onFill(blockId, element, asked.value);
    surface.onUse(blockId, element, asked?.value);
  };
  const waiting = isRecord(confirm) ? { ...surface, onFill: () => undefined } : surface;
  const shown = elementOf(element, { element, blockId, surface: waiting }, denials, use);
  if (asked === undefined || !isRecord(confirm)) return shown;
  return [shown, h(Confirm, { key: "confirm", confirm, reader: surface.reader, onAnswer: answer })];
}

function elementOf(
  element: Json,
  { blockId, surface }: ElementParts,
  denials: number,
  use: (value?: Filled) => void,
): ComponentChild {
  const label = word(element.accessibility_label) || undefined;
  const value = word(element.value) || undefined;
  switch (element.type) {
    case "button":
    case "workflow_button":
      return button(element, label, () => use(value));
    case "icon_button":
      return h(
        "button",
        {
          type: "button",
          class: "button icon",
          "aria-label": label ?? textOf(element.text),
          title: textOf(element.text),
          onClick: () => use(value),
        },
        icon("trash"),
      );
    case "feedback_buttons":
      return h(
        "span",
        { class: "actions" },
        ["positive_button", "negative_button"].map((key) => {
          const one = isRecord(element[key]) ? element[key] : {};
          return button(one, word(one.accessibility_label) || undefined, () => use(word(one.value)));
        }),
      );
    case "overflow":
      return h(Overflow, { options: records(element.options), label: label ?? "More actions", onChoose: use });
    default:
      return h(Field, { key: `${fillKey(blockId, element)} ${denials}`, element, blockId, surface, onUse: use });
  }
}

/** A button with a link is one: it opens, and the app hears of it too. */
function button(element: Json, label: string | undefined, onPress: () => void): ComponentChild {
  const more = { class: `button ${word(element.style)}`, "aria-label": label, onClick: onPress };
  const href = safeUrl(element.url);
  if (href === undefined) return h("button", { type: "button", ...more }, textOf(element.text));
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", ...more }, textOf(element.text));
}
