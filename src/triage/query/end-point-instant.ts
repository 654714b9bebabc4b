import { DAY_MS, instantOf, localDay, startOfDay } from "../time-zone.ts";
import { dayOf } from "./calendar.ts";
import type { Day, EndPoint, TimeContext } from "./end-point.ts";

/**
 * The instant at which a range that begins here begins. Weekdays, days without a year and times without a day are the latest that are
 * past: who asks at 02:00 for `since 22:00` means yesterday's. Of a local time that exists twice it is the first.
 */
export function startOf(point: EndPoint, { now, timeZone }: TimeContext): number {
  const nowMs = now.getTime();
  if (point.kind === "instant") return point.atMs;
  if (point.kind === "clock") {
    const today = localDay(timeZone, nowMs);
    const atMs = instantOf(timeZone, today + point.clockMs, "first");
    return atMs < nowMs ? atMs : instantOf(timeZone, today - DAY_MS + point.clockMs, "first");
  }
  const starts = daysBefore(point.day, nowMs, timeZone).map((day) => startIn(day, point.clockMs, timeZone));
  return starts.find((startMs) => startMs < nowMs) ?? starts[0] ?? nowMs;
}

/**
 * The instant at which a range that ends here ends, when it begins at `startMs`. A day is meant whole. A time without a day is the
 * first from the start on, a weekday the latest that is past and not before the start, or else the first from the start on. Of a local
 * time that exists twice it is the last, so that no failure between the two is left out.
 */
export function endOf(point: EndPoint, startMs: number, { now, timeZone }: TimeContext): number {
  if (point.kind === "instant") return point.atMs;
  if (point.kind === "clock") {
    const day = localDay(timeZone, startMs);
    const atMs = instantOf(timeZone, day + point.clockMs, "last");
    return atMs >= startMs ? atMs : instantOf(timeZone, day + DAY_MS + point.clockMs, "last");
  }
  const nowMs = now.getTime();
  for (const day of daysBefore(point.day, nowMs, timeZone)) {
    const endMs = endIn(day, point.clockMs, timeZone);
    const isFixed = point.day.kind === "date";
    if (isFixed || (endMs >= startMs && startIn(day, point.clockMs, timeZone) < nowMs)) return endMs;
  }
  const ends = daysAfter(point.day, startMs, timeZone).map((day) => endIn(day, point.clockMs, timeZone));
  return ends.find((endMs) => endMs >= startMs) ?? startMs;
}

function startIn(day: number, clockMs: number | undefined, zone: string): number {
  return instantOf(zone, day + (clockMs ?? 0), "first");
}

function endIn(day: number, clockMs: number | undefined, zone: string): number {
  return clockMs === undefined ? startOfDay(zone, day + DAY_MS) : instantOf(zone, day + clockMs, "last");
}

/** The days that are meant, latest first, from the local day of an instant back. */
function daysBefore(day: Day, atMs: number, zone: string): number[] {
  if (day.kind === "date") return [day.date];
  const local = localDay(zone, atMs);
  if (day.kind === "weekday") {
    const back = (new Date(local).getUTCDay() - day.weekday + 7) % 7;
    return [local - back * DAY_MS, local - (back + 7) * DAY_MS];
  }
  return yearsOf(day, local, [0, -1, -2, -3, -4, -8]).filter((date) => date <= local);
}

/** The days that are meant, earliest first, from the local day of an instant on. */
function daysAfter(day: Day, atMs: number, zone: string): number[] {
  if (day.kind === "date") return [day.date];
  const local = localDay(zone, atMs);
  if (day.kind === "weekday") {
    const on = (day.weekday - new Date(local).getUTCDay() + 7) % 7;
    return [local + on * DAY_MS, local + (on + 7) * DAY_MS];
  }
  return yearsOf(day, local, [0, 1, 2, 3, 4, 8]).filter((date) => date >= local);
}

function yearsOf(day: Day & { kind: "yearless" }, local: number, steps: readonly number[]): number[] {
  const year = new Date(local).getUTCFullYear();
  return steps.map((step) => dayOf(year + step, day.month, day.dayOfMonth)).filter((date) => date !== undefined);
}
