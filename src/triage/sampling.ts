import { inTime, stratumOf } from "./assume.ts";
import { isCertainFromRow } from "./cause-of.ts";
import { type Invocation, refKey } from "./model.ts";

export interface SamplingLimits {
  /** Members of a stratum that are read at most, those that were read before included. */
  perStratum: number;
  /** Reads at most. */
  reads: number;
}

/** The newest part of a stratum, which is sampled even where its limit is reached: what fails now may fail for another reason. */
const NEWEST_SHARE = 0.1;

/**
 * Which failed invocations to read next, so that few reads tell the causes of many. Of those that look the same (a stratum): the newest,
 * the oldest and the middle; then, between two neighbours in time with different causes, the one halfway, the widest gap first. Strata of
 * which nothing was read come first, large ones before small ones. Nothing is read where the row alone is certain. `causeIds`: the causes of
 * those that were read, by `refKey`.
 */
export function nextToRead(
  failed: readonly Invocation[],
  causeIds: ReadonlyMap<string, string>,
  limits: SamplingLimits,
): Invocation[] {
  const strata = Map.groupBy(
    failed.filter((invocation) => !isCertainFromRow(invocation)),
    stratumOf,
  );
  const wishes: Wish[] = [];
  for (const alike of strata.values()) wishes.push(...wishesOf(inTime(alike), causeIds, limits));
  return wishes
    .sort((a, b) => a.turn - b.turn || b.weight - a.weight || (refKey(a.invocation) < refKey(b.invocation) ? -1 : 1))
    .slice(0, Math.max(0, limits.reads))
    .map(({ invocation }) => invocation);
}

interface Wish {
  invocation: Invocation;
  /** How many of its stratum will have been read before it. */
  turn: number;
  /** How many invocations it may tell of. */
  weight: number;
}

function wishesOf(
  members: readonly Invocation[],
  causeIds: ReadonlyMap<string, string>,
  { perStratum }: SamplingLimits,
): Wish[] {
  const causes = members.map((invocation) => causeIds.get(refKey(invocation)));
  const read = [...causes.keys()].filter((position) => causes[position] !== undefined);
  const last = members.length - 1;
  const newest = read.at(-1) ?? -1;
  const places = placesToRead(read, causes, members.length).slice(0, Math.max(0, perStratum - read.length));
  const isNewestUnknown = last - newest > members.length * NEWEST_SHARE;
  if (read.length >= perStratum && isNewestUnknown) places.push({ at: last, weight: last - newest });
  return places.flatMap(({ at, weight }, index) => {
    const invocation = members[at];
    return invocation === undefined ? [] : [{ invocation, turn: read.length + index, weight }];
  });
}

interface Place {
  at: number;
  weight: number;
}

/** Positions to read of a stratum, most telling first. */
function placesToRead(read: readonly number[], causes: readonly (string | undefined)[], size: number): Place[] {
  const [first] = read;
  const last = read.at(-1);
  const places: Place[] = [];
  const ends = { newest: size - 1, oldest: 0, middle: Math.floor((size - 1) / 2) };
  if (first === undefined || last === undefined) {
    const wanted = [...new Set([ends.newest, ends.oldest, ends.middle])];
    return wanted.map((at) => ({ at, weight: size }));
  }
  if (last !== ends.newest) places.push({ at: ends.newest, weight: ends.newest - last });
  // As time passes the window moves: what was the oldest or the middle once is near enough to it.
  if (first > size / 4) places.push({ at: ends.oldest, weight: first });
  if (read.length < 3 && size > 2 && !read.some((at) => at >= size / 4 && at < (size * 3) / 4)) {
    places.push({ at: ends.middle, weight: size / 2 });
  }
  const gaps: Place[] = [];
  for (const [index, after] of read.entries()) {
    const before = read[index - 1];
    if (before === undefined || after - before < 2 || causes[before] === causes[after]) continue;
    gaps.push({ at: Math.floor((before + after) / 2), weight: after - before });
  }
  const asked = new Set(places.map(({ at }) => at));
  return [...places, ...gaps.sort((a, b) => b.weight - a.weight).filter(({ at }) => !asked.has(at))];
}
