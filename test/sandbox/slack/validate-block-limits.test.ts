import { describe, expect, it } from "vitest";
import { validateMessage } from "../../../sandbox/slack/validate/index.ts";
import {
  actions,
  barChart,
  button,
  chars,
  dataTable,
  input,
  type Limit,
  mrkdwn,
  plain,
  richText,
  section,
  table,
  times,
} from "./samples.ts";

const card = (more: object) => ({ type: "card", ...more });
const image = (more: object) => ({ type: "image", image_url: "https://example.com/a.png", alt_text: "a", ...more });
const context = (count: number) => ({ type: "context", elements: times(count, () => mrkdwn("a")) });
const container = (more: object) => ({
  type: "container",
  title: plain("t"),
  child_blocks: [{ type: "divider" }],
  ...more,
});

const LIMITS: Limit[] = [
  { limit: "text of a section", most: 3000, make: (n) => section(chars(n)), pointer: "/text/text" },
  {
    limit: "fields of a section",
    most: 10,
    make: (n) => ({ type: "section", fields: times(n, () => mrkdwn("a")) }),
    pointer: "/fields",
  },
  {
    limit: "text of a field",
    most: 2000,
    make: (n) => ({ type: "section", fields: [mrkdwn(chars(n))] }),
    pointer: "/fields/0/text",
  },
  {
    limit: "text of a header",
    most: 150,
    make: (n) => ({ type: "header", text: plain(chars(n)) }),
    pointer: "/text/text",
  },
  {
    limit: "level of a header",
    most: 4,
    make: (n) => ({ type: "header", text: plain("a"), level: n }),
    pointer: "/level",
  },
  { limit: "block id", most: 255, make: (n) => ({ type: "divider", block_id: chars(n) }), pointer: "/block_id" },
  {
    limit: "image URL",
    most: 3000,
    make: (n) => image({ image_url: `https://example.com/${chars(n - 20)}` }),
    pointer: "/image_url",
  },
  { limit: "alt text", most: 2000, make: (n) => image({ alt_text: chars(n) }), pointer: "/alt_text" },
  { limit: "title of an image", most: 2000, make: (n) => image({ title: plain(chars(n)) }), pointer: "/title/text" },
  {
    limit: "elements of actions",
    most: 25,
    make: (n) => actions(...times(n, (i) => button({ action_id: `a${i}` }))),
    pointer: "/elements",
  },
  { limit: "elements of context", most: 10, make: context, pointer: "/elements" },
  {
    limit: "text in context",
    most: 3000,
    make: (n) => ({ type: "context", elements: [plain(chars(n))] }),
    pointer: "/elements/0/text",
  },
  {
    limit: "label of an input",
    most: 2000,
    make: (n) => input({}, { label: plain(chars(n)) }),
    pointer: "/label/text",
  },
  { limit: "hint of an input", most: 2000, make: (n) => input({}, { hint: plain(chars(n)) }), pointer: "/hint/text" },
  { limit: "markdown", most: 12_000, make: (n) => ({ type: "markdown", text: chars(n) }), pointer: "/text" },
  {
    limit: "indent of a list",
    most: 8,
    make: (n) =>
      richText({
        type: "rich_text_list",
        style: "bullet",
        indent: n,
        elements: [{ type: "rich_text_section", elements: [] }],
      }),
    pointer: "/elements/0/indent",
  },
  { limit: "rows of a table", most: 100, make: (n) => table(n, 1), pointer: "/rows" },
  { limit: "cells of a table's row", most: 20, make: (n) => table(1, n), pointer: "/rows/0" },
  {
    limit: "column settings of a table",
    most: 20,
    make: (n) => ({ ...table(1, 1), column_settings: times(n, () => null) }),
    pointer: "/column_settings",
  },
  { limit: "rows of a data table", most: 101, make: (n) => dataTable(n, 1), pointer: "/rows" },
  { limit: "columns of a data table", most: 20, make: (n) => dataTable(2, n), pointer: "/rows/0" },
  {
    limit: "page of a data table",
    most: 100,
    make: (n) => ({ ...dataTable(2, 1), page_size: n }),
    pointer: "/page_size",
  },
  { limit: "title of a chart", most: 50, make: (n) => ({ ...barChart(), title: chars(n) }), pointer: "/title" },
  { limit: "series of a chart", most: 6, make: (n) => barChart({ series: n }), pointer: "/chart/series" },
  {
    limit: "categories of a chart",
    most: 20,
    make: (n) => barChart({ categories: n }),
    pointer: "/chart/axis_config/categories",
  },
  {
    limit: "label in a chart",
    most: 20,
    make: (n) => barChart({ label: chars(n - 1) }),
    pointer: "/chart/axis_config/categories/0",
  },
  {
    limit: "axis label of a chart",
    most: 50,
    make: (n) => barChart({ xLabel: chars(n) }),
    pointer: "/chart/axis_config/x_label",
  },
  {
    limit: "segments of a pie",
    most: 6,
    make: (n) => ({
      type: "data_visualization",
      title: "t",
      chart: { type: "pie", segments: times(n, (i) => ({ label: `s${i}`, value: 1 })) },
    }),
    pointer: "/chart/segments",
  },
  {
    limit: "title of a container",
    most: 150,
    make: (n) => container({ title: plain(chars(n)) }),
    pointer: "/title/text",
  },
  {
    limit: "blocks of a container",
    most: 10,
    make: (n) => container({ child_blocks: times(n, () => ({ type: "divider" })) }),
    pointer: "/child_blocks",
  },
  { limit: "title of a card", most: 150, make: (n) => card({ title: mrkdwn(chars(n)) }), pointer: "/title/text" },
  { limit: "body of a card", most: 200, make: (n) => card({ body: mrkdwn(chars(n)) }), pointer: "/body/text" },
  {
    limit: "subtext of a card",
    most: 200,
    make: (n) => card({ body: mrkdwn("a"), subtext: mrkdwn(chars(n)) }),
    pointer: "/subtext/text",
  },
  {
    limit: "buttons of a card",
    most: 2,
    make: (n) => card({ actions: times(n, (i) => button({ action_id: `a${i}` })) }),
    pointer: "/actions",
  },
  {
    limit: "cards of a carousel",
    most: 10,
    make: (n) => ({ type: "carousel", elements: times(n, () => card({ body: mrkdwn("a") })) }),
    pointer: "/elements",
  },
  {
    limit: "context actions",
    most: 5,
    make: (n) => ({
      type: "context_actions",
      elements: times(n, (i) => ({ type: "icon_button", icon: "trash", text: plain("x"), action_id: `a${i}` })),
    }),
    pointer: "/elements",
  },
];

describe("the limits of a block", () => {
  it.each(LIMITS)("takes $most: $limit, and not one more", ({ most, make, pointer }) => {
    expect(validateMessage({ blocks: [make(most)] })).toEqual([]);
    const faults = validateMessage({ blocks: [make(most + 1)] });
    expect(faults.map((fault) => fault.pointer)).toContain(`/blocks/0${pointer}`);
    expect(faults.every((fault) => fault.error === "invalid_blocks")).toBe(true);
  });
});
