import { timeOfUlid, ulidOf } from "../scenario/ids.ts";
import type { Happening, Timeline } from "../scenario/timeline.ts";

/** A row of the activity list: one outcome of one delivery, under a hidden id that sorts by time and makes the cursors. */
export interface Row extends Happening {
  rowId: string;
}

export interface RowRange {
  /** Inclusive. */
  fromMs: number;
  /** Exclusive. */
  toMs: number;
}

/** Walks a webhook's rows in either direction without having them all at once. */
export interface RowSource {
  /** @param beyond only rows on the far side of this row id, seen in the direction of the walk. */
  walk(webhookId: string, range: RowRange, newestFirst: boolean, beyond?: string): Generator<Row>;
}

/** Rows are made by slices of time, sized so that a slice holds a few hundred; the last used ones are kept. */
export function createRowSource(timeline: Timeline): RowSource {
  const slices = new Map<string, Row[]>();
  let version = timeline.version;

  function sliceAt(webhookId: string, sliceMs: number, index: number): Row[] {
    if (version !== timeline.version) slices.clear();
    version = timeline.version;
    const key = `${webhookId} ${sliceMs} ${index}`;
    const rows = slices.get(key) ?? makeRows(timeline, webhookId, index * sliceMs, (index + 1) * sliceMs);
    slices.delete(key);
    slices.set(key, rows);
    for (const oldest of slices.keys()) {
      if (slices.size <= KEPT_SLICES) break;
      slices.delete(oldest);
    }
    return rows;
  }

  return {
    *walk(webhookId, range, newestFirst, beyond) {
      const { fromMs, toMs } = narrowed(range, newestFirst, beyond);
      if (fromMs >= toMs) return;
      const sliceMs = sliceLength(timeline.busiestEveryMs(webhookId));
      const oldest = Math.floor(fromMs / sliceMs);
      const newest = Math.floor((toMs - 1) / sliceMs);
      for (let i = 0; i <= newest - oldest; i++) {
        const rows = sliceAt(webhookId, sliceMs, newestFirst ? newest - i : oldest + i);
        for (const row of newestFirst ? rows.toReversed() : rows) {
          const atMs = row.outcome.completedAtMs;
          if (atMs >= fromMs && atMs < toMs && isBeyond(row.rowId, newestFirst, beyond)) yield row;
        }
      }
    },
  };
}

const KEPT_SLICES = 32;
const MINUTE_MS = 60_000;
const SLICE_LENGTHS_MS = [7 * 1440, 1440, 360, 60, 10, 1].map((minutes) => minutes * MINUTE_MS);
const ROWS_PER_SLICE = 300;

function sliceLength(everyMs: number): number {
  return SLICE_LENGTHS_MS.find((lengthMs) => lengthMs / everyMs <= ROWS_PER_SLICE) ?? MINUTE_MS;
}

/** Oldest first. */
function makeRows(timeline: Timeline, webhookId: string, fromMs: number, toMs: number): Row[] {
  const rows: Row[] = [];
  for (const { delivery, outcome, step } of timeline.happenings(webhookId, fromMs, toMs)) {
    rows.push({ delivery, outcome, step, rowId: ulidOf(delivery.seed, step, outcome.completedAtMs) });
  }
  return rows.sort((a, b) => (a.rowId < b.rowId ? -1 : 1));
}

function narrowed(range: RowRange, newestFirst: boolean, beyond: string | undefined): RowRange {
  if (beyond === undefined) return range;
  const atMs = timeOfUlid(beyond);
  if (newestFirst) return { fromMs: range.fromMs, toMs: Math.min(range.toMs, atMs + 1) };
  return { fromMs: Math.max(range.fromMs, atMs), toMs: range.toMs };
}

function isBeyond(rowId: string, newestFirst: boolean, beyond: string | undefined): boolean {
  if (beyond === undefined) return true;
  return newestFirst ? rowId < beyond : rowId > beyond;
}
