import { echo } from "../query/echo.ts";
import type { Problem } from "../query/terms.ts";
import { bareWords, isBare, type Token } from "../query/tokens.ts";
import { readTimeRange } from "../time-range.ts";
import { ianaName, resolveTimeZone } from "../time-zone.ts";
import { beginsSchedule } from "./read-schedule.ts";

export interface ZoneReading {
  /** An IANA name. Absent where none is named, or none that exists. */
  timeZone?: string;
  problem?: Problem;
  /** The tokens that do not name it. */
  rest: readonly Token[];
}

const QUOTES = " Put it in quotes if it is part of a name.";
const EXAMPLE = "daily at 09:00 in Europe/Berlin";
/** Abbreviations that follow the clocks that people mean by them. */
const PLAIN_ABBREVIATIONS = ["UTC", "GMT", "CET", "EET", "MET", "WET", "HST"];
/**
 * What is probably meant by others. Taken as they are, BST would be Bangladesh's, and EST a zone without summer time:
 * https://www.iana.org/time-zones (file northamerica), https://www.unicode.org/reports/tr35/#Time_Zone_Identifiers
 */
const OTHER_ABBREVIATIONS: Record<string, string> = {
  BST: "Europe/London",
  CDT: "America/Chicago",
  CEST: "Europe/Berlin",
  CST: "America/Chicago",
  EDT: "America/New_York",
  EEST: "Europe/Athens",
  EST: "America/New_York",
  IST: "Asia/Kolkata",
  JST: "Asia/Tokyo",
  MDT: "America/Denver",
  MST: "America/Denver",
  PDT: "America/Los_Angeles",
  PST: "America/Los_Angeles",
  WEST: "Europe/Lisbon",
};
const REGION = /^(?:africa|america|antarctica|arctic|asia|atlantic|australia|etc|europe|indian|pacific)\//i;
/** Port of Spain: no city that names a zone has more words. */
const LONGEST_NAME = 3;

/** Takes `in Europe/Berlin`, `in New York` or a bare `Europe/Berlin` from wherever it stands in the text of a digest. */
export function readZone(tokens: readonly Token[], now: Date): ZoneReading {
  const reading: ZoneReading = { rest: tokens };
  for (let at = 0; at < tokens.length; at += 1) {
    const found = zoneAt(tokens.slice(at), tokens[at - 1], now);
    if (found === undefined) continue;
    const rest = tokens.toSpliced(at, found.taken);
    if ("problem" in found) return { rest, problem: found.problem };
    const second = readZone(rest.slice(at), now);
    if (second.problem) return { ...second, rest };
    if (second.timeZone === undefined) return { timeZone: found.timeZone, rest };
    if (second.timeZone === found.timeZone) return { ...second, rest: [...rest.slice(0, at), ...second.rest] };
    const problem = {
      what: `There are two time zones, ${echo(found.timeZone)} and ${echo(second.timeZone)}. Use one.`,
    };
    return { rest, problem };
  }
  return reading;
}

/** The IANA name of a zone as somebody typed it. `hint` is said of one that does not exist. */
export function zoneNamed(typed: string, hint = ""): { timeZone: string } | { problem: Problem } {
  const abbreviation = abbreviationProblem(typed.trim().toUpperCase(), hint);
  if (abbreviation) return { problem: abbreviation };
  const resolved = resolveTimeZone(typed);
  const timeZone = resolved.ok ? ianaName(resolved.zone) : undefined;
  if (timeZone !== undefined) return { timeZone };
  if (/^(?:utc|gmt)?[+-]?\d/i.test(typed)) {
    const what = `${echo(typed)} is an offset. A digest needs a zone by its name, so that it follows that zone's clocks.`;
    return { problem: { what, example: EXAMPLE } };
  }
  const problem: Problem = { what: `There is no time zone ${echo(typed)}.${hint}`, example: EXAMPLE };
  if (!resolved.ok && resolved.suggestions.length > 0) problem.suggestion = `in ${resolved.suggestions.join(" or ")}`;
  return { problem };
}

/** Every abbreviation has three letters, save for those of summer time; no city that names a zone has. */
function abbreviationProblem(name: string, hint: string): Problem | undefined {
  const isKnown = Object.hasOwn(OTHER_ABBREVIATIONS, name);
  if (!isKnown && (!/^[A-Z]{3}$/.test(name) || PLAIN_ABBREVIATIONS.includes(name))) return undefined;
  const what = `${echo(name)} is no time zone that I can be sure of. Write its name.${hint}`;
  return isKnown
    ? { what, suggestion: `in ${OTHER_ABBREVIATIONS[name]}`, example: EXAMPLE }
    : { what, example: EXAMPLE };
}

type Found = { taken: number } & ({ timeZone: string } | { problem: Problem });

function zoneAt(tokens: readonly Token[], before: Token | undefined, now: Date): Found | undefined {
  const [first, second] = tokens;
  if (!isBare(first)) return undefined;
  if (first.value.toLowerCase() !== "in") return before && bareZone(first);
  const behind = tokens.slice(1);
  if (beginsRange(behind, now)) return undefined;
  if (second?.quoted && second.key === undefined && !second.negated) {
    const named = zoneNamed(second.value);
    return "timeZone" in named ? { taken: 2, ...named } : undefined;
  }
  const words = nameWords(behind);
  let nearly: Found | undefined;
  for (let length = words.length; length > 0; length -= 1) {
    const found: Found = { taken: 1 + length, ...zoneNamed(words.slice(0, length).join(" "), QUOTES) };
    if ("timeZone" in found) return found;
    if (found.problem.suggestion !== undefined || length === 1) nearly ??= found;
  }
  const what = `“in” needs a time zone behind it.${QUOTES}`;
  return nearly ?? { taken: 1, problem: { what, example: EXAMPLE } };
}

/** A zone without an `in`: an abbreviation in capitals, or a name with its region. */
function bareZone({ value }: Token): Found | undefined {
  const typed = value.replace(/[,;]+$/, "");
  const isAbbreviation = PLAIN_ABBREVIATIONS.includes(typed) || Object.hasOwn(OTHER_ABBREVIATIONS, typed);
  if (!isAbbreviation && !REGION.test(typed)) return undefined;
  return { taken: 1, ...zoneNamed(typed, QUOTES) };
}

/** The words behind `in` that may name a zone: up to a term, or to where the schedule goes on. A name with a slash is one word. */
function nameWords(behind: readonly Token[]): string[] {
  const words = bareWords(behind.slice(0, LONGEST_NAME)).map((word) => word.replace(/[,;]+$/, ""));
  if (words[0]?.includes("/")) return words.slice(0, 1);
  const end = words.findIndex((word, at) => at > 0 && beginsSchedule(word));
  return end === -1 ? words : words.slice(0, end);
}

/** In the last 24h. */
function beginsRange(behind: readonly Token[], now: Date): boolean {
  const words = bareWords(behind);
  const range = words[0]?.toLowerCase() === "the" ? words.slice(1) : words;
  return range.length > 0 && readTimeRange(range, { now, timeZone: "UTC" }) !== undefined;
}
