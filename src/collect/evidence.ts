import { diagnosesIn, isOfItsEnd, readDiagnoses, type StoredDiagnosis } from "../store/diagnoses.ts";
import { bringDiagnosesUpToDate } from "../store/rediagnose.ts";
import type { Diagnoses } from "../triage/assume.ts";
import { causeIdOf } from "../triage/cause-of.ts";
import { matchesInvocation } from "../triage/match.ts";
import { type Invocation, refKey } from "../triage/model.ts";
import type { Query } from "../triage/query.ts";
import { mostReads, nextToRead } from "../triage/sampling.ts";
import { isReadable, readMissingAttempts } from "./attempts.ts";
import type { Collector } from "./collector.ts";
import { countReadFailures, type ReadFailures } from "./read-failures.ts";

export interface EvidenceRequest {
  query: Query;
  /** `all` reads the attempts of every failed invocation. */
  evidence: "sample" | "all";
  failed: readonly Invocation[];
  /** Providers that failed the question a moment ago, which are not asked for details. */
  failing: ReadonlySet<string>;
}

export interface Gathered {
  /** What the attempts of those that were read told. */
  diagnoses: Diagnoses;
  failures: Pick<ReadFailures, "errors" | "ofProviders">;
  /** How many were not asked for, as they could not be read a few minutes ago. */
  skipped: number;
  /** Whether time was over before all was read that should have been. */
  isCutShort: boolean;
}

/**
 * Reads the attempts that show why invocations failed: of each group that looks the same a few, more where these disagree
 * (`triage/sampling.ts` decides). Where a provider
 * tells a timeline alone, its rows tell no reason at all, and the attempts are read along with them: it costs little to ask. What was
 * read before is not read again.
 */
export async function gatherEvidence(
  collector: Collector,
  request: EvidenceRequest,
  signal: AbortSignal,
): Promise<Gathered> {
  const { evidence, failed, query, failing } = request;
  const known = await bringDiagnosesUpToDate(collector.store.db, failed, { signal, now: collector.now });
  const isAsked = (invocation: Invocation): boolean => evidence === "all" || !failing.has(invocation.provider);
  const matching = failed.filter(
    (invocation) => isAsked(invocation) && (isBare(invocation) || matchesInvocation(query, invocation)),
  );
  const skipped = matching.filter(
    (invocation) => collector.unreadable.has(invocation) && !isFresh(known, invocation),
  ).length;
  const whole = matching.filter(
    (invocation) => evidence === "all" || (isBare(invocation) && hasTimelineAlone(collector, invocation)),
  );
  const missing = whole.filter((invocation) => !isFresh(known, invocation));
  const failures = countReadFailures();
  await readAll(collector, known, missing, failures, signal);
  const sampled = evidence === "all" ? [] : matching.filter((invocation) => !hasTimelineAlone(collector, invocation));
  const isSampled = await sample(collector, known, { sampled, failures }, signal);
  const isCutShort = signal.aborted && (!isSampled || missing.some((invocation) => !isFresh(known, invocation)));
  return { diagnoses: diagnosesIn(known), failures, skipped, isCutShort };
}

type Known = Map<string, StoredDiagnosis>;

/** Reads what tells most, in rounds: each is chosen by what the one before told. False where time was over before the end. */
async function sample(
  collector: Collector,
  known: Known,
  { sampled, failures }: { sampled: readonly Invocation[]; failures: ReadFailures },
  signal: AbortSignal,
): Promise<boolean> {
  const causeIds = new Map<string, string>();
  const asked = new Set<Invocation>();
  const isCandidate = (invocation: Invocation): boolean =>
    causeIds.has(refKey(invocation)) ||
    (!asked.has(invocation) && !failures.isOver(invocation.provider) && isReadable(collector, invocation));
  const learn = (invocations: readonly Invocation[]): void => {
    for (const invocation of invocations) {
      const key = refKey(invocation);
      if (isFresh(known, invocation)) causeIds.set(key, causeIdOf(invocation, known.get(key)?.diagnosis));
    }
  };
  learn(sampled);
  let reads = mostReads(sampled.length);
  for (;;) {
    const candidates = sampled.filter(isCandidate);
    const chosen = nextToRead(candidates, causeIds, reads);
    if (chosen.length === 0) return true;
    await readAll(collector, known, chosen, failures, signal);
    if (signal.aborted && chosen.some((invocation) => !isFresh(known, invocation))) return false;
    // What could not be read tells nothing of its cause, and is not asked for again.
    for (const invocation of chosen) asked.add(invocation);
    learn(chosen);
    reads -= chosen.length;
  }
}

async function readAll(
  collector: Collector,
  known: Known,
  invocations: readonly Invocation[],
  failures: ReadFailures,
  signal: AbortSignal,
): Promise<void> {
  if (invocations.length === 0) return;
  await readMissingAttempts(collector, invocations, failures, signal);
  const read = await readDiagnoses(collector.store.db, invocations);
  for (const invocation of invocations) {
    const stored = read.get(refKey(invocation));
    if (stored?.diagnosis || isOfItsEnd(invocation, stored)) known.set(refKey(invocation), stored);
  }
}

function isFresh(known: Known, invocation: Invocation): boolean {
  return isOfItsEnd(invocation, known.get(refKey(invocation)));
}

function isBare({ statusCode }: Invocation): boolean {
  return statusCode === undefined;
}

function hasTimelineAlone({ providers }: Collector, { provider: id }: Invocation): boolean {
  return providers.find((provider) => provider.id === id)?.capabilities.attemptDetail === "timeline";
}
