import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CAUSE_CATEGORIES } from "../../../src/triage/cause.ts";
import { type Answer, readAnswer } from "./samples.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.json(),
  fc.json().map((json) => json.slice(0, json.length / 2)),
  fc
    .array(
      fc.constantFrom(
        "<p>",
        "</p>",
        "<title>",
        "<h1>",
        "&#x",
        "{",
        '"a":',
        "[",
        "}",
        ":",
        " ",
        "error ",
        "404",
        "\n",
        "\ud800",
        "E11000",
        "at x (a:1:2)",
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join("")),
);
const anyAnswer: fc.Arbitrary<Answer> = fc.record({
  code: fc.option(fc.integer({ min: 100, max: 999 }), { nil: undefined }),
  body: fc.option(anyText, { nil: undefined }),
  error: fc.option(anyText, { nil: undefined }),
  headers: fc.dictionary(fc.constantFrom("server", "Content-Type", "x"), anyText, { maxKeys: 3 }),
}) as fc.Arbitrary<Answer>;

describe("the general path", () => {
  it("takes anything, and says the same of it twice", () => {
    fc.assert(
      fc.property(anyAnswer, (answer) => {
        const reading = readAnswer(answer);
        expect(CAUSE_CATEGORIES).toContain(reading.category);
        expect(reading.id).toMatch(/^[a-z0-9-]{1,64}$/);
        expect(reading.title.length).toBeLessThanOrEqual(120);
        expect(reading.title).not.toMatch(/\n/);
        expect(reading.signature.length).toBeLessThanOrEqual(420);
        expect(reading.telling?.text.length ?? 0).toBeLessThanOrEqual(300);
        expect(readAnswer(answer)).toEqual(reading);
      }),
      { numRuns: 400 },
    );
  });

  it("does not mind the order of an object's fields", () => {
    const parts = [
      ["code", "LEDGER_SHUT"],
      ["message", "The ledger is shut"],
      ["status", 409],
      ["requestId", "a1b2"],
    ] as const;
    fc.assert(
      fc.property(fc.shuffledSubarray([...parts], { minLength: 4 }), (order) => {
        expect(readAnswer({ code: 409, body: Object.fromEntries(order) }).id).toBe(
          readAnswer({ code: 409, body: Object.fromEntries(parts) }).id,
        );
      }),
    );
  });
});

/** A hundred kilobytes may take 5 ms; a loaded machine gets ten times that, and only the best of some tries counts. */
const MS_PER_100_KB = 5;
const GENEROUS = 10;

const long = (part: string, bytes = 200_000): string => part.repeat(Math.ceil(bytes / part.length)).slice(0, bytes);

describe("time is bounded for", () => {
  it.each<[string, Answer]>([
    ["10 MB of words", { code: 500, body: long("ledger broke ", 10_000_000) }],
    ["10 MB of one character", { code: 500, body: long("a", 10_000_000) }],
    ["10 MB of JSON", { code: 500, body: `{"message":"${long("x ", 10_000_000)}"}` }],
    ["100,000 tags", { code: 500, body: long("<p>", 300_000) }],
    ["100,000 open brackets", { code: 400, body: long("[", 100_000) }],
    ["100,000 open braces", { code: 400, body: long('{"a":', 500_000) }],
    ["nested elements", { code: 400, body: `<Error>${long("<a>", 300_000)}` }],
    ["binary", { code: 502, body: long("\u0000\u001f\u008b\ufffd") }],
    ["lone surrogates", { code: 502, body: long("\ud800 \udfff") }],
    ["a long run of word characters and dots", { code: 400, body: long("a.b_c-") }],
    ["a long run of digits", { code: 400, body: long("1234567890") }],
    ["a long run of blanks", { code: 400, body: `x${long(" ")}y` }],
    ["a long run of colons", { code: 400, body: long("a:") }],
    ["a long run of quotes", { code: 400, body: `{"a${long('\\"')}` }],
    ["a long run of capitals", { code: 400, body: long("A_") }],
    ["a long error message", { code: 502, error: long("status code ") }],
    ["a long run of equals signs", { code: 502, error: long("a=b ") }],
    ["an error message of brackets", { code: 502, error: long("{[(") }],
    ["long headers", { code: 502, headers: { server: long("nginx/"), "content-type": long("html;") } }],
    ["headers without values", { code: 502, headers: { server: "", "content-type": "" } }],
    ["entities", { code: 502, body: `<p>${long("&#x41;&amp")}` }],
    ["the beginnings of sentences", { code: 400, body: { message: long("Error: ") } }],
    ["missing fields", { code: 422, body: { message: long("missing a b ") } }],
    [
      "words that almost are the names of fields",
      { code: 422, body: { message: `invalid ${long("a_", 58)}! ${long("a.", 58)}! ${long("aB", 58)}!` } },
    ],
    ["names of classes", { code: 500, body: { message: `${long("a.b$", 1_000)}Err` } }],
    ["blocked words", { code: 403, body: long("access blocked by the request exceed ") }],
  ])("%s", (_, answer) => {
    const size = JSON.stringify(answer).length;
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 4; round += 1) {
      const start = performance.now();
      readAnswer(answer);
      best = Math.min(best, performance.now() - start);
    }
    expect(best).toBeLessThan(MS_PER_100_KB * GENEROUS * Math.max(1, Math.min(size, 400_000) / 100_000));
  });
});
