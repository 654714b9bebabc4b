import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stratumOf } from "../../src/triage/assume.ts";
import { type Invocation, refKey } from "../../src/triage/model.ts";
import { nextToRead, type SamplingLimits } from "../../src/triage/sampling.ts";
import { anInvocation } from "./samples.ts";

const FROM_MS = Date.UTC(2026, 10, 20, 9);
const LIMITS: SamplingLimits = { perStratum: 12, reads: 40 };

function failedAt(second: number, overrides: Partial<Invocation> = {}): Invocation {
  const id = `i${String(second).padStart(6, "0")}`;
  return anInvocation({ id, latestCompletedAt: new Date(FROM_MS + second * 1000), ...overrides });
}

function many(count: number, overrides: Partial<Invocation> = {}): Invocation[] {
  return Array.from({ length: count }, (_, second) => failedAt(second, overrides));
}

/** Reads in rounds until nothing more is wished for; tells what was read and what it told. */
function readAll(
  failed: readonly Invocation[],
  causeOf: (invocation: Invocation) => string,
  { perStratum, reads }: SamplingLimits = LIMITS,
): Map<string, string> {
  const read = new Map<string, string>();
  for (;;) {
    const chosen = nextToRead(failed, read, { perStratum, reads: reads - read.size });
    if (chosen.length === 0) return read;
    for (const invocation of chosen) read.set(refKey(invocation), causeOf(invocation));
  }
}

describe("which attempts are read", () => {
  it("begins with the newest, the oldest and the middle of what looks the same", () => {
    expect(nextToRead(many(101), new Map(), LIMITS).map(({ id }) => id)).toEqual(["i000100", "i000000", "i000050"]);
  });

  it.each([0, 1, 2, 3])("reads each of %i once", (count) => {
    expect(readAll(many(count), () => "same").size).toBe(count);
  });

  it("stops there where they agree, and goes halfway between those that do not", () => {
    expect(readAll(many(500), () => "same").size).toBe(3);
    const read = readAll(many(500), ({ id }) => (id < "i000400" ? "before" : "after"));
    expect(read.size).toBeGreaterThan(3);
    expect(read.get(refKey(failedAt(400)))).toBe("after");
    expect(read.get(refKey(failedAt(399)))).toBe("before");
  });

  it("reads nothing where the row alone is certain", () => {
    expect(nextToRead(many(50, { status: "circuit broken", statusCode: undefined }), new Map(), LIMITS)).toEqual([]);
  });

  it("takes one of each look before a second of any, the largest first", () => {
    const failed = [
      ...many(30, { statusCode: 500 }),
      ...many(90, { statusCode: 502 }),
      ...many(5, { statusCode: 404 }),
    ];
    const codes = nextToRead(failed, new Map(), { perStratum: 12, reads: 4 }).map(({ statusCode }) => statusCode);
    expect(codes).toEqual([502, 500, 404, 502]);
  });

  it("looks at what is new although enough was read before", () => {
    const failed = many(100);
    const read = readAll(failed, ({ id }) => id);
    expect(read.size).toBe(LIMITS.perStratum);
    const later = [...failed, ...Array.from({ length: 30 }, (_, second) => failedAt(100 + second))];
    expect(nextToRead(later, read, LIMITS).map(({ id }) => id)).toEqual(["i000129"]);
  });

  it("never exceeds its limits, and always comes to an end", () => {
    const limits = fc.record({ perStratum: fc.integer({ min: 1, max: 12 }), reads: fc.nat(40) });
    const row = fc.record({
      second: fc.nat(300),
      statusCode: fc.constantFrom(404, 500, 503),
      webhookId: fc.constantFrom("W1", "W2"),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 120 }), limits, fc.nat(6), (rows, most, kinds) => {
        const failed = rows.map(({ second, ...fields }, index) => failedAt(second, { ...fields, id: `i${index}` }));
        const read = readAll(failed, ({ id }) => `cause ${id.length * (kinds + 1)}${id.at(-1)}`, most);
        expect(read.size).toBeLessThanOrEqual(most.reads);
        for (const alike of Map.groupBy(failed, stratumOf).values()) {
          const ofStratum = alike.filter((invocation) => read.has(refKey(invocation)));
          expect(ofStratum.length).toBeLessThanOrEqual(most.perStratum);
        }
      }),
    );
  });

  it("finds each cause where two or three take turns in blocks of time", () => {
    const blocks = fc.record({
      kinds: fc.integer({ min: 2, max: 3 }),
      turns: fc.integer({ min: 1, max: 2 }),
      size: fc.integer({ min: 2, max: 60 }),
    });
    fc.assert(
      fc.property(blocks, ({ kinds, turns, size }) => {
        const failed = many(kinds * turns * size);
        const kindOf = ({ latestCompletedAt }: Invocation): string =>
          `cause ${Math.floor(((latestCompletedAt?.getTime() ?? 0) - FROM_MS) / 1000 / size) % kinds}`;
        expect(new Set(readAll(failed, kindOf).values()).size).toBe(kinds);
      }),
    );
  });
});
