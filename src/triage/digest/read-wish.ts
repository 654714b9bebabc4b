import { formatTerms } from "../format-query.ts";
import { lengthProblem, MAX_QUERY_LENGTH, parseTerms } from "../parse-query.ts";
import type { Problem } from "../query/terms.ts";
import type { DigestContext, DigestWish } from "./parse-digest.ts";
import { zoneNamed } from "./read-zone.ts";
import type { DigestSchedule } from "./subscription.ts";
import { readTimeOfDay } from "./time-of-day.ts";

/** What the form for a digest holds. */
export interface WishForm {
  /** `every_day`, `weekdays`, or the number of a weekday: one of `DAYS_CHOICES`. */
  days: string;
  /** As typed: 09:00, 9, 9 pm. */
  time: string;
  /** As typed; empty for the asker's. */
  timeZone: string;
  /** As typed; empty for everything. */
  terms: string;
  /** `line` or `silent`. */
  allClear: string;
}

/** In plain text for people, by field: escape them for where they go. */
export type WishFaults = Partial<Record<"time" | "timeZone" | "terms", string>>;

export type ReadWish = { ok: true; wish: DigestWish } | { ok: false; faults: WishFaults };

const DAYS = ["every_day", "weekdays", 1, 2, 3, 4, 5, 6, 0] as const;

/** What the form may offer for the days, in this order. */
export const DAYS_CHOICES: readonly string[] = DAYS.map(String);

/**
 * Reads the form for a digest. Every field that cannot be read has its fault.
 *
 * @throws RangeError where days or all-clear are none of the choices, which people cannot type
 */
export function readWish(form: WishForm, context: DigestContext): ReadWish {
  const days = choice<DigestSchedule["days"]>(DAYS, form.days);
  const allClear = choice(["line", "silent"] as const, form.allClear);
  const time = readTime(form.time);
  const zone = readZoneField(form.timeZone, context);
  const terms = readTerms(form.terms, context);
  if ("value" in time && "value" in zone && "value" in terms) {
    const schedule: DigestSchedule = { days, minuteOfDay: time.value, timeZone: zone.value };
    return { ok: true, wish: { schedule, terms: terms.value, allClear } };
  }
  const faults: WishFaults = {};
  if ("fault" in time) faults.time = time.fault;
  if ("fault" in zone) faults.timeZone = zone.fault;
  if ("fault" in terms) faults.terms = terms.fault;
  return { ok: false, faults };
}

type Field<Value> = { value: Value } | { fault: string };

function choice<Choice extends string | number>(choices: readonly Choice[], given: string): Choice {
  const found = choices.find((known) => String(known) === given);
  if (found === undefined)
    throw new RangeError(`The form for a digest holds ${given}, not one of ${choices.join(", ")}.`);
  return found;
}

function readTime(typed: string): Field<number> {
  const words = typed.trim().toLowerCase().split(/\s+/);
  const named = words[0] === "at" ? words.slice(1) : words;
  if (named.length === 0 || named[0] === "") return { fault: "Write a time of day, such as 09:00." };
  const read = readTimeOfDay(named);
  if ("what" in read) {
    return {
      fault: `${read.what} ${read.meant === undefined ? "Write it as in 09:00." : `Did you mean ${read.meant}?`}`,
    };
  }
  if (read.taken === named.length) return { value: read.minuteOfDay };
  return { fault: "Write one time of day only, such as 09:00. The zone has a field of its own." };
}

function readZoneField(typed: string, context: DigestContext): Field<string> {
  const named = typed.trim().replace(/^in\s+/i, "");
  const read = zoneNamed(named === "" ? context.timeZone : named);
  if ("timeZone" in read) return { value: read.timeZone };
  return named === "" ? { value: "UTC" } : { fault: inALine(read.problem) };
}

function readTerms(typed: string, context: DigestContext): Field<string> {
  const tooLong = lengthProblem(typed.trim(), MAX_QUERY_LENGTH);
  if (tooLong) return { fault: tooLong.what };
  const read = parseTerms(typed, context);
  return read.ok
    ? { value: formatTerms(read) }
    : { fault: [read.fault.what, read.fault.suggestion].filter(Boolean).join(" ") };
}

function inALine({ what, suggestion }: Problem): string {
  return suggestion === undefined ? what : `${what} Did you mean ${suggestion.replace(/^in /, "")}?`;
}
