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
    ["nothing, when the one before told", at(20), undefined],
    ["all since the last one that told", at(18), at(18)],
    ["all since the digest was made, but for what its first window begins with", undefined, at(17)],
  ])("is %s", (_, lastTold, from) => {
    expect(missedBefore(DIGEST, WINDOW, lastTold)).toEqual(from && { from, to: at(20) });
  });

  it("is nothing before the very first digest", () => {
    expect(missedBefore(DIGEST, { from: at(17), to: at(18) }, undefined)).toBeUndefined();
  });
});
