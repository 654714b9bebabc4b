import { causeIdOf } from "./cause-of.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Invocation, occurredAt, refKey } from "./model.ts";

/** What the attempts of those that were read told, by `refKey`; `undefined` where they told nothing, which is not the same as no entry. */
export type Diagnoses = ReadonlyMap<string, Diagnosis | undefined>;

/** What an invocation is told with. */
export interface Assumed {
  /** What its own attempts said, or those of another that looks the same; absent where its row alone tells. */
  diagnosis?: Diagnosis;
  /** Whether it has no evidence of its own, and that of another tells. */
  isAssumed: boolean;
  /** Whether those that look the same have several causes, and not all of them were read. */
  isGuessed: boolean;
}

/**
 * Gives failed invocations what they are told with, by `refKey`. One without evidence of its own, because its attempts were not read or told
 * nothing, takes the cause of the one nearest in time (the later of two as near) among those that look the same, which is the same webhook,
 * status and status code. Without such a one its row alone tells. `neighbours`: others that were read, of the time around.
 */
export function assumeAll(
  failed: readonly Invocation[],
  diagnoses: Diagnoses,
  neighbours: readonly Invocation[] = [],
): Map<string, Assumed> {
  const found = new Map<string, Assumed>();
  const around = Map.groupBy(neighbours, stratumOf);
  for (const [stratum, alike] of Map.groupBy(failed, stratumOf)) {
    const own = new Set(alike);
    const members = inTime([...alike, ...(around.get(stratum) ?? [])]).map((invocation): Member => {
      const key = refKey(invocation);
      const atMs = occurredAt(invocation).getTime();
      const diagnosis = diagnoses.get(key);
      return { invocation, key, atMs, isTold: diagnosis !== undefined, diagnosis };
    });
    const before = nearestTold(members);
    const after = nearestTold(members.toReversed()).reverse();
    const told: Member[] = [];
    for (const [position, member] of members.entries()) {
      if (!own.has(member.invocation)) continue;
      told.push({ ...member, diagnosis: nearerOf(member, before[position], after[position])?.diagnosis });
    }
    const isGuessed = told.some(({ isTold }) => !isTold) && !haveOneCause(told);
    for (const { key, diagnosis, isTold } of told) {
      const isAssumed = !isTold && diagnosis !== undefined;
      found.set(key, diagnosis ? { diagnosis, isAssumed, isGuessed } : { isAssumed, isGuessed });
    }
  }
  return found;
}

/**
 * Of others that were read, those that an invocation may be nearest to: of each look the last one before all that failed, and the first
 * one after them. The others are of the time before and after.
 */
export function neighboursOf(failed: readonly Invocation[], others: readonly Invocation[]): Invocation[] {
  const strata = Map.groupBy(others, stratumOf);
  return [...Map.groupBy(failed, stratumOf)].flatMap(([stratum, alike]) => {
    const members = inTime(alike);
    const [oldest] = members;
    const newest = members.at(-1);
    if (!oldest || !newest) return [];
    const candidates = inTime(strata.get(stratum) ?? []);
    const before = candidates.findLast((candidate) => byTime(candidate, oldest) < 0);
    const after = candidates.find((candidate) => byTime(candidate, newest) > 0);
    return [before, after].filter((candidate) => candidate !== undefined);
  });
}

/** What rows of one stratum have in common: the provider, the webhook, the status and the status code. */
export function stratumOf({ provider, webhookId, status, statusCode }: Invocation): string {
  return JSON.stringify([provider, webhookId, status, statusCode ?? null]);
}

/** Oldest first; one instant is ordered by id, so that the order of the rows does not matter. */
export function inTime(invocations: readonly Invocation[]): Invocation[] {
  return invocations.toSorted(byTime);
}

function byTime(a: Invocation, b: Invocation): number {
  return occurredAt(a).getTime() - occurredAt(b).getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

interface Member {
  invocation: Invocation;
  key: string;
  atMs: number;
  isTold: boolean;
  diagnosis: Diagnosis | undefined;
}

/** Of each member, the last one up to it that has evidence. */
function nearestTold(members: readonly Member[]): (Member | undefined)[] {
  let last: Member | undefined;
  return members.map((member) => {
    if (member.isTold) last = member;
    return last;
  });
}

function nearerOf(
  { atMs, isTold }: Member,
  earlier: Member | undefined,
  later: Member | undefined,
): Member | undefined {
  // One that has evidence is nearest to itself: it is its own `earlier`.
  if (isTold || !later) return earlier;
  return earlier && atMs - earlier.atMs < later.atMs - atMs ? earlier : later;
}

/** What is told with one diagnosis has one cause: of thousands, only those with others are looked at. */
function haveOneCause(told: readonly Member[]): boolean {
  const byDiagnosis = new Map(told.map(({ invocation, diagnosis }) => [diagnosis, invocation]));
  const causes = new Set([...byDiagnosis].map(([diagnosis, invocation]) => causeIdOf(invocation, diagnosis)));
  return causes.size <= 1;
}
