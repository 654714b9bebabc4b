import { readTimeRange } from "../time-range.ts";
import type { Window } from "../window.ts";
import { echo } from "./echo.ts";
import type { TimeContext } from "./end-point.ts";
import { LEADS } from "./lone-time.ts";
import type { Problem } from "./terms.ts";
import { bareWords, isBare, type Token, tokenise } from "./tokens.ts";

export interface QueryTime {
  /** Absent when there is a problem. */
  window?: Window;
  /** The tokens that do not speak of time. */
  rest: Token[];
  problem?: Problem;
  understood: string[];
}

/** No time range has more words. */
const LONGEST_RANGE = 16;
const LINKS = ["to", "until", "till", "and", "-", "–"];

interface Found {
  text: string;
  window?: Window;
  problem?: Problem;
  /** Whether a link stands between this range and the one before. */
  linked: boolean;
}

/** Takes the one time range, wherever it stands among the words; without one it is `defaultRange`. */
export function readQueryTime(tokens: readonly Token[], defaultRange: string, context: TimeContext): QueryTime {
  const rest: Token[] = [];
  const found: Found[] = [];
  for (let at = 0; at < tokens.length; ) {
    const words = bareWords(tokens.slice(at, at + LONGEST_RANGE));
    const reading = words.length === 0 ? undefined : readTimeRange(words, context);
    if (reading === undefined) {
      rest.push(...tokens.slice(at, at + 1));
      at += 1;
      continue;
    }
    dropLeads(rest);
    const previous = rest.at(-1);
    const linked = found.length > 0 && previous !== undefined && LINKS.includes(previous.value.toLowerCase());
    if (linked) rest.pop();
    const { taken, ...read } = reading;
    found.push({ text: words.slice(0, taken).join(" "), linked, ...read });
    at += taken;
  }
  return settle(found, rest, defaultRange, context);
}

function settle(found: readonly Found[], rest: Token[], defaultRange: string, context: TimeContext): QueryTime {
  const broken = found.find((range) => range.problem);
  const understood = found.filter((range) => range.window).map((range) => range.text);
  const [first, second] = found;
  if (broken?.problem) return { rest, problem: broken.problem, understood };
  if (first && second) return { rest, problem: twoRanges(first, second), understood };
  if (first?.window) return { rest, window: first.window, understood };
  const reading = readTimeRange(bareWords(tokenise(defaultRange).tokens), context);
  if (reading && "window" in reading) return { rest, window: reading.window, understood };
  return { rest, problem: { what: `The time range ${echo(defaultRange)} was not understood.` }, understood };
}

function twoRanges(first: Found, second: Found): Problem {
  const what = `There are two time ranges, ${echo(first.text)} and ${echo(second.text)}. Use one.`;
  const isOneWordEach = !first.text.includes(" ") && !second.text.includes(" ");
  return second.linked && isOneWordEach ? { what, suggestion: `from ${first.text} to ${second.text}` } : { what };
}

function dropLeads(tokens: Token[]): void {
  if (isLead(tokens.at(-1), ["the"])) tokens.pop();
  if (isLead(tokens.at(-1), LEADS)) tokens.pop();
}

function isLead(token: Token | undefined, leads: readonly string[]): boolean {
  return isBare(token) && leads.includes(token.value.toLowerCase());
}
