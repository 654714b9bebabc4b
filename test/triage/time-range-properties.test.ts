import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_REACH_DAYS, readTimeRange } from "../../src/triage/time-range.ts";
import { DAY_MS } from "../../src/triage/time-zone.ts";

const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC"];

describe("any text in the form of a time range", () => {
  const point = fc.oneof(
    fc.constantFrom(
      "now",
      "today",
      "yesterday",
      "monday",
      "noon",
      "9",
      "9am",
      "24:00",
      "02:30",
      "nov 19",
      "29 feb",
      "last week",
    ),
    fc.constantFrom(
      "tomorrow",
      "3 days ago",
      "99999999999 weeks ago",
      "sunday 2:30",
      "yesterday evening",
      "5pm EST",
      "0001-01-01",
    ),
    fc
      .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc
      .date({ min: new Date("2025-11-01"), max: new Date("2027-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc
      .date({ min: new Date("2025-11-01"), max: new Date("2027-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    fc.tuple(fc.nat(9999), fc.nat(13), fc.nat(32)).map((parts) => parts.join("-")),
  );
  const range = fc.oneof(
    fc
      .tuple(
        fc.constantFrom("last", "past"),
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        fc.constantFrom("h", "d", "weeks", "x", ""),
      )
      .map(([a, n, u]) => `${a} ${n} ${u}`),
    fc.tuple(fc.constantFrom("since", "from"), point).map((parts) => parts.join(" ")),
    fc.tuple(point, fc.constantFrom("to", "until"), point).map((parts) => `from ${parts.join(" ")}`),
    fc.tuple(point, point).map((parts) => `between ${parts.join(" and ")}`),
    point,
  );
  const now = fc.date({ min: new Date("2025-01-01"), max: new Date("2028-01-01"), noInvalidDate: true });
  const zone = fc.constantFrom(...ZONES, "Africa/Cairo", "Australia/Lord_Howe", "America/Havana");

  it("is a problem, or a window that is not empty, not too old and not in the future", () => {
    fc.assert(
      fc.property(range, now, zone, (text, at, timeZone) => {
        const reading = readTimeRange(text.split(" "), { now: at, timeZone });
        if (reading === undefined || "problem" in reading) return;
        const { from, to } = reading.window;
        expect(from.getTime()).toBeLessThan(to.getTime());
        expect(to.getTime()).toBeLessThanOrEqual(at.getTime());
        expect(from.getTime()).toBeGreaterThanOrEqual(at.getTime() - MAX_REACH_DAYS * DAY_MS);
      }),
      { numRuns: 1000 },
    );
  });
});
