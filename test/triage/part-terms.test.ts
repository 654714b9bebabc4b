import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatQuery } from "../../src/triage/format-query.ts";
import { partTerms, partTermsIn } from "../../src/triage/part-terms.ts";
import { TERM_KEYS, type Term } from "../../src/triage/query.ts";

const window = { from: new Date("2026-11-20T09:00:00Z"), to: new Date("2026-11-21T09:00:00Z") };

describe("the terms that leave out a part of an issue", () => {
  it.each([
    ["", ""],
    ["from 2026-11-20T09:00:00.000Z to 2026-11-21T09:00:00.000Z", ""],
    ['webhook:"Jira sync" cause:timeout state:open -provider:zendesk billing', ""],
    [
      'code:5xx webhook:jira -event:ticket.* status:"circuit broken"',
      'code:5xx -event:ticket.* status:"circuit broken"',
    ],
    ['"code:404" -"status:failed"', ""],
    ['code:404 webhook:"never closed', "code:404"],
    ["code: 404", ""],
  ])("of %j are %j", (query, terms) => {
    expect(partTermsIn(query)).toBe(terms);
  });

  it("come out of a canonical query as they went in, and out of themselves", () => {
    const value = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
      .map((text) => text.trim())
      .filter((text) => text !== "");
    const term: fc.Arbitrary<Term> = fc.record({ key: fc.constantFrom(...TERM_KEYS), value, negated: fc.boolean() });
    fc.assert(
      fc.property(fc.array(term), (terms) => {
        const wanted = terms.filter(({ key }) => ["status", "code", "event"].includes(key));
        const canonical = formatQuery({ words: [{ value: "code:404", negated: false }], terms, window });
        expect(partTerms(canonical)).toEqual(wanted);
        expect(partTerms(partTermsIn(canonical))).toEqual(wanted);
      }),
    );
  });

  it("are read from any text without an error", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void partTermsIn(text)));
  });
});
