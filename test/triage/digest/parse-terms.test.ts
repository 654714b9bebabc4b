import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTerms } from "../../../src/triage/format-query.ts";
import { parseTerms, type TermsContext } from "../../../src/triage/parse-query.ts";
import { TERM_KEYS } from "../../../src/triage/query.ts";

const CONTEXT: TermsContext = {
  now: new Date("2026-11-21T11:00:00Z"),
  timeZone: "Europe/Berlin",
  providers: ["zendesk", "conductorone"],
};

describe("the terms of a digest", () => {
  it.each([
    ["", ""],
    ["PROVIDER:Zendesk code:5XX Jira", "provider:zendesk code:5xx Jira"],
    ["Jira -billing -state:Open", "-state:open Jira -billing"],
    ['"last 24h" "in Berlin"', '"last 24h" "in Berlin"'],
  ])("%j are %j", (typed, canonical) => {
    const parsed = parseTerms(typed, CONTEXT);
    if (!parsed.ok) throw new Error(parsed.fault.what);
    expect(formatTerms(parsed)).toBe(canonical);
  });

  it.each([
    [
      "last 24h",
      "A digest covers the time from its previous slot to this one; it takes no time range such as “last 24h”.",
    ],
    [
      "code:5xx yesterday Jira",
      "A digest covers the time from its previous slot to this one; it takes no time range such as “yesterday”.",
    ],
    [
      "9am",
      "“9am” is a moment, not a range. A digest covers the time from its previous slot to this one, without a time range.",
    ],
    ["Jira in Europe/Paris", "“in Europe/Paris” is no term. The zone of a digest belongs to its schedule."],
    ["Jira in Berln", "There is no time zone “Berln”. Put it in quotes if it is part of a name."],
    ["code:999", "“999” is not a status code. Write one such as 404, or a class such as 5xx."],
    ["foo:bar", "“foo:” is not a term I know. Put words that hold a colon in quotes."],
    ['"Jira', 'The quotes in “"Jira” are never closed.'],
    ["x".repeat(3001), "That is 3,001 characters long; 3000 is the most I read."],
  ])("%s are none", (typed, what) => {
    const parsed = parseTerms(typed, { ...CONTEXT, command: "digest weekdays at 09:00" });
    expect(parsed).toMatchObject({ ok: false, fault: { what } });
    if (parsed.ok) return;
    expect(parsed.fault.example).toMatch(/^digest weekdays at 09:00 (?:provider:zendesk|webhook:"Jira sync")$/);
  });

  it("that were written from words and terms read back the same, whatever their values", () => {
    const value = fc
      .string({ unit: "binary", minLength: 1, maxLength: 20 })
      .map((typed) => typed.trim())
      .filter((typed) => typed !== "");
    const key = fc.constantFrom(...TERM_KEYS.filter((known) => ["webhook", "status", "event"].includes(known)));
    const terms = fc.array(fc.record({ key, value, negated: fc.boolean() }), { maxLength: 5 });
    const word = fc.oneof(
      value,
      fc.constantFrom("in", "last", "24h", "Berlin", "since", "yesterday", "9am", "monday", "-"),
    );
    const words = fc.array(fc.record({ value: word, negated: fc.boolean() }), { maxLength: 5 });
    fc.assert(
      fc.property(terms, words, (named, plain) => {
        const written = { terms: named, words: plain };
        expect(parseTerms(formatTerms(written), CONTEXT)).toEqual({ ok: true, ...written });
      }),
      { numRuns: 1000 },
    );
  });
});
