import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contains, intersect, merge, subtract, type Window, windowOf } from "../../src/triage/window.ts";

const windows = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([from, length]) => windowOf(from, from + length));

/** The instants of 0–100 that lie in any of the windows. */
function instants(parts: readonly Window[]): number[] {
  return Array.from({ length: 100 }, (_, at) => at).filter((at) => parts.some((part) => contains(part, new Date(at))));
}

describe("window", () => {
  it("has an inclusive start and an exclusive end", () => {
    const window = windowOf(10, 20);
    expect(contains(window, new Date(10))).toBe(true);
    expect(contains(window, new Date(20))).toBe(false);
  });

  it("has nothing in common with a window that it only touches", () => {
    expect(intersect(windowOf(0, 10), windowOf(10, 20))).toBeUndefined();
    expect(intersect(windowOf(0, 11), windowOf(10, 20))).toEqual(windowOf(10, 11));
  });

  it("merges to sorted, disjoint parts that hold the same instants", () => {
    fc.assert(
      fc.property(fc.array(windows), (parts) => {
        const merged = merge(parts);
        expect(instants(merged)).toEqual(instants(parts));
        for (const [position, part] of merged.entries()) {
          const next = merged[position + 1];
          if (next) expect(part.to.getTime()).toBeLessThan(next.from.getTime());
        }
      }),
    );
  });

  it("subtracts so that what is left and what was taken make the whole, without overlap", () => {
    fc.assert(
      fc.property(windows, fc.array(windows), (whole, taken) => {
        const left = subtract(whole, taken);
        const expected = instants([whole]).filter((at) => !instants(taken).includes(at));
        expect(instants(left)).toEqual(expected);
      }),
    );
  });

  it("does not change the windows it merges", () => {
    const first = windowOf(0, 10);
    merge([first, windowOf(5, 20)]);
    expect(first).toEqual(windowOf(0, 10));
  });
});
