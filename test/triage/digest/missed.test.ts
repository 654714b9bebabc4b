import { describe, expect, it } from "vitest";
import { missedBefore } from "../../../src/triage/digest/missed.ts";

const at = (day: number) => new Date(Date.UTC(2026, 10, day, 9));
const DIGEST = {
  schedule: { days: "every_day", minuteOfDay: 540, timeZone: "UTC" },
  createdAt: new Date("2026-11-17T12:00:00Z"),
} as const;
const WINDOW = { from: at(20), to: at(21) };

describe("the time of which no digest told", () => {
  it.each([
    ["nothing, when the one before was done", at(20), undefined, undefined],
    ["all since the last one that was done", at(18), undefined, at(18)],
    ["all since the digest was made, but for what its first window begins with", undefined, undefined, at(17)],
    ["all since nothing could be posted", at(20), at(19), at(18)],
  ])("is %s", (_, lastDone, undeliverableSince, from) => {
    const missed = missedBefore(DIGEST, WINDOW, { lastDone, undeliverableSince });
    expect(missed).toEqual(from && { from, to: at(20) });
  });

  it("is nothing before the very first digest", () => {
    const first = { from: at(17), to: at(18) };
    expect(missedBefore(DIGEST, first, { lastDone: undefined, undeliverableSince: undefined })).toBeUndefined();
  });
});
