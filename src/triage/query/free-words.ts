import { casual } from "chrono-node/en";
import { DAY_MS, offsetMinutes } from "../time-zone.ts";
import { dayOf } from "./calendar.ts";
import type { Day, EndPoint, TimeContext } from "./end-point.ts";

const LONGEST_TEXT = 60;
// 05/11 is May to some and November to others, and a wrong guess shows an empty night to somebody on call.
const AMBIGUOUS_DATE = /\d[/.]\d{1,2}(?:[/.]|\b)/;
// "last monday" is a certain one, "monday" is the nearest in the direction that is meant.
const CERTAIN_WEEK = /\b(?:last|past|this|next|coming|ago)\b/;
const PART_OF_DAY = /^casualReference\/(?:morning|afternoon|evening|night)$/;

/** An end point in words that our own grammar does not have ("nov 19", "last monday", "yesterday evening"). All of `text` must be it. */
export function readFreeWords(text: string, context: TimeContext): EndPoint | undefined {
  if (text.length > LONGEST_TEXT || AMBIGUOUS_DATE.test(text)) return undefined;
  const nowMs = context.now.getTime();
  const reference = { instant: context.now, timezone: offsetMinutes(context.timeZone, nowMs) };
  const [result, another] = casual.parse(text, reference, { forwardDate: false });
  if (result === undefined || another !== undefined || result.end || result.text !== text) return undefined;
  const { start } = result;
  const date = dayOf(start.get("year") ?? 0, start.get("month") ?? 0, start.get("day") ?? 0);
  if (date === undefined) return undefined;
  const isTimed = start.isCertain("hour") || [...start.tags()].some((tag) => PART_OF_DAY.test(tag));
  if (!isTimed && !start.isCertain("day") && !start.isCertain("weekday")) return undefined;
  const clockMs = ((start.get("hour") ?? 0) * 60 + (start.get("minute") ?? 0)) * 60_000;
  const offset = start.isCertain("hour") && start.isCertain("timezoneOffset") ? start.get("timezoneOffset") : null;
  if (offset !== null)
    return { kind: "instant", atMs: lastBefore(nowMs, date + clockMs - offset * 60_000, result.start) };
  const names = start.isCertain("day") || start.isCertain("weekday");
  if (!names) return { kind: "clock", clockMs };
  const day = dayMeant(text, date, start);
  return isTimed ? { kind: "day", day, clockMs } : { kind: "day", day };
}

interface Certainty {
  isCertain(component: "year" | "day" | "weekday"): boolean;
}

function dayMeant(text: string, date: number, certainty: Certainty): Day {
  const utc = new Date(date);
  if (CERTAIN_WEEK.test(text)) return { kind: "date", date };
  if (!certainty.isCertain("day")) return { kind: "weekday", weekday: utc.getUTCDay() };
  if (certainty.isCertain("year")) return { kind: "date", date };
  return { kind: "yearless", month: utc.getUTCMonth() + 1, dayOfMonth: utc.getUTCDate() };
}

/** "9am EST" names no day: the latest that is past. */
function lastBefore(nowMs: number, atMs: number, certainty: Certainty): number {
  const isDayNamed = certainty.isCertain("day") || certainty.isCertain("weekday");
  return isDayNamed || atMs < nowMs ? atMs : atMs - DAY_MS;
}
