import { describe, expect, it } from "vitest";
import { paragraph, richTextOf } from "../../../src/slack/blocks/build.ts";
import { windowLine } from "../../../src/slack/views/frame.ts";
import { readBlocks } from "./read.ts";
import { NOW, WINDOW } from "./sample.ts";

const YESTERDAY = { from: new Date("2026-11-19T23:00:00Z"), to: new Date("2026-11-20T23:00:00Z") };

function read(window: { from: Date; to: Date }, asOf: Date): string {
  return readBlocks([richTextOf([paragraph([windowLine({ window, asOf, coverage: [], notes: [] })])])]);
}

describe("the line that says of which time an answer is", () => {
  it.each([
    ["goes on until now", WINDOW, NOW, "Since 2026-11-20 06:00 UTC · as of 2026-11-21 06:00 UTC"],
    [
      "ends in the minute of the answer, seconds before",
      WINDOW,
      new Date("2026-11-21T06:00:59.999Z"),
      "Since 2026-11-20 06:00 UTC · as of 2026-11-21 06:00 UTC",
    ],
    [
      "ended a minute before",
      WINDOW,
      new Date("2026-11-21T06:01:00Z"),
      "From 2026-11-20 06:00 UTC to 2026-11-21 06:00 UTC · as of 2026-11-21 06:01 UTC",
    ],
    [
      "goes on after what the answer knows",
      WINDOW,
      new Date("2026-11-21T05:51:30Z"),
      "Since 2026-11-20 06:00 UTC · as of 2026-11-21 05:51 UTC",
    ],
    [
      "is a day that is over",
      YESTERDAY,
      NOW,
      "From 2026-11-19 23:00 UTC to 2026-11-20 23:00 UTC · as of 2026-11-21 06:00 UTC",
    ],
    [
      "is a day that was over when it was read, at the same minute of another day",
      { from: YESTERDAY.from, to: new Date("2026-11-20T06:00:00Z") },
      NOW,
      "From 2026-11-19 23:00 UTC to 2026-11-20 06:00 UTC · as of 2026-11-21 06:00 UTC",
    ],
  ])("says until when only where that is past: it %s", (_what, window, asOf, told) => {
    expect(read(window, asOf)).toBe(told);
  });

  it.each([
    ["goes on until now", WINDOW, 2],
    ["is a day that is over", YESTERDAY, 3],
  ])("is true on any day on which it is read: it %s", (_what, window, dates) => {
    const line = windowLine({ window, asOf: NOW, coverage: [], notes: [] });
    const formats = line.flatMap((leaf) => (leaf.type === "date" ? [leaf.format] : []));
    expect(formats).toEqual(Array(dates).fill("{date_short} {time}"));
  });
});
