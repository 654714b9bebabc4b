import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ianaName, isTimeZone, resolveTimeZone } from "../../src/triage/time-zone.ts";

describe("a time zone", () => {
  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["europe/berlin", "Europe/Berlin"],
    ["  America/New York ", "America/New_York"],
    ["Berlin", "Europe/Berlin"],
    ["new york", "America/New_York"],
    ["kolkata", "Asia/Kolkata"],
    ["Asia/Calcutta", "Asia/Calcutta"],
    ["Europe/Kyiv", "Europe/Kyiv"],
    ["utc", "UTC"],
    ["+02:00", "+02:00"],
  ])("%s is %s", (name, zone) => {
    expect(resolveTimeZone(name)).toEqual({ ok: true, zone });
  });

  it.each([
    ["Berln", ["Europe/Berlin"]],
    ["Europ/Berlin", ["Europe/Berlin"]],
    ["Amercia/New_York", ["America/New_York"]],
    ["Atlantis", []],
    ["", []],
    ["x".repeat(3000), []],
  ])("%s does not exist, and what is near is suggested", (name, suggestions) => {
    expect(resolveTimeZone(name)).toEqual({ ok: false, suggestions });
  });

  it("is one that exists, and so is every suggestion, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const resolved = resolveTimeZone(name);
        const zones = resolved.ok ? [resolved.zone] : resolved.suggestions;
        expect(zones.every(isTimeZone)).toBe(true);
      }),
    );
  });

  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["Europe/Kyiv", "Europe/Kyiv"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["Us/Pacific", "America/Los_Angeles"],
    ["PST", "America/Los_Angeles"],
    ["Etc/UTC", "UTC"],
    ["+02:00", undefined],
    ["not a zone", undefined],
  ])("%s has the IANA name %s", (zone, name) => {
    expect(ianaName(zone)).toBe(name);
  });
});
