import { TZDate } from "@date-fns/tz";
import { format } from "date-fns/format";
import { readDate } from "./query/calendar.ts";
import { readCount, unitMs, unitNear } from "./query/duration.ts";
import { echo } from "./query/echo.ts";
import { type EndPoint, parseEndPoint, readEndPoint, type TimeContext } from "./query/end-point.ts";
import { endOf, startOf } from "./query/end-point-instant.ts";
import { brokenPoint, loneTime } from "./query/lone-time.ts";
import type { Problem } from "./query/terms.ts";
import { DAY_MS, instantOf, isTimeZone, localDay, offsetMinutes, startOfDay } from "./time-zone.ts";
import { type Window, windowOf } from "./window.ts";

/** How far back a range may start: longer than anybody keeps a log, short enough to show a slip. */
export const MAX_REACH_DAYS = 400;

const EXAMPLE_RANGE = "from yesterday 14:00 to today 09:00";
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?$/;

/** A time range at the start of some words, and how many of them it took. */
export type TimeReading = { taken: number; window: Window } | { taken: number; problem: Problem };

/** The time range that begins with the first of `words`; `undefined` when that is a word like any other. */
export function readTimeRange(words: readonly string[], context: TimeContext): TimeReading | undefined {
  const lower = words.map((word) => word.toLowerCase());
  switch (lower[0]) {
    case "last":
    case "past":
      return readLast(lower, context);
    case "since":
    case "from":
      return readFrom(lower, words, ["to", "until", "till"], context);
    case "between":
      return readFrom(lower, words, ["and"], context);
    case "this":
      return lower[1] === "morning" ? readThisMorning(context) : loneTime(lower);
    default:
      return loneTime(lower) ?? readDay(lower, context);
  }
}

/** The window in absolute local time, such as `Fri 20 Nov 2026 09:00 – Sat 21 Nov 2026 09:00 (Europe/Berlin, UTC+1)`. */
export function formatWindow(window: Window, timeZone: string): string {
  const zone = isTimeZone(timeZone) ? timeZone : "UTC";
  const [fromMs, toMs] = [window.from.getTime(), window.to.getTime()];
  // Under two minutes both ends would read alike.
  const pattern = toMs - fromMs < 120_000 ? "EEE d MMM yyyy HH:mm:ss" : "EEE d MMM yyyy HH:mm";
  const ends = [fromMs, toMs].map((atMs) => format(new TZDate(atMs, zone), pattern));
  const offsets = [...new Set([fromMs, toMs].map((atMs) => formatOffset(offsetMinutes(zone, atMs))))];
  const names = zone === "UTC" ? ["UTC"] : [zone, offsets.join(", then ")];
  return `${ends.join(" – ")} (${names.join(", ")})`;
}

function formatOffset(minutes: number): string {
  const sign = minutes < 0 ? "-" : "+";
  const rest = Math.abs(minutes) % 60;
  return `UTC${sign}${Math.floor(Math.abs(minutes) / 60)}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

function readLast(words: readonly string[], context: TimeContext): TimeReading {
  const [opener = "last", next = ""] = words;
  const alone = next.length > 1 ? unitMs(next) : undefined;
  const counted = alone === undefined ? readCount(words.slice(1)) : { count: 1, unit: next, taken: 1 };
  if (counted === undefined) {
    const what = `${echo(opener)} needs a number and a unit. Put it in quotes if it is part of a name.`;
    return { taken: 1, problem: { what, suggestion: WEEKDAY.test(next) ? `since last ${next}` : "last 24h" } };
  }
  const taken = 1 + counted.taken;
  const text = words.slice(0, taken).join(" ");
  const ms = unitMs(counted.unit);
  if (ms !== undefined) {
    const nowMs = context.now.getTime();
    return settle({ taken, text, fromMs: nowMs - counted.count * ms, toMs: nowMs }, context);
  }
  if (/^(?:month|year)s?$/.test(counted.unit)) {
    const days = counted.count * (counted.unit.startsWith("year") ? 365 : 30);
    const suggestion = `last ${days >= 1 && days <= MAX_REACH_DAYS ? days : 30} days`;
    return { taken, problem: { what: `${echo(text)}: I count in minutes, hours, days and weeks.`, suggestion } };
  }
  const what = `${echo(text)} needs a unit: minutes, hours, days or weeks.`;
  return { taken, problem: { what, suggestion: `last ${counted.count} ${unitNear(counted)}` } };
}

/** `from X to Y`, `between X and Y`, `since X`. Without an end it ends now. */
function readFrom(
  words: readonly string[],
  typed: readonly string[],
  links: readonly string[],
  context: TimeContext,
): TimeReading {
  const [opener = "from"] = words;
  const linkAt = words.findIndex((word, at) => at > 1 && links.includes(word));
  const end = linkAt === -1 ? undefined : readEndPoint(endWords(words.slice(linkAt + 1)), context);
  const start = end && parseEndPoint(words.slice(1, linkAt), context);
  if (start && end) return between(words, start, { ...end, linkAt }, context);
  const open = readEndPoint(words.slice(1), context);
  const mayStayOpen = opener === "since" || (opener === "from" && linkAt === -1);
  if (open && mayStayOpen) {
    const taken = 1 + open.taken;
    const text = words.slice(0, taken).join(" ");
    return settle({ taken, text, fromMs: startOf(open.point, context), toMs: context.now.getTime() }, context);
  }
  const isStartBroken = linkAt === -1 || parseEndPoint(words.slice(1, linkAt), context) === undefined;
  const broken = isStartBroken ? typed.slice(1, linkAt === -1 ? undefined : linkAt) : typed.slice(linkAt + 1);
  return { taken: words.length, problem: brokenRange(opener, linkAt !== -1, broken) };
}

function between(
  words: readonly string[],
  start: EndPoint,
  end: { point: EndPoint; taken: number; linkAt: number },
  context: TimeContext,
): TimeReading {
  const taken = end.linkAt + 1 + end.taken;
  const fromMs = startOf(start, context);
  const toMs = endOf(end.point, fromMs, context);
  const text = words.slice(0, taken).join(" ");
  const swapped = `from ${words.slice(end.linkAt + 1, taken).join(" ")} to ${words.slice(1, end.linkAt).join(" ")}`;
  // A whole day that ends where the range starts is the day before.
  const isReversed = toMs < fromMs || (toMs === fromMs && end.point.kind === "day" && end.point.clockMs === undefined);
  if (isReversed)
    return { taken, problem: { what: `The range ${echo(text)} ends before it starts.`, suggestion: swapped } };
  return settle({ taken, text, fromMs, toMs }, context);
}

/** As an end, this morning is noon. */
function endWords(words: readonly string[]): readonly string[] {
  return words[0] === "this" && words[1] === "morning" ? ["today", "noon", ...words.slice(2)] : words;
}

/** `broken` are the words that should have been an end point. */
function brokenRange(opener: string, hasLink: boolean, broken: readonly string[]): Problem {
  if (opener === "between" && !hasLink) {
    return { what: "“between” needs two times with “and” between them.", example: EXAMPLE_RANGE };
  }
  if (broken.length > 0) return brokenPoint(broken);
  if (hasLink) return { what: `The range that begins with ${echo(opener)} has no end.`, example: EXAMPLE_RANGE };
  const what = `${echo(opener)} needs a time behind it. Put it in quotes if it is part of a name.`;
  return opener === "since" ? { what, suggestion: "since yesterday" } : { what, example: EXAMPLE_RANGE };
}

/**
 * From midnight to noon, not from dawn: who asks in the afternoon what failed this morning wants to see the night's failures, too, which
 * nobody has looked at before.
 */
function readThisMorning(context: TimeContext): TimeReading {
  const today = localDay(context.timeZone, context.now.getTime());
  const fromMs = startOfDay(context.timeZone, today);
  const toMs = instantOf(context.timeZone, today + DAY_MS / 2, "last");
  return settle({ taken: 2, text: "this morning", fromMs, toMs }, context);
}

/** A whole local day, 23 or 25 hours long when clocks change. */
function readDay([word = ""]: readonly string[], context: TimeContext): TimeReading | undefined {
  const zone = context.timeZone;
  const today = localDay(zone, context.now.getTime());
  const day = word === "today" ? today : word === "yesterday" ? today - DAY_MS : readDate(word);
  if (day === undefined) return undefined;
  const [fromMs, toMs] = [startOfDay(zone, day), startOfDay(zone, day + DAY_MS)];
  return settle({ taken: 1, text: word, fromMs, toMs }, context);
}

interface Span {
  taken: number;
  /** As it was typed. */
  text: string;
  fromMs: number;
  toMs: number;
}

/** Ends the range at now, since an answer cannot know the future, or says why it is none. */
function settle({ taken, text, fromMs, toMs }: Span, { now }: TimeContext): TimeReading {
  const nowMs = now.getTime();
  const range = `The range ${echo(text)}`;
  if (toMs === fromMs) return { taken, problem: { what: `${range} is empty: it ends when it starts.` } };
  if (fromMs >= nowMs) return { taken, problem: { what: `${range} lies in the future.` } };
  if (!(fromMs >= nowMs - MAX_REACH_DAYS * DAY_MS)) {
    const what = `${range} starts too long ago. I look back ${MAX_REACH_DAYS} days at most.`;
    return { taken, problem: { what, suggestion: "last 7 days" } };
  }
  return { taken, window: windowOf(fromMs, Math.min(toMs, nowMs)) };
}
