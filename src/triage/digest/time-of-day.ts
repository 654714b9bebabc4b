import { readClock } from "../query/clock.ts";
import { echo } from "../query/echo.ts";
import { formatMinuteOfDay } from "./schedule.ts";

const MINUTE_MS = 60_000;
const HALF = /^(?:am|pm|a\.m\.?|p\.m\.?)$/;
const FILLERS = ["o'clock", "oclock", "h", "hrs", "hours", "uhr"];

/** A time of day at the start of some words, and how many of them it took. */
export type TimeOfDay =
  | { taken: number; minuteOfDay: number }
  /** `meant` is a time of day that works. */
  | { taken: number; what: string; meant?: string };

/** Whether a word looks like a time of day, right or wrong. */
export function looksLikeTimeOfDay(word: string): boolean {
  return /^\d/.test(word) || readClock(word) !== undefined;
}

/** Reads 9, 9.30, 0930, 9h30, 9 pm, 9 o'clock, noon. There is at least one word, in lower case. */
export function readTimeOfDay(words: readonly string[]): TimeOfDay {
  const [first = "", second = "", third = ""] = words.map((word) => word.replaceAll("’", "'"));
  const isFilled = FILLERS.includes(second);
  const half = isFilled ? third : second;
  const isHalved = HALF.test(half) && /^\d/.test(first);
  const taken = 1 + (isFilled ? 1 : 0) + (isHalved ? 1 : 0);
  const clock = spell(first);
  const ms = readClock(isHalved ? `${clock} ${half.replaceAll(".", "")}` : clock);
  const typed = words.slice(0, taken).join(" ");
  if (ms === undefined) return wrong(typed, clock, taken);
  const minuteOfDay = Math.floor(ms / MINUTE_MS);
  if (ms % MINUTE_MS === 0) return { taken, minuteOfDay };
  return { taken, what: `${echo(typed)}: digests come on the minute.`, meant: formatMinuteOfDay(minuteOfDay) };
}

/** In the form that clocks are read in. */
function spell(word: string): string {
  return word
    .replace(/^(\d{1,2})[h;,](\d{2})$/, "$1:$2")
    .replace(/^(\d{2})(\d{2})$/, "$1:$2")
    .replace(/^(\d{1,2})(?:h|uhr)$/, "$1");
}

function wrong(typed: string, clock: string, taken: number): TimeOfDay {
  const what = `${echo(typed)} is not a time of day.`;
  const bare = clock.replace(/(?:am|pm|a\.m\.|p\.m\.)$/, "");
  const ms = bare.startsWith("24") ? readClock(bare.replace(/^24/, "0")) : readClock(bare);
  return ms === undefined ? { taken, what } : { taken, what, meant: formatMinuteOfDay(Math.floor(ms / MINUTE_MS)) };
}
