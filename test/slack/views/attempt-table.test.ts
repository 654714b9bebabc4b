import { describe, expect, it } from "vitest";
import { attemptTable } from "../../../src/slack/views/attempt-table.ts";
import { message, OF_CONDUCTORONE, THREE, timeline } from "./attempts-sample.ts";
import { attempt, listed } from "./sample.ts";

const TIME = "{time_secs}";
const DAY_AND_TIME = "{date_short_pretty} {time_secs}";
const START = new Date("2026-11-21T05:31:00Z");
const HOUR_MS = 60 * 60_000;
const UNKNOWN = attempt({ startedAt: undefined });

/** How the rows of a table or the lines of a list write their times, first to last. */
function formatsOf(blocks: unknown): string[] {
  return [...JSON.stringify(blocks).matchAll(/"format":"([^"]+)"/g)].map((match) => match[1] ?? "");
}

function at(ms: number) {
  return attempt({ startedAt: new Date(START.getTime() + ms) });
}

describe("the times in a table of attempts", () => {
  it.each([
    ["all is near", THREE, [DAY_AND_TIME, TIME, TIME]],
    ["there is one row", [at(0)], [DAY_AND_TIME]],
    ["all is a second short of half a day apart", [at(0), at(12 * HOUR_MS - 1_000)], [DAY_AND_TIME, TIME]],
    ["all is half a day apart", [at(0), at(12 * HOUR_MS)], [DAY_AND_TIME, DAY_AND_TIME]],
    ["each is near the next, and not all are", [at(0), at(7 * HOUR_MS), at(14 * HOUR_MS)], Array(3).fill(DAY_AND_TIME)],
    ["the order is another, half a day apart", [at(12 * HOUR_MS), at(0)], [DAY_AND_TIME, DAY_AND_TIME]],
    ["the last has no time", [at(0), at(1_000), UNKNOWN], [DAY_AND_TIME, DAY_AND_TIME]],
    ["the first has no time, so that no day stands in it", [UNKNOWN, at(0), at(1_000)], [DAY_AND_TIME, DAY_AND_TIME]],
    ["none has a time", [UNKNOWN, attempt({ index: 1, startedAt: undefined })], []],
  ])("where %s", (_where, attempts, formats) => {
    expect(formatsOf(attemptTable(attempts, false, "bodies"))).toEqual(formats);
    expect(formatsOf(attemptTable(attempts, false, "timeline"))).toEqual(formats);
  });

  it("go by the rows alone: an attempt that has none does not count", () => {
    const long = [attempt({ startedAt: new Date("2026-11-19T05:00:00Z") }), ...timeline(15)];
    const formats = [DAY_AND_TIME, ...Array(14).fill(TIME)];
    expect(formatsOf(attemptTable(long, false, "timeline"))).toEqual(formats);
    expect(formatsOf(attemptTable([UNKNOWN, ...timeline(15)], false, "timeline"))).toEqual(formats);
  });

  it("have the day in every line of a list, where there is no table", () => {
    expect(formatsOf(attemptTable(THREE, true, "bodies"))).toEqual(Array(3).fill(DAY_AND_TIME));
    expect(formatsOf(attemptTable(timeline(2), true, "timeline"))).toEqual(Array(2).fill(DAY_AND_TIME));
  });
});

describe("the times in a message of attempts", () => {
  function formatsIn(changes: Parameters<typeof message>[0]): string[] {
    return formatsOf(message(changes).blocks.filter((block) => block.type === "data_table"));
  }

  it.each([
    ["has ended", {}],
    ["is pending", { listed: listed({ outcome: "pending", status: "accepted" }) }],
    ["has no end that is told", { listed: listed({ latestCompletedAt: undefined }) }],
    ["ended long after its attempts", { listed: listed({ latestCompletedAt: new Date("2026-11-21T18:00:00Z") }) }],
    ["is not known itself", { listed: undefined }],
  ])("are the same in the table where the invocation %s", (_what, changes) => {
    expect(formatsIn({ attempts: THREE, ...changes })).toEqual([DAY_AND_TIME, TIME, TIME]);
    expect(formatsIn({ ...OF_CONDUCTORONE, attempts: timeline(3), ...changes })).toEqual([DAY_AND_TIME, TIME, TIME]);
  });

  it("are absolute where they say when it ended and when it was read", () => {
    const summary = message({ attempts: THREE })
      .blocks.filter((block) => block.type === "rich_text")
      .slice(0, 1);
    expect(formatsOf(summary)).toEqual(Array(2).fill("\u200b{date_short} {time_secs}"));
  });
});
