import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuery } from "../../src/triage/parse-query.ts";
import { typedRange } from "../../src/triage/typed-range.ts";
import { type Window, windowOf } from "../../src/triage/window.ts";

const DAY_MS = 24 * 60 * 60_000;
const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "UTC"];

function windowFrom(from: string, to: string): Window {
  return windowOf(Date.parse(from), Date.parse(to));
}

function dayAfter({ to }: Window): Date {
  return new Date(to.getTime() + DAY_MS);
}

/** As somebody reads it who types it: later, and in a zone of their own. */
function readBack(typed: string, { now, timeZone }: { now: Date; timeZone: string }): Window {
  const parsed = parseQuery(typed, { now, timeZone, providers: [] });
  if (!parsed.ok) throw new Error(parsed.fault.what);
  return parsed.query.window;
}

describe("a window as a person would type it", () => {
  it.each([
    [
      "whole minutes",
      "2026-11-19T08:00:00Z",
      "2026-11-20T08:00:00Z",
      "Europe/Berlin",
      "from 2026-11-19 09:00 to 2026-11-20 09:00 in Europe/Berlin",
    ],
    [
      "whole seconds, at one of its ends",
      "2026-11-19T08:00:07Z",
      "2026-11-20T08:00:00Z",
      "Europe/Berlin",
      "from 2026-11-19 09:00:07 to 2026-11-20 09:00 in Europe/Berlin",
    ],
    [
      "a zone of quarters of an hour",
      "2026-11-19T18:15:00Z",
      "2026-11-20T18:15:00Z",
      "Asia/Kathmandu",
      "from 2026-11-20 00:00 to 2026-11-21 00:00 in Asia/Kathmandu",
    ],
    [
      "a day of 23 hours, as clocks go forward",
      "2026-03-28T08:00:00Z",
      "2026-03-29T07:00:00Z",
      "Europe/Berlin",
      "from 2026-03-28 09:00 to 2026-03-29 09:00 in Europe/Berlin",
    ],
    [
      "a day of 25 hours, as clocks go back",
      "2026-10-24T07:00:00Z",
      "2026-10-25T08:00:00Z",
      "Europe/Berlin",
      "from 2026-10-24 09:00 to 2026-10-25 09:00 in Europe/Berlin",
    ],
    [
      "all of the hour that exists twice",
      "2026-10-25T00:00:00Z",
      "2026-10-25T02:00:00Z",
      "Europe/Berlin",
      "from 2026-10-25 02:00 to 2026-10-25 03:00 in Europe/Berlin",
    ],
    [
      "the second time of the hour that exists twice",
      "2026-10-25T01:30:00Z",
      "2026-10-25T08:00:00Z",
      "Europe/Berlin",
      "from 2026-10-25T01:30:00Z to 2026-10-25T08:00:00Z",
    ],
    [
      "an end in the first time of the hour that exists twice",
      "2026-10-24T08:00:00Z",
      "2026-10-25T00:30:00Z",
      "Europe/Berlin",
      "from 2026-10-24T08:00:00Z to 2026-10-25T00:30:00Z",
    ],
    [
      "a part of a second",
      "2026-11-19T08:00:00.250Z",
      "2026-11-20T08:00:00Z",
      "Europe/Berlin",
      "from 2026-11-19T08:00:00.250Z to 2026-11-20T08:00:00Z",
    ],
    [
      "a zone that nobody knows",
      "2026-11-19T08:00:00Z",
      "2026-11-20T08:00:00Z",
      "Nowhere/Land",
      "from 2026-11-19T08:00:00Z to 2026-11-20T08:00:00Z",
    ],
  ])("of %s", (_what, from, to, timeZone, typed) => {
    const window = windowFrom(from, to);
    expect(typedRange(window, timeZone)).toBe(typed);
    for (const now of [window.to, dayAfter(window)]) {
      expect(readBack(typed, { now, timeZone: "Asia/Tokyo" })).toEqual(window);
    }
  });

  it("is read back to the same, whatever its seconds, wherever and whenever it is read", () => {
    const second = fc.integer({ min: Date.parse("2020-01-01") / 1_000, max: Date.parse("2030-01-01") / 1_000 });
    const zone = fc.constantFrom(...ZONES);
    const seconds = fc.oneof(fc.integer({ min: 1, max: 7_200 }), fc.integer({ min: 1, max: 7 * 86_400 }));
    fc.assert(
      fc.property(second, seconds, zone, zone, fc.boolean(), (from, length, timeZone, reader, isLater) => {
        const window = windowOf(from * 1_000, (from + length) * 1_000);
        const now = isLater ? dayAfter(window) : window.to;
        expect(readBack(typedRange(window, timeZone), { now, timeZone: reader })).toEqual(window);
      }),
      { numRuns: 500 },
    );
  });

  it("is read back to the same around the hours that clocks skip or repeat", () => {
    const change = fc.constantFrom(
      ["Europe/Berlin", "2026-03-29T01:00:00Z"] as const,
      ["Europe/Berlin", "2026-10-25T01:00:00Z"] as const,
      ["America/New_York", "2026-03-08T07:00:00Z"] as const,
      ["America/New_York", "2026-11-01T06:00:00Z"] as const,
      ["Australia/Lord_Howe", "2026-04-04T15:00:00Z"] as const,
      ["Australia/Lord_Howe", "2026-10-03T15:30:00Z"] as const,
    );
    const offset = fc.integer({ min: -3 * 3_600, max: 3 * 3_600 });
    fc.assert(
      fc.property(change, offset, fc.integer({ min: 1, max: 4 * 3_600 }), ([timeZone, at], seconds, length) => {
        const fromMs = Date.parse(at) + seconds * 1_000;
        const window = windowOf(fromMs, fromMs + length * 1_000);
        expect(readBack(typedRange(window, timeZone), { now: dayAfter(window), timeZone: "UTC" })).toEqual(window);
      }),
      { numRuns: 500 },
    );
  });

  it("is told in the zone's own words wherever no clock was changed", () => {
    const minute = fc.integer({
      min: Date.parse("2026-11-02T12:00Z") / 60_000,
      max: Date.parse("2026-12-20") / 60_000,
    });
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 10_080 }), fc.constantFrom(...ZONES), (from, minutes, timeZone) => {
        const window = windowOf(from * 60_000, (from + minutes) * 60_000);
        expect(typedRange(window, timeZone)).toMatch(
          new RegExp(String.raw`^from \d{4}-\d\d-\d\d \d\d:\d\d to \d{4}-\d\d-\d\d \d\d:\d\d in ${timeZone}$`),
        );
      }),
    );
  });
});
