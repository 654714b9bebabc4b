import { DAY_MS } from "../time-zone.ts";
import { suggest } from "./suggest.ts";

const MINUTE_MS = 60_000;
const UNITS: { names: string[]; ms: number; name: string }[] = [
  { name: "minutes", names: ["m", "min", "mins", "minute", "minutes"], ms: MINUTE_MS },
  { name: "hours", names: ["h", "hr", "hrs", "hour", "hours"], ms: 60 * MINUTE_MS },
  { name: "days", names: ["d", "day", "days"], ms: DAY_MS },
  { name: "weeks", names: ["w", "wk", "wks", "week", "weeks"], ms: 7 * DAY_MS },
];

/** A day is 24 hours and a week 7 such days, exactly, whatever clocks do meanwhile. */
export function unitMs(name: string): number | undefined {
  return UNITS.find((unit) => unit.names.includes(name))?.ms;
}

export interface CountedUnit {
  count: number;
  unit: string;
  /** How many words it took. */
  taken: number;
}

/** Reads `24h`, `24 h`, `7 days` at the start of `words`. The unit is not judged; it is empty where there is none. */
export function readCount(words: readonly string[]): CountedUnit | undefined {
  const [, digits, unit] = /^(\d+)(\p{L}*)$/u.exec(words[0] ?? "") ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const next = words[1] ?? "";
  const count = Number(digits);
  if (unit !== "") return { count, unit, taken: 1 };
  return /^\p{L}+$/u.test(next) ? { count, unit: next, taken: 2 } : { count, unit: "", taken: 1 };
}

/** The unit that was probably meant, in words: few are days, many are hours. */
export function unitNear({ count, unit }: CountedUnit): string {
  const names = UNITS.map(({ name }) => name);
  return suggest(unit, names) ?? (count <= 14 ? "days" : "hours");
}
