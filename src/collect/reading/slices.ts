import { type Window, windowOf } from "../../triage/window.ts";

/** Of a listing so many pages are read before it is thought of cutting the rest: most webhooks never have more. */
export const PAGES_BEFORE_CUT = 5;

/** Side by side of one webhook, at most. */
export const MOST_SLICES = 8;
/** A slice costs a page or two more than reading on would: it has to be worth that. */
const SHORTEST_SLICE_MS = 30 * 60_000;
/** Under a budget with less room than this it is requests that cost, not time. Zendesk's webhooks API allows 100 a minute. */
const ROOM_TO_CUT = 300;
/** So many requests of the budget's room are reckoned for one slice. */
const ROOM_OF_SLICE = 100;

/** How dense the pages read last were. */
export interface Pace {
  pages: number;
  /** The time that they covered, in milliseconds. */
  coveredMs: number;
}

export interface Room {
  /** Slices that may be read side by side, that of who asks included. */
  slices: number;
  /** Pages that may still be read. */
  pages: number;
}

/** How many slices the budget has room for: 1 where one cursor after the other is what costs least. */
export function slicesFor(spareRequests: number): number {
  if (spareRequests < ROOM_TO_CUT) return 1;
  return Math.min(MOST_SLICES, Math.floor(spareRequests / ROOM_OF_SLICE));
}

/**
 * Cuts what is left of a part into slices of equal length to be read side by side, newest first; none where that would not help. What
 * the room for pages will not reach is left out at its old end.
 */
export function cutRest(rest: Window, pace: Pace, room: Room): Window[] {
  if (pace.coveredMs <= 0 || room.pages <= 0) return [];
  const restMs = rest.to.getTime() - rest.from.getTime();
  const reachMs = room.pages * (pace.coveredMs / pace.pages);
  const lengthMs = Math.min(restMs, reachMs);
  const pages = (lengthMs / pace.coveredMs) * pace.pages;
  const count = Math.floor(Math.min(room.slices, MOST_SLICES, pages / PAGES_BEFORE_CUT, lengthMs / SHORTEST_SLICE_MS));
  if (count < 2) return [];
  const ends = Array.from({ length: count + 1 }, (_, index) => rest.to.getTime() - (index * lengthMs) / count);
  const borders = ends.map((endMs, index) => (index === 0 ? endMs : wholeSecond(endMs)));
  if (lengthMs === restMs) borders[count] = rest.from.getTime();
  return borders.slice(1).map((fromMs, index) => windowOf(fromMs, borders[index] ?? fromMs));
}

/** Providers' times have whole seconds. */
function wholeSecond(ms: number): number {
  return Math.ceil(ms / 1000) * 1000;
}
