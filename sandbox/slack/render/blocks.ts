import { isRecord, listOf } from "../validate/rule.ts";
import { chartAsText, tableAsText } from "./data.ts";
import { mrkdwn } from "./mrkdwn.ts";
import { richTextAsText } from "./rich-text.ts";
import { indent, pad, paint, type RenderContext, safe, widest } from "./text.ts";

type Block = Record<string, unknown>;

/** The blocks below each other, as text. */
export function blocksAsText(blocks: readonly unknown[], context: RenderContext): string {
  const texts = blocks.filter(isRecord).map((block) => blockAsText(block, context));
  return texts.filter((text) => text !== "").join("\n");
}

function blockAsText(block: Block, context: RenderContext): string {
  switch (block.type) {
    case "section":
      return sectionAsText(block, context);
    case "header":
      return paint(textOf(block.text, context), "bold", context);
    case "divider":
      return "─".repeat(40);
    case "context":
      return paint(inline(listOf(block.elements), context), "dim", context);
    case "actions":
    case "context_actions":
      return inline(listOf(block.elements), context, " ");
    case "image":
      return [textOf(block.title, context), elementAsText(block, context)].filter((part) => part !== "").join("\n");
    case "input":
      return `${textOf(block.label, context)}: ${elementAsText(block.element, context)}`;
    case "rich_text":
      return richTextAsText(block, context);
    case "table":
    case "data_table":
      return tableAsText(block, context);
    case "data_visualization":
      return chartAsText(block, context);
    case "markdown":
      return safe(String(block.text ?? ""));
    case "container":
      return containerAsText(block, context);
    case "carousel":
      return blocksAsText(listOf(block.elements), context);
    case "plan":
      return [safe(String(block.title ?? "")), indent(blocksAsText(listOf(block.tasks), context), "  ")].join("\n");
    default:
      return otherAsText(block, context);
  }
}

/** The accessory stands to the right of the first line. */
function sectionAsText(block: Block, context: RenderContext): string {
  const accessory = block.accessory === undefined ? "" : elementAsText(block.accessory, context);
  const [first = "", ...more] = textOf(block.text, context).split("\n");
  const fields = fieldsAsText(listOf(block.fields), context);
  const head = [first, accessory].filter((part) => part !== "").join("  ");
  return [head, ...more, ...fields].filter((line, index) => index > 0 || line !== "").join("\n");
}

/** Two to a row, each of as many lines as it has. */
function fieldsAsText(fields: readonly unknown[], context: RenderContext): string[] {
  const texts = fields.map((field) => textOf(field, context).split("\n"));
  const width = widest(texts.filter((_, index) => index % 2 === 0).flat());
  const lines: string[] = [];
  for (let index = 0; index < texts.length; index += 2) {
    const left = texts[index] ?? [];
    const right = texts[index + 1] ?? [];
    for (let row = 0; row < Math.max(left.length, right.length); row += 1) {
      lines.push(`${pad(left[row] ?? "", width)}  ${right[row] ?? ""}`.trimEnd());
    }
  }
  return lines;
}

function containerAsText(block: Block, context: RenderContext): string {
  const title = isRecord(block.rich_text_title)
    ? richTextAsText(block.rich_text_title, context)
    : textOf(block.title, context);
  const head = [paint(title, "bold", context), textOf(block.subtitle, context)].filter((part) => part !== "");
  return [...head, indent(blocksAsText(listOf(block.child_blocks), context), "  ")].join("\n");
}

/** Cards, alerts, task cards, videos: their texts in order, then their buttons. */
function otherAsText(block: Block, context: RenderContext): string {
  const texts = ["title", "subtitle", "text", "body", "subtext", "description", "status"].map((key) => {
    const value = block[key];
    return typeof value === "string" ? safe(value) : textOf(value, context);
  });
  const rich = [block.details, block.output].filter(isRecord).map((part) => richTextAsText(part, context));
  return [...texts, ...rich, inline(listOf(block.actions), context, " ")].filter((part) => part !== "").join("\n");
}

function inline(elements: readonly unknown[], context: RenderContext, gap = "  "): string {
  return elements.map((element) => elementAsText(element, context)).join(gap);
}

function elementAsText(element: unknown, context: RenderContext): string {
  if (!isRecord(element)) return "";
  if (element.type === "mrkdwn" || element.type === "plain_text") return textOf(element, context);
  if (element.type === "image") return `[image: ${safe(String(element.alt_text ?? ""))}]`;
  if (element.type === "overflow") return paint("[ … ]", "cyan", context);
  if (element.type === "checkboxes" || element.type === "radio_buttons") return choicesAsText(element, context);
  const chosen = isRecord(element.initial_option) ? element.initial_option.text : undefined;
  const label = [element.text, chosen, element.placeholder]
    .map((text) => textOf(text, context))
    .find((text) => text !== "");
  const filled = element.initial_value ?? element.initial_time ?? element.initial_date;
  return paint(`[ ${label ?? safe(String(filled ?? element.type ?? ""))} ]`, "cyan", context);
}

/** What is chosen at first has a mark. */
function choicesAsText(element: Block, context: RenderContext): string {
  const chosen = [element.initial_option, ...listOf(element.initial_options)]
    .filter(isRecord)
    .map(({ value }) => value);
  const options = listOf(element.options).filter(isRecord);
  return options
    .map(({ value, text }) => `${chosen.includes(value) ? "(x)" : "( )"} ${textOf(text, context)}`)
    .join(" ");
}

function textOf(text: unknown, context: RenderContext): string {
  if (!isRecord(text) || typeof text.text !== "string") return "";
  return text.type === "mrkdwn" ? mrkdwn(text.text, context) : plain(text.text);
}

/** Slack decodes the three entities in plain text as well. */
function plain(text: string): string {
  return safe(text).replaceAll(/&(amp|lt|gt);/g, (_all, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? "");
}
