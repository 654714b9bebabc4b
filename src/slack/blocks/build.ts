import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DataTableBlock,
  DividerBlock,
  HeaderBlock,
  RichTextBlock,
  RichTextPreformatted,
  RichTextSection,
  SectionBlock,
} from "@slack/types";
import { LIMITS } from "./limits.ts";
import {
  cut,
  cutMrkdwn,
  DATE_FORMAT,
  dateFallback,
  linkTarget,
  outside,
  outsideLines,
  outsidePlain,
  secondsOf,
  UNKNOWN_TIME,
} from "./text.ts";
import type { Cell, Leaf } from "./types.ts";

/** Stands where there is nothing to show: Slack refuses empty texts. */
const NOTHING = "–";

/** A run of our own words. */
export function words(text: string, style?: { bold?: boolean; code?: boolean; italic?: boolean }): Leaf {
  return { type: "text", text, ...(style && { style }) };
}

/** A run of text from outside, on one line. */
export function quoted(text: string, max: number, style?: { bold?: boolean; code?: boolean }): Leaf {
  return words(outside(text, max), style);
}

/** A link of ours; an empty run where the address is none that we link to. */
export function linkLeaf(url: string | undefined, text: string): Leaf {
  const target = linkTarget(url);
  return target === undefined ? words("") : { type: "link", url: target, text };
}

/** An instant in the reader's own zone. */
export function dateLeaf(date: Date, format: string = DATE_FORMAT): Leaf {
  const timestamp = secondsOf(date);
  if (timestamp === undefined) return words(UNKNOWN_TIME);
  return { type: "date", timestamp, format, fallback: dateFallback(date, format) };
}

export function divider(): DividerBlock {
  return { type: "divider" };
}

/** Plain text of at most 150 characters. */
export function header(text: string): HeaderBlock {
  return { type: "header", text: { type: "plain_text", text: cut(text, LIMITS.headerText), emoji: false } };
}

/**
 * A line of our own mrkdwn, with a button beside it and with texts from outside below it, which stand as plain text.
 * `verbatim` keeps Slack from making links of what looks like one.
 */
export function section(mrkdwn: string, extra: { button?: Button | undefined; fields?: string[] } = {}): SectionBlock {
  const fields = (extra.fields ?? []).slice(0, LIMITS.sectionFields);
  return {
    type: "section",
    text: { type: "mrkdwn", text: cutMrkdwn(mrkdwn, LIMITS.sectionText), verbatim: true },
    ...(fields.length > 0 && {
      fields: fields.map((field) => ({
        type: "plain_text",
        text: outsidePlain(field, LIMITS.sectionFieldText) || NOTHING,
        emoji: false,
      })),
    }),
    ...(extra.button && { accessory: extra.button }),
  };
}

/** Small print: a piece of our own mrkdwn, or of plain text from outside, each. */
export function context(pieces: readonly ({ mrkdwn: string } | { plain: string })[]): ContextBlock {
  return {
    type: "context",
    elements: pieces
      .slice(0, LIMITS.contextElements)
      .map((piece) =>
        "mrkdwn" in piece
          ? { type: "mrkdwn", text: cutMrkdwn(piece.mrkdwn, LIMITS.textObject), verbatim: true }
          : { type: "plain_text", text: outsidePlain(piece.plain, LIMITS.textObject) || NOTHING, emoji: false },
      ),
  };
}

/** A button, or none where its value does not fit. `label` is what a screen reader says instead of `text`. */
export function button(actionId: string, text: string, value: string | undefined, label?: string): Button | undefined {
  if (value === undefined || value.length > LIMITS.buttonValue) return undefined;
  return {
    type: "button",
    action_id: actionId,
    text: { type: "plain_text", text: cut(text, LIMITS.buttonText), emoji: false },
    value,
    ...(label !== undefined && { accessibility_label: cut(label, LIMITS.buttonLabel) }),
  };
}

export function actions(buttons: readonly Button[]): ActionsBlock {
  return { type: "actions", elements: buttons.slice(0, LIMITS.actionsElements) };
}

/** Rich text of lines; an empty line and an empty run are left out. */
export function richText(lines: readonly (readonly Leaf[])[]): RichTextBlock {
  return { type: "rich_text", elements: [paragraph(lines)] };
}

/** Parts of a `rich_text` block: lines, and preformatted text under them. */
export function richTextOf(parts: (RichTextSection | RichTextPreformatted)[]): RichTextBlock {
  return { type: "rich_text", elements: parts };
}

export function paragraph(lines: readonly (readonly Leaf[])[]): RichTextSection {
  const elements: Leaf[] = [];
  for (const line of lines) {
    const runs = line.filter((leaf) => leaf.type !== "text" || leaf.text !== "");
    if (runs.length === 0) continue;
    if (elements.length > 0) addRun(elements, words("\n"));
    for (const [index, run] of runs.entries()) addRun(elements, index === 0 ? run : inLine(run));
  }
  return { type: "rich_text_section", elements: elements.length > 0 ? elements : [words(" ")] };
}

/** Slack begins every date with a capital, also within a line, unless something stands before it; this shows nothing. */
const ZERO_WIDTH_SPACE = "\u200b";

function inLine(run: Leaf): Leaf {
  return run.type === "date" ? { ...run, format: `${ZERO_WIDTH_SPACE}${run.format}` } : run;
}

/** Runs without a style are made one: a message has more room then. */
function addRun(elements: Leaf[], run: Leaf): void {
  const last = elements.at(-1);
  const isPlain = last?.type === "text" && run.type === "text" && !last.style && !run.style;
  if (isPlain) elements.splice(-1, 1, words(`${last.text}${run.text}`));
  else elements.push(run);
}

/** Text from outside with its lines, cut to `max`. */
export function preformatted(text: string, max: number): RichTextPreformatted {
  return { type: "rich_text_preformatted", elements: [{ type: "text", text: outsideLines(text, max) || " " }] };
}

/** A numbered list; the first item has the number `from`. */
export function numberedList(items: readonly (readonly Leaf[])[], from = 1): RichTextBlock {
  return {
    type: "rich_text",
    elements: [
      {
        type: "rich_text_list",
        style: "ordered",
        ...(from > 1 && { offset: from - 1 }),
        elements: items.map((item) => paragraph([item])),
      },
    ],
  };
}

/** Rows that do not fit are left out: callers say how many. `columns` is the header row. */
export function dataTable(caption: string, columns: readonly string[], rows: readonly Cell[][]): DataTableBlock {
  return {
    type: "data_table",
    caption: cut(caption, LIMITS.tableCaption),
    page_size: Math.min(Math.max(rows.length, 1), TABLE_PAGE_SIZE, LIMITS.tablePageSize),
    rows: [columns.map((column) => cell(column)), ...rows.slice(0, LIMITS.tableRows - 1)],
  };
}

/** As many rows as a phone shows without much scrolling. */
const TABLE_PAGE_SIZE = 20;

/** A cell of text of ours. A cell must not be empty. */
export function cell(text: string): Cell {
  return { type: "raw_text", text: text || NOTHING };
}

/** A cell of text from outside. */
export function quotedCell(text: string, max: number): Cell {
  return cell(outsidePlain(text, max));
}

export function dateCell(date: Date | undefined, format: string = DATE_FORMAT): Cell {
  if (!date) return cell(NOTHING);
  return richText([[dateLeaf(date, format)]]);
}
