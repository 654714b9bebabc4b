import { looksLikeDate, readDate } from "./calendar.ts";
import { looksLikeClock, readClock } from "./clock.ts";
import { readCount, unitMs } from "./duration.ts";
import { echo } from "./echo.ts";
import { nearest } from "./suggest.ts";
import type { Problem } from "./terms.ts";

const OPENERS = ["last", "past", "since", "from", "between", "this", "today", "yesterday", "tomorrow"];
const LINKS = ["until", "till", "to", "and"];
/** Words that lead up to a time range without meaning anything: in the last 24h, on 2026-11-20. */
export const LEADS = ["in", "for", "over", "during", "within", "on"];
const TIME_WORDS = [...OPENERS, ...LINKS, ...LEADS, "the"];
const PARTS_OF_DAY = ["morning", "noon", "afternoon", "evening", "night"];
const PERIODS: Record<string, string> = {
  afternoon: "since noon",
  day: "today",
  evening: "since 18:00",
  hour: "last hour",
  month: "last 30 days",
  week: "last week",
  year: "last 365 days",
};
const OTHER_DATE = /^\d{1,4}([/.])\d{1,2}\1\d{1,4}$|^\d{1,2}\/\d{1,2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}t\d/;

/** Whether a word means time, or so nearly that it is taken for a slip. */
export function isTimeWord(word: string): boolean {
  const lower = word.toLowerCase();
  return TIME_WORDS.includes(lower) || isNearlyYesterday(lower);
}

/** The problem of words (in lower case) that speak of time but are no range: `9am`, `24h`, `05/11`, `this week`. */
export function loneTime(words: readonly string[]): { taken: number; problem: Problem } | undefined {
  const [word = "", next = ""] = words;
  const isDay = word === "yesterday" || word === "today" || looksLikeDate(word);
  if (isDay && (looksLikeClock(next) || PARTS_OF_DAY.includes(next) || (next === "at" && words.length > 2))) {
    const taken = next === "at" ? 3 : 2;
    return { taken, problem: moment(words.slice(0, taken).join(" ")) };
  }
  if (isWrongClock(word)) return { taken: 1, problem: brokenPoint([word]) };
  if (INSTANT.test(word)) return { taken: 1, problem: moment(word.toUpperCase()) };
  if (looksLikeClock(word)) return { taken: 1, problem: moment(word) };
  if (looksLikeDate(word)) return readDate(word) === undefined ? { taken: 1, problem: brokenPoint([word]) } : undefined;
  if (OTHER_DATE.test(word)) return { taken: 1, problem: brokenPoint([word]) };
  const counted = readCount(words);
  if (counted && unitMs(counted.unit) !== undefined) {
    const text = words.slice(0, counted.taken).join(" ");
    return {
      taken: counted.taken,
      problem: { what: `${echo(text)} alone is no time range.`, suggestion: `last ${text}` },
    };
  }
  return loneWord(word, next);
}

/** Why the words are no point in time. */
export function brokenPoint(words: readonly string[]): Problem {
  const word = words[0]?.toLowerCase() ?? "";
  if (looksLikeDate(word) && readDate(word) === undefined) return { what: `${echo(word)} is not in the calendar.` };
  if (OTHER_DATE.test(word)) {
    return {
      what: `${echo(word)} can be read in more than one way. Write dates as year-month-day, such as 2026-11-05.`,
    };
  }
  const clock = words.find((candidate) => isWrongClock(candidate.toLowerCase()));
  if (clock !== undefined) return { what: `${echo(clock)} is not a time of day.` };
  return {
    what: `${echo(words.slice(0, 4).join(" "))} is not a time that I understand. Put names in quotes.`,
    example: "since yesterday 9am",
  };
}

function loneWord(word: string, next: string): { taken: number; problem: Problem } | undefined {
  if (word === "this" && Object.hasOwn(PERIODS, next)) {
    const problem: Problem = { what: `“this ${next}” is not a time range that I know.` };
    if (PERIODS[next] !== undefined) problem.suggestion = PERIODS[next];
    return { taken: 2, problem };
  }
  if (word === "until" || word === "till") {
    return {
      taken: 1,
      problem: { what: `${echo(word)} needs a start before it.`, example: "from yesterday until 9am" },
    };
  }
  if (word === "tomorrow") return { taken: 1, problem: { what: "“tomorrow” lies in the future." } };
  if (word !== "yesterday" && isNearlyYesterday(word)) {
    return { taken: 1, problem: { what: `${echo(word)} is not a time range that I know.`, suggestion: "yesterday" } };
  }
  return undefined;
}

function isWrongClock(word: string): boolean {
  return looksLikeClock(word) && readClock(word) === undefined;
}

function moment(text: string): Problem {
  return { what: `${echo(text)} is a moment, not a range.`, suggestion: `since ${text}` };
}

function isNearlyYesterday(word: string): boolean {
  return word.length >= 7 && nearest(word, ["yesterday"], 2, 1).length > 0;
}
