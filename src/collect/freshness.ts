import type { Provider } from "../providers/provider.ts";
import { readCoverage } from "../store/coverage.ts";
import type { Store } from "../store/database.ts";
import { readProviderStates } from "../store/provider-states.ts";
import { listWebhooks, type StoredWebhook } from "../store/webhooks.ts";
import { type Coverage, type CoverageLimits, collectedUntil, coverageEntry, unknownParts } from "../triage/coverage.ts";
import { matchesWebhook } from "../triage/match.ts";
import { providerName } from "../triage/provider-name.ts";
import type { Window } from "../triage/window.ts";
import type { FreshenRequest } from "./collector.ts";
import type { ProviderFault } from "./reading/reading.ts";

/** What a question may rely on. */
export interface Freshness {
  /** The answer is true as of this instant, for all that `coverage` calls collected. */
  asOf: Date;
  coverage: Coverage[];
  /** Every webhook that is known, deleted ones included. */
  webhooks: StoredWebhook[];
  /** Providers that failed while this question was being freshened. */
  faults: ProviderFault[];
  /** What providers know of and cannot list, as sentences for people, each once; none where a provider failed or time was over. */
  notes: string[];
}

/** What of one provider can be read, and what need not be. */
export function limitsOf(provider: Provider, { now, maxAgeMs }: FreshenRequest): CoverageLimits {
  const retainedMs = provider.capabilities.retentionDays * 24 * 60 * 60_000;
  return { now, maxAgeMs, retainedFrom: new Date(now.getTime() - retainedMs) };
}

/** What the store has of one provider. */
export interface Known {
  webhooks: readonly StoredWebhook[];
  /** What is collected of each webhook. */
  collected: ReadonlyMap<string, Window[]>;
}

/**
 * Says how far the store covers the request. `faults`: what failed on the way there. `known`: what the store has, by provider, where
 * the caller knows; the rest is read. `maxAges`: that of the request, by provider, where it is another.
 */
export async function reportFreshness(
  store: Store,
  providers: readonly Provider[],
  request: FreshenRequest,
  faults: ProviderFault[],
  known: ReadonlyMap<string, Known> = new Map(),
  maxAges: ReadonlyMap<string, number> = new Map(),
): Promise<Omit<Freshness, "notes">> {
  const { window } = request.query;
  const unknown = providers.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  const webhooks = unknown.length > 0 ? await listWebhooks(store.db, { providers: unknown }) : [];
  for (const { webhooks: ofProvider } of known.values()) webhooks.push(...ofProvider);
  const states = await readProviderStates(store.db);
  const coverage: Coverage[] = [];
  let asOf = request.now;
  for (const provider of providers) {
    const maxAgeMs = maxAges.get(provider.id) ?? request.maxAgeMs;
    const limits = limitsOf(provider, { ...request, maxAgeMs });
    const collected = known.get(provider.id)?.collected ?? (await readCoverage(store.db, provider.id));
    const ofProvider = webhooks.filter((webhook) => webhook.provider === provider.id);
    const listFault = faults.find((fault) => fault.provider === provider.id && fault.webhookId === null);
    const wasListed = states.find((state) => state.provider === provider.id)?.webhooksListedAt !== undefined;
    if (listFault && (!wasListed || ofProvider.length === 0)) {
      coverage.push(coverageEntry({ provider: provider.id, webhookId: null }, window, [window], listFault.reason));
    }
    for (const webhook of ofProvider.filter((known) => matchesWebhook(request.query, known))) {
      const parts = collected.get(webhook.id) ?? [];
      const spoken = livedIn(window, webhook);
      if (!spoken) continue;
      const own = faults.find((fault) => fault.provider === provider.id && fault.webhookId === webhook.id);
      const other = faults.find((fault) => fault.provider === provider.id);
      const missing = unknownParts(spoken, parts, limits);
      const reason = reasonOf(provider, webhook, missing, limits, (own ?? listFault ?? other)?.reason);
      const named = { provider: provider.id, webhookId: webhook.id, webhookName: webhook.name };
      coverage.push(coverageEntry(named, spoken, missing, reason));
      const until = webhook.deletedAt ? undefined : collectedUntil(spoken, parts, maxAgeMs);
      if (until && until < asOf && until < window.to) asOf = until;
    }
  }
  return { asOf, coverage, webhooks, faults };
}

/** The part of the window in which the webhook was there: after its deletion nothing can be sent, or missed. */
function livedIn(window: Window, webhook: StoredWebhook): Window | undefined {
  if (!webhook.deletedAt || webhook.deletedAt >= window.to) return window;
  if (webhook.deletedAt <= window.from) return undefined;
  return { from: window.from, to: webhook.deletedAt };
}

/** A webhook's log goes with the webhook or, where it outlives that, with the provider's retention. */
export function isKept(
  { webhooksSeen }: Provider,
  { deletedAt }: StoredWebhook,
  { retainedFrom }: CoverageLimits,
): boolean {
  return deletedAt === undefined || (webhooksSeen !== undefined && deletedAt >= retainedFrom);
}

function reasonOf(
  provider: Provider,
  webhook: StoredWebhook,
  missing: readonly Window[],
  limits: CoverageLimits,
  fault: string | undefined,
): string {
  if (!isKept(provider, webhook, limits))
    return "The webhook was deleted, and its log with it; this part was not collected before.";
  if (fault) return fault;
  const days = Math.round((limits.now.getTime() - limits.retainedFrom.getTime()) / (24 * 60 * 60_000));
  if (missing.every((part) => part.to <= limits.retainedFrom)) {
    return `${providerName(webhook.provider)} keeps only ${days} days.`;
  }
  return "This part was not collected.";
}
