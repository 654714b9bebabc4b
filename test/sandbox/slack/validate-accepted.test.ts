import { describe, expect, it } from "vitest";
import { validateMessage } from "../../../sandbox/slack/validate/index.ts";
import { actions, barChart, button, dataTable, input, mrkdwn, plain, richText, section, select } from "./samples.ts";

const GOOD: { what: string; block: object }[] = [
  { what: "a section with fields only", block: { type: "section", fields: [mrkdwn("a"), plain("b")] } },
  { what: "a section with a button beside it", block: section("a", { accessory: button({ action_id: "a" }) }) },
  { what: "a heading with a level", block: { type: "header", text: plain("a"), level: 2 } },
  { what: "an image from a file", block: { type: "image", slack_file: { id: "F123" }, alt_text: "a" } },
  {
    what: "preformatted text",
    block: richText({ type: "rich_text_preformatted", elements: [{ type: "text", text: "a" }] }),
  },
  {
    what: "dates, styles and mentions in rich text",
    block: richText({
      type: "rich_text_section",
      elements: [
        { type: "date", timestamp: 1_763_712_000, format: "{date_short} {time}", fallback: "f" },
        { type: "text", text: "a", style: { bold: true, code: true } },
        { type: "user", user_id: "U0DANA" },
        { type: "broadcast", range: "here" },
        { type: "link", url: "https://example.com" },
      ],
    }),
  },
  {
    what: "a table of all kinds of cells, with a column skipped in its settings",
    block: {
      type: "table",
      column_settings: [null, { align: "right", is_wrapped: true }],
      rows: [
        [
          { type: "raw_text", text: "a" },
          { type: "raw_number", value: 1, text: "1" },
          richText({ type: "rich_text_section", elements: [] }),
        ],
      ],
    },
  },
  { what: "a data table", block: { ...dataTable(3, 2), page_size: 10, row_header_column_index: 0 } },
  { what: "a chart of two series", block: barChart({ series: 2, categories: 3, xLabel: "hour" }) },
  {
    what: "a container that collapses",
    block: {
      type: "container",
      title: plain("t"),
      is_collapsible: true,
      default_collapsed: true,
      child_blocks: [section("a")],
    },
  },
  { what: "an input in a message", block: input() },
  {
    what: "an overflow menu that opens a URL",
    block: actions({ type: "overflow", options: [{ text: plain("t"), value: "v", url: "https://example.com" }] }),
  },
  {
    what: "a select with what is chosen at first",
    block: actions(select({ initial_option: { text: plain("o0"), value: "v0" } })),
  },
];

describe("a block", () => {
  it.each(GOOD)("is taken: $what", ({ block }) => {
    expect(validateMessage({ blocks: [block] })).toEqual([]);
  });
});
