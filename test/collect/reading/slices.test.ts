import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutRest, MOST_SLICES, slicesFor } from "../../../src/collect/reading/slices.ts";
import { merge, windowOf } from "../../../src/triage/window.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WIDE = { slices: 8, pages: Number.POSITIVE_INFINITY };

function hours(from: number, to: number) {
  return windowOf(from * HOUR, to * HOUR);
}

describe("the budget has room for", () => {
  it.each([
    [0, 1],
    [100, 1],
    [299, 1],
    [300, 3],
    [560, 5],
    [2_500, 8],
    [Number.POSITIVE_INFINITY, 8],
  ])("with %d requests to spare, %i slices", (spare, slices) => {
    expect(slicesFor(spare)).toBe(slices);
  });
});

describe("the rest of a part", () => {
  it.each([
    [
      "into as many slices as may be read, the newest first",
      hours(0, 8),
      { pages: 5, coveredMs: HOUR / 10 },
      { ...WIDE, slices: 4 },
      [
        [6, 8],
        [4, 6],
        [2, 4],
        [0, 2],
      ],
    ],
    [
      "into so many that each has five pages",
      hours(0, 8),
      { pages: 5, coveredMs: 4 * HOUR },
      WIDE,
      [
        [4, 8],
        [0, 4],
      ],
    ],
    [
      "into so many that each has half an hour",
      hours(0, 1),
      { pages: 5, coveredMs: MINUTE },
      WIDE,
      [
        [0.5, 1],
        [0, 0.5],
      ],
    ],
    [
      "only as far as the pages reach that may be read",
      hours(0, 8),
      { pages: 5, coveredMs: HOUR },
      { slices: 4, pages: 20 },
      [
        [7, 8],
        [6, 7],
        [5, 6],
        [4, 5],
      ],
    ],
    ["not where nobody else may read", hours(0, 8), { pages: 5, coveredMs: HOUR / 10 }, { ...WIDE, slices: 1 }, []],
    ["not where fewer than ten pages are left", hours(0, 8), { pages: 5, coveredMs: 5 * HOUR }, WIDE, []],
    ["not where the time is short, however dense it is", hours(0, 0.9), { pages: 5, coveredMs: 1_000 }, WIDE, []],
    ["not where pages prove nothing", hours(0, 8), { pages: 5, coveredMs: 0 }, WIDE, []],
    ["not where no page may be read any more", hours(0, 8), { pages: 5, coveredMs: 1 }, { slices: 8, pages: 0 }, []],
  ] as const)("is cut %s", (_, rest, pace, room, expected) => {
    expect(cutRest(rest, pace, room)).toEqual(expected.map(([from, to]) => hours(from, to)));
  });

  it("is cut without gap or overlap, whatever it is", () => {
    const time = fc.integer({ min: 0, max: 8 * 24 * HOUR });
    const pace = fc.record({
      pages: fc.integer({ min: 1, max: 50 }),
      coveredMs: fc.integer({ min: 0, max: 24 * HOUR }),
    });
    const room = fc.record({
      slices: fc.integer({ min: 0, max: 20 }),
      pages: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 5_000 })),
    });
    fc.assert(
      fc.property(time, time, pace, room, (fromMs, lengthMs, dense, most) => {
        const rest = windowOf(fromMs, fromMs + lengthMs);
        const slices = cutRest(rest, dense, most);
        expect(slices.length).toBeLessThanOrEqual(Math.min(MOST_SLICES, most.slices));
        if (slices.length === 0) return;
        expect(slices[0]?.to).toEqual(rest.to);
        expect(slices.map(({ to }) => to).slice(1)).toEqual(slices.map(({ from }) => from).slice(0, -1));
        expect(merge(slices)).toHaveLength(1);
        if (most.pages === Number.POSITIVE_INFINITY) expect(slices.at(-1)?.from).toEqual(rest.from);
        else expect(slices.at(-1)?.from.getTime()).toBeGreaterThanOrEqual(rest.from.getTime());
        for (const { from, to } of slices) expect(to.getTime() - from.getTime()).toBeGreaterThan(29 * MINUTE);
      }),
    );
  });
});
