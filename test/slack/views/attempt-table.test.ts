import { describe, expect, it } from "vitest";
import { attemptTable } from "../../../src/slack/views/attempt-table.ts";
import { message, OF_CONDUCTORONE, THREE, timeline } from "./attempts-sample.ts";
import { attempt, listed } from "./sample.ts";

const TIME = "{time_secs}";
const DAY_AND_TIME = "{date_short_pretty} {time_secs}";
const DAY_TOLD_AT = new Date("2026-11-21T05:31:00Z");
const HOUR_MS = 60 * 60_000;

/** How the table writes its times, each way once. */
function formatsOf(blocks: unknown): string[] {
  return [...new Set([...JSON.stringify(blocks).matchAll(/"format":"([^"]+)"/g)].map((match) => match[1] ?? ""))];
}

function at(ms: number) {
  return attempt({ startedAt: new Date(DAY_TOLD_AT.getTime() + ms) });
}

describe("the times in a table of attempts", () => {
  it.each([
    ["the day is told above and all is near", THREE, DAY_TOLD_AT, TIME],
    ["all is a second short of half a day apart", [at(-12 * HOUR_MS + 1_000), at(0)], DAY_TOLD_AT, TIME],
    ["the first is half a day before what is told", [at(-12 * HOUR_MS), at(0)], DAY_TOLD_AT, DAY_AND_TIME],
    ["the last is half a day after what is told", [at(0), at(12 * HOUR_MS)], DAY_TOLD_AT, DAY_AND_TIME],
    [
      "each is near what is told, and two are far apart",
      [at(-7 * HOUR_MS), at(7 * HOUR_MS)],
      DAY_TOLD_AT,
      DAY_AND_TIME,
    ],
    ["all are far from what is told", THREE, new Date("2026-11-23T05:31:00Z"), DAY_AND_TIME],
    ["no day is told", THREE, undefined, DAY_AND_TIME],
    ["one of them has no time", [at(0), attempt({ startedAt: undefined })], DAY_TOLD_AT, DAY_AND_TIME],
    ["what is told is no time", THREE, new Date(Number.NaN), DAY_AND_TIME],
  ])("where %s", (_where, attempts, dayToldAt, format) => {
    expect(formatsOf(attemptTable(attempts, false, "bodies", dayToldAt))).toEqual([format]);
    expect(formatsOf(attemptTable(attempts, false, "timeline", dayToldAt))).toEqual([format]);
  });

  it("where none is known are none", () => {
    const unknown = [attempt({ startedAt: undefined }), attempt({ index: 1, startedAt: undefined })];
    expect(formatsOf(attemptTable(unknown, false, "bodies", DAY_TOLD_AT))).toEqual([]);
  });

  it("go by the rows alone: what is told in a line above does not count", () => {
    const long = [attempt({ startedAt: new Date("2026-11-19T05:00:00Z") }), ...timeline(15)];
    expect(formatsOf(attemptTable(long, false, "timeline", DAY_TOLD_AT))).toEqual([TIME]);
  });

  it("have the day in a list, where there is no table", () => {
    expect(formatsOf(attemptTable(THREE, true, "bodies", DAY_TOLD_AT))).toEqual([DAY_AND_TIME]);
  });
});

describe("the table in a message of attempts", () => {
  function tableOf(changes: Parameters<typeof message>[0]) {
    return message(changes).blocks.filter((block) => block.type === "data_table");
  }

  it("has the time alone, since the day of its end stands above", () => {
    expect(formatsOf(tableOf({ attempts: THREE }))).toEqual([TIME]);
    expect(formatsOf(tableOf({ ...OF_CONDUCTORONE, attempts: timeline(3) }))).toEqual([TIME]);
  });

  it.each([
    ["is pending", { listed: listed({ outcome: "pending", status: "accepted" }) }],
    ["has no end that is told", { listed: listed({ latestCompletedAt: undefined }) }],
    ["ended long after its attempts", { listed: listed({ latestCompletedAt: new Date("2026-11-21T18:00:00Z") }) }],
    ["is not known itself", { listed: undefined }],
  ])("has the day as well where the invocation %s", (_what, changes) => {
    expect(formatsOf(tableOf({ attempts: THREE, ...changes }))).toEqual([DAY_AND_TIME]);
  });
});
