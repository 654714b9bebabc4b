import { DAY_MS, instantOf, localDay, startOfDay } from "../time-zone.ts";
import type { DigestSchedule } from "./subscription.ts";

export const DAY_NAMES = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

const MINUTE_MS = 60_000;
/** A week, and another where a zone leaves out the one day (Apia's Friday, 30 December 2011), and the days at both ends. */
const LONGEST_GAP_DAYS = 16;

/** The last slot at or before `at`. */
export function latestSlot(schedule: DigestSchedule, at: Date): Date {
  // Clocks that go back across midnight show yesterday once more after the first slot of today: so from tomorrow on.
  const tomorrow = localDay(schedule.timeZone, at.getTime()) + DAY_MS;
  for (let back = 0; back <= LONGEST_GAP_DAYS; back += 1) {
    const slotMs = slotOn(schedule, tomorrow - back * DAY_MS);
    if (slotMs !== undefined && slotMs <= at.getTime()) return new Date(slotMs);
  }
  throw noSlot(schedule, at);
}

/** The first slot after `after`. */
export function nextSlot(schedule: DigestSchedule, after: Date): Date {
  // Clocks that go forward across midnight bring a slot of yesterday into today: so from yesterday on.
  const yesterday = localDay(schedule.timeZone, after.getTime()) - DAY_MS;
  for (let ahead = 0; ahead <= LONGEST_GAP_DAYS; ahead += 1) {
    const slotMs = slotOn(schedule, yesterday + ahead * DAY_MS);
    if (slotMs !== undefined && slotMs > after.getTime()) return new Date(slotMs);
  }
  throw noSlot(schedule, after);
}

/** The slot before `slot`, where that slot's window begins. */
export function slotBefore(schedule: DigestSchedule, slot: Date): Date {
  return latestSlot(schedule, new Date(slot.getTime() - 1));
}

/** Five cron fields, to be read in the schedule's zone. */
export function cronOf({ days, minuteOfDay }: DigestSchedule): string {
  const dayOfWeek = days === "every_day" ? "*" : days === "weekdays" ? "1-5" : String(days);
  return `${minuteOfDay % 60} ${Math.floor(minuteOfDay / 60)} * * ${dayOfWeek}`;
}

/** For a sentence: `every weekday at 09:00 (Europe/Berlin)`. */
export function scheduleInWords({ days, minuteOfDay, timeZone }: DigestSchedule): string {
  const day = days === "every_day" ? "day" : days === "weekdays" ? "weekday" : DAY_NAMES[days];
  return `every ${day} at ${formatMinuteOfDay(minuteOfDay)} (${timeZone})`;
}

/** As it can be typed: `weekly on monday at 09:00 in Europe/Berlin`, which `parseDigest` reads back. */
export function formatSchedule({ days, minuteOfDay, timeZone }: DigestSchedule): string {
  return `${formatDays(days)} at ${formatMinuteOfDay(minuteOfDay)} in ${timeZone}`;
}

/** As they can be typed: `daily`, `weekdays`, `weekly on monday`. */
export function formatDays(days: DigestSchedule["days"]): string {
  if (days === "every_day") return "daily";
  return days === "weekdays" ? "weekdays" : `weekly on ${DAY_NAMES[days].toLowerCase()}`;
}

/** `09:00`. */
export function formatMinuteOfDay(minuteOfDay: number): string {
  return [Math.floor(minuteOfDay / 60), minuteOfDay % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/**
 * The one slot of a local day, as `localDay` names it; none where the schedule leaves the day out, or the zone does. A time that clocks
 * leap over is the instant that `instantOf` gives, and a time that exists twice the first of the two.
 */
function slotOn({ days, minuteOfDay, timeZone }: DigestSchedule, day: number): number | undefined {
  const weekday = new Date(day).getUTCDay();
  const isDue = days === "every_day" || (days === "weekdays" ? weekday >= 1 && weekday <= 5 : weekday === days);
  if (!isDue || localDay(timeZone, startOfDay(timeZone, day)) !== day) return undefined;
  return instantOf(timeZone, day + minuteOfDay * MINUTE_MS, "first");
}

function noSlot(schedule: DigestSchedule, near: Date): Error {
  return new RangeError(`No slot ${scheduleInWords(schedule)} near ${near.toISOString()}.`);
}
