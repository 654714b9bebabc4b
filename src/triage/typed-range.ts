import { TZDate } from "@date-fns/tz";
import { format } from "date-fns/format";
import { formatQuery } from "./format-query.ts";
import { parseQuery } from "./parse-query.ts";
import { DAY_MS, isTimeZone } from "./time-zone.ts";
import type { Window } from "./window.ts";

/**
 * A window as a person would type it: `from 2026-11-19 09:00 to 2026-11-20 09:00 in Europe/Berlin`, which `parseQuery` reads back to the
 * same. Where local time cannot tell it (a part of a second, an hour that exists twice), the instants in UTC, which it reads as well.
 */
export function typedRange(window: Window, timeZone: string): string {
  const inUtc = formatQuery({ words: [], terms: [], window });
  if (!isTimeZone(timeZone)) return inUtc;
  const [from, to] = [window.from, window.to].map((at) => {
    const local = new TZDate(at.getTime(), timeZone);
    return format(local, local.getSeconds() === 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss");
  });
  const typed = `from ${from} to ${to} in ${timeZone}`;
  // Whoever types it does so later, when the hour may have come round again.
  const read = parseQuery(typed, { now: new Date(window.to.getTime() + DAY_MS), timeZone, providers: [] });
  return read.ok && isSame(read.query.window, window) ? typed : inUtc;
}

function isSame(a: Window, b: Window): boolean {
  return a.from.getTime() === b.from.getTime() && a.to.getTime() === b.to.getTime();
}
