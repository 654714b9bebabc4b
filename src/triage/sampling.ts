import { inTime, stratumOf } from "./assume.ts";
import { isCertainFromRow } from "./cause-of.ts";
import { type Invocation, occurredAt, refKey } from "./model.ts";

/** Of all that failed, the share that a read must be expected to tell better, to be worth its request. */
const WORTHWHILE_SHARE = 0.0045;
/** In a small question nearly all are read: it costs little. */
const LEAST_WORTH = 0.1;
/** How many reads that show a cause not seen yet are expected beforehand, as if one read had been made. */
const EXPECTED_OTHERS = 0.3;
/** And how many where several causes were seen. */
const EXPECTED_OTHERS_OF_SEVERAL = 1.3;
/** What lies before the first read of a stratum or after the last one is bounded on one side only. */
const OPEN_ENDED = 1.5;
/** Of what lies between two causes, at worst this part is told wrong. */
const AT_WORST_WRONG = 0.5;
/** A cause of less than this share of all that failed is small: what is told wrong about it may hide it. */
const SMALL_SHARE = 0.02;
/** So many times more than another is what may hide a small cause worth at most. */
const MOST_FOR_SMALL = 2;
/** How likely a burst has another cause than the reads before and after it, where these agree. */
const BURST_IS_OTHER = 0.8;
/** A burst is uneven beyond chance: it exceeds an even spread by more than so many times the square root of all there. */
const UNEVEN = 1.3;
/** A round takes what is worth at least this part of the best: what it tells may make the rest needless. */
const ROUND_SHARE = 0.3;
/** The newest part of a stratum is looked at again when it has grown by this: what fails now may fail for another reason. */
const NEWEST_SHARE = 0.1;

/**
 * Reads that the evidence of one question may cost at most, with those of earlier questions about the same. A safety net: mostly
 * `nextToRead` ends by itself before. 5.3 % of what failed keeps a question about 1,500 failures at 40 webhooks under a tenth of the
 * requests of reading them all, listing included; 40 leave room for several causes at one webhook; 100 are all that Zendesk takes in a minute.
 */
export function mostReads(failed: number): number {
  return Math.min(100, Math.max(40, Math.round(failed * 0.053)));
}

/**
 * Which failed invocations to read next, so that few reads tell the causes of many; empty when enough is known. Each stratum, which is what
 * looks the same, is read once, at its newest, large strata first. From then on each gap between reads is weighed by how many
 * invocations a read in it may be expected to tell better:
 *
 * - It may hide a cause not seen yet. As by the rule of succession the chance that one more read shows one is 0.3 / (reads + 1) while all
 *   agree, and 1.3 / (reads + 1) where they do not. A gap is as large as its share of the invocations or of the time, whichever
 *   is more: an incident may be short and dense, or long and thin.
 * - Where the reads on both sides disagree, the cause changes in between: half of the gap at worst is told wrong. It weighs up to three times
 *   as much where one of the two causes is of few, as far as is known: what is told wrong then may hide it. Less so where causes take turns, and not where half do.
 * - Where they agree, but more failed for a while than before and after it, that burst may be an incident of its own: four in five of what exceeds
 *   an even spread may be another's. It is read in its middle.
 * - Where causes take turns (one is seen again after another), reads that agree say little of what is between them: they count like those that
 *   disagree, as often as neighbours turned out to be others.
 *
 * What is worth 0.45 % of all that failed is read, halfway in number or in time. So a stratum of 50 among 1,500 is done after two reads that
 * agree, one that is all of 20,000 after nine, and one of four causes after some 26 where they follow each other; where they take turns it
 * goes on to the limit. Nothing is read where the row alone is certain.
 *
 * @param causeIds the causes of those that were read, by `refKey`
 * @param reads how many this question may still cost
 */
export function nextToRead(
  failed: readonly Invocation[],
  causeIds: ReadonlyMap<string, string>,
  reads: number,
): Invocation[] {
  let known = 0;
  const firsts: Wish[] = [];
  const others: Wish[] = [];
  for (const members of strataOf(failed)) {
    const causes = members.map((invocation) => causeIds.get(refKey(invocation)));
    known += causes.filter((cause) => cause !== undefined).length;
    const first = firstIn(members, causes);
    if (first) firsts.push(first);
    else others.push(...wishesIn(members, causes, failed.length));
  }
  const first = firsts.sort(mostTellingFirst).slice(0, Math.max(0, reads));
  const left = Math.max(0, Math.min(reads, mostReads(failed.length) - known) - first.length);
  const [best] = others.sort(mostTellingFirst);
  const rest = others.filter(({ worth }) => best && worth >= best.worth * ROUND_SHARE);
  return [...first, ...rest.slice(0, left)].map(({ invocation }) => invocation);
}

/** Of these, the newest of each stratum that is not read yet, or has grown since: what `nextToRead` begins with. */
export function firstToRead(
  failed: readonly Invocation[],
  causeIds: ReadonlyMap<string, string>,
  reads: number,
): Invocation[] {
  const firsts = strataOf(failed).flatMap((members): Wish[] => {
    const causes = members.map((invocation) => causeIds.get(refKey(invocation)));
    const first = firstIn(members, causes);
    return first ? [first] : [];
  });
  return firsts
    .sort(mostTellingFirst)
    .slice(0, Math.max(0, reads))
    .map(({ invocation }) => invocation);
}

/** What looks the same and is not told by the row alone, each oldest first. */
function strataOf(failed: readonly Invocation[]): Invocation[][] {
  const strata = Map.groupBy(failed, stratumOf);
  return [...strata.values()]
    .filter(([one]) => one !== undefined && !isCertainFromRow(one))
    .map((members) => inTime(members));
}

/** What a read must be worth. */
function leastWorth(failed: number): number {
  return Math.max(LEAST_WORTH, failed * WORTHWHILE_SHARE);
}

interface Wish {
  invocation: Invocation;
  /** How many invocations it may be expected to tell better. */
  worth: number;
}

function mostTellingFirst(a: Wish, b: Wish): number {
  return b.worth - a.worth || (refKey(a.invocation) < refKey(b.invocation) ? -1 : 1);
}

/** Members in a row of which none was read. */
interface Gap {
  /** The read before it, or -1. */
  before: number;
  /** The read after it, or the number of members. */
  after: number;
}

/** The newest of a stratum, where nothing tells of it. */
function firstIn(members: readonly Invocation[], causes: readonly (string | undefined)[]): Wish | undefined {
  const newestRead = causes.findLastIndex((cause) => cause !== undefined);
  const untold = members.length - 1 - newestRead;
  const newest = members.at(-1);
  return newest && untold > members.length * NEWEST_SHARE ? { invocation: newest, worth: untold } : undefined;
}

/** One for each gap where a read is worth more than is worthwhile, in a stratum of which something was read. */
function wishesIn(members: readonly Invocation[], causes: readonly (string | undefined)[], failed: number): Wish[] {
  const worthwhile = leastWorth(failed);
  const read = [...causes.keys()].filter((position) => causes[position] !== undefined);
  const { chanceOfOther, turns } = judge(read.map((position) => causes[position]));
  const timesMs = members.map((invocation) => occurredAt(invocation).getTime());
  const gaps = gapsBetween(read, members.length);
  const counts = countsOf(causes, gaps);
  return gaps.flatMap(({ before, after }) => {
    const size = after - before - 1;
    const isOpen = before < 0 || after === members.length;
    const timeShare = shareOfTime(timesMs, Math.max(before, 0), Math.min(after, members.length - 1));
    const isByTime = timeShare > size / members.length;
    const extent = (isByTime ? timeShare * members.length : size) * (isOpen ? OPEN_ENDED : 1);
    const isSame = causes[before] === causes[after];
    const smaller = Math.min(counts.get(causes[before]) ?? 1, counts.get(causes[after]) ?? 1);
    const hiding = isSame ? 0 : Math.max(0, 1 - 2 * turns) * Math.min(MOST_FOR_SMALL, (SMALL_SHARE * failed) / smaller);
    const wrong = isOpen ? 0 : (isSame ? turns : 1 + hiding) * size * AT_WORST_WRONG;
    const burst = isOpen || !isSame ? undefined : burstIn(timesMs, { before, after });
    const worth = Math.max(chanceOfOther * extent, wrong, (burst?.excess ?? 0) * BURST_IS_OTHER);
    if (worth <= worthwhile) return [];
    const invocation = members[burst?.middle ?? placeIn({ before, after }, timesMs, isByTime)];
    return invocation ? [{ invocation, worth }] : [];
  });
}

/** How many have each cause, where half of a gap has that of the read before it and half that of the one after it. */
function countsOf(causes: readonly (string | undefined)[], gaps: readonly Gap[]): Map<string | undefined, number> {
  const counts = new Map<string | undefined, number>();
  const add = (cause: string | undefined, by: number) => counts.set(cause, (counts.get(cause) ?? 0) + by);
  for (const cause of causes) if (cause !== undefined) add(cause, 1);
  for (const { before, after } of gaps) {
    const half = (after - before - 1) / 2;
    add(causes[before] ?? causes[after], half);
    add(causes[after] ?? causes[before], half);
  }
  return counts;
}

interface Burst {
  /** By how many it exceeds what an even spread over the time of the gap would have there. */
  excess: number;
  middle: number;
}

/**
 * Where in a gap more follow each other closely than chance explains, which may be an incident of its own. The statistic is Kuiper's,
 * https://en.wikipedia.org/wiki/Kuiper%27s_test: the rise of what has occurred over what an even spread would have.
 */
function burstIn(timesMs: readonly number[], { before, after }: Gap): Burst | undefined {
  const fromMs = timesMs[before] ?? 0;
  const lastsMs = (timesMs[after] ?? 0) - fromMs;
  if (lastsMs === 0) return undefined;
  let low = { position: before, above: 0 };
  let high = { position: before, above: 0 };
  for (let position = before; position <= after; position += 1) {
    const above = position - before - ((after - before) * ((timesMs[position] ?? 0) - fromMs)) / lastsMs;
    if (above < low.above) low = { position, above };
    if (above >= high.above) high = { position, above };
  }
  if (low.position > high.position) {
    // What is quiet lies between: of the bursts before and after it the larger one.
    if (high.above > -low.above) low = { position: before, above: 0 };
    else high = { position: after, above: 0 };
  }
  const excess = high.above - low.above;
  if (excess < UNEVEN * Math.sqrt(after - before)) return undefined;
  const middle = Math.floor((low.position + high.position) / 2);
  return { excess, middle: Math.min(after - 1, Math.max(before + 1, middle)) };
}

/**
 * What the causes that were read, in the order of time, promise of more: the chance that another read shows a cause not seen yet, and of
 * neighbours the share where a cause is seen again after another one.
 */
function judge(causes: readonly (string | undefined)[]): { chanceOfOther: number; turns: number } {
  const seen = new Set(causes).size;
  const runs = causes.filter((cause, index) => index === 0 || cause !== causes[index - 1]).length;
  const expected = seen > 1 ? EXPECTED_OTHERS_OF_SEVERAL : EXPECTED_OTHERS;
  return { chanceOfOther: expected / (causes.length + 1), turns: (runs - seen) / Math.max(1, causes.length - 1) };
}

function gapsBetween(read: readonly number[], size: number): Gap[] {
  return [...read, size]
    .map((after, index) => ({ before: read[index - 1] ?? -1, after }))
    .filter(({ before, after }) => after - before > 1);
}

function shareOfTime(timesMs: readonly number[], from: number, to: number): number {
  const wholeMs = (timesMs.at(-1) ?? 0) - (timesMs[0] ?? 0);
  return wholeMs === 0 ? 0 : ((timesMs[to] ?? 0) - (timesMs[from] ?? 0)) / wholeMs;
}

/** The end of an open gap, else its middle, in number or in time. */
function placeIn({ before, after }: Gap, timesMs: readonly number[], isByTime: boolean): number {
  if (after === timesMs.length) return after - 1;
  if (before < 0) return 0;
  if (!isByTime) return Math.floor((before + after) / 2);
  const middleMs = ((timesMs[before] ?? 0) + (timesMs[after] ?? 0)) / 2;
  const later = timesMs.findIndex((atMs, position) => position > before && atMs >= middleMs);
  const isEarlierNearer = middleMs - (timesMs[later - 1] ?? 0) <= (timesMs[later] ?? 0) - middleMs;
  const nearest = isEarlierNearer ? later - 1 : later;
  return Math.min(after - 1, Math.max(before + 1, nearest));
}
