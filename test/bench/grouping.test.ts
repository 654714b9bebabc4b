import { describe, expect, it } from "vitest";
import { readSample } from "../../bench/grouping/corpus.ts";
import { hostileInputs, measureHostile, worstMs } from "../../bench/grouping/hostile.ts";
import { describeMistakes, mistakesOf } from "../../bench/grouping/mistakes.ts";
import { judge, qualityByPart } from "../../bench/grouping/quality.ts";
import { asJson, describe as describeFindings, type Findings } from "../../bench/grouping/report.ts";
import { measureSpeed } from "../../bench/grouping/speed.ts";

const judged = judge(readSample());
const quality = qualityByPart(judged);
const mistakes = mistakesOf(judged);

describe("causes of the project's own sample", () => {
  it.each([
    { figure: "precision", least: 0.98 },
    { figure: "recall", least: 0.9 },
    { figure: "rightCategories", least: 0.95 },
  ] as const)("are read with $figure of at least $least", ({ figure, least }) => {
    expect(quality.all[figure], describeMistakes(mistakes)).toBeGreaterThanOrEqual(least);
  });

  it("are read within 200 times what JSON.parse takes", () => {
    const speed = measureSpeed(
      judged.map(({ attempt }) => attempt),
      300,
    );
    expect(speed.timesJsonParse).toBeLessThan(200);
    expect(speed.attemptsPerSecond).toBeGreaterThan(1_000);
  });
});

describe("hostile inputs", () => {
  // One step for each pair of characters would be thousands of passes.
  const MOST_PASSES = 25;
  // Whatever else the machine does takes less: trying again would only take long.
  const NO_CHANCE = 1_000;
  const TRIES = 5;

  it("take milliseconds, wherever they stand: no longer than some passes over as many characters in the same moment", () => {
    let slow = hostileInputs().map((input) => ({ input, passes: 0 }));
    for (let attempt = 0; attempt < TRIES && slow.every(({ passes }) => passes < NO_CHANCE); attempt += 1) {
      slow = slow
        .map(({ input }) => ({ input, passes: Math.max(...measureHostile([input], 1).map(worstMs)) / passMs() }))
        .filter(({ passes }) => passes > MOST_PASSES);
    }
    expect(slow.map(({ input, passes }) => `${input.name}: ${passes.toFixed(0)} passes`)).toEqual([]);
  });

  const WORDS = "No order 4711 of yours was found there. ".repeat(2_500);

  /** How long it takes to look at each word of 100,000 characters once: the best of three. */
  function passMs(): number {
    const took = [0, 1, 2].map(() => {
      const startedAtMs = performance.now();
      WORDS.replace(/[a-z]+/gi, (word) => word.toUpperCase());
      return performance.now() - startedAtMs;
    });
    return Math.min(...took);
  }
});

describe("the report", () => {
  const [first] = judged;
  const findings: Findings = {
    corpus: "one line",
    quality: qualityByPart(first ? [first] : []),
    speed: {
      attemptsPerSecond: 25_000,
      parsesPerSecond: 500_000,
      timesJsonParse: 20,
      averageBytes: 700,
      slowest: { id: "one", ms: 0.2, bytes: 900 },
    },
    hostile: [{ name: "binary", characters: 100_000, asBody: 0.1, asField: 0.1, asError: 0.2, asHeader: 6 }],
    mistakes: mistakesOf([]),
    readings: judged
      .slice(0, 1)
      .map(({ line, reading }) => ({ id: line.id, cause: reading.id, category: reading.category })),
  };

  it("has a dash where there is nothing to count", () => {
    const text = describeFindings(findings);
    expect(text).not.toContain("NaN");
    expect(text).toMatch(/^transport errors +0 +0 +0 +– +– +–$/m);
    expect(text).toContain("wanted: precision 0.98: –");
    expect(text).toContain("wanted: over 20,000 attempts a second: yes");
    expect(text).toContain("wanted: hostile inputs at most 5 ms for 100 kB: NO, 6.0 ms");
  });

  it("is one JSON document, with null where there is nothing to count", () => {
    const document: unknown = JSON.parse(asJson(findings));
    expect(document).toMatchObject({
      quality: { transport: { lines: 0, precision: null, recall: null, rightCategories: null } },
      readings: [{ id: first?.line.id }],
    });
  });
});

describe("mistakes", () => {
  it("are split groups, merged causes and wrong categories, each with its lines", () => {
    const dns = judge([
      { id: "one", group: "a", category: "dns", error_message: "getaddrinfo ENOTFOUND a.fern.example" },
      { id: "two", group: "b", category: "dns", error_message: "getaddrinfo ENOTFOUND b.fern.example" },
      { id: "three", group: "b", category: "tls", error_message: "connect ECONNREFUSED 192.0.2.7:443" },
    ]);
    const { split, merged, wrongCategories } = mistakesOf(dns);
    expect(split).toMatchObject([{ group: "b", causes: [{ lines: ["two"] }, { lines: ["three"] }] }]);
    expect(merged).toMatchObject([
      {
        groups: [
          { group: "a", lines: ["one"] },
          { group: "b", lines: ["two"] },
        ],
      },
    ]);
    expect(wrongCategories).toMatchObject([{ line: "three", wanted: "tls", read: "connect" }]);
    expect(describeMistakes(mistakesOf(dns))).toContain("1 split groups");
  });

  it("are none where there are none", () => {
    expect(mistakesOf([])).toEqual({ split: [], merged: [], wrongCategories: [] });
  });
});
