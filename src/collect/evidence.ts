import { diagnosesIn, isOfItsEnd, readDiagnoses, type StoredDiagnosis } from "../store/diagnoses.ts";
import { bringDiagnosesUpToDate } from "../store/rediagnose.ts";
import type { Diagnoses } from "../triage/assume.ts";
import { causeIdOf } from "../triage/cause-of.ts";
import { matchesInvocation } from "../triage/match.ts";
import { type Invocation, refKey } from "../triage/model.ts";
import type { Query } from "../triage/query.ts";
import { firstToRead, mostReads, nextToRead } from "../triage/sampling.ts";
import { isReadable, readMissingAttempts } from "./attempts.ts";
import type { Collector } from "./collector.ts";
import { type AttemptsCount, type AttemptsProgress, countAttempts } from "./evidence-progress.ts";
import { countReadFailures, type ReadFailures } from "./read-failures.ts";

export interface EvidenceRequest {
  query: Query;
  /** `first` reads one of each group that looks the same, `all` the attempts of every failed invocation. */
  evidence: "first" | "sample" | "all";
  failed: readonly Invocation[];
  /** Providers that failed the question a moment ago, which are not asked for details. */
  failing: ReadonlySet<string>;
  /** What the question could not read before this. */
  failures?: ReadFailures;
  /** How many of a sample may be read, by the number of what failed; `mostReads` where it says nothing. */
  readsFor?: (failed: number) => number;
  /** Told of each step, for whoever waits. */
  onProgress?: (progress: AttemptsProgress) => void;
}

export interface Gathered {
  /** What the attempts of those that were read told. */
  diagnoses: Diagnoses;
  failures: Pick<ReadFailures, "errors" | "ofProviders">;
  /** How many were chosen for the sample. */
  chosen: number;
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
  const { evidence, failed, query, failing, failures = countReadFailures() } = request;
  const known = await bringDiagnosesUpToDate(collector.store.db, failed, { signal, now: collector.now });
  const isAsked = (invocation: Invocation): boolean => evidence === "all" || !failing.has(invocation.provider);
  const matching = failed.filter(
    (invocation) => isAsked(invocation) && (isBare(invocation) || matchesInvocation(query, invocation)),
  );
  const skipped = matching.filter(
    (invocation) => collector.unreadable.has(invocation) && !isFresh(known, invocation),
  ).length;
  const whole = matching.filter(
    (invocation) =>
      evidence === "all" || (evidence === "sample" && isBare(invocation) && hasTimelineAlone(collector, invocation)),
  );
  const missing = whole.filter((invocation) => !isFresh(known, invocation));
  const told = request.onProgress && countAttempts(collector, request.onProgress);
  await readAll({ collector, known, failures, told }, missing, signal);
  const sampled = evidence === "all" ? [] : matching.filter((invocation) => !hasTimelineAlone(collector, invocation));
  const { isDone, chosen } = await sample({ collector, known, failures, told }, { ...request, sampled }, signal);
  const isCutShort = signal.aborted && (!isDone || missing.some((invocation) => !isFresh(known, invocation)));
  return { diagnoses: diagnosesIn(known), failures, skipped, chosen, isCutShort };
}

type Known = Map<string, StoredDiagnosis>;

interface Sampling extends Pick<EvidenceRequest, "evidence" | "readsFor"> {
  sampled: readonly Invocation[];
}

/** The reading of attempts for one question. */
interface Reads {
  collector: Collector;
  known: Known;
  failures: ReadFailures;
  told: AttemptsCount | undefined;
}

interface Sampled {
  /** False where time was over before the end. */
  isDone: boolean;
  chosen: number;
}

/** Reads what tells most, in rounds: each is chosen by what the one before told. */
async function sample(
  reads: Reads,
  { evidence, sampled, readsFor = mostReads }: Sampling,
  signal: AbortSignal,
): Promise<Sampled> {
  const { collector, known, failures } = reads;
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
  const choose = evidence === "first" ? firstToRead : nextToRead;
  const most = readsFor(sampled.length);
  for (;;) {
    const candidates = sampled.filter(isCandidate);
    const chosen = choose(candidates, causeIds, most - asked.size);
    if (chosen.length === 0) return { isDone: true, chosen: asked.size };
    await readAll(reads, chosen, signal);
    // What could not be read tells nothing of its cause, and is not asked for again.
    for (const invocation of chosen) asked.add(invocation);
    if (signal.aborted && chosen.some((invocation) => !isFresh(known, invocation)))
      return { isDone: false, chosen: asked.size };
    learn(chosen);
  }
}

async function readAll(
  { collector, known, failures, told }: Reads,
  invocations: readonly Invocation[],
  signal: AbortSignal,
): Promise<void> {
  if (invocations.length === 0) return;
  await told?.chosen(invocations);
  await readMissingAttempts(collector, invocations, failures, signal, told?.read);
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
