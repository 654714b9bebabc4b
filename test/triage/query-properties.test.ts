import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatQuery, MAX_CANONICAL_LENGTH } from "../../src/triage/format-query.ts";
import { MAX_QUERY_LENGTH, parseQuery, type QueryContext } from "../../src/triage/parse-query.ts";
import { type Query, TERM_KEYS } from "../../src/triage/query.ts";
import { parseSubcommand } from "../../src/triage/subcommand.ts";

const NOW = new Date("2026-11-21T11:00:00Z");
const CONTEXT: QueryContext = { now: NOW, timeZone: "Europe/Berlin", providers: ["zendesk", "conductorone"] };

function query(text: string, context: Partial<QueryContext> = {}): Query {
  const parsed = parseQuery(text, { ...CONTEXT, ...context });
  if (!parsed.ok) throw new Error(parsed.fault.what);
  return parsed.query;
}

describe("any text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "last",
      "24h",
      "7",
      "days",
      "since",
      "from",
      "to",
      "until",
      "between",
      "and",
      "yesterday",
      "today",
      "this",
      "morning",
    ),
    fc.constantFrom(
      "9am",
      "14:00",
      "in",
      "the",
      "Europe/Berlin",
      "Berlin",
      "UTC",
      "2026-11-20",
      "monday",
      "nov",
      "19",
      "-",
      "now",
      "next",
      "week",
    ),
    fc.constantFrom(
      "provider:zendesk",
      "code:5xx",
      "-state:open",
      'webhook:"Jira sync"',
      "“",
      '"',
      "'",
      "’",
      "\\",
      ":",
      "foo:",
      "-code:",
      "event:*",
    ),
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(" ")),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    fc.string({ unit: "binary", maxLength: 300 }),
  );
  const zone = fc.constantFrom(
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Apia",
    "UTC",
    "not a zone",
  );
  const now = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true });

  it("is understood with a window up to now that reads back the same, or is a short fault with an example that works", () => {
    fc.assert(
      fc.property(text, zone, now, (typed, timeZone, at) => {
        const context = { ...CONTEXT, timeZone, now: at };
        const parsed = parseQuery(typed, context);
        if (!parsed.ok) {
          const { what, understood = "", suggestion = "", example } = parsed.fault;
          expect(Math.max(...[what, understood, suggestion].map((line) => [...line].length))).toBeLessThan(240);
          expect(parseQuery(example.replace(/^failures /, ""), context)).toMatchObject({ ok: true });
          return;
        }
        const { window } = parsed.query;
        expect(window.from.getTime()).toBeLessThan(window.to.getTime());
        expect(window.to.getTime()).toBeLessThanOrEqual(at.getTime());
        const canonical = formatQuery(parsed.query);
        const again = parseQuery(canonical, { ...context, timeZone: "UTC", maxLength: MAX_CANONICAL_LENGTH });
        expect(again).toEqual({ ...parsed, timeZone: "UTC" });
      }),
      { numRuns: 2000 },
    );
  });

  it("that was written from a query reads back the same, whatever its values", () => {
    const value = fc
      .string({ unit: "binary", minLength: 1, maxLength: 20 })
      .map((typed) => typed.trim())
      .filter((typed) => typed !== "");
    const term = fc.record({ key: fc.constantFrom("webhook", "status", "event"), value, negated: fc.boolean() });
    const words = fc.record({
      value: fc.oneof(
        value,
        piece.filter((word) => word.trim() === word && word !== ""),
      ),
      negated: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(term, { maxLength: 5 }), fc.array(words, { maxLength: 5 }), (terms, named) => {
        const written: Query = {
          terms: terms.map((one) => ({ ...one, key: TERM_KEYS.find((key) => key === one.key) ?? "status" })),
          words: named,
          window: query("").window,
        };
        expect(query(formatQuery(written), { maxLength: MAX_CANONICAL_LENGTH })).toEqual(written);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["a long word", "a".repeat(500)],
    ["many time words", "since ".repeat(83)],
    ["many ranges", "since 9 ".repeat(62)],
    ["many numbers", "from 1 2 3 4 5 to 6 7 8 9 ".repeat(20).slice(0, 500)],
    ["many quotes", "'\" ".repeat(166)],
    ["many zones", "in a b c ".repeat(55)],
    ["a long number", `last ${"9".repeat(490)}`],
    ["many spaces", `since monday${" ".repeat(400)}9am`],
    ["100 kB without a blank", "x".repeat(100_000)],
    ["100 kB of blanks", `a${" ".repeat(100_000)}b`],
    ["100 kB of time words", "since yesterday to 9am ".repeat(4500)],
  ])("is read within a moment: %s", (_, typed) => {
    const startedAt = performance.now();
    parseQuery(typed, CONTEXT);
    parseSubcommand(typed, ["failures", "help"]);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  it("may be as long as the caller allows", () => {
    const typed = "a ".repeat(MAX_QUERY_LENGTH);
    expect(parseQuery(typed, CONTEXT).ok).toBe(false);
    expect(parseQuery(typed, { ...CONTEXT, maxLength: MAX_CANONICAL_LENGTH }).ok).toBe(true);
  });
});
