import { tzOffset } from "@date-fns/tz";
import { nearest } from "./query/suggest.ts";

export const DAY_MS = 24 * 60 * 60_000;

export type ResolvedTimeZone = { ok: true; zone: string } | { ok: false; suggestions: string[] };

/**
 * Names that engines accept but, by ECMA-402's choice of stable names, list under older ones (Asia/Calcutta).
 * https://github.com/tc39/proposal-canonical-tz
 */
const PRESENT_NAMES = [
  "Africa/Asmara",
  "America/Argentina/Buenos_Aires",
  "America/Nuuk",
  "Asia/Ho_Chi_Minh",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Asia/Yangon",
  "Atlantic/Faroe",
  "Europe/Kyiv",
  "Pacific/Chuuk",
  "Pacific/Kanton",
  "Pacific/Pohnpei",
  "UTC",
];
const NAMES = [...new Set([...PRESENT_NAMES, ...Intl.supportedValuesOf("timeZone")])];
const SUGGESTIONS = 3;

/** Finds a zone by its IANA name or by its city, whatever the case and with blanks or underscores. */
export function resolveTimeZone(name: string): ResolvedTimeZone {
  const typed = name.trim().replace(/\s+/g, "_");
  const lower = typed.toLowerCase();
  const listed = NAMES.find((known) => known.toLowerCase() === lower);
  if (listed !== undefined) return { ok: true, zone: listed };
  if (isTimeZone(typed)) return { ok: true, zone: typed === lower ? capitalised(typed) : typed };
  const inCity = NAMES.filter((known) => cityOf(known) === lower);
  if (inCity.length === 1 && inCity[0] !== undefined) return { ok: true, zone: inCity[0] };
  return { ok: false, suggestions: inCity.length > 1 ? inCity.slice(0, SUGGESTIONS) : similar(lower) };
}

/** Whether this machine knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The IANA name of a zone that this machine knows. It has the spelling of the time zone database, and is not an abbreviation that only
 * some engines take (PST). An offset such as +02:00 has none.
 */
export function ianaName(zone: string): string | undefined {
  if (NAMES.includes(zone)) return zone;
  if (!isTimeZone(zone)) return undefined;
  const name = new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  return /^[+-]/.test(name) ? undefined : name;
}

/** Minutes that the zone's clocks are ahead of UTC at an instant. */
export function offsetMinutes(zone: string, atMs: number): number {
  return tzOffset(zone, new Date(atMs));
}

/** What clocks in the zone show at an instant, as the milliseconds of a UTC clock that shows the same. */
export function wallClock(zone: string, atMs: number): number {
  return atMs + offsetMinutes(zone, atMs) * 60_000;
}

/** The local day of an instant, as the milliseconds of its midnight on a UTC clock. */
export function localDay(zone: string, atMs: number): number {
  return Math.floor(wallClock(zone, atMs) / DAY_MS) * DAY_MS;
}

/**
 * The instant at which clocks in the zone show `wallMs`. A time that exists twice is the first or the last of the two, as asked. A time
 * that clocks leap over is read with the offset from before the leap (02:30 becomes 03:30), as Temporal's `compatible` does:
 * https://tc39.es/proposal-temporal/docs/ambiguity.html
 */
export function instantOf(zone: string, wallMs: number, which: "first" | "last"): number {
  const readings = [wallMs - DAY_MS, wallMs + DAY_MS].map((nearMs) => wallMs - offsetMinutes(zone, nearMs) * 60_000);
  const existing = readings.filter((atMs) => wallClock(zone, atMs) === wallMs);
  if (existing.length === 0) return Math.max(...readings);
  return which === "first" ? Math.min(...existing) : Math.max(...existing);
}

/** The first instant of a local day, as `localDay` names it. It is not always midnight. */
export function startOfDay(zone: string, day: number): number {
  return instantOf(zone, day, "first");
}

function similar(lower: string): string[] {
  const limit = Math.max(1, Math.floor(lower.length / 4));
  const byName = nearest(lower, NAMES, limit, SUGGESTIONS);
  const city = cityOf(lower);
  const byCity = nearest(city, NAMES, Math.max(1, Math.floor(city.length / 3)), SUGGESTIONS, cityOf);
  return [...new Set([...byName, ...byCity])].slice(0, SUGGESTIONS);
}

/** `est` is EST, `us/pacific` is Us/Pacific: engines do not care, people do a little. */
function capitalised(name: string): string {
  return name.includes("/") ? name.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase()) : name.toUpperCase();
}

function cityOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1).toLowerCase();
}
