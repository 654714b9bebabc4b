import { type ComponentChild, h } from "preact";
import type { Filled, Json } from "../wire.ts";
import { chart } from "./charts.ts";
import { card, carousel, container, plan, taskCard } from "./composed-blocks.ts";
import { anyText, picture } from "./composition.ts";
import { Element, type Surface } from "./elements.ts";
import { isRecord, records, textOf, word } from "./fields.ts";
import { Field } from "./inputs.ts";
import { markdown } from "./markdown.ts";
import { link, type Reader } from "./mrkdwn.ts";
import { raw } from "./raw.ts";
import { richText } from "./rich-text.ts";
import { DataTable, Table } from "./tables.ts";

/** Blocks as Slack shows them. One that nobody has taught this page is named, with all it has, never left out. */
export function Blocks({ blocks, surface }: { blocks: Json[]; surface: Surface }): ComponentChild {
  return blocks.map((block, index) => {
    // What was typed goes with the block; what is only shown stays where it was, and keeps the focus.
    const key = block.type === "input" ? word(block.block_id) : `${word(block.type)} ${index}`;
    return h("div", { key, class: `block block-${word(block.type)}` }, blockOf(block, surface));
  });
}

function blockOf(block: Json, surface: Surface): ComponentChild {
  const { reader } = surface;
  const elements = (from: unknown, blockId = word(block.block_id)) =>
    records(from).map((element) => h(Element, { element, blockId, surface }));
  switch (block.type) {
    case "section":
      return section(block, surface);
    case "header":
      return header(block);
    case "divider":
      return h("hr", null);
    case "context":
      return records(block.elements).map((element) => contextElement(element, reader));
    case "actions":
    case "context_actions":
      return h("div", { class: "actions" }, elements(block.elements));
    case "image":
      return [
        textOf(block.title) === "" ? null : h("p", { class: "image-title" }, textOf(block.title)),
        picture(block),
      ];
    case "input":
      return input(block, surface);
    case "rich_text":
      return richText(block, reader);
    case "table":
      return h(Table, { block, reader });
    case "data_table":
      return h(DataTable, { block, reader });
    case "data_visualization":
      return chart(block);
    case "markdown":
      return markdown(word(block.text));
    case "video":
      return [
        h("p", null, link(block.title_url ?? block.video_url, textOf(block.title))),
        picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }),
      ];
    case "alert":
      return h("div", { class: `alert ${word(block.level)}`, role: "note" }, anyText(block.text, reader));
    case "card":
      return card(block, reader, elements(block.actions));
    case "carousel":
      return carousel(
        records(block.elements).map((one) => card(one, reader, elements(one.actions, word(one.block_id) || undefined))),
      );
    case "container":
      return container(block, reader, h(Blocks, { blocks: records(block.child_blocks), surface }));
    case "plan":
      return plan(block, reader);
    case "task_card":
      return taskCard(block, reader);
    default:
      return notDrawn(block);
  }
}

/** Slack's headers are plain text; below the message they begin at the third level of the page. */
function header({ text, level }: Json): ComponentChild {
  const depth = typeof level === "number" ? level : 1;
  return h("div", { role: "heading", "aria-level": depth + 2, class: `heading level-${depth}` }, textOf(text));
}

function section({ block_id, text, fields, accessory }: Json, surface: Surface): ComponentChild {
  const { reader } = surface;
  const isPicture = isRecord(accessory) && accessory.type === "image";
  const beside =
    isRecord(accessory) && !isPicture ? h(Element, { element: accessory, blockId: word(block_id), surface }) : null;
  const told = records(fields).map((field) => h("div", { class: "field" }, anyText(field, reader)));
  return [
    h(
      "div",
      { class: "section-text" },
      text === undefined ? null : anyText(text, reader),
      told.length === 0 ? null : h("div", { class: "fields" }, told),
    ),
    isPicture && isRecord(accessory) ? picture(accessory) : null,
    beside === null ? null : h("div", { class: "accessory" }, beside),
  ];
}

function contextElement(element: Json, reader: Reader): ComponentChild {
  if (element.type === "image") return picture(element);
  return h("span", null, anyText(element, reader));
}

/** The label, the element, what helps, and what is wrong, tied together for screen readers. */
function input(block: Json, surface: Surface): ComponentChild {
  const blockId = word(block.block_id);
  const id = inputId(surface.scope, blockId);
  const error = surface.errors[blockId];
  const hint = textOf(block.hint);
  const element = isRecord(block.element) ? block.element : {};
  const isGroup = element.type === "radio_buttons" || element.type === "checkboxes";
  const describedBy =
    [hint === "" ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`].filter(Boolean).join(" ") || undefined;
  const use = (value: Filled) => surface.onUse(blockId, element, value);
  const onUse = block.dispatch_action === true ? use : undefined;
  const label = [textOf(block.label), block.optional === true ? h("small", null, " (optional)") : null];
  return [
    h(isGroup ? "span" : "label", { id: `${id}-label`, class: "label", ...(isGroup ? {} : { for: id }) }, label),
    h(Field, { element, blockId, surface, onUse, id, describedBy, isRequired: block.optional !== true }),
    hint === "" ? null : h("p", { id: `${id}-hint`, class: "hint" }, hint),
    error === undefined ? null : h("p", { id: `${id}-error`, class: "error", role: "alert" }, error),
  ];
}

/** Of the element in an input block. */
export function inputId(scope: string, blockId: string): string {
  return `input-${scope}-${blockId}`;
}

function notDrawn(block: Json): ComponentChild {
  return raw(`A ${word(block.type)} block, which this page cannot draw`, block);
}
