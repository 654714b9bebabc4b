import { DAY_MS, localDay } from "../time-zone.ts";
import { readDate } from "./calendar.ts";
import { readClock } from "./clock.ts";
import { readCount, unitMs } from "./duration.ts";
import { readFreeWords } from "./free-words.ts";

/** In whose words and as of when times are read. */
export interface TimeContext {
  now: Date;
  /** An IANA name that this machine knows. */
  timeZone: string;
}

/** A day as somebody names it. `date` is in the form of `localDay`. */
export type Day =
  | { kind: "date"; date: number }
  /** 0 is Sunday. */
  | { kind: "weekday"; weekday: number }
  /** 19 Nov, of a year to be found. */
  | { kind: "yearless"; month: number; dayOfMonth: number };

/** One end of a time range. `clockMs` counts from midnight; a day without it is the whole day. */
export type EndPoint =
  | { kind: "instant"; atMs: number }
  | { kind: "day"; day: Day; clockMs?: number }
  | { kind: "clock"; clockMs: number };

const INSTANT = /^(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(z|[+-]\d{2}(?::?\d{2})?)$/;
const LOCAL_INSTANT = /^(\d{4}-\d{2}-\d{2})t(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)$/;
const LONGEST_POINT = 6;

/** The longest end point at the start of `words` (in lower case), and how many of them it took. */
export function readEndPoint(
  words: readonly string[],
  context: TimeContext,
): { point: EndPoint; taken: number } | undefined {
  for (let taken = Math.min(words.length, LONGEST_POINT); taken > 0; taken -= 1) {
    const point = parseEndPoint(words.slice(0, taken), context);
    if (point !== undefined) return { point, taken };
  }
  return undefined;
}

/** The end point that all of `words` (in lower case) name. */
export function parseEndPoint(words: readonly string[], context: TimeContext): EndPoint | undefined {
  const text = words.join(" ").replace(/,$/, "");
  if (text === "now") return { kind: "instant", atMs: context.now.getTime() };
  if (text === "last night") return lastNight(context);
  const clockMs = readClock(text);
  if (clockMs !== undefined) return { kind: "clock", clockMs };
  return (
    parseInstant(text) ?? parseAgo(words, context) ?? parseDayAndClock(words, context) ?? readFreeWords(text, context)
  );
}

/** From 18:00 on, so that an evening shift finds what it left behind. */
function lastNight({ now, timeZone }: TimeContext): EndPoint {
  const yesterday = localDay(timeZone, now.getTime()) - DAY_MS;
  return { kind: "day", day: { kind: "date", date: yesterday }, clockMs: 0.75 * DAY_MS };
}

function parseInstant(text: string): EndPoint | undefined {
  const [, date, clock, offset] = INSTANT.exec(text) ?? [];
  if (date !== undefined && clock !== undefined && offset !== undefined) {
    // Date accepts 30 February and makes it March.
    if (readDate(date) === undefined) return undefined;
    const hours = offset.length === 3 ? `${offset}:00` : offset.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
    const atMs = Date.parse(`${date}T${clock}${hours.toUpperCase()}`);
    return Number.isNaN(atMs) ? undefined : { kind: "instant", atMs };
  }
  const [, localDate, localClock] = LOCAL_INSTANT.exec(text) ?? [];
  return localDate === undefined ? undefined : onDay(readDate(localDate), readClock(localClock ?? ""));
}

/** 3 hours ago, 2 days ago, last week: N x 24 h for days, as with the range `last 2 days`. */
function parseAgo(words: readonly string[], { now }: TimeContext): EndPoint | undefined {
  const [opener, unit = ""] = words;
  const oneMs = opener === "last" && words.length === 2 && unit.length > 1 ? unitMs(unit) : undefined;
  if (oneMs !== undefined) return { kind: "instant", atMs: now.getTime() - oneMs };
  if (words.at(-1) !== "ago") return undefined;
  const first = words[0] === "a" || words[0] === "an" ? "1" : (words[0] ?? "");
  const counted = readCount([first, ...words.slice(1, -1)]);
  const ms = counted && counted.taken === words.length - 1 ? unitMs(counted.unit) : undefined;
  return counted && ms !== undefined ? { kind: "instant", atMs: now.getTime() - counted.count * ms } : undefined;
}

function parseDayAndClock(words: readonly string[], context: TimeContext): EndPoint | undefined {
  const whole = parseDay(words, context);
  if (whole !== undefined) return { kind: "day", day: whole };
  for (let cut = 1; cut < words.length; cut += 1) {
    const left = words.slice(0, cut);
    const right = words.slice(cut);
    const late = readClock((right[0] === "at" || right[0] === "@" ? right.slice(1) : right).join(" "));
    const day = late === undefined ? undefined : parseDay(left, context);
    if (day !== undefined) return { kind: "day", day, clockMs: late ?? 0 };
    const early = readClock(left.join(" "));
    const dayBehind = early === undefined ? undefined : parseDay(right[0] === "on" ? right.slice(1) : right, context);
    if (dayBehind !== undefined) return { kind: "day", day: dayBehind, clockMs: early ?? 0 };
  }
  return undefined;
}

function parseDay(words: readonly string[], context: TimeContext): Day | undefined {
  const text = words.join(" ").replace(/,$/, "");
  const today = localDay(context.timeZone, context.now.getTime());
  if (text === "today" || text === "this morning") return { kind: "date", date: today };
  if (text === "yesterday") return { kind: "date", date: today - DAY_MS };
  const date = readDate(text);
  if (date !== undefined) return { kind: "date", date };
  const point = readFreeWords(text, context);
  return point?.kind === "day" && point.clockMs === undefined ? point.day : undefined;
}

function onDay(date: number | undefined, clockMs: number | undefined): EndPoint | undefined {
  if (date === undefined || clockMs === undefined) return undefined;
  return { kind: "day", day: { kind: "date", date }, clockMs };
}
