import fc from "fast-check";
import { expect, it } from "vitest";
import { localTime, secondsAt } from "../../../sandbox/page/client/local-time.ts";

it.each([
  ["2026-11-19T09:12", "Europe/Berlin", "2026-11-19T08:12:00Z"],
  ["2026-07-01T09:12", "America/New_York", "2026-07-01T13:12:00Z"],
  ["2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00:00Z"],
  ["2026-10-25T03:00", "Europe/Berlin", "2026-10-25T02:00:00Z"],
  ["2026-11-19T09:12", "Asia/Kathmandu", "2026-11-19T03:27:00Z"],
])("%s in %s is %s", (local, timeZone, utc) => {
  expect(secondsAt(local, timeZone)).toBe(Date.parse(utc) / 1000);
  expect(localTime(Date.parse(utc) / 1000, timeZone)).toBe(local);
});

it("what is no time is none", () => {
  expect(secondsAt("", "UTC")).toBeUndefined();
});

it("every whole minute comes back, but for the hour that there is twice", () => {
  const minutes = fc.integer({ min: 0, max: 80_000_000 });
  const zones = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe");
  fc.assert(
    fc.property(minutes, zones, (minute, zone) => {
      const local = localTime(minute * 60, zone);
      const back = secondsAt(local, zone);
      expect(back === undefined ? undefined : localTime(back, zone)).toBe(local);
    }),
  );
});
