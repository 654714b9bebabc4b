import fc from "fast-check";
import type { DigestSchedule } from "../../../src/triage/digest/subscription.ts";

/** Zones whose clocks do what few clocks do. */
export const ZONES = [
  "UTC",
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "America/Sao_Paulo", // leapt over midnight until 2018
  "America/Santiago",
  "America/Havana", // goes back from 01:00 to 00:00
  "America/St_Johns", // changed at 00:01 until 2011
  "America/Nuuk", // leaps from 23:00 into the next day
  "Asia/Beirut", // leaps over midnight
  "Asia/Kathmandu", // UTC+5:45
  "Asia/Tehran",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Australia/Sydney",
  "Australia/Lord_Howe", // 30 minutes
  "Pacific/Apia", // had no 30 December 2011
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Antarctica/Troll", // two hours
];

export const anySchedule: fc.Arbitrary<DigestSchedule> = fc.record({
  days: fc.constantFrom<DigestSchedule["days"][]>("every_day", "weekdays", 0, 1, 2, 3, 4, 5, 6),
  minuteOfDay: fc.oneof(
    fc.integer({ min: 0, max: 1439 }),
    fc.constantFrom(0, 1, 30, 60, 90, 120, 150, 1380, 1410, 1439),
  ),
  timeZone: fc.constantFrom(...ZONES),
});

/** Instants near and far from the changes of clocks. */
export const anyInstant: fc.Arbitrary<Date> = fc.oneof(
  fc.date({ min: new Date("2007-01-01"), max: new Date("2034-12-31"), noInvalidDate: true }),
  fc.date({ min: new Date("2011-12-27"), max: new Date("2012-01-10"), noInvalidDate: true }),
  fc.date({ min: new Date("2024-03-28"), max: new Date("2024-04-08"), noInvalidDate: true }),
  fc.date({ min: new Date("2026-10-23"), max: new Date("2026-11-02"), noInvalidDate: true }),
  fc.date({ min: new Date("2010-11-05"), max: new Date("2010-11-09"), noInvalidDate: true }),
);
