import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cronOf,
  formatSchedule,
  latestSlot,
  nextSlot,
  scheduleInWords,
  slotBefore,
} from "../../../src/triage/digest/schedule.ts";
import type { DigestSchedule } from "../../../src/triage/digest/subscription.ts";
import { anyInstant, anySchedule, ZONES } from "./schedules.ts";

const HOUR_MS = 60 * 60_000;
const BERLIN: DigestSchedule = { days: "every_day", minuteOfDay: 540, timeZone: "Europe/Berlin" };

/** Every slot after `from` up to `to`. */
function slots(schedule: DigestSchedule, from: string, to: string): string[] {
  const found: string[] = [];
  let slot = nextSlot(schedule, new Date(from));
  while (slot <= new Date(to)) {
    found.push(slot.toISOString().replace(":00.000Z", "Z"));
    slot = nextSlot(schedule, slot);
  }
  return found;
}

describe("the slots of a schedule", () => {
  it.each<[string, Partial<DigestSchedule>, string, string, string[]]>([
    [
      "come once on the day of 23 hours",
      {},
      "2026-03-28T00:00Z",
      "2026-03-31T00:00Z",
      ["2026-03-28T08:00Z", "2026-03-29T07:00Z", "2026-03-30T07:00Z"],
    ],
    [
      "come once on the day of 25 hours",
      {},
      "2026-10-24T00:00Z",
      "2026-10-27T00:00Z",
      ["2026-10-24T07:00Z", "2026-10-25T08:00Z", "2026-10-26T08:00Z"],
    ],
    [
      "come an hour later by the clock where it leaps over them",
      { minuteOfDay: 150 },
      "2026-03-28T12:00Z",
      "2026-03-30T12:00Z",
      ["2026-03-29T01:30Z", "2026-03-30T00:30Z"],
    ],
    [
      "come at the first of two times that the clock shows",
      { minuteOfDay: 150 },
      "2026-10-24T12:00Z",
      "2026-10-26T12:00Z",
      ["2026-10-25T00:30Z", "2026-10-26T01:30Z"],
    ],
    [
      "leave out the weekend",
      { days: "weekdays" },
      "2026-11-19T12:00Z",
      "2026-11-24T00:00Z",
      ["2026-11-20T08:00Z", "2026-11-23T08:00Z"],
    ],
    [
      "come once a week",
      { days: 1 },
      "2026-11-16T08:00Z",
      "2026-12-01T00:00Z",
      ["2026-11-23T08:00Z", "2026-11-30T08:00Z"],
    ],
    [
      "leave out a day that a zone leaves out",
      { timeZone: "Pacific/Apia" },
      "2011-12-29T00:00Z",
      "2012-01-01T00:00Z",
      ["2011-12-29T19:00Z", "2011-12-30T19:00Z", "2011-12-31T19:00Z"],
    ],
    [
      "leave out a week whose one day a zone leaves out",
      { timeZone: "Pacific/Apia", days: 5 },
      "2011-12-20T00:00Z",
      "2012-01-07T00:00Z",
      ["2011-12-23T19:00Z", "2012-01-05T19:00Z"],
    ],
    [
      "come after a leap over midnight",
      { timeZone: "Asia/Beirut", minuteOfDay: 0 },
      "2026-03-28T00:00Z",
      "2026-03-30T00:00Z",
      ["2026-03-28T22:00Z", "2026-03-29T21:00Z"],
    ],
    [
      "of late evening come on the next day where the clock leaps into it",
      { timeZone: "America/Nuuk", minuteOfDay: 1410 },
      "2026-03-28T12:00Z",
      "2026-03-30T12:00Z",
      ["2026-03-29T01:30Z", "2026-03-30T00:30Z"],
    ],
    [
      "at midnight come once where the clock shows it twice",
      { timeZone: "America/St_Johns", minuteOfDay: 0 },
      "2010-11-06T12:00Z",
      "2010-11-08T12:00Z",
      ["2010-11-07T02:30Z", "2010-11-08T03:30Z"],
    ],
    [
      "follow a clock that changes by half an hour",
      { timeZone: "Australia/Lord_Howe" },
      "2026-10-02T12:00Z",
      "2026-10-04T12:00Z",
      ["2026-10-02T22:30Z", "2026-10-03T22:00Z"],
    ],
    [
      "follow a clock of odd minutes",
      { timeZone: "Asia/Kathmandu" },
      "2026-11-20T00:00Z",
      "2026-11-21T04:00Z",
      ["2026-11-20T03:15Z", "2026-11-21T03:15Z"],
    ],
  ])("%s", (_, schedule, from, to, expected) => {
    expect(slots({ ...BERLIN, ...schedule }, from, to)).toEqual(expected);
  });

  it.each([
    ["2026-03-29T07:00Z", 23],
    ["2026-10-25T08:00Z", 25],
    ["2026-11-21T08:00Z", 24],
  ])("%s is the end of a window of %d hours", (slot, hours) => {
    expect((Date.parse(slot) - slotBefore(BERLIN, new Date(slot)).getTime()) / HOUR_MS).toBe(hours);
  });

  it("are those that Temporal finds, one on every local day there is", () => {
    const anyStart = fc.oneof(
      fc.constant("2011-12-20"),
      fc
        .date({ min: new Date("2007-01-01"), max: new Date("2034-01-01"), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
    );
    fc.assert(
      fc.property(anySchedule, anyStart, (schedule, start) => {
        const expected = daysFrom(start, 40, schedule);
        const [first = 0, last = 0] = [expected[0], expected.at(-1)];
        const found: number[] = [];
        for (
          let slot = latestSlot(schedule, new Date(first));
          slot.getTime() <= last;
          slot = nextSlot(schedule, slot)
        ) {
          found.push(slot.getTime());
        }
        expect(found).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("follow one another, whatever the instant", () => {
    fc.assert(
      fc.property(anySchedule, anyInstant, (schedule, at) => {
        const latest = latestSlot(schedule, at);
        const next = nextSlot(schedule, at);
        expect(latest.getTime()).toBeLessThanOrEqual(at.getTime());
        expect(next.getTime()).toBeGreaterThan(at.getTime());
        expect(nextSlot(schedule, latest)).toEqual(next);
        expect(slotBefore(schedule, next)).toEqual(latest);
        expect(latestSlot(schedule, latest)).toEqual(latest);
        expect(latestSlot(schedule, next)).toEqual(next);
      }),
      { numRuns: 1000 },
    );
  });

  it("have windows that leave no gap and do not overlap, over a year in every zone", () => {
    for (const timeZone of ZONES) {
      const schedule: DigestSchedule = { days: "every_day", minuteOfDay: 150, timeZone };
      let slot = latestSlot(schedule, new Date("2026-01-01T12:00Z"));
      for (let count = 0; count < 366; count += 1) {
        const next = nextSlot(schedule, slot);
        expect(slotBefore(schedule, next)).toEqual(slot);
        const hours = (next.getTime() - slot.getTime()) / HOUR_MS;
        expect(hours).toBeGreaterThanOrEqual(22);
        expect(hours).toBeLessThanOrEqual(26);
        slot = next;
      }
    }
  });
});

/** The slots of the local days from `start` on, by way of Temporal: https://tc39.es/proposal-temporal/docs/zoneddatetime.html */
function daysFrom(start: string, count: number, { days, minuteOfDay, timeZone }: DigestSchedule): number[] {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minuteOfDay / 60), minute: minuteOfDay % 60 });
  const found: number[] = [];
  for (let ahead = 0; ahead < count; ahead += 1) {
    const day = Temporal.PlainDate.from(start).add({ days: ahead });
    const weekday = day.dayOfWeek % 7;
    const isDue = days === "every_day" || (days === "weekdays" ? weekday >= 1 && weekday <= 5 : weekday === days);
    const exists = day.toZonedDateTime({ timeZone }).toPlainDate().equals(day);
    if (isDue && exists) found.push(day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds);
  }
  return found;
}

describe("a schedule", () => {
  it.each<[DigestSchedule["days"], number, string, string, string]>([
    ["every_day", 540, "0 9 * * *", "every day at 09:00 (UTC)", "daily at 09:00 in UTC"],
    ["weekdays", 540, "0 9 * * 1-5", "every weekday at 09:00 (UTC)", "weekdays at 09:00 in UTC"],
    [1, 540, "0 9 * * 1", "every Monday at 09:00 (UTC)", "weekly on monday at 09:00 in UTC"],
    [0, 0, "0 0 * * 0", "every Sunday at 00:00 (UTC)", "weekly on sunday at 00:00 in UTC"],
    [6, 1439, "59 23 * * 6", "every Saturday at 23:59 (UTC)", "weekly on saturday at 23:59 in UTC"],
  ])("of %s, minute %d, is %s: %s", (days, minuteOfDay, cron, words, typed) => {
    const schedule: DigestSchedule = { days, minuteOfDay, timeZone: "UTC" };
    expect(cronOf(schedule)).toBe(cron);
    expect(scheduleInWords(schedule)).toBe(words);
    expect(formatSchedule(schedule)).toBe(typed);
  });
});
