import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { readWithClient } from "../../bench/collect/client-loop.ts";
import { readWithCollector } from "../../bench/collect/collector-run.ts";
import { BUSIER_BY } from "../../bench/collect/conductorone-account.ts";
import type { Contestant, Reading } from "../../bench/collect/contest.ts";
import { requestsOf } from "../../bench/collect/line.ts";
import { judge, type Told } from "../../bench/collect/marks.ts";
import { readWithNodeZendesk } from "../../bench/collect/node-zendesk-loop.ts";
import { duration, type Result, tablesOf } from "../../bench/collect/report.ts";
import { createVirtualTime } from "../../bench/collect/virtual-time.ts";
import { wantedOf } from "../../bench/collect/wanted.ts";
import { openZendesk, type ZendeskParts } from "../../bench/collect/zendesk-account.ts";
import { createStory } from "../../sandbox/conductorone/story/story.ts";

const START = new Date("2026-11-21T08:00:00Z");
const MINUTE_MS = 60_000;
const neverAborted = new AbortController().signal;

describe("virtual time", () => {
  const open = () => createVirtualTime(START, 7);

  it("lets a wait end at once, and is later then by just so much", async () => {
    const time = open();
    const startedAtMs = performance.now();
    await time.wait(200 * MINUTE_MS, neverAborted);
    expect(time.now().getTime() - START.getTime()).toBe(200 * MINUTE_MS);
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });

  it("ends waits side by side in the order of their ends, at their own times", async () => {
    const time = open();
    const ended: [string, number][] = [];
    const wait = async (name: string, ms: number) => {
      await time.wait(ms, neverAborted);
      ended.push([name, time.now().getTime() - START.getTime()]);
    };
    await Promise.all([wait("long", 500), wait("short", 20), wait("as short", 20), wait("none", 0)]);
    expect(ended).toEqual([
      ["none", 0],
      ["short", 20],
      ["as short", 20],
      ["long", 500],
    ]);
  });

  it("stands still while work goes on over many turns of the event loop", async () => {
    const time = open();
    const waiting = time.wait(MINUTE_MS, neverAborted);
    for (let turns = 0; turns < 100; turns += 1) {
      await turn();
      expect(time.now()).toEqual(START);
    }
    await waiting;
    expect(time.now().getTime()).toBe(START.getTime() + MINUTE_MS);
  });

  it("gives up a wait with the signal's reason, and does not pass because of it", async () => {
    const time = open();
    const leaving = new AbortController();
    const long = time.wait(MINUTE_MS, leaving.signal);
    leaving.abort(new Error("left"));
    await expect(long).rejects.toThrow("left");
    await expect(time.wait(1, leaving.signal)).rejects.toThrow("left");
    await time.wait(5, neverAborted);
    expect(time.now().getTime()).toBe(START.getTime() + 5);
  });
});

describe("marks", () => {
  const webhooks = new Map([
    ["w", truthOf({ dns: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"], tls: ["11", "12", "13", "14"] })],
  ]);

  it.each<{ say: string; told: Told[]; found: number; right: number; off: number }>([
    { say: "all of it", told: [tell(1, 10), tell(11, 14)], found: 2, right: 2, off: 0 },
    { say: "nothing", told: [], found: 0, right: 0, off: 1 },
    { say: "two causes as one", told: [tell(1, 14)], found: 1, right: 0, off: 8 / 14 },
    { say: "one cause as two", told: [tell(1, 6), tell(7, 10), tell(11, 14)], found: 2, right: 1, off: 4 / 14 },
    { say: "one of ten with another cause", told: [tell(1, 9), tell(10, 14)], found: 2, right: 1, off: 2 / 14 },
    { say: "those of another webhook", told: [{ ...tell(1, 14), webhookId: "x" }], found: 0, right: 0, off: 1 },
    { say: "an estimate", told: [{ ...tell(1, 10), count: 11 }, tell(11, 14)], found: 2, right: 2, off: 1 / 14 },
  ])("of one who says $say", ({ told, found, right, off }) => {
    const marks = judge({ webhooks }, told);
    expect(marks).toMatchObject({ causes: 2, failures: 14, causesFound: found, countsRight: right });
    expect(marks).toMatchObject({ issues: 2, issuesFound: found });
    expect(marks.countsOff).toBeCloseTo(off);
  });

  it("count a cause once that several webhooks have, and as found at any of them", () => {
    const other = truthOf({ dns: ["15", "16"], timeout: ["17"] });
    const marks = judge({ webhooks: new Map([...webhooks, ["x", other]]) }, [tell(1, 10), tell(11, 14)]);
    expect(marks).toMatchObject({ causes: 3, causesFound: 2, issues: 4, issuesFound: 2 });
  });

  function tell(from: number, to: number): Told {
    const ids = Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
    return { webhookId: "w", ids, count: ids.length };
  }

  function truthOf(causes: Record<string, string[]>) {
    const failed = Object.values(causes).flat();
    return { failed, pending: [], succeeded: [], failedByCause: new Map(Object.entries(causes)) };
  }
});

describe("a contest with several seeds", () => {
  const seeds = [
    { seed: 1, found: 30, countsOff: 0.02, requests: 80 },
    { seed: 2, found: 29, countsOff: 0.3, requests: 100 },
    { seed: 3, found: 30, countsOff: 0.04, requests: 90 },
  ];

  it("is told by its best, middle and worst, and judged by its worst, but for counts by the middle", () => {
    const results = [resultOf(seeds)];
    const rows = tablesOf(results)
      .split("\n")
      .map((line) =>
        line
          .split("|")
          .map((cell) => cell.trim())
          .slice(1, -1),
      );
    const row = (name: string) => rows.find(([first]) => first === name)?.slice(1);
    expect(row("requests, by those of a loop")).toEqual(["1/12.5", "1/11.1", "1/10.0"]);
    expect(row("causes found")).toEqual(["96.7 %", "100.0 %", "100.0 %"]);
    expect(row("issues found")).toEqual(["72.5 %", "75.0 %", "75.0 %"]);
    expect(row("counts off by")).toEqual(["2.0 %", "4.0 %", "30.0 %"]);
    expect(wantedOf(results)).toEqual([
      "wanted: triage: at most 1/10 of the requests that reading all takes, worst of 3 seeds: 1/10.0: yes",
      "wanted: triage: at least 95 % of the causes found, worst of 3 seeds: 96.7 %: yes",
      "wanted: triage: counts within 10 %, median of 3 seeds: off by 4.0 % (worst 30.0 %): yes",
    ]);
  });

  it.each([
    ["one seed takes more requests", { found: 30, countsOff: 0, requests: 101 }, "requests"],
    ["one seed finds too few causes", { found: 28, countsOff: 0, requests: 80 }, "causes"],
  ])("misses what is wanted where %s", (_, bad, missed) => {
    const wanted = wantedOf([resultOf([...seeds, { seed: 4, ...bad }])]);
    expect(wanted.filter((line) => line.endsWith("NO"))).toEqual([expect.stringContaining(missed)]);
  });

  it("misses right counts where half of the seeds do", () => {
    const off = seeds.map((seed) => ({ ...seed, countsOff: seed.countsOff + 0.09 }));
    const wanted = wantedOf([resultOf(off)]);
    expect(wanted.filter((line) => line.endsWith("NO"))).toEqual([expect.stringContaining("counts within 10 %")]);
  });

  function resultOf(all: readonly { seed: number; found: number; countsOff: number; requests: number }[]): Result {
    const results = all.map(({ seed, found, countsOff, requests }) => ({
      seed,
      first: reading({ found: 30, countsOff: 0, requests: 1_000 }),
      last: reading({ found, countsOff, requests }),
    }));
    const readings = results.slice(0, 1).flatMap(({ first, last }) => [
      { contestant: "loop", reading: first },
      { contestant: "collector", reading: last },
    ]);
    return { name: "triage", title: "an account", readings, seeds: results };
  }

  function reading({ found, countsOff, requests }: { found: number; countsOff: number; requests: number }): Reading {
    const causes = { causes: 30, causesFound: found, issues: 40, issuesFound: found };
    const marks = { ...causes, countsOff, countsRight: 40, known: 100, failures: 100 };
    return { requests: { lists: 0, details: requests, refused: 0 }, marks, completeMs: MINUTE_MS };
  }
});

describe("the account of a ConductorOne", () => {
  it("has 2,000 tasks behind it", () => {
    const tasks = createStory(7, START.getTime(), BUSIER_BY).tasks(START.getTime());
    expect(Math.abs(tasks.length - 2_000)).toBeLessThan(20);
  });
});

describe("a contest over a small account", () => {
  const LIMITED = { limit: 40, latencyMs: 100 };
  const UNLIMITED = { limit: Number.POSITIVE_INFINITY, latencyMs: 100 };

  it.each<[string, Contestant]>([
    ["a loop with node-zendesk", readWithNodeZendesk],
    ["our client", readWithClient],
    ["the collector", readWithCollector],
  ])("ends with every cause found by %s, in the limit's time and not in ours", async (_, contestant) => {
    const { marks, requests, usefulMs, completeMs } = await contest(contestant, LIMITED);
    expect(marks.causesFound).toBe(marks.causes);
    expect(marks.countsOff).toBeLessThan(0.1);
    const answered = requestsOf(requests) - requests.refused;
    expect(completeMs).toBeGreaterThan((Math.ceil(answered / LIMITED.limit) - 2) * MINUTE_MS);
    expect(usefulMs).toBeGreaterThan(0);
    expect(usefulMs).toBeLessThanOrEqual(completeMs);
  });

  it("is won by whoever asks side by side, where nothing is limited", async () => {
    const loop = await contest(readWithNodeZendesk, UNLIMITED);
    expect(loop.completeMs).toBe(UNLIMITED.latencyMs * requestsOf(loop.requests));
    const collector = await contest(readWithCollector, UNLIMITED);
    expect(collector.completeMs).toBeLessThan(loop.completeMs / 2);
  });

  it("comes out the same each time, also where much goes on side by side and is refused", async () => {
    const first = await contest(readWithClient, LIMITED);
    expect(first.requests.refused).toBeGreaterThan(1);
    expect(await contest(readWithClient, LIMITED)).toEqual(first);
  });

  it("is told in a table, each reader compared with the first", async () => {
    const loop = await contest(readWithNodeZendesk, LIMITED);
    const half = { ...loop, completeMs: loop.completeMs / 2, requests: { lists: 1, details: 0, refused: 0 } };
    const readings = [
      { contestant: "loop", reading: loop },
      { contestant: "half", reading: half },
    ];
    const table = tablesOf([{ name: "small", title: "a small account", readings }]);
    expect(table).toContain(`1 (1/${requestsOf(loop.requests)})`);
    expect(table).toContain(`${duration(half.completeMs)} (1/2)`);
  });

  async function contest(contestant: Contestant, parts: Omit<ZendeskParts, "size">): Promise<Reading> {
    const account = await openZendesk({ size: "demo", ...parts });
    try {
      return await contestant(account);
    } finally {
      await account.close();
    }
  }
});
