import { durationOf } from "./duration-words.ts";
import { intersect, type Window, windowOf } from "./window.ts";

/** How the failures of one issue spread over the window of an answer. */
export interface Trend {
  /** Failures in equal parts of the window, oldest first. */
  trend: readonly number[];
  lastSeenAt: Date;
  window: Window;
  asOf: Date;
  /** The parts of the window of which nothing is known. */
  missing: readonly Window[];
}

/** Lowest first: the first one is a part without a failure. */
const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"] as const;
/** A part that was not read, and of which no failure is known: unknown is never zero. */
const NOT_READ = "·";

/**
 * `▁▁▂▅▇`: a character a part. A part with a failure is never drawn as empty, and one that was not read is a dot. Nothing where bars tell
 * no more than the words: of an even course, and of a single failure, all of it read.
 */
export function sparklineOf(trend: Trend): string {
  const counts = trend.trend.map(countOf);
  const most = Math.max(...counts, 0);
  const unread = unreadParts(trend);
  if (isPlain(trendInWords(trend), counts)) return "";
  return counts.map((count, index) => (count === 0 && unread[index] ? NOT_READ : barOf(count, most))).join("");
}

/**
 * The same in words, for whoever cannot see bars: `rising`, `steady`, `on and off`, `falling`, `once`, or for how long there was none. Never more
 * certain than what was read.
 */
export function trendInWords(trend: Trend): string {
  const unread = unreadParts(trend);
  const dots = trend.trend.some((count, index) => countOf(count) === 0 && unread[index]) ? ", dots were not read" : "";
  return `${silenceOf(trend) ?? courseOf(trend.trend.map(countOf), unread)}${dots}`;
}

function isPlain(course: string, counts: readonly number[]): boolean {
  return course === "once" || (course === "steady" && Math.max(...counts) <= 2 * Math.min(...counts));
}

/** So long after a failure it no longer counts as going on. Milliseconds. */
const SILENT_AFTER_MS = 60 * 60_000;

function silenceOf({ lastSeenAt, window, asOf, missing }: Trend): string | undefined {
  const isPast = window.to < asOf;
  const end = isPast ? window.to : asOf;
  const silentMs = end.getTime() - lastSeenAt.getTime();
  if (!(silentMs >= SILENT_AFTER_MS)) return undefined;
  const silence = windowOf(lastSeenAt.getTime(), end.getTime());
  const known = missing.some((part) => intersect(part, silence)) ? " known" : "";
  const whole = durationOf(Math.floor(silentMs / 60_000) * 60_000);
  return isPast ? `none${known} in its last ${whole}` : `none${known} for ${whole}`;
}

/** The last third of what is known of the time against what is to be expected of a steady course. */
function courseOf(counts: readonly number[], unread: readonly boolean[]): string {
  const known = counts.filter((count, index) => count > 0 || !unread[index]);
  const total = sumOf(known);
  if (total === 1) return "once";
  if (known.length < FEWEST_PARTS) return "too little is known for a trend";
  const recent = known.slice(known.length - Math.ceil(known.length / 3));
  const share = recent.length / known.length;
  const expected = total * share;
  // Beyond what chance brings about in 9 of 10 steady courses, and enough to matter.
  const margin = Math.max(1.64 * Math.sqrt(expected * (1 - share)), expected / 4);
  const more = sumOf(recent) - expected;
  if (more > margin) return "rising";
  if (more < -margin) return "falling";
  // Enough failures to fill every part, had they come evenly.
  const isBroken = total >= known.length && known.filter((count) => count === 0).length >= known.length / 2;
  return isBroken ? "on and off" : "steady";
}

/** A course of fewer parts of the time is none. */
const FEWEST_PARTS = 3;

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function unreadParts({ trend, window, missing }: Trend): boolean[] {
  const fromMs = window.from.getTime();
  const partMs = (window.to.getTime() - fromMs) / Math.max(trend.length, 1);
  return trend.map((_, index) => {
    const part = windowOf(fromMs + index * partMs, fromMs + (index + 1) * partMs);
    return missing.some((gap) => intersect(gap, part) !== undefined);
  });
}

function barOf(count: number, most: number): string {
  if (count === 0) return BARS[0];
  const steps = BARS.length - 1;
  return BARS[Math.min(steps, Math.max(1, Math.ceil((count / most) * steps)))] ?? BARS[1];
}

function countOf(count: number): number {
  return count > 0 && Number.isFinite(count) ? count : 0;
}
