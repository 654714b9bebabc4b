import { describe, expect, it } from "vitest";
import { dateLeaf, paragraph, words } from "../../../src/slack/blocks/build.ts";

const AT = new Date("2026-11-21T06:41:05Z");
const TIMESTAMP = 1_795_243_265;
const FALLBACK = "2026-11-21 06:41 UTC";

function date(format: string) {
  return { type: "date", timestamp: TIMESTAMP, format, fallback: FALLBACK };
}

describe("a paragraph", () => {
  it("lets Slack begin a date with a capital at the start of a line alone", () => {
    const line = [dateLeaf(AT), words(" to "), dateLeaf(AT)];
    expect(paragraph([line, [words("since "), dateLeaf(AT)]]).elements).toEqual([
      date("{date_short_pretty} {time}"),
      { type: "text", text: " to " },
      date("\u200b{date_short_pretty} {time}"),
      { type: "text", text: "\nsince " },
      date("\u200b{date_short_pretty} {time}"),
    ]);
  });

  it("begins a line after words that are empty", () => {
    expect(paragraph([[words(""), dateLeaf(AT, "{date_long_pretty} at {time}")]]).elements).toEqual([
      date("{date_long_pretty} at {time}"),
    ]);
  });
});
