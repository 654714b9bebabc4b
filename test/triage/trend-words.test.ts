import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sparklineOf, type Trend, trendInWords } from "../../src/triage/trend-words.ts";
import { windowOf } from "../../src/triage/window.ts";

const HOUR_MS = 60 * 60_000;
const END = new Date("2026-11-21T12:00:00Z");
const WINDOW = windowOf(END.getTime() - 12 * HOUR_MS, END.getTime());

/** Twelve hours, an hour a part, with a failure a minute ago. */
function trend(counts: readonly number[], changes: Partial<Trend> = {}): Trend {
  const lastSeenAt = new Date(END.getTime() - 60_000);
  return { trend: counts, lastSeenAt, window: WINDOW, asOf: END, missing: [], ...changes };
}

function ago(ms: number): { lastSeenAt: Date } {
  return { lastSeenAt: new Date(END.getTime() - ms) };
}

const COUNTS = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000_000 })), {
  minLength: 12,
  maxLength: 12,
});
/** Where a steady course and a single failure are common. */
const FEW = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 12, maxLength: 12 });

describe("a trend as bars", () => {
  it.each([
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9], "▁▁▁▁▁▁▁▁▁▁▁▇"],
    [[9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1], "▇▇▇▇▇▇▂▂▂▂▂▂"],
    [[1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7, 7], "▂▃▄▅▆▇▇▇▇▇▇▇"],
    [[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9_999], "▂▁▁▁▁▁▁▁▁▁▁▇"],
    [[], ""],
  ])("%j is %s", (counts, bars) => {
    expect(sparklineOf(trend(counts))).toBe(bars);
  });

  it.each([
    ["steady", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
    ["steady", [5, 6, 4, 5, 7, 5, 5, 4, 6, 5, 7, 5]],
    ["steady", [5, 5, 5, 5, 5, 10, 5, 5, 5, 5, 5, 5]],
    ["once", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ["steady", [0, 0, 0]],
    ["steady", [Number.NaN, -1, Number.POSITIVE_INFINITY]],
  ])("are none where they tell no more than the word: %s, as %j", (word, counts) => {
    expect(trendInWords(trend(counts))).toBe(word);
    expect(sparklineOf(trend(counts))).toBe("");
  });

  it.each([
    ["steady", [5, 5, 5, 5, 5, 11, 5, 5, 5, 5, 5, 5], "▄▄▄▄▄▇▄▄▄▄▄▄"],
    ["steady", [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1], "▇▇▇▇▇▁▇▇▇▇▇▇"],
    ["steady", [1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1], "▇▁▇▁▁▁▁▇▁▁▁▇"],
    ["on and off", [4, 0, 0, 4, 0, 0, 4, 0, 0, 4, 0, 0], "▇▁▁▇▁▁▇▁▁▇▁▁"],
  ])("are there where they tell more than the word: %s, as %j", (word, counts, bars) => {
    expect(trendInWords(trend(counts))).toBe(word);
    expect(sparklineOf(trend(counts))).toBe(bars);
  });

  it.each([
    ["a part was not read", [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], {}, "··▇▇▇▇▇▇▇▇▇▇"],
    ["a part was not read, and there was one failure", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], {}, "··▁▁▁▁▁▁▁▁▁▇"],
    ["it is over", [0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0], ago(3 * HOUR_MS), "··▇▇▇▇▇▇▇▁▁▁"],
  ])("are there for an even course and a single failure where %s", (_what, counts, changes, bars) => {
    const missing = [windowOf(WINDOW.from.getTime(), WINDOW.from.getTime() + 2 * HOUR_MS)];
    expect(sparklineOf(trend(counts, { missing, ...changes }))).toBe(bars);
  });

  it("has dots where nothing was read and no failure is known", () => {
    const missing = [windowOf(WINDOW.from.getTime(), WINDOW.from.getTime() + 3 * HOUR_MS)];
    expect(sparklineOf(trend([0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], { missing }))).toBe("·▇·▁▁▁▁▁▁▁▁▄");
  });

  it("never draw a part with a failure as empty, nor one without as failed", () => {
    fc.assert(
      fc.property(COUNTS, (each) => {
        const bars = [...sparklineOf(trend(each, ago(HOUR_MS)))];
        expect(bars.map((bar) => bar === "▁")).toEqual(each.map((count) => count === 0));
        const most = Math.max(...each);
        for (const [index, bar] of bars.entries()) if (most > 0 && each[index] === most) expect(bar).toBe("▇");
      }),
    );
  });

  it("are absent only where no part is empty, or there was one failure at most", () => {
    const silence = fc.integer({ min: 0, max: 2 * HOUR_MS });
    fc.assert(
      fc.property(fc.oneof(COUNTS, FEW), silence, (each, silentMs) => {
        const bars = sparklineOf(trend(each, ago(silentMs)));
        const total = each.reduce((sum, count) => sum + count, 0);
        if (total > 1 && each.includes(0)) expect([...bars]).toHaveLength(each.length);
        else expect([0, each.length]).toContain([...bars].length);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a trend in words", () => {
  it.each([
    ["of one failure is none", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], {}, "once"],
    ["even", [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5], {}, "steady"],
    ["nearly even", [5, 6, 4, 5, 7, 5, 5, 4, 6, 5, 7, 5], {}, "steady"],
    [
      "a slight drift among very many",
      [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1100, 1100, 1100, 1100],
      {},
      "steady",
    ],
    ["in bursts, up to now", [4, 0, 0, 4, 0, 0, 4, 0, 0, 4, 0, 0], {}, "on and off"],
    ["half of its parts empty", [2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0], {}, "on and off"],
    ["fewer than half of its parts empty", [2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 1], {}, "steady"],
    ["too few to fill its parts", [2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 1, 0], {}, "steady"],
    ["all in the last third, broken as it is", [0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 6, 0], {}, "rising"],
    ["in bursts, and then hardly", [9, 0, 9, 0, 9, 0, 9, 0, 0, 0, 0, 1], {}, "falling"],
    ["new", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 9], {}, "rising"],
    ["growing", [1, 1, 2, 1, 2, 2, 3, 3, 5, 6, 7, 9], {}, "rising"],
    ["ebbing away", [9, 8, 9, 7, 5, 4, 3, 2, 1, 0, 1, 1], {}, "falling"],
    ["over", [9, 9, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0], ago(130 * 60_000), "none for 2 h 10 min"],
    ["over for seconds more", [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0], ago(130 * 60_000 + 59_000), "none for 2 h 10 min"],
    ["over for just an hour", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0], ago(HOUR_MS), "none for 1 h"],
    ["not yet over", [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], ago(HOUR_MS - 1), "steady"],
    ["without any part", [], {}, "too little is known for a trend"],
  ])("%s: %j", (_what, counts, changes, told) => {
    expect(trendInWords(trend(counts, changes))).toBe(told);
  });

  it("of a time that is over is told of that time, not of now", () => {
    const asOf = new Date(END.getTime() + 24 * HOUR_MS);
    const counts = [0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0];
    expect(trendInWords(trend(counts, { asOf, ...ago(3 * HOUR_MS) }))).toBe("none in its last 3 h");
    expect(trendInWords(trend(counts, { asOf, ...ago(60_000) }))).toBe("rising");
  });

  it.each([
    ["the silence", 11, "none known for 3 h, dots were not read"],
    ["what was before it", 0, "none for 3 h, dots were not read"],
  ])("says so where a part was not read: %s", (_what, part, told) => {
    const fromMs = WINDOW.from.getTime() + part * HOUR_MS;
    const missing = [windowOf(fromMs, fromMs + HOUR_MS)];
    expect(trendInWords(trend([0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0], { missing, ...ago(3 * HOUR_MS) }))).toBe(told);
  });

  it("compares only what was read: failures in all of it are no rise", () => {
    const missing = [windowOf(WINDOW.from.getTime(), WINDOW.from.getTime() + 6 * HOUR_MS)];
    const counts = [0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4];
    expect(trendInWords(trend(counts, { missing }))).toBe("steady, dots were not read");
    expect(trendInWords(trend(counts))).toBe("rising");
  });

  it("counts as empty only what was read", () => {
    const missing = [windowOf(WINDOW.from.getTime(), WINDOW.from.getTime() + 6 * HOUR_MS)];
    const [broken, whole] = [
      [0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 6, 0],
      [0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6, 6],
    ];
    expect(trendInWords(trend(broken, { missing }))).toBe("on and off, dots were not read");
    expect(trendInWords(trend(whole, { missing }))).toBe("steady, dots were not read");
  });

  it.each([
    ["much of it", 8, "rising, dots were not read"],
    ["nearly all of it", 10, "too little is known for a trend, dots were not read"],
  ])("says no more than what was read allows where %s was not", (_what, hours, told) => {
    const missing = [windowOf(WINDOW.from.getTime(), WINDOW.from.getTime() + hours * HOUR_MS)];
    expect(trendInWords(trend([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9], { missing }))).toBe(told);
  });

  it("is never empty, whatever the counts", () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 20 }), (counts) => {
        expect(trendInWords(trend(counts))).toMatch(
          /^(once|rising|steady|on and off|falling|none|too little is known)/,
        );
      }),
    );
  });
});
