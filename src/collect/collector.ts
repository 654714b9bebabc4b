import pMap from "p-map";
import type { Log } from "../ops/log.ts";
import { ProviderError } from "../providers/errors.ts";
import type { Provider } from "../providers/provider.ts";
import { readCoverage } from "../store/coverage.ts";
import type { Store } from "../store/database.ts";
import { readProviderStates } from "../store/provider-states.ts";
import { listWebhooks, type StoredWebhook, saveUnlistedWebhooks } from "../store/webhooks.ts";
import { type Coverage, type CoverageLimits, collectedUntil, coverageEntry, unknownParts } from "../triage/coverage.ts";
import { matchesProvider, matchesWebhook } from "../triage/match.ts";
import { providerName } from "../triage/provider-name.ts";
import type { Query } from "../triage/query.ts";
import type { Window } from "../triage/window.ts";
import { type OneAtATime, oneAtATime } from "./one-at-a-time.ts";
import { faultOf, type ProviderFault, type Reading, readUnsettled, readWebhook, readWebhookList } from "./reading.ts";
import { seeThatStoreIsOurs } from "./store-account.ts";
import { createUnreadable, type Unreadable } from "./unreadable.ts";

export interface FreshenRequest {
  query: Query;
  /** The moment of the question. */
  now: Date;
  /** What was collected at most this long ago is fresh enough and costs no request. */
  maxAgeMs: number;
}

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

export interface Collector {
  readonly store: Store;
  readonly providers: readonly Provider[];
  readonly now: () => Date;
  /** Who reads what from the providers, one after the other. */
  readonly turns: OneAtATime;
  /** Whose attempts need not be asked for again yet. */
  readonly unreadable: Unreadable;
  /**
   * Brings the store up to what the request needs, newest first, and says how far that went. A provider that fails and a signal
   * that is aborted (a deadline) make their part unknown; they do not throw. Throws `StoreTakenOverError`.
   */
  freshen(request: FreshenRequest, signal: AbortSignal): Promise<Freshness>;
  /** What the store knows as it is; costs no request. */
  review(request: FreshenRequest): Promise<Freshness>;
}

export interface CollectorParts {
  store: Store;
  providers: readonly Provider[];
  now: () => Date;
  log: Log;
}

/** Webhooks of one provider that are read side by side. */
const READS_AT_ONCE = 6;

export function createCollector({ store, providers, now, log }: CollectorParts): Collector {
  const turns = oneAtATime();
  const unreadable = createUnreadable(now);

  async function freshen(request: FreshenRequest, signal: AbortSignal): Promise<Freshness> {
    const asked = providers.filter((provider) => matchesProvider(request.query, provider.id));
    const faults = (await Promise.all(asked.map((provider) => freshenProvider(provider, request, signal)))).flat();
    const answering = asked.filter(({ id }) => !faults.some((fault) => fault.provider === id));
    const notes = await Promise.all(answering.map((provider) => notesOn(provider, request, signal)));
    return { ...(await reportFreshness(store, asked, request, faults)), notes: [...new Set(notes.flat())] };
  }

  async function notesOn(provider: Provider, { query }: FreshenRequest, signal: AbortSignal): Promise<string[]> {
    try {
      return (await provider.notesOn?.(query.window, signal)) ?? [];
    } catch (error) {
      if (signal.aborted) return [];
      if (!(error instanceof ProviderError)) throw error;
      log.warn({ provider: provider.id, kind: error.kind }, error.message);
      return [`Whether anything is left out of this could not be read: ${error.told}`];
    }
  }

  async function review(request: FreshenRequest): Promise<Freshness> {
    const asked = providers.filter((provider) => matchesProvider(request.query, provider.id));
    return { ...(await reportFreshness(store, asked, request, [])), notes: [] };
  }

  async function freshenProvider(
    provider: Provider,
    request: FreshenRequest,
    signal: AbortSignal,
  ): Promise<ProviderFault[]> {
    const reading: Reading = { store, provider, request, limits: limitsOf(provider, request), now, log };
    await seeThatStoreIsOurs(store, provider);
    try {
      await turns.run(provider.id, signal, () => readWebhookList(reading, signal));
    } catch (error) {
      return [await faultOf(reading, null, error, signal)];
    }
    const known = await listWebhooks(store.db, { providers: [provider.id] });
    const faults = await readWebhooks(reading, known, signal);
    if (faults.some(({ isFinal }) => isFinal)) return faults;
    try {
      const unlisted = await readUnlisted(reading, known, signal);
      return [...faults, ...(await readWebhooks(reading, unlisted, signal))];
    } catch (error) {
      return [...faults, await faultOf(reading, null, error, signal)];
    }
  }

  /** Reads those that the question is about, and whose log is there still. */
  async function readWebhooks(
    reading: Reading,
    webhooks: readonly StoredWebhook[],
    signal: AbortSignal,
  ): Promise<ProviderFault[]> {
    const { provider, request, limits } = reading;
    const asked = webhooks.filter(
      (webhook) => isKept(provider, webhook, limits) && matchesWebhook(request.query, webhook),
    );
    if (asked.length === 0) return [];
    const collected = await readCoverage(store.db, provider.id);
    const unsettledUntil = await readUnsettled(reading);
    const faults: ProviderFault[] = [];
    let isOver = false;
    await pMap(
      asked,
      async (webhook) => {
        if (isOver) return;
        try {
          const { from, to } = request.query.window;
          const window = { from, to: new Date(Math.max(to.getTime(), unsettledUntil.get(webhook.id)?.getTime() ?? 0)) };
          await readWebhook(reading, webhook, window, collected.get(webhook.id) ?? [], turns, signal);
        } catch (error) {
          const fault = await faultOf(reading, webhook.id, error, signal);
          isOver ||= fault.isFinal;
          faults.push(fault);
        }
      },
      { concurrency: READS_AT_ONCE },
    );
    return faults;
  }

  /** Keeps the webhooks that were never listed while we looked, and that the readings have told of. */
  async function readUnlisted(
    { provider, request, limits }: Reading,
    known: readonly StoredWebhook[],
    signal: AbortSignal,
  ): Promise<StoredWebhook[]> {
    // Where there is no webhook, nothing was read that could tell of one that was there.
    const isAnyKept = known.some((webhook) => isKept(provider, webhook, limits));
    const unread = isAnyKept ? undefined : request.query.window;
    const seen = (await provider.webhooksSeen?.(unread, signal)) ?? [];
    const deletedAt = now();
    const unlisted = seen.filter(({ id }) => !known.some((webhook) => webhook.id === id));
    await saveUnlistedWebhooks(store.db, provider.id, unlisted, deletedAt);
    return unlisted.map((webhook) => ({ ...webhook, deletedAt }));
  }

  return { store, providers, now, turns, unreadable, freshen, review };
}

function limitsOf(provider: Provider, { now, maxAgeMs }: FreshenRequest): CoverageLimits {
  const retainedMs = provider.capabilities.retentionDays * 24 * 60 * 60_000;
  return { now, maxAgeMs, retainedFrom: new Date(now.getTime() - retainedMs) };
}

async function reportFreshness(
  store: Store,
  providers: readonly Provider[],
  request: FreshenRequest,
  faults: ProviderFault[],
): Promise<Omit<Freshness, "notes">> {
  const { window } = request.query;
  const webhooks = await listWebhooks(store.db, { providers: providers.map(({ id }) => id) });
  const states = await readProviderStates(store.db);
  const coverage: Coverage[] = [];
  let asOf = request.now;
  for (const provider of providers) {
    const limits = limitsOf(provider, request);
    const collected = await readCoverage(store.db, provider.id);
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
      const until = webhook.deletedAt ? undefined : collectedUntil(spoken, parts, request.maxAgeMs);
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
function isKept({ webhooksSeen }: Provider, { deletedAt }: StoredWebhook, { retainedFrom }: CoverageLimits): boolean {
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
