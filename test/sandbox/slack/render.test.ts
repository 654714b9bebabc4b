import { describe, expect, it } from "vitest";
import { renderMessage, renderView } from "../../../sandbox/slack/render.ts";
import { actions, barChart, button, input, mrkdwn, plain, richText, section } from "./samples.ts";

const CONTEXT = {
  now: new Date("2026-11-21T06:00:00Z"),
  timeZone: "Europe/Berlin",
  nameOf: (id: string) => ({ U0DANA: "dana", C0OPS: "ops" })[id],
};

/** 2026-11-21T05:31:07Z */
const AT = 1_795_239_067;

describe("a message", () => {
  it("stands there block by block", () => {
    const blocks = [
      { type: "header", text: plain("3 failing webhooks") },
      section("*Jira sync*\n41 failed", { accessory: button({ text: plain("Attempts") }) }),
      { type: "section", fields: [mrkdwn("*Cause*\nTimeout"), mrkdwn("*Count*\n41"), mrkdwn("*State*\nopen")] },
      { type: "divider" },
      { type: "context", elements: [mrkdwn("as of now"), { type: "image", alt_text: "a bell" }] },
      actions(button({ text: plain("Acknowledge") }), button({ text: plain("Snooze") })),
    ];
    expect(renderMessage({ blocks }, CONTEXT)).toBe(
      [
        "3 failing webhooks",
        "*Jira sync*  [ Attempts ]",
        "41 failed",
        "*Cause*  *Count*",
        "Timeout  41",
        "*State*",
        "open",
        "─".repeat(40),
        "as of now  [image: a bell]",
        "[ Acknowledge ] [ Snooze ]",
      ].join("\n"),
    );
  });

  it("says who, when, and for whom", () => {
    const message = { text: "psst", ts: `${AT}.000100`, user: "U0DANA", ephemeralFor: "U0DANA" };
    expect(renderMessage(message, CONTEXT)).toBe("dana 6:31 AM (only visible to you)\npsst");
  });

  it.each([
    { text: "a &lt;b&gt; &amp;amp; c", shown: "a <b> &amp; c" },
    {
      text: "<https://example.com|the page> <https://example.com>",
      shown: "the page (https://example.com) https://example.com",
    },
    { text: "<@U0DANA> in <#C0OPS|old-name>, <!here>", shown: "@dana in #ops, @here" },
    { text: "&lt;!channel&gt;", shown: "<!channel>" },
    { text: `<!date^${AT}^{date_short} at {time}|fallback>`, shown: "Nov 21 at 6:31 AM" },
    { text: `<!date^${AT}^{date_pretty}, {time_secs}|fallback>`, shown: "Today, 6:31:07 AM" },
    { text: `<!date^${AT - 86_400}^{date_long_pretty}|fallback>`, shown: "Yesterday" },
    { text: `<!date^${AT - 864_000}^{date_long}|fallback>`, shown: "Wednesday, November 11th" },
    { text: `<!date^${AT - 86_400 * 200}^{date_long}|fallback>`, shown: "Tuesday, May 5th, 2026" },
    { text: `<!date^${AT - 86_400 * 200}^{date_short} at {time}|fallback>`, shown: "May 5, 2026 at 7:31 AM" },
    { text: `<!date^${AT + 86_400 * 200}^{date_short}|fallback>`, shown: "Jun 9, 2027" },
    { text: `since <!date^${AT}^{date_short_pretty} {time}|fallback>`, shown: "since Today 6:31 AM" },
    { text: `since <!date^${AT}^\u200b{date_short_pretty} {time}|fallback>`, shown: "since \u200btoday 6:31 AM" },
    { text: `<!date^${AT}^{date_num}^https://example.com|fallback>`, shown: "2026-11-21 (https://example.com)" },
    { text: `<!date^${AT}^{fortnight}|fallback>`, shown: "fallback" },
    { text: `<!date^${AT}^{ago}|fallback>`, shown: "29 minutes ago" },
  ])("reads the mrkdwn $text", ({ text, shown }) => {
    expect(renderMessage({ text }, CONTEXT)).toBe(shown);
  });

  it("shows dates in the reader's own zone", () => {
    const text = `<!date^${AT}^{date_short} {time}|f>`;
    expect(renderMessage({ text }, { ...CONTEXT, timeZone: "America/New_York" })).toBe("Nov 21 12:31 AM");
    expect(renderMessage({ text }, { ...CONTEXT, timeZone: "Pacific/Kiritimati" })).toBe("Nov 21 7:31 PM");
  });

  it("shows rich text", () => {
    const text = (value: string) => ({ type: "text", text: value });
    const block = richText(
      { type: "rich_text_section", elements: [text("Sent "), { type: "date", timestamp: AT, format: "{time}" }] },
      { type: "rich_text_preformatted", elements: [text('{\n  "error": "<none> &amp;"\n}')] },
      {
        type: "rich_text_list",
        style: "ordered",
        elements: [{ type: "rich_text_section", elements: [text("first")] }],
      },
      { type: "rich_text_quote", elements: [text("said")] },
    );
    expect(renderMessage({ blocks: [block] }, CONTEXT)).toBe(
      ["Sent 6:31 AM", "    {", '      "error": "<none> &amp;"', "    }", "1. first", "> said"].join("\n"),
    );
  });

  it("lines up the columns of a table, wide characters included", () => {
    const cell = (text: string) => ({ type: "raw_text", text });
    const block = {
      type: "table",
      column_settings: [null, { align: "right" }],
      rows: [
        [cell("Webhook"), cell("Failed")],
        [cell("日本"), { type: "raw_number", value: 7, text: "7" }],
      ],
    };
    expect(renderMessage({ blocks: [block] }, CONTEXT)).toBe(
      ["Webhook  Failed", "-------  ------", "日本          7"].join("\n"),
    );
  });

  it("draws a chart as bars", () => {
    const chart = barChart({ categories: 2 });
    const points = [
      { label: "a", value: 10 },
      { label: "b", value: 0 },
    ];
    const block = { ...chart, chart: { ...chart.chart, series: [{ name: "failed", data: points }] } };
    expect(renderMessage({ blocks: [block] }, CONTEXT)).toBe(
      ["A chart", "failed:", `  a ${"█".repeat(20)} 10`, "  b 0"].join("\n"),
    );
  });

  it("never lets content steer the terminal", () => {
    const nasty = "\u001b[2Jgone\u0007 \u202eabc\r";
    const blocks = [section(nasty), { type: "header", text: plain(nasty) }, { type: "markdown", text: nasty }];
    const shown = renderMessage({ blocks }, CONTEXT);
    expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(shown).toContain("\\u{1b}[2Jgone\\u{7} \\u{202e}abc\\u{d}");
  });

  it("shows nothing of what keeps a name's direction to itself", () => {
    expect(renderMessage({ text: "\u2068فواتير\u2069 failed" }, CONTEXT)).toBe("فواتير failed");
  });

  it("is coloured only on demand", () => {
    const blocks = [{ type: "header", text: plain("a") }];
    expect(renderMessage({ blocks }, CONTEXT)).toBe("a");
    expect(renderMessage({ blocks }, { ...CONTEXT, color: true })).toBe("\u001b[1ma\u001b[22m");
  });
});

it("shows a modal with its foot", () => {
  const view = {
    type: "modal",
    title: plain("Snooze"),
    submit: plain("Snooze it"),
    close: plain("Cancel"),
    blocks: [input()],
  };
  expect(renderView(view, CONTEXT)).toBe("== Snooze ==\nLabel: [ plain_text_input ]\n[ Cancel ] [ Snooze it ]");
});
