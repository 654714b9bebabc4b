import { describe, expect, it } from "vitest";
import { validateMessage } from "../../../sandbox/slack/validate/index.ts";
import {
  actions,
  barChart,
  button,
  dataTable,
  input,
  mrkdwn,
  plain,
  richText,
  section,
  select,
  table,
} from "./samples.ts";

interface Bad {
  what: string;
  block: object;
  pointer: string;
  says: RegExp;
}

const BAD: Bad[] = [
  { what: "a block without a type", block: {}, pointer: "", says: /missing required field: type/ },
  {
    what: "a block that does not exist",
    block: { type: "secton" },
    pointer: "",
    says: /unsupported type of block: secton/,
  },
  {
    what: "a property that does not exist",
    block: { type: "divider", text: plain("a") },
    pointer: "",
    says: /invalid additional property: text/,
  },
  { what: "an empty section", block: { type: "section" }, pointer: "", says: /text, fields/ },
  { what: "empty text", block: section(""), pointer: "/text/text", says: /more than 0/ },
  { what: "text that is no text object", block: { type: "section", text: "a" }, pointer: "/text", says: /object/ },
  { what: "mrkdwn in a header", block: { type: "header", text: mrkdwn("a") }, pointer: "/text", says: /plain_text/ },
  {
    what: "mrkdwn on a button",
    block: actions(button({ text: mrkdwn("a") })),
    pointer: "/elements/0/text",
    says: /plain_text/,
  },
  {
    what: "emoji: true in mrkdwn",
    block: { type: "section", text: { ...mrkdwn("a"), emoji: true } },
    pointer: "/text",
    says: /additional property: emoji/,
  },
  { what: "actions without elements", block: actions(), pointer: "/elements", says: /no fewer than 1/ },
  {
    what: "an input's element among actions",
    block: actions({ type: "plain_text_input" }),
    pointer: "/elements/0",
    says: /element in actions/,
  },
  {
    what: "a button in a context",
    block: { type: "context", elements: [button()] },
    pointer: "/elements/0",
    says: /element in context/,
  },
  {
    what: "a date and time picker beside a section",
    block: section("a", { accessory: { type: "datetimepicker" } }),
    pointer: "/accessory",
    says: /element in section/,
  },
  {
    what: "an unknown style",
    block: actions(button({ style: "default" })),
    pointer: "/elements/0/style",
    says: /primary, danger/,
  },
  {
    what: "a javascript: URL",
    block: actions(button({ url: "javascript:alert(1)" })),
    pointer: "/elements/0/url",
    says: /valid URL/,
  },
  {
    what: "a relative URL",
    block: actions(button({ url: "/tickets/1" })),
    pointer: "/elements/0/url",
    says: /valid URL/,
  },
  {
    what: "an image of two sources",
    block: { type: "image", alt_text: "a", image_url: "https://example.com/a", slack_file: { id: "F1" } },
    pointer: "",
    says: /exactly one/,
  },
  {
    what: "a data: image",
    block: { type: "image", alt_text: "a", image_url: "data:image/png;base64,AA==" },
    pointer: "/image_url",
    says: /valid URL/,
  },
  {
    what: "an image without alt text",
    block: { type: "image", image_url: "https://example.com/a" },
    pointer: "",
    says: /alt_text/,
  },
  {
    what: "a select with both kinds of options",
    block: actions(select({ option_groups: [{ label: plain("g"), options: [{ text: plain("t"), value: "v" }] }] })),
    pointer: "/elements/0",
    says: /exactly one/,
  },
  {
    what: "a first choice that is not offered",
    block: actions(select({ initial_option: { text: plain("x"), value: "x" } })),
    pointer: "/elements/0/initial_option",
    says: /match/,
  },
  {
    what: "an empty text leaf",
    block: richText({ type: "rich_text_section", elements: [{ type: "text", text: "" }] }),
    pointer: "/elements/0/elements/0/text",
    says: /more than 0/,
  },
  {
    what: "a mention in preformatted text",
    block: richText({ type: "rich_text_preformatted", elements: [{ type: "user", user_id: "U1" }] }),
    pointer: "/elements/0/elements/0",
    says: /preformatted/,
  },
  {
    what: "a date without a token",
    block: richText({ type: "rich_text_section", elements: [{ type: "date", timestamp: 1, format: "now" }] }),
    pointer: "/elements/0/elements/0/format",
    says: /token/,
  },
  {
    what: "a table cell of mrkdwn",
    block: { type: "table", rows: [[mrkdwn("a")]] },
    pointer: "/rows/0/0",
    says: /table cell/,
  },
  {
    what: "a data table without a caption",
    block: { ...table(2, 1), type: "data_table" },
    pointer: "",
    says: /caption/,
  },
  { what: "a data table of nothing but a header", block: dataTable(1, 1), pointer: "/rows", says: /fewer than 2/ },
  {
    what: "a data table with a short row",
    block: { ...dataTable(2, 2), rows: [...dataTable(1, 2).rows, ...dataTable(1, 1).rows] },
    pointer: "/rows/1",
    says: /header \(2\)/,
  },
  {
    what: "rich text in a data table's header",
    block: {
      ...dataTable(2, 1),
      rows: [[richText({ type: "rich_text_section", elements: [] })], [{ type: "raw_text", text: "a" }]],
    },
    pointer: "/rows/0/0",
    says: /rich_text/,
  },
  {
    what: "a pie with a slice of nothing",
    block: { type: "data_visualization", title: "t", chart: { type: "pie", segments: [{ label: "a", value: 0 }] } },
    pointer: "/chart/segments/0/value",
    says: /more than 0/,
  },
  {
    what: "a point without a category",
    block: { ...barChart(), chart: { ...barChart().chart, axis_config: { categories: ["a", "b"] } } },
    pointer: "/chart/series/0/data",
    says: /one point per category/,
  },
  {
    what: "two series of one name",
    block: {
      ...barChart(),
      chart: { ...barChart().chart, series: [...barChart().chart.series, ...barChart().chart.series] },
    },
    pointer: "/chart/series/1",
    says: /unique/,
  },
  {
    what: "collapsed from the start, but not collapsible",
    block: { type: "container", title: plain("t"), default_collapsed: true, child_blocks: [section("a")] },
    pointer: "",
    says: /is_collapsible/,
  },
  {
    what: "a container in a container",
    block: { type: "container", title: plain("t"), child_blocks: [{ type: "container" }] },
    pointer: "/child_blocks/0",
    says: /block in container/,
  },
  { what: "an empty card", block: { type: "card" }, pointer: "", says: /hero_image, title, actions, body/ },
  { what: "a file input in a message", block: input({ type: "file_input" }), pointer: "/element", says: /modals only/ },
  {
    what: "an action id given twice",
    block: actions(button({ action_id: "a" }), button({ action_id: "a" })),
    pointer: "",
    says: /action_id already exists: a/,
  },
];

describe("a block", () => {
  it.each(BAD)("is refused: $what", ({ block, pointer, says }) => {
    const faults = validateMessage({ blocks: [block] });
    expect(faults).toContainEqual({
      error: "invalid_blocks",
      pointer: `/blocks/0${pointer}`,
      message: expect.stringMatching(says),
    });
  });
});
