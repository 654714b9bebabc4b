import type { Log } from "../ops/log.ts";
import { ProviderError } from "../providers/errors.ts";
import type { Provider } from "../providers/provider.ts";
import { readCoverage } from "../store/coverage.ts";
import type { Store } from "../store/database.ts";
import { findInvocations, saveInvocationPage } from "../store/invocations.ts";
import { readProviderStates, recordProviderFailure, recordProviderSuccess } from "../store/provider-states.ts";
import { type StoredWebhook, saveWebhooks } from "../store/webhooks.ts";
import { type CoverageLimits, partsToRead } from "../triage/coverage.ts";
import type { Webhook } from "../triage/model.ts";
import { providerName } from "../triage/provider-name.ts";
import type { Window } from "../triage/window.ts";
import type { FreshenRequest } from "./collector.ts";
import { whyEnded } from "./ended-early.ts";
import type { OneAtATime } from "./one-at-a-time.ts";
import { claimStore } from "./store-account.ts";

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

/**
 * Lists the provider's webhooks anew when the list is older than the max age. Throws the provider's errors, and
 * `StoreTakenOverError`.
 */
export async function readWebhookList(reading: Reading, signal: AbortSignal): Promise<void> {
  const { store, provider, request, now } = reading;
  const states = await readProviderStates(store.db);
  const listedAt = states.find((state) => state.provider === provider.id)?.webhooksListedAt;
  // A list of the future was written by a clock that went wrong: it counts for nothing.
  const ageMs = listedAt && request.now.getTime() - listedAt.getTime();
  if (ageMs !== undefined && Math.abs(ageMs) <= request.maxAgeMs) return;
  const webhooks: Webhook[] = [];
  for await (const webhook of provider.listWebhooks(signal)) webhooks.push(webhook);
  await claimStore(store, provider);
  await saveWebhooks(store.db, provider.id, webhooks, now());
  await recordProviderSuccess(store.db, provider.id, now(), provider.rateLimit);
}

/**
 * Reads what is missing of one webhook, the newest part first, and keeps each page as it comes: what was read before a failure
 * is not lost. Throws the provider's errors.
 */
export async function readWebhook(
  reading: Reading,
  webhook: StoredWebhook,
  window: Window,
  collected: readonly Window[],
  turns: OneAtATime,
  signal: AbortSignal,
): Promise<void> {
  const { store, provider, limits, now } = reading;
  if (partsToRead(window, collected, limits).length === 0) return;
  await turns.run(`${provider.id} ${webhook.id}`, signal, async () => {
    const before = await readCoverage(store.db, provider.id, [webhook.id]);
    const parts = partsToRead(window, before.get(webhook.id) ?? [], limits);
    for (const part of parts.reverse()) {
      const pages = provider.listInvocations({ webhookId: webhook.id, window: part }, signal);
      for await (const { invocations, covered } of pages) {
        await saveInvocationPage(store.db, { provider: provider.id, webhookId: webhook.id, invocations, covered });
      }
    }
    if (parts.length > 0) await recordProviderSuccess(store.db, provider.id, now(), provider.rateLimit);
  });
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
