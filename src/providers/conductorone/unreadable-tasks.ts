import { windowOf } from "../../triage/window.ts";
import type { ProviderError } from "../errors.ts";
import { END_OF_TIME_MS, type Gap } from "./gap.ts";
import { LONGEST_CALLBACK_MS } from "./state.ts";

/** When tasks were made, by their clock: `fromMs` inclusive, `toMs` exclusive. */
export interface Made {
  fromMs: number;
  toMs: number;
}

/** Tasks that a listing had and that could not be read: what they made ConductorOne send is not known. */
export interface UnreadableTasks {
  /**
   * All tasks of a range were listed: `rows` of them, made in `where`, could not be read. Whatever was noted of the range before
   * is over.
   */
  listed(range: Made, rows: number, where: Made, atMs: number): void;
  /** All open tasks that were made before were listed, and `rows` of them could not be read. */
  listedOpen(beforeMs: number, rows: number, atMs: number): void;
  /** Ranges that are to be listed again by now: an answer that was damaged once may be whole the next time. */
  toRepeat(atMs: number): Made[];
  /** What is not known for them. */
  gaps(faultOf: (happened: string) => ProviderError): Gap[];
  /** How many stay open and unreadable for so long that no gap is kept for them any more. */
  lasting(atMs: number): number;
  /** Forgets those that can only have done something before. */
  forget(beforeMs: number): void;
}

interface Unreadable extends Made {
  rows: number;
  firstSeenMs: number;
  listedMs: number;
  /** When no unreadable task of that time was open any more. */
  closedMs?: number;
}

const HOUR_MS = 60 * 60_000;
const REPEAT_AFTER_MS = HOUR_MS / 4;
/** What is sent after a task was closed follows within the hour; the other is for clocks. */
const SETTLES_WITHIN_MS = 2 * HOUR_MS;
/** A gap for a task that stays open as long as this, at least, is kept after it was first seen. */
const LASTS_MS = 24 * HOUR_MS;

export function createUnreadableTasks(): UnreadableTasks {
  let found: Unreadable[] = [];
  /** Open ones that were made before all that was listed. */
  let old: Unreadable | undefined;

  const everyOne = () => (old ? [...found, old] : found);

  return {
    listed(range, rows, where, atMs) {
      const known = found.find((one) => one.rows >= rows && overlap(one, where));
      found = found.flatMap((one) => outside(one, range));
      if (rows > 0) found.push({ firstSeenMs: atMs, ...known, ...where, rows, listedMs: atMs });
    },
    listedOpen(beforeMs, rows, atMs) {
      const waiting = found.filter(({ toMs, closedMs }) => toMs <= beforeMs && closedMs === undefined);
      if (rows === 0) for (const one of waiting) one.closedMs = atMs;
      const others = rows - waiting.reduce((sum, one) => sum + one.rows, 0);
      const made = { fromMs: 0, toMs: 0 };
      old = others > 0 ? { firstSeenMs: atMs, ...old, ...made, rows: others, listedMs: atMs } : undefined;
    },
    toRepeat: (atMs) => found.filter(({ listedMs }) => Math.abs(atMs - listedMs) >= REPEAT_AFTER_MS),
    gaps: (faultOf) =>
      everyOne().map((one) => ({ part: windowOf(one.fromMs, untilMs(one)), fault: faultOf(inWords(one)) })),
    lasting: (atMs) =>
      everyOne()
        .filter((one) => one.closedMs === undefined && untilMs(one) <= atMs)
        .reduce((sum, { rows }) => sum + rows, 0),
    forget(beforeMs) {
      found = found.filter((one) => untilMs(one) >= beforeMs);
    },
  };
}

/**
 * Until when something of it is not known. An open task may do something at any time: after as long as a webhook may take it is
 * told of and no longer held against what all others do.
 */
function untilMs({ toMs, firstSeenMs, closedMs }: Unreadable): number {
  if (closedMs !== undefined) return closedMs + SETTLES_WITHIN_MS;
  return Math.min(Math.max(toMs + LONGEST_CALLBACK_MS, firstSeenMs + LASTS_MS), END_OF_TIME_MS);
}

function inWords({ fromMs, toMs, rows }: Unreadable): string {
  const tasks = `${rows} ${rows === 1 ? "task" : "tasks"} that cannot be read`;
  if (toMs === 0) return `listed ${tasks}, open and made long ago`;
  return `listed ${tasks}, made from ${new Date(fromMs).toISOString()} to ${new Date(toMs).toISOString()}`;
}

function overlap(a: Made, b: Made): boolean {
  return a.fromMs < b.toMs && b.fromMs < a.toMs;
}

/** What is left of it: it was in none of the range. */
function outside(one: Unreadable, range: Made): Unreadable[] {
  const before = { ...one, toMs: Math.min(one.toMs, range.fromMs) };
  const after = { ...one, fromMs: Math.max(one.fromMs, range.toMs) };
  return [before, after].filter(({ fromMs, toMs }) => fromMs < toMs);
}
