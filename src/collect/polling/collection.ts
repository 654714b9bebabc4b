import type { Log } from "../../ops/log.ts";
import { ProviderError } from "../../providers/errors.ts";
import type { Provider } from "../../providers/provider.ts";
import { inBackground } from "../../providers/urgency.ts";
import type { Window } from "../../triage/window.ts";
import type { Collector } from "../collector.ts";
import { faultOf, type Reading, readWebhookList } from "../reading/reading.ts";
import { StoreTakenOverError, seeThatStoreIsOurs } from "../store-account.ts";
import { createAccountPause } from "./account-pause.ts";
import { createBackgroundEvidence } from "./background-evidence.ts";
import { type Read, type ReadsParts, separateReads, sharedReads } from "./background-reads.ts";
import type { Caught } from "./caught.ts";
import { createListings } from "./listings.ts";
import { nextStep, type Step } from "./next-step.ts";
import { readOutlooks } from "./outlooks.ts";
import { createPollCost } from "./poll-cost.ts";
import { type RoundTime, startRoundTime } from "./round-time.ts";

/** What a round did. */
export interface Round {
  polls: number;
  /** Turns of webhooks. */
  backfills: number;
  /** Invocations whose attempts were to be read. */
  evidence: number;
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
/** A round comes every minute, give or take some seconds: what comes due before half of one has passed is due. */
const DUE_AHEAD_MS = MINUTE_MS / 2;
const LIST_MAX_AGE_MS = 10 * MINUTE_MS;
const BACKFILLS_AT_ONCE = 4;
/** A part that could not be proven is left for so long. */
const HELD_FOR_MS = 30 * MINUTE_MS;

export function createCollection({ collector, provider, keptDays, log }: CollectionParts): Collection {
  const { store, turns, now } = collector;
  const listings = createListings({ store, provider, turns, now });
  const days = Math.min(keptDays, provider.capabilities.retentionDays);
  const retainedFrom = (at: Date) => new Date(at.getTime() - days * DAY_MS);
  const heldUntilMs = new Map<string, number>();
  const pause = createAccountPause({ store, provider: provider.id, now, log });
  const evidence = createBackgroundEvidence(collector, provider);
  const cost = createPollCost();
  let time = startRoundTime(now);
  let isListOutdated = false;

  const isOver = () => time.isStepOver();
  const parts: ReadsParts = { collector, provider, listings, retainedFrom, caughtBy, isOver, cost };
  const reads = provider.capabilities.isSharedRead ? sharedReads(parts) : separateReads(parts);

  async function round(signal: AbortSignal): Promise<Round> {
    const done: Round = { polls: 0, backfills: 0, evidence: 0, requests: 0, state: "rest" };
    const before = provider.requestCount;
    time = startRoundTime(now);
    const end = () => void listings.close(signal.reason);
    signal.addEventListener("abort", end, { once: true });
    try {
      done.state = await work(done, time, signal);
    } catch (error) {
      if (error instanceof StoreTakenOverError) log.warn({ provider: provider.id }, error.message);
      else if (!signal.aborted) throw error;
      done.state = "ended";
    } finally {
      signal.removeEventListener("abort", end);
    }
    return { ...done, requests: provider.requestCount - before };
  }

  async function work(done: Round, { isOver, startedAt }: RoundTime, signal: AbortSignal): Promise<Round["state"]> {
    await evidence.look();
    for (;;) {
      if (signal.aborted) return "ended";
      await seeThatStoreIsOurs(store, provider);
      if (await pause.isOn()) return "paused";
      const at = now();
      try {
        await readList(at, signal);
      } catch (error) {
        // What we ended ourselves is no fault of the provider's.
        if (signal.aborted) return "ended";
        await pause.begin(await caughtBy(null, error, signal));
        return "paused";
      }
      const step = await decide(at, startedAt);
      if (step.kind === "rest") return "rest";
      time.begin(step.kind);
      const fault = await act(step, at, done, signal);
      time.end(step.kind);
      if (signal.aborted) return "ended";
      if (fault) {
        await pause.begin(fault);
        return "paused";
      }
      if (isOver()) return "time";
    }
  }

  async function decide(at: Date, startedAt: Date): Promise<Step> {
    const outlooks = await readOutlooks(
      { store, provider, listings, cost, now },
      { now: at, retainedFrom: retainedFrom(at) },
    );
    const missing = new Map(outlooks.map((outlook) => [outlook.id, outlook.missing]));
    await listings.keepOnly((webhookId) => missing.get(webhookId) ?? []);
    return nextStep(outlooks, {
      now: at,
      dueUntil: new Date(startedAt.getTime() + DUE_AHEAD_MS),
      isEvidenceWanted: evidence.isWanted,
      backfillsAtOnce: BACKFILLS_AT_ONCE,
      isHeld,
      had: time.had,
    });
  }

  async function act(step: Step, at: Date, done: Round, signal: AbortSignal): Promise<Caught | undefined> {
    if (step.kind === "rest") return undefined;
    if (step.kind === "evidence") {
      done.evidence += await evidence.gather(signal);
      return undefined;
    }
    const isPoll = step.kind === "poll";
    const read: Read = isPoll
      ? await reads.poll(step.webhooks, at, signal)
      : await reads.backfill(step.parts, at, signal);
    done[isPoll ? "polls" : "backfills"] += read.webhooks;
    if (read.hasNews) evidence.note();
    else await evidence.look();
    if (read.fault) return read.fault;
    for (const { webhook, part } of read.unproven) hold(heldKey(webhook.id, part), at);
    await pause.end();
    return undefined;
  }

  async function readList(at: Date, signal: AbortSignal): Promise<void> {
    const maxAgeMs = isListOutdated ? -1 : LIST_MAX_AGE_MS;
    const request = { now: at, maxAgeMs };
    // A question that asks for it at the same time reads it for both.
    await turns.run(provider.id, signal, () => readWebhookList({ store, provider, now, request }, signal));
    isListOutdated = false;
  }

  function hold(key: string, at: Date): void {
    for (const [other, untilMs] of heldUntilMs) if (untilMs <= at.getTime()) heldUntilMs.delete(other);
    heldUntilMs.set(key, at.getTime() + HELD_FOR_MS);
  }

  /** A part that is read is another one by then: it ends earlier. */
  function isHeld(webhookId: string, part: Window): boolean {
    const leftMs = (heldUntilMs.get(heldKey(webhookId, part)) ?? 0) - now().getTime();
    return leftMs > 0 && leftMs <= HELD_FOR_MS;
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

  return { providerId: provider.id, round: (signal) => inBackground(() => round(signal)) };
}

function heldKey(webhookId: string, { to }: Window): string {
  return `${webhookId} ${to.getTime()}`;
}
