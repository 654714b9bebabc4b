import { echo } from "../query/echo.ts";
import { nearest, suggest } from "../query/suggest.ts";
import type { Problem } from "../query/terms.ts";
import { isBare, type Token } from "../query/tokens.ts";
import { ONE_WORD_RHYTHMS, otherRhythm, WEEKENDS } from "./other-rhythm.ts";
import { DAY_NAMES, formatDays, formatMinuteOfDay } from "./schedule.ts";
import type { DigestSchedule, Weekday } from "./subscription.ts";
import { looksLikeTimeOfDay, readTimeOfDay } from "./time-of-day.ts";

/** What was read of a schedule, apart from its zone. Days without a time are no schedule yet. */
export interface ScheduleReading {
  days?: DigestSchedule["days"];
  minuteOfDay?: number;
  problem?: ScheduleProblem;
  /** The tokens that do not speak of it. */
  rest: Token[];
}

/** A problem of the text of a digest. Its `example` is such a text. */
export interface ScheduleProblem extends Problem {
  /** A word that was probably meant to be another. */
  slip?: { token: Token; meant: string };
  /** Texts of digests that were probably meant, likeliest first. */
  meant?: string[];
}

/** Words that a schedule is made of, for typing errors. */
export const SCHEDULE_WORDS = ["daily", "weekly", "weekdays", "every", "at", "on", ...DAY_NAMES.map(lowerCase)];

const WEEKDAYS = ["weekdays", "weekday", "workdays", "workday", "mon-fri", "monday-friday"];
const DAY = /^(?:sun|mon|tue(?:s)?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?)(?:days?)?[.]?$/;
const EXAMPLE_WEEKLY = "weekly on monday at 09:00";
const QUOTES = "Put it in quotes if it is part of a name.";

interface Word {
  text: string;
  token: Token;
}

/** What the words said so far. */
interface Said {
  daily: boolean;
  weekly: boolean;
  weekdays: boolean;
  weekday?: Weekday;
  minuteOfDay?: number;
}

/** Whether a schedule can begin with the word. */
export function beginsSchedule(typed: string): boolean {
  const word = plain(typed);
  const openers = ["daily", "everyday", "every", "each", "weekly", "at", "@", "on", ...ONE_WORD_RHYTHMS, ...WEEKENDS];
  return openers.includes(word) || WEEKDAYS.includes(word) || dayOf(word) !== undefined || looksLikeTimeOfDay(word);
}

/**
 * Reads days and a time of day from the front of the words, in any order; `weekdays` may stand anywhere. Terms and quoted words between
 * them are left in the rest.
 */
export function readSchedule(tokens: readonly Token[]): ScheduleReading {
  const words = tokens.filter(isBare).map((token) => ({ text: plain(token.value), token }));
  const said: Said = { daily: false, weekly: false, weekdays: false };
  let at = 0;
  let problem: ScheduleProblem | undefined;
  while (at < words.length && problem === undefined) {
    const read = readPart(words.slice(at), said);
    if (read === undefined) break;
    at += read.taken;
    problem = read.problem;
  }
  const taken = new Set(words.slice(0, at).map(({ token }) => token));
  const behind = words.slice(at);
  for (const { text, token } of behind) {
    if (!WEEKDAYS.includes(text)) continue;
    said.weekdays = true;
    taken.add(token);
  }
  const contrary = conflict(said);
  problem ??= another(behind) ?? contrary ?? missing(said, behind[0]) ?? notWeekdays(behind, said);
  const reading: ScheduleReading = { rest: tokens.filter((token) => !taken.has(token)) };
  const days = contrary ? undefined : daysOf(said);
  if (days !== undefined) reading.days = days;
  if (said.minuteOfDay !== undefined) reading.minuteOfDay = said.minuteOfDay;
  if (problem) reading.problem = problem;
  return reading;
}

interface Part {
  taken: number;
  problem?: ScheduleProblem;
}

/** Reads one part of a schedule into `said`; `undefined` when the words go on with something else. */
function readPart(words: readonly Word[], said: Said): Part | undefined {
  const [word = "", next = ""] = words.map(({ text }) => text);
  const texts = words.map(({ text }) => text);
  const rhythm = saysDays(said) ? 0 : otherRhythm(texts);
  if (rhythm > 0) return { taken: rhythm, problem: noSuchRhythm(words.slice(0, rhythm), said) };
  if (word === "at" || word === "@") {
    if (said.minuteOfDay !== undefined) return undefined;
    if (next === "") return { taken: 1 };
    const part = readTime(texts.slice(1), said);
    return { ...part, taken: part.taken + 1 };
  }
  if (word === "on" || word === "every" || word === "each") {
    const part = word !== "on" && next === "week" ? sayWeekly(said) : readDays(next, said);
    return part ? { ...part, taken: part.taken + 1 } : unknownDay(words, said);
  }
  const isTime = looksLikeTimeOfDay(word) && said.minuteOfDay === undefined;
  return isTime ? readTime(texts, said) : readDays(word, said);
}

function saysDays({ daily, weekly, weekdays, weekday }: Said): boolean {
  return daily || weekly || weekdays || weekday !== undefined;
}

/** Behind a time of day such a word may be part of a name. */
function noSuchRhythm(words: readonly Word[], { minuteOfDay }: Said): ScheduleProblem {
  const typed = words.map(({ token }) => token.value).join(" ");
  const what = `${echo(typed)}: digests come every day, on weekdays or once a week.`;
  return { what: minuteOfDay === undefined ? what : `${what} ${QUOTES}` };
}

/** Every mondy. Behind `on` may stand a name. */
function unknownDay([opener, day]: readonly Word[], said: Said): Part | undefined {
  if (opener === undefined || day === undefined) return undefined;
  const meant = suggest(day.text, ["day", "weekday", "week", ...DAY_NAMES.map(lowerCase)]);
  const needsDay = said.weekly && said.weekday === undefined;
  if (opener.text === "on" && meant === undefined && !needsDay) return undefined;
  const problem: ScheduleProblem = { what: `${echo(day.token.value)} is not a day that I know. ${QUOTES}` };
  if (meant !== undefined) problem.slip = { token: day.token, meant };
  if (needsDay) problem.example = EXAMPLE_WEEKLY;
  return { taken: 2, problem };
}

function readTime(texts: readonly string[], said: Said): Part {
  const read = readTimeOfDay(texts);
  if ("minuteOfDay" in read) {
    said.minuteOfDay = read.minuteOfDay;
    return { taken: read.taken };
  }
  const problem: ScheduleProblem = { what: read.what };
  if (read.meant !== undefined) problem.meant = [`${formatDays(daysOf(said) ?? "every_day")} at ${read.meant}`];
  return { taken: read.taken, problem };
}

function sayWeekly(said: Said): Part {
  said.weekly = true;
  return { taken: 1 };
}

function readDays(word: string, said: Said): Part | undefined {
  if (word === "weekly") return sayWeekly(said);
  const weekday = dayOf(word);
  if (weekday !== undefined) {
    const { weekday: earlier = weekday } = said;
    said.weekday = earlier;
    if (earlier === weekday) return { taken: 1 };
    const what = `${echo(DAY_NAMES[earlier])} and ${echo(DAY_NAMES[weekday])}: a weekly digest has one day. Make two digests.`;
    return { taken: 1, problem: { what } };
  }
  if (WEEKDAYS.includes(word)) said.weekdays = true;
  else if (["daily", "everyday", "day"].includes(word)) said.daily = true;
  else return undefined;
  return { taken: 1 };
}

/** A second day or time behind the schedule. */
function another([first, second]: readonly Word[]): ScheduleProblem | undefined {
  const isLinked = first !== undefined && ["and", "&", "+", "at", "@"].includes(first.text);
  const word = isLinked ? second : first;
  if (first === undefined || word === undefined) return undefined;
  const isTime = isLinked ? looksLikeTimeOfDay(word.text) : /^\d{1,2}(?:[:.]\d{2}(?:am|pm)?|am|pm|)$/.test(word.text);
  const isDay = isLinked && dayOf(word.text) !== undefined;
  if (!isTime && !isDay) return undefined;
  return { what: `${echo(word.text)}: a digest has one ${isTime ? "time" : "day"}. Make two digests. ${QUOTES}` };
}

function conflict(said: Said): ScheduleProblem | undefined {
  const { daily, weekly, weekdays, weekday } = said;
  const at = `at ${formatMinuteOfDay(said.minuteOfDay ?? 540)}`;
  if (weekdays && (weekly || weekday !== undefined)) {
    const one = weekday === undefined ? "weekly on monday" : formatDays(weekday);
    const what = "A weekly digest comes on one day, and one on weekdays on five. Choose one of the two.";
    return { what, meant: [`weekdays ${at}`, `${one} ${at}`] };
  }
  if (daily && weekday !== undefined) {
    const what = `A daily digest comes on every day, not only on ${DAY_NAMES[weekday]}. ${QUOTES}`;
    return { what, meant: [`${formatDays(weekday)} ${at}`] };
  }
  return daily && weekly ? { what: "A digest is either daily or weekly." } : undefined;
}

/** `stop` is the word at which reading ended. */
function missing(said: Said, stop: Word | undefined): ScheduleProblem | undefined {
  const needsDay = said.weekly && said.weekday === undefined;
  if (!needsDay && said.minuteOfDay !== undefined) return undefined;
  const needed = needsDay
    ? "A weekly digest needs a day of the week, such as monday."
    : "A digest needs a time of day, such as 09:00.";
  const typed = stop && !["on", "every", "each"].includes(stop.text) ? stop : undefined;
  const what = typed === undefined ? needed : `${needed} ${echo(typed.token.value)} is none.`;
  const problem: ScheduleProblem = { what };
  if (needsDay) problem.example = `weekly on monday at ${formatMinuteOfDay(said.minuteOfDay ?? 540)}`;
  if (typed === undefined) return problem;
  const meant = suggest(typed.text, SCHEDULE_WORDS);
  if (meant !== undefined) problem.slip = { token: typed.token, meant };
  return problem;
}

/** A slip in `weekdays`, or `weekends`, would narrow the digest to webhooks with such a name. */
function notWeekdays(words: readonly Word[], said: Said): ScheduleProblem | undefined {
  const weekends = words.filter(({ text }) => WEEKENDS.includes(text)).slice(0, 1);
  if (weekends.length > 0) return noSuchRhythm(weekends, said);
  const slip = words.find(
    ({ text }) => text.length >= 7 && !WEEKDAYS.includes(text) && nearest(text, ["weekdays"], 2, 1).length > 0,
  );
  return slip && { what: `${echo(slip.text)} is not a day that I know. ${QUOTES}`, suggestion: "weekdays" };
}

function daysOf({ daily, weekly, weekdays, weekday, minuteOfDay }: Said): DigestSchedule["days"] | undefined {
  if (weekdays) return "weekdays";
  if (weekday !== undefined) return weekday;
  return daily || (minuteOfDay !== undefined && !weekly) ? "every_day" : undefined;
}

function dayOf(word: string): Weekday | undefined {
  if (!DAY.test(word)) return undefined;
  const at = DAY_NAMES.findIndex((name) => name.toLowerCase().startsWith(word.slice(0, 3)));
  return ([0, 1, 2, 3, 4, 5, 6] as const).find((weekday) => weekday === at);
}

function plain(typed: string): string {
  return typed.toLowerCase().replace(/[,;]+$/, "");
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}
