import pMap from "p-map";
import type { Log } from "../ops/log.ts";
import { ProviderError } from "../providers/errors.ts";
import type { Provider } from "../providers/provider.ts";
import { readCoverage } from "../store/coverage.ts";
import type { Store } from "../store/database.ts";
import { listWebhooks, type StoredWebhook, saveUnlistedWebhooks } from "../store/webhooks.ts";
import { matchesProvider, matchesWebhook } from "../triage/match.ts";
import type { Query } from "../triage/query.ts";
import { type Freshness, isKept, limitsOf, reportFreshness } from "./freshness.ts";
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
  /** Told of each step of the reading, for whoever waits. */
  onProgress?: (progress: Progress) => void;
}

/** How far the reading of one provider is, for one question. */
export interface Progress {
  provider: string;
  /** Webhooks of which all that was missing is read. */
  read: number;
  /** Webhooks of which something was missing. */
  of: number;
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
