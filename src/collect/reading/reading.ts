import type { Log } from "../../ops/log.ts";
import { ProviderError } from "../../providers/errors.ts";
import type { Provider } from "../../providers/provider.ts";
import type { Store } from "../../store/database.ts";
import { findInvocations } from "../../store/invocations.ts";
import { readProviderStates, recordProviderFailure, recordProviderSuccess } from "../../store/provider-states.ts";
import { type StoredWebhook, saveWebhooks } from "../../store/webhooks.ts";
import { type CoverageLimits, partsToRead } from "../../triage/coverage.ts";
import type { Webhook } from "../../triage/model.ts";
import { providerName } from "../../triage/provider-name.ts";
import { subtract, type Window, windowOf } from "../../triage/window.ts";
import type { FreshenRequest } from "../collector.ts";
import { whyEnded } from "../ended-early.ts";
import type { OneAtATime } from "../one-at-a-time.ts";
import { claimStore } from "../store-account.ts";
import { readCollected } from "./collected.ts";
import type { Lanes } from "./lanes.ts";
import { readParts } from "./parts.ts";

/** A provider that failed a question, in whole or for one webhook. */
export interface ProviderFault {
  provider: string;
  /** `null` where the list of webhooks could not be read. */
  webhookId: string | null;
  /** What happened and since when, as a sentence for people. */
  reason: string;
  /** Whether asking this provider for more is no use now. */
  isFinal: boolean;
}

/** What one provider is read with, for one question. */
export interface Reading {
  store: Store;
  provider: Provider;
  request: FreshenRequest;
  limits: CoverageLimits;
  now: () => Date;
  log: Log;
}

/** After that what was held back at first has come to its end. Milliseconds. */
const SETTLED_AFTER_MS = 15 * 60_000;

/** What a list of webhooks is read with. */
export type ListReading = Pick<Reading, "store" | "provider" | "now"> & {
  request: Pick<FreshenRequest, "now" | "maxAgeMs">;
};

/**
 * Lists the provider's webhooks anew when the list is older than the max age. Throws the provider's errors, and
 * `StoreTakenOverError`.
 */
export async function readWebhookList(reading: ListReading, signal: AbortSignal): Promise<void> {
  const { store, provider, request, now } = reading;
  const states = await readProviderStates(store.db);
  const listedAt = states.find((state) => state.provider === provider.id)?.webhooksListedAt;
  // One that was read since the question was asked is fresh; one of the future was written by a clock that went wrong.
  const oldestMs = request.now.getTime() - request.maxAgeMs;
  const newestMs = now().getTime() + request.maxAgeMs;
  if (listedAt && listedAt.getTime() >= oldestMs && listedAt.getTime() <= newestMs) return;
  const webhooks: Webhook[] = [];
  for await (const webhook of provider.listWebhooks(signal)) webhooks.push(webhook);
  await claimStore(store, provider);
  await saveWebhooks(store.db, provider.id, webhooks, now());
  await recordProviderSuccess(store.db, provider.id, now(), provider.rateLimit);
}

export interface WebhookReadOptions {
  /** Of which each reading of a slice takes one. */
  lanes: Lanes;
  /** About so many pages are enough for now, for whoever reads in turns. */
  mostPages: number;
}

/**
 * Reads what is missing of one webhook, the newest part first, and keeps each page as it comes: what was read before a failure
 * is not lost. Waits until nobody else in this process reads the webhook. Resolves with whether that was one turn of several, with more to
 * read. Throws the provider's errors, and the signal's reason.
 */
export async function readWebhook(
  reading: Reading,
  { id: webhookId }: Pick<StoredWebhook, "id">,
  window: Window,
  turns: OneAtATime,
  signal: AbortSignal,
  { lanes, mostPages }: WebhookReadOptions,
): Promise<boolean> {
  const { store, provider, request, limits, now } = reading;
  return turns.run(`${provider.id} ${webhookId}`, signal, async () => {
    const collected = (await readCollected(reading, [webhookId])).get(webhookId) ?? [];
    const missing = partsToRead(window, collected, limits);
    if (missing.length === 0) return false;
    const parts = missing
      .toReversed()
      .map((part) => ({ window: part, isFollowed: isFollowed(part, collected, limits) }));
    const { covered, isCutShort } = await lanes.run(() =>
      readParts(reading, parts, { webhookId, lanes, mostPages, onKept: request.onKept }, signal),
    );
    await recordProviderSuccess(store.db, provider.id, now(), provider.rateLimit);
    return isCutShort && partsToRead(window, [...collected, ...covered], limits).length > 0;
  });
}

/** Whether so much is collected after a part that late retries of what happened in it are known. */
function isFollowed({ to }: Window, collected: readonly Window[], { now }: CoverageLimits): boolean {
  const settledMs = Math.min(to.getTime() + SETTLED_AFTER_MS, now.getTime());
  return to < now && subtract(windowOf(to.getTime(), settledMs), collected).length === 0;
}

/**
 * Until when to read each webhook beyond the asked window: what was pending when it was collected has come to an end since, and
 * that end lies after the window.
 */
export async function readUnsettled({ store, provider, request }: Reading): Promise<Map<string, Date>> {
  const asCollected = new Date(0);
  const pending = await findInvocations(store.db, {
    window: request.query.window,
    providers: [provider.id],
    outcomes: ["pending"],
    asOf: asCollected,
  });
  const until = new Map<string, Date>();
  for (const { webhookId, pendingUntil } of pending) {
    const endMs = Math.min(pendingUntil?.getTime() ?? 0, request.now.getTime());
    if (endMs > (until.get(webhookId)?.getTime() ?? 0)) until.set(webhookId, new Date(endMs));
  }
  return until;
}

/**
 * Turns what a reading threw into a fault, and remembers since when the provider fails. Throws on what is neither the
 * provider's error nor the end of the question's time: that is a bug, or the database.
 */
export async function faultOf(
  reading: Reading,
  webhookId: string | null,
  error: unknown,
  signal: AbortSignal,
): Promise<ProviderFault> {
  const { store, provider, now, log } = reading;
  const ended = whyEnded(signal);
  if (ended) return { provider: provider.id, webhookId, isFinal: true, reason: ended };
  if (error instanceof ProviderError) {
    log.warn({ provider: provider.id, webhookId, kind: error.kind, request: error.request }, error.message);
    await recordProviderFailure(store.db, provider.id, now(), error.message);
    const states = await readProviderStates(store.db);
    const since = states.find((state) => state.provider === provider.id)?.failingSince ?? now();
    return {
      provider: provider.id,
      webhookId,
      isFinal: error.givenUp || isOfTheAccount(error),
      reason: reasonOf(error, since),
    };
  }
  if (signal.aborted) {
    const reason = `Reading ${providerName(provider.id)} took longer than an answer can wait; ask again to go on from there.`;
    return { provider: provider.id, webhookId, isFinal: true, reason };
  }
  throw error;
}

/** Credentials that are refused for one webhook are refused for all. */
export function isOfTheAccount({ kind }: ProviderError): boolean {
  return kind === "authentication" || kind === "rate_limited";
}

function reasonOf(error: ProviderError, since: Date): string {
  const minute = `${since.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return `${providerName(error.provider)} ${error.happened}, failing since ${minute}. ${error.nextStep}`.trim();
}
