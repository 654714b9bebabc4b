import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRetryAfterMs } from "../../src/providers/retry-after.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const DAY_MS = 24 * 60 * 60_000;

describe("Retry-After", () => {
  it.each([
    ["seconds", "37", 37_000],
    ["seconds with blanks around", " 5 ", 5_000],
    ["no time at all", "0", 0],
    ["a part of a second", "1.5", 1_500],
    ["an HTTP date", "Sat, 21 Nov 2026 12:00:30 GMT", 30_000],
    ["a date of the oldest form", "Sat Nov 21 12:00:30 2026 GMT", 30_000],
    ["a date that is past", "Sat, 21 Nov 2026 11:00:00 GMT", 0],
    ["an absurd number of seconds", "99999999999999999999", DAY_MS],
    ["a date in a thousand years", "Sun, 21 Nov 3026 12:00:00 GMT", DAY_MS],
  ])("reads %s", (_name, header, expected) => {
    expect(readRetryAfterMs(header, NOW)).toBe(expected);
  });

  it.each([
    ["nothing", null],
    ["an empty value", ""],
    ["a negative number", "-5"],
    ["words", "later"],
    ["a date without a day's name", "2026-11-21"],
    ["an impossible date", "Sat, 99 Foo 2026 25:00:00 GMT"],
  ])("takes %s for missing", (_name, header) => {
    expect(readRetryAfterMs(header, NOW)).toBeUndefined();
  });

  it("is never negative and never beyond a day, whatever stands there", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.double().map(String),
          fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        ),
        (header) => {
          const waitMs = readRetryAfterMs(header, NOW) ?? 0;
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThanOrEqual(DAY_MS);
        },
      ),
    );
  });
});
