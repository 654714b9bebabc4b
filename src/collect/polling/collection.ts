import type { Log } from "../../ops/log.ts";
import { ProviderError } from "../../providers/errors.ts";
import type { Provider } from "../../providers/provider.ts";
import { inBackground } from "../../providers/urgency.ts";
import { endPause, readPause, savePause } from "../../store/polls.ts";
import { readProviderStates } from "../../store/provider-states.ts";
import type { Window } from "../../triage/window.ts";
import type { Collector } from "../collector.ts";
import { faultOf, type Reading, readWebhookList } from "../reading/reading.ts";
import { StoreTakenOverError, seeThatStoreIsOurs } from "../store-account.ts";
import { gatherInBackground } from "./background-evidence.ts";
import { type Read, type ReadsParts, separateReads, sharedReads } from "./background-reads.ts";
import type { Caught } from "./caught.ts";
import { pauseAfter } from "./interval.ts";
import { createListings } from "./listings.ts";
import { nextStep, type Step } from "./next-step.ts";
import { readOutlooks } from "./outlooks.ts";

/** What a round did. */
export interface Round {
  polls: number;
  /** Turns of webhooks. */
  backfills: number;
  requests: number;
  /** `rest`: nothing is left to do now. `time`: there is more. `paused`: the account fails. `ended`: we were told to stop. */
  state: "rest" | "time" | "paused" | "ended";
}

/** Reads an account while nobody waits: what is new, why it failed, and what was before. */
export interface Collection {
  readonly providerId: string;
  /**
   * Works until nothing is due, its time is over or `signal` is aborted. Only one may be under way for an account. A provider that fails ends it
   * and is left alone for a while, which grows; it does not throw, save for a bug or the database.
   */
  round(signal: AbortSignal): Promise<Round>;
}

export interface CollectionParts {
  collector: Collector;
  provider: Provider;
  /** For how long the store keeps what is collected: nothing older is asked for. */
  keptDays: number;
  log: Log;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** The next is called for every minute. */
const ROUND_MS = 50_000;
const LIST_MAX_AGE_MS = 10 * MINUTE_MS;
const BACKFILLS_AT_ONCE = 4;
/** A part that could not be proven is left for so long. */
const HELD_FOR_MS = 30 * MINUTE_MS;
const LONGEST_PAUSE_MS = 15 * MINUTE_MS;

export function createCollection({ collector, provider, keptDays, log }: CollectionParts): Collection {
  const { store, turns, now } = collector;
  const listings = createListings({ store, provider, turns, now });
  const days = Math.min(keptDays, provider.capabilities.retentionDays);
  const retainedFrom = (at: Date) => new Date(at.getTime() - days * DAY_MS);
  const heldUntilMs = new Map<string, number>();
  let endsAtMs = 0;
  /** Also after a start: who was here before may not have come to it. */
  let isEvidenceWanted = true;
  let isListOutdated = false;

  const isOver = () => now().getTime() >= endsAtMs;
  const parts: ReadsParts = { collector, provider, listings, retainedFrom, caughtBy, isOver };
  const reads = provider.capabilities.isSharedRead ? sharedReads(parts) : separateReads(parts);

  async function round(signal: AbortSignal): Promise<Round> {
    const done: Round = { polls: 0, backfills: 0, requests: 0, state: "rest" };
    const before = provider.requestCount;
    endsAtMs = now().getTime() + ROUND_MS;
    const end = () => void listings.close(signal.reason);
    signal.addEventListener("abort", end, { once: true });
    try {
      done.state = await work(done, signal);
    } catch (error) {
      if (error instanceof StoreTakenOverError) log.warn({ provider: provider.id }, error.message);
      else if (!signal.aborted) throw error;
      done.state = "ended";
    } finally {
      signal.removeEventListener("abort", end);
    }
    return { ...done, requests: provider.requestCount - before };
  }

  async function work(done: Round, signal: AbortSignal): Promise<Round["state"]> {
    for (;;) {
      if (signal.aborted) return "ended";
      await seeThatStoreIsOurs(store, provider);
      if (await isPaused()) return "paused";
      const at = now();
      try {
        await readList(at, signal);
      } catch (error) {
        await pause(await caughtBy(null, error, signal));
        return signal.aborted ? "ended" : "paused";
      }
      const step = await decide(at);
      if (step.kind === "rest") return "rest";
      const fault = await act(step, at, done, signal);
      if (signal.aborted) return "ended";
      if (fault) {
        await pause(fault);
        return "paused";
      }
      if (isOver()) return "time";
    }
  }

  async function decide(at: Date): Promise<Step> {
    const outlooks = await readOutlooks(
      { store, provider, listings, now },
      { now: at, retainedFrom: retainedFrom(at) },
    );
    const missing = new Map(outlooks.map((outlook) => [outlook.id, outlook.missing]));
    await listings.keepOnly((webhookId) => missing.get(webhookId) ?? []);
    return nextStep(outlooks, { now: at, isEvidenceWanted, backfillsAtOnce: BACKFILLS_AT_ONCE, isHeld });
  }

  async function act(step: Step, at: Date, done: Round, signal: AbortSignal): Promise<Caught | undefined> {
    if (step.kind === "rest") return undefined;
    if (step.kind === "evidence") {
      isEvidenceWanted = await gatherInBackground(collector, provider, signal);
      return undefined;
    }
    const isPoll = step.kind === "poll";
    const read: Read = isPoll
      ? await reads.poll(step.webhooks, at, signal)
      : await reads.backfill(step.parts, at, signal);
    done[isPoll ? "polls" : "backfills"] += read.webhooks;
    isEvidenceWanted ||= read.hasNews;
    for (const { webhook, part } of read.unproven)
      heldUntilMs.set(heldKey(webhook.id, part), at.getTime() + HELD_FOR_MS);
    if (!read.fault) await endPause(store.db, provider.id);
    return read.fault;
  }

  async function readList(at: Date, signal: AbortSignal): Promise<void> {
    const maxAgeMs = isListOutdated ? -1 : LIST_MAX_AGE_MS;
    await readWebhookList({ store, provider, now, request: { now: at, maxAgeMs } }, signal);
    isListOutdated = false;
  }

  /** A part that is read is another one by then: it ends earlier. */
  function isHeld(webhookId: string, part: Window): boolean {
    const key = heldKey(webhookId, part);
    const untilMs = heldUntilMs.get(key) ?? 0;
    if (untilMs > now().getTime()) return true;
    heldUntilMs.delete(key);
    return false;
  }

  async function caughtBy(webhookId: string | null, error: unknown, signal: AbortSignal): Promise<Caught> {
    const at = now();
    const request = { query: { words: [], terms: [], window: { from: at, to: at } }, now: at, maxAgeMs: 0 };
    const limits = { now: at, maxAgeMs: 0, retainedFrom: retainedFrom(at) };
    const reading: Reading = { store, provider, request, limits, now, log };
    const { isFinal, reason } = await faultOf(reading, webhookId, error, signal);
    if (error instanceof ProviderError && error.kind === "not_found") isListOutdated = true;
    const retryAt = error instanceof ProviderError ? error.retryAt : undefined;
    return { isOfAll: isFinal || webhookId === null, reason, ...(retryAt && { retryAt }) };
  }

  /** A question that was answered meanwhile ends it. */
  async function isPaused(): Promise<boolean> {
    const pause = await readPause(store.db, provider.id);
    return pause !== undefined && pause.pausedUntil > now() && !(await hasAnsweredSince(pause.failedAt));
  }

  async function pause({ retryAt }: Caught): Promise<void> {
    const failedAt = now();
    const last = await readPause(store.db, provider.id);
    const failures = last && !(await hasAnsweredSince(last.failedAt)) ? last.failures + 1 : 1;
    const untilMs = failedAt.getTime() + pauseAfter(failures, LONGEST_PAUSE_MS);
    const pausedUntil = new Date(Math.max(untilMs, retryAt?.getTime() ?? 0));
    await savePause(store.db, provider.id, { failures, failedAt, pausedUntil });
    log.info({ provider: provider.id, failures, pausedUntil }, "a provider fails; it is left alone for a while");
  }

  async function hasAnsweredSince(at: Date): Promise<boolean> {
    const states = await readProviderStates(store.db);
    const lastSuccessAt = states.find((state) => state.provider === provider.id)?.lastSuccessAt;
    return lastSuccessAt !== undefined && lastSuccessAt > at;
  }

  return { providerId: provider.id, round: (signal) => inBackground(() => round(signal)) };
}

function heldKey(webhookId: string, { to }: Window): string {
  return `${webhookId} ${to.getTime()}`;
}
