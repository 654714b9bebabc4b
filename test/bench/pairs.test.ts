import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Labelled, pairFigures } from "../../bench/grouping/pairs.ts";

/** `a1 a1 b1`: three lines, by cause and group. */
function lines(text: string): Labelled[] {
  return text.split(" ").map((word) => ({ cause: word.slice(0, 1), group: word.slice(1) }));
}

describe("pairwise figures", () => {
  it.each([
    { name: "are 1 where causes and groups agree", text: "a1 a1 b2 b2", precision: 1, recall: 1 },
    { name: "are 1 whatever the causes are called", text: "b1 b1 a2 a2 c3", precision: 1, recall: 1 },
    { name: "lose recall where a group is split", text: "a1 a1 b1", precision: 1, recall: 1 / 3 },
    { name: "lose precision where groups are merged", text: "a1 a1 a2", precision: 1 / 3, recall: 1 },
    { name: "lose both where lines are mixed up", text: "a1 a1 a2 b2", precision: 1 / 3, recall: 1 / 2 },
    { name: "have no precision where every cause stands alone", text: "a1 b1", precision: Number.NaN, recall: 0 },
    { name: "have no recall where every group stands alone", text: "a1 a2", precision: 0, recall: Number.NaN },
    { name: "have neither for one line", text: "a1", precision: Number.NaN, recall: Number.NaN },
  ])("$name", ({ text, precision, recall }) => {
    expect(pairFigures(lines(text))).toEqual({ precision, recall });
  });

  it("are NaN without lines", () => {
    expect(pairFigures([])).toEqual({ precision: Number.NaN, recall: Number.NaN });
  });

  it("are what counting pair by pair finds", () => {
    const label = fc.constantFrom("a", "b", "c", "[", '","');
    fc.assert(
      fc.property(fc.array(fc.record({ cause: label, group: label }), { maxLength: 25 }), (labelled) => {
        expect(pairFigures(labelled)).toEqual(countedPairByPair(labelled));
      }),
    );
  });
});

function countedPairByPair(labelled: readonly Labelled[]) {
  let oneCause = 0;
  let oneGroup = 0;
  let both = 0;
  for (const [at, first] of labelled.entries()) {
    for (const second of labelled.slice(at + 1)) {
      if (first.cause === second.cause) oneCause += 1;
      if (first.group === second.group) oneGroup += 1;
      if (first.cause === second.cause && first.group === second.group) both += 1;
    }
  }
  return { precision: both / oneCause, recall: both / oneGroup };
}
