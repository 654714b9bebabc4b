import pMap from "p-map";
import { ProviderError } from "../providers/errors.ts";
import type { Provider } from "../providers/provider.ts";
import { attemptsReadAt, type ReadAttempts, readAttempts, saveAttempts, saveAttemptsOfAll } from "../store/attempts.ts";
import { findInvocationsById } from "../store/invocations.ts";
import { diagnose } from "../triage/diagnosis.ts";
import type { AttemptsAnswer } from "../triage/issue.ts";
import { type Attempt, type Invocation, type InvocationRef, occurredAt, refKey } from "../triage/model.ts";
import { type Batches, createBatches } from "./batches.ts";
import type { Collector } from "./collector.ts";
import { whyEnded } from "./ended-early.ts";
import { NotReadInTimeError, notReadInTime } from "./held-back.ts";
import { isOfAll, type ReadFailures } from "./read-failures.ts";
import { claimStore, seeThatStoreIsOurs } from "./store-account.ts";

/** Invocations of one provider whose attempts are read side by side. */
const READS_AT_ONCE = 6;
/** The same where its budget has room for them. */
const READS_AT_ONCE_WITH_ROOM = 12;

/**
 * Reads the attempts of one invocation from its provider and keeps them. Where the provider lists none for what made it send, it is
 * not asked about what the store knows, and the answer says why. Falls back to those that were kept when the provider
 * fails. Where there are none, throws `ProviderError`, `NotReadInTimeError` when the signal is aborted, or the signal's reason where that is
 * for people. Throws `StoreTakenOverError`, and `RangeError` for a provider that is not set up.
 */
export async function readAttemptsOf(
  collector: Collector,
  ref: InvocationRef,
  signal: AbortSignal,
): Promise<AttemptsAnswer> {
  const provider = providerOf(collector, ref.provider);
  const { attemptDetail: detail, timelineOnlyBecause } = provider.capabilities;
  const extent = { detail, ...(timelineOnlyBecause === undefined ? {} : { timelineOnlyBecause }) };
  const source = await knownSource(collector, ref);
  const because = whyNone(provider, source);
  if (because !== undefined) {
    await seeThatStoreIsOurs(collector.store, provider);
    return { attempts: [], readAt: collector.now(), noneBecause: because, ...extent };
  }
  try {
    const attempts = await provider.listAttempts({ ...ref, ...(source === undefined ? {} : { source }) }, signal);
    const readAt = collector.now();
    await claimStore(collector.store, provider);
    await saveAttempts(collector.store.db, ref, attempts, readAt);
    return { attempts, readAt, ...toldBy(attempts), ...whyEmpty(provider, ref, attempts), ...extent };
  } catch (error) {
    if (!(error instanceof ProviderError) && !signal.aborted) throw error;
    const kept = await readAttempts(collector.store.db, ref);
    const ended = whyEnded(signal);
    if (ended && !kept) throw signal.reason;
    const failed =
      error instanceof ProviderError ? error : await notReadInTime(collector, ref.provider, "The attempts");
    if (!kept) throw failed;
    const staleReason = ended ?? (failed instanceof NotReadInTimeError ? failed.because : failed.told);
    return { ...kept, staleReason, ...toldBy(kept.attempts), ...whyEmpty(provider, ref, kept.attempts), ...extent };
  }
}

/**
 * Reads the attempts of every invocation given whose attempts were not read since it ended and that its provider still keeps, and keeps them.
 * One that cannot be read is remembered and left out; a provider that fails as a whole is not asked on. `onRead` is told of each that is
 * done with.
 */
export async function readMissingAttempts(
  collector: Collector,
  invocations: readonly Invocation[],
  failures: ReadFailures,
  signal: AbortSignal,
  onRead?: (invocation: Invocation) => void,
): Promise<void> {
  const batches = createBatches<ReadAttempts>((batch) => saveAttemptsOfAll(collector.store.db, batch));
  const readable = invocations.filter((invocation) => isReadable(collector, invocation));
  const ofProviders = Map.groupBy(readable, ({ provider }) => provider);
  await Promise.all(
    [...ofProviders].map(([id, own]) => {
      const hasRoom = providerOf(collector, id).spareRequests >= READS_AT_ONCE_WITH_ROOM;
      const concurrency = hasRoom ? READS_AT_ONCE_WITH_ROOM : READS_AT_ONCE;
      const read = async (ref: Invocation) => {
        await readMissing({ collector, batches, failures }, ref, signal);
        onRead?.(ref);
      };
      return pMap(own, read, { concurrency });
    }),
  );
}

/** Whether there is any use in asking for its attempts: its provider still keeps and lists them, and told them when it was last asked. */
export function isReadable(collector: Collector, invocation: Invocation): boolean {
  return !collector.unreadable.has(invocation) && isKept(collector, invocation) && isListed(collector, invocation);
}

interface MissingReads {
  collector: Collector;
  batches: Batches<ReadAttempts>;
  failures: ReadFailures;
}

async function readMissing(reads: MissingReads, ref: Invocation, signal: AbortSignal): Promise<void> {
  const { collector, failures } = reads;
  if (signal.aborted || failures.isOver(ref.provider)) return;
  try {
    // Questions side by side ask for the same: the second finds what the first has read.
    await collector.turns.run(`attempts ${refKey(ref)}`, signal, () => readOnce(reads, ref, signal));
    failures.succeeded(ref.provider);
  } catch (error) {
    // Out of time: the rest goes without.
    if (signal.aborted) return;
    if (!(error instanceof ProviderError)) throw error;
    failures.failed(error);
    if (!isOfAll(error)) collector.unreadable.add(ref);
  }
}

async function readOnce({ collector, batches }: MissingReads, ref: Invocation, signal: AbortSignal): Promise<void> {
  const knownAt = await attemptsReadAt(collector.store.db, ref);
  // Those that were read before its end do not tell of that end.
  if (knownAt !== undefined && knownAt >= occurredAt(ref)) return;
  const attempts = await listKnown(providerOf(collector, ref.provider), ref, signal);
  await batches.save({ ref, attempts, readAt: collector.now() });
}

/** None of what the provider does not know any more. */
async function listKnown(provider: Provider, ref: Invocation, signal: AbortSignal): Promise<Attempt[]> {
  try {
    return await provider.listAttempts(ref, signal);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind !== "not_found") throw error;
    return [];
  }
}

/** What ended well has no cause, whatever was tried before. */
function toldBy(attempts: readonly Attempt[]): Pick<AttemptsAnswer, "diagnosis"> {
  const diagnosis = attempts.at(-1)?.outcome === "succeeded" ? undefined : diagnose(attempts);
  return diagnosis === undefined ? {} : { diagnosis };
}

/** What the store knows of what made the provider send it: that may save it a search. */
async function knownSource({ store }: Collector, ref: InvocationRef): Promise<Invocation["source"]> {
  const found = await findInvocationsById(store.db, ref.id);
  return found.find((invocation) => refKey(invocation) === refKey(ref))?.source;
}

/** Of what the store does not know, the id may tell the source, once the provider has found it. */
function whyEmpty(
  provider: Provider,
  { id }: InvocationRef,
  attempts: readonly Attempt[],
): Pick<AttemptsAnswer, "noneBecause"> {
  const because = attempts.length === 0 ? whyNone(provider, provider.sourceOf?.(id)) : undefined;
  return because === undefined ? {} : { noneBecause: because };
}

function whyNone(provider: Provider, source: Invocation["source"]): string | undefined {
  return source && provider.noAttemptsBecause?.(source);
}

function isListed(collector: Collector, { provider, source }: Invocation): boolean {
  return whyNone(providerOf(collector, provider), source) === undefined;
}

function isKept(collector: Collector, invocation: Invocation): boolean {
  const { retentionDays } = providerOf(collector, invocation.provider).capabilities;
  return collector.now().getTime() - occurredAt(invocation).getTime() < retentionDays * 24 * 60 * 60_000;
}

function providerOf(collector: Collector, id: string): Provider {
  const provider = collector.providers.find((candidate) => candidate.id === id);
  if (provider) return provider;
  const known = collector.providers.map((candidate) => candidate.id).join(", ");
  throw new RangeError(`There is no provider "${id}" here. Set up: ${known || "none"}.`);
}
