import type { ClockReading } from "../../triage/clock-skew.ts";
import { RETENTION_TOLERANCE_MS } from "../../triage/coverage.ts";
import type { Invocation } from "../../triage/model.ts";
import { intersect, type Window, windowOf } from "../../triage/window.ts";
import { reachedByBoth, reachedByEither, theirLeadMs } from "../clocks.ts";
import type { InvocationQuery } from "../provider.ts";
import type { InvocationParams } from "./client.ts";
import { filterStatusFor } from "./status.ts";

export const RETENTION_DAYS = 7;
/**
 * Asked for on both sides of a window: late retries move an invocation's time, and the filter may go by another time than ours.
 * Rows of these margins are true all the same.
 */
const MARGIN_MS = 15 * 60_000;
/** The margin at an end behind which all is collected: only for a filter that goes by a slightly later time than ours. */
const FOLLOWED_MARGIN_MS = 60_000;
const RETENTION_MS = RETENTION_DAYS * 24 * 60 * 60_000;

/** What to ask Zendesk for. Filters are left out where they would only cost: at the present, and past what Zendesk keeps. */
export function paramsFor(query: InvocationQuery, now: Date): InvocationParams {
  const { window, isFollowed = false, statuses, sort, pageSize } = query;
  const fromMs = window.from.getTime() - MARGIN_MS;
  const toMs = window.to.getTime() + (isFollowed ? FOLLOWED_MARGIN_MS : MARGIN_MS);
  return {
    from: fromMs <= now.getTime() - RETENTION_MS ? undefined : new Date(fromMs),
    to: toMs >= now.getTime() ? undefined : new Date(toMs),
    status: filterStatusFor(statuses),
    sort: sort === "oldest" ? "latest_completed_at" : undefined,
    page: { size: pageSize },
  };
}

/**
 * Of what a listing can tell that was begun at `startedAt` by our clock: what happened later was never asked for, of an hour that
 * their clock has not reached nothing is there yet, and what it has left behind for long is not there any more.
 */
export function knowableAt(startedAt: Date, reading: ClockReading | undefined): Window {
  const startedMs = startedAt.getTime();
  const isForgotten = theirLeadMs(reading) > RETENTION_TOLERANCE_MS;
  const keptFromMs = reachedByEither(startedMs, reading) - RETENTION_MS - RETENTION_TOLERANCE_MS;
  return windowOf(isForgotten ? keptFromMs : 0, reachedByBoth(startedMs, reading));
}

/** What the pages read so far prove. */
export interface Proof {
  /** The part of the asked window that is wholly read. */
  covered: Window | undefined;
  /** Whether no later page can hold anything of the window. */
  isDone: boolean;
}

/**
 * Follows one listing from its first page. Nothing is taken on trust: a server may ignore filters and order, so only rows that
 * did come in order prove that those before them are all there are.
 */
export function createProver(
  query: InvocationQuery,
): (rows: readonly Invocation[], hasMore: boolean, knowable: Window) => Proof {
  const { window, sort = "latest" } = query;
  const isFiltered = filterStatusFor(query.statuses) !== undefined;
  let isDescending = sort === "latest";
  let oldestMs = Number.POSITIVE_INFINITY;

  return function prove(rows, hasMore, knowable) {
    const asked = intersect(window, knowable);
    // The list is in the order of completion: a row without one says nothing of how far the list has come.
    const times = rows.flatMap(({ latestCompletedAt }) => latestCompletedAt?.getTime() ?? []);
    for (const atMs of times) {
      if (atMs > oldestMs) isDescending = false;
      oldestMs = Math.min(oldestMs, atMs);
    }
    const newestMs = times.length < rows.length ? undefined : times[0];
    const isPast = isDescending && newestMs !== undefined && newestMs < window.from.getTime() - MARGIN_MS;
    const isDone = !hasMore || isPast;
    if (isFiltered || !asked) return { covered: undefined, isDone };
    if (isDone) return { covered: asked, isDone };
    if (!isDescending || oldestMs === Number.POSITIVE_INFINITY) return { covered: undefined, isDone };
    // Times have whole seconds: more rows of the oldest second may follow.
    return { covered: intersect(asked, windowOf(oldestMs + 1000, asked.to.getTime())), isDone };
  };
}
