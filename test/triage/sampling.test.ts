import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assumeAll, stratumOf } from "../../src/triage/assume.ts";
import { isCertainFromRow } from "../../src/triage/cause-of.ts";
import { type Invocation, refKey } from "../../src/triage/model.ts";
import { firstToRead, mostReads, nextToRead } from "../../src/triage/sampling.ts";
import { anInvocation, diagnosesOf } from "./samples.ts";

const FROM_MS = Date.UTC(2026, 10, 20, 9);

function failedAt(second: number, overrides: Partial<Invocation> = {}): Invocation {
  const id = `i${String(second).padStart(6, "0")}`;
  return anInvocation({ id, latestCompletedAt: new Date(FROM_MS + second * 1000), ...overrides });
}

function many(count: number, overrides: Partial<Invocation> = {}): Invocation[] {
  return Array.from({ length: count }, (_, second) => failedAt(second, overrides));
}

/** Reads in rounds until enough is known, as one question does; adds what it told to `read`, and returns how many reads that took. */
function ask(
  failed: readonly Invocation[],
  causeOf: (invocation: Invocation) => string,
  read = new Map<string, string>(),
): { read: Map<string, string>; reads: number } {
  const most = mostReads(failed.length);
  let reads = 0;
  for (;;) {
    const chosen = nextToRead(failed, read, most - reads);
    if (chosen.length === 0) return { read, reads };
    for (const invocation of chosen) {
      if (read.has(refKey(invocation))) throw new Error("it was read before");
      read.set(refKey(invocation), causeOf(invocation));
    }
    reads += chosen.length;
  }
}

describe("which attempts are read", () => {
  it("begins with the newest of each look, the largest first", () => {
    const failed = [
      ...many(30, { statusCode: 500 }),
      ...many(90, { statusCode: 502 }),
      ...many(5, { statusCode: 404 }),
    ];
    const first = (reads: number) => nextToRead(failed, new Map(), reads).map(({ id, statusCode }) => [statusCode, id]);
    expect(first(40)).toEqual([
      [502, "i000089"],
      [500, "i000029"],
      [404, "i000004"],
    ]);
    expect(first(2)).toHaveLength(2);
  });

  it("may end there: what was read is not followed up before it has grown", () => {
    const failed = [...many(30, { statusCode: 500 }), ...many(90, { statusCode: 502 })];
    const [first, second] = nextToRead(failed, new Map(), 40);
    if (!first || !second) throw new Error("there are two");
    expect(firstToRead(failed, new Map(), 40)).toEqual([first, second]);
    expect(firstToRead(failed, new Map(), 1)).toEqual([first]);
    expect(firstToRead(failed, new Map(), -1)).toEqual([]);
    const read = new Map([[refKey(first), "same"]]);
    expect(firstToRead(failed, read, 40)).toEqual([second]);
    const grown = [...failed, ...Array.from({ length: 20 }, (_, more) => failedAt(200 + more, { statusCode: 502 }))];
    expect(firstToRead(grown, read, 40)).toEqual([second, grown.at(-1)]);
  });

  it("goes on with the oldest, then with what lies halfway", () => {
    const failed = many(101);
    const read = new Map([[refKey(failedAt(100)), "same"]]);
    const next = () => nextToRead(failed, read, 40).map(({ id }) => id);
    expect(next()).toEqual(["i000000"]);
    read.set(refKey(failedAt(0)), "same");
    expect(next()).toEqual(["i000050"]);
  });

  it("takes halfway for halfway in time, where few are spread over much of it", () => {
    const failed = [...many(50), failedAt(100), failedAt(200), failedAt(5_000), failedAt(10_000)];
    const read = new Map([failedAt(0), failedAt(49), failedAt(10_000)].map((one) => [refKey(one), "same"]));
    expect(nextToRead(failed, read, 40)[0]?.id).toBe("i005000");
  });

  it("reads a burst between two that agree near its middle", () => {
    const thin = Array.from({ length: 41 }, (_, index) => failedAt(index * 1_000));
    const burst = Array.from({ length: 21 }, (_, index) => failedAt(30_100 + index * 10));
    const read = new Map([failedAt(0), failedAt(40_000)].map((one) => [refKey(one), "same"]));
    expect(nextToRead([...thin, ...burst], read, 40).map(({ id }) => id)).toEqual(["i030190"]);
  });

  it.each([
    [1, 1],
    [2, 2],
    [10, 9],
    [500, 9],
    [20_000, 9],
  ])("of %i that are all one cause reads %i", (count, reads) => {
    expect(ask(many(count), () => "same").reads).toBe(reads);
  });

  it("reads less of what is a small part of the question", () => {
    const small = many(50, { webhookId: "small" });
    const failed = [...small, ...many(1_450)];
    const { read } = ask(failed, () => "same");
    expect(small.filter((invocation) => read.has(refKey(invocation))).length).toBeLessThanOrEqual(2);
  });

  it("goes halfway between those that disagree, until the change is found", () => {
    const { read } = ask(many(500), ({ id }) => (id < "i000400" ? "before" : "after"));
    const last = Math.max(...[...read].map(([key, cause]) => (cause === "before" ? secondOf(key) : 0)));
    const first = Math.min(...[...read].map(([key, cause]) => (cause === "after" ? secondOf(key) : 500)));
    expect(first - last).toBeLessThanOrEqual(6);
    expect(read.size).toBeLessThan(25);
  });

  it("reads nothing where the row alone is certain", () => {
    expect(nextToRead(many(50, { status: "circuit broken", statusCode: undefined }), new Map(), 40)).toEqual([]);
  });

  it("reads nothing more when it is asked again, and one more of what has grown by a tenth", () => {
    const failed = many(300);
    const { read } = ask(failed, () => "same");
    expect(ask(failed, () => "same", read).reads).toBe(0);
    const later = [...failed, ...Array.from({ length: 40 }, (_, second) => failedAt(300 + second))];
    expect(nextToRead(later, read, 40).map(({ id }) => id)).toEqual(["i000339"]);
    expect(ask(later, () => "same", read).reads).toBe(1);
  });

  it("looks at what is new although as much was read before as a question may cost", () => {
    const failed = many(100);
    const { read } = ask(failed, ({ id }) => id);
    expect(read.size).toBe(mostReads(failed.length));
    expect(ask(failed, ({ id }) => id, read).reads).toBe(0);
    const later = [...failed, ...Array.from({ length: 30 }, (_, second) => failedAt(100 + second))];
    const another = many(3, { statusCode: 404, id: "another" }).slice(0, 1);
    expect(nextToRead([...later, ...another], read, 40).map(({ id }) => id)).toEqual(["i000129", "another"]);
  });
});

const row = fc.record({
  second: fc.nat(300),
  statusCode: fc.constantFrom(404, 500, 503),
  status: fc.constantFrom("terminated", "terminated", "circuit broken"),
  webhookId: fc.constantFrom("W1", "W2"),
});
const rows = fc
  .array(row, { maxLength: 150 })
  .map((all) => all.map(({ second, ...fields }, index) => failedAt(second, { ...fields, id: `i${index}` })));
/** How many causes there are at most: each invocation has one by its id. */
const causes = fc.integer({ min: 1, max: 200 });

function causeAmong(kinds: number): (invocation: Invocation) => string {
  return ({ id }) => `cause ${(Number(id.slice(1)) * 7) % kinds}`;
}

describe("the reads of one question", () => {
  it("end, never exceed what it may cost, and leave no look out while they do not", () => {
    fc.assert(
      fc.property(rows, causes, (failed, kinds) => {
        const { read, reads } = ask(failed, causeAmong(kinds));
        expect(reads).toBeLessThanOrEqual(mostReads(failed.length));
        for (const alike of Map.groupBy(failed, stratumOf).values()) {
          const isRead = alike.some((invocation) => read.has(refKey(invocation)));
          expect(isRead).toBe(alike.some((invocation) => !isCertainFromRow(invocation)));
        }
      }),
    );
  });

  it("are the same in whatever order the rows come", () => {
    fc.assert(
      fc.property(rows, causes, (failed, kinds) => {
        const { read } = ask(failed, causeAmong(kinds));
        expect([...ask(failed.toReversed(), causeAmong(kinds)).read]).toEqual([...read]);
      }),
    );
  });

  it("leave nothing to a second question about the same", () => {
    fc.assert(
      fc.property(rows, causes, (failed, kinds) => {
        const { read } = ask(failed, causeAmong(kinds));
        expect(ask(failed, causeAmong(kinds), read).reads).toBe(0);
      }),
    );
  });

  it.each([0, 40, 1_500, 20_000, 1_000_000])("of %i are 100 at most, and 40 may be", (failed) => {
    expect(mostReads(failed)).toBeGreaterThanOrEqual(40);
    expect(mostReads(failed)).toBeLessThanOrEqual(100);
  });
});

const SEEDS = 200;
const COUNT = 400;
const BODIES = ["disk full", "pool exhausted", "no such tenant", "deadlock detected"];

/** What each of these tells, whoever it is read of. */
const DIAGNOSES = new Map(
  BODIES.map((body) => [body, diagnosesOf([[failedAt(0), body]]).get(refKey(failedAt(0)))] as const),
);

/** Which of four causes each of 400 that look the same has. */
const ARRANGEMENTS: Record<string, (random: () => number) => number[]> = {
  "taking turns at random": (random) => Array.from({ length: COUNT }, () => Math.floor(random() * 4)),
  "in blocks of time": (random) => {
    const weights = Array.from({ length: 4 }, () => 0.05 + random());
    const whole = weights.reduce((sum, weight) => sum + weight);
    return weights.flatMap((weight, cause) =>
      Array.from({ length: Math.round((weight / whole) * COUNT) }, () => cause),
    );
  },
  "of which one is only 5 %": (random) =>
    Array.from({ length: COUNT }, () => (random() < 0.05 ? 3 : Math.floor(random() * 3))),
};

describe("four causes under one status code", () => {
  it.each([
    { arrangement: "taking turns at random", found: 1, mostReadsInAll: 40, error: 0.25 },
    { arrangement: "in blocks of time", found: 1, mostReadsInAll: 30, error: 0.02 },
    { arrangement: "of which one is only 5 %", found: 0.85, mostReadsInAll: 40, error: 0.25 },
  ])("$arrangement, are all found in $found of 200 cases", ({ arrangement, found, mostReadsInAll, error }) => {
    let all = 0;
    let wrong = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const kinds = ARRANGEMENTS[arrangement]?.(randomFrom(seed)) ?? [];
      const failed = many(kinds.length);
      const bodyOf = (invocation: Invocation) => BODIES[kinds[secondOf(refKey(invocation))] ?? 0] ?? "";
      const { read, reads } = ask(failed, bodyOf);
      expect(reads).toBeLessThanOrEqual(mostReadsInAll);
      if (new Set(read.values()).size === new Set(kinds).size) all += 1;
      wrong += errorOf(failed, read, bodyOf);
    }
    expect(all / SEEDS).toBeGreaterThanOrEqual(found);
    expect(wrong / SEEDS).toBeLessThan(error);
  });
});

/** Over all causes, by how much their counts are wrong, as a share of all that failed. */
function errorOf(
  failed: readonly Invocation[],
  read: ReadonlyMap<string, string>,
  bodyOf: (invocation: Invocation) => string,
): number {
  const told = assumeAll(failed, new Map([...read].map(([key, body]) => [key, DIAGNOSES.get(body)])));
  const counts = new Map<string, number>();
  const add = (body: string, by: number) => counts.set(body, (counts.get(body) ?? 0) + by);
  for (const invocation of failed) {
    add(bodyOf(invocation), -1);
    add(told.get(refKey(invocation))?.diagnosis?.reading.telling?.text ?? "", 1);
  }
  return [...counts.values()].reduce((sum, by) => sum + Math.abs(by), 0) / failed.length;
}

function secondOf(key: string): number {
  return Number(/i(\d{6})"/.exec(key)?.[1]);
}

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, with the numbers of Numerical Recipes. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
