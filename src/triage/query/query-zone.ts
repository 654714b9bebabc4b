import { readTimeRange } from "../time-range.ts";
import { isTimeZone, resolveTimeZone } from "../time-zone.ts";
import { echo } from "./echo.ts";
import { isTimeWord } from "./lone-time.ts";
import type { Problem } from "./terms.ts";
import { bareWords, isBare, type Token } from "./tokens.ts";

export interface QueryZone {
  /** Always one that this machine knows. */
  timeZone: string;
  /** The tokens that do not name the zone. */
  rest: readonly Token[];
  problem?: Problem;
  understood: string[];
}

/** Port of Spain: no city that names a zone has more words. */
const LONGEST_NAME = 3;

/**
 * Takes `in Europe/Berlin` or `in New York` from the end of a query, or from before its time range. Without one it is the asker's; one
 * that this machine does not know is no reason to refuse an answer, so that is UTC, as the echoed times say.
 */
export function readQueryZone(tokens: readonly Token[], context: { now: Date; timeZone: string }): QueryZone {
  const inAt = tokens.findLastIndex((token) => isBare(token) && token.value.toLowerCase() === "in");
  const name = inAt === -1 ? undefined : zoneName(tokens.slice(inAt + 1), context.now);
  if (name === undefined) {
    return { timeZone: isTimeZone(context.timeZone) ? context.timeZone : "UTC", rest: tokens, understood: [] };
  }
  const rest = tokens.toSpliced(inAt, 1 + name.length);
  const typed = name.map((token) => token.value).join(" ");
  const resolved = resolveTimeZone(typed);
  if (resolved.ok) return { timeZone: resolved.zone, rest, understood: [`in ${resolved.zone}`] };
  const what = `There is no time zone ${echo(typed)}. Put it in quotes if it is part of a name.`;
  const problem: Problem = { what, example: "last 24h in Europe/Berlin" };
  if (resolved.suggestions.length > 0) problem.suggestion = `in ${resolved.suggestions.join(" or ")}`;
  return { timeZone: "UTC", rest, problem, understood: [] };
}

/** The words behind `in` that name a zone: those up to the end or up to a time range, or one with a slash. */
function zoneName(behind: readonly Token[], now: Date): Token[] | undefined {
  for (let length = 0; length <= Math.min(LONGEST_NAME, behind.length); length += 1) {
    const name = behind.slice(0, length);
    const rest = behind.slice(length);
    if (!name.every(isBare)) return undefined;
    const isWhole = rest.length === 0 || beginsRange(rest, now) || (length === 1 && name[0]?.value.includes("/"));
    if (isWhole) return name.length === 0 || name.some((token) => isTimeWord(token.value)) ? undefined : name;
  }
  return undefined;
}

function beginsRange(tokens: readonly Token[], now: Date): boolean {
  const words = bareWords(tokens);
  return words.length > 0 && readTimeRange(words, { now, timeZone: "UTC" }) !== undefined;
}
