import type { Log } from "../ops/log.ts";
import { ProviderError } from "../providers/errors.ts";
import type { Provider } from "../providers/provider.ts";
import type { Store } from "../store/database.ts";
import { listWebhooks, type StoredWebhook, saveUnlistedWebhooks } from "../store/webhooks.ts";
import { matchesProvider } from "../triage/match.ts";
import type { Invocation } from "../triage/model.ts";
import { providerName } from "../triage/provider-name.ts";
import type { Query } from "../triage/query.ts";
import { type Freshness, isKept, type Known, limitsOf, reportFreshness } from "./freshness.ts";
import { type OneAtATime, oneAtATime } from "./one-at-a-time.ts";
import { readCollected, reviewCollected } from "./reading/collected.ts";
import { faultOf, type ProviderFault, type Reading, readWebhookList } from "./reading/reading.ts";
import { maxAgeFor, maxAgesFor } from "./reading/scarcity.ts";
import { sideBySide } from "./reading/side-by-side.ts";
import { seeThatStoreIsOurs } from "./store-account.ts";
import { createUnreadable, type Unreadable } from "./unreadable.ts";

export interface FreshenRequest {
  query: Query;
  /** The moment of the question. */
  now: Date;
  /**
   * What was collected at most this long ago is fresh enough and costs no request. Where an account allows less than a request a minute for
   * each webhook that is asked about, this is more, up to 5 minutes, unless it is 0.
   */
  maxAgeMs: number;
  /** Where more than that is told as unknown: the same, for what is told alone. Nothing more is read for it. */
  toldMaxAgeMs?: number;
  /** Told of each step of the reading, for whoever waits. */
  onProgress?: (progress: Progress) => void;
  /** Told of each page that brought something new, when it is kept. */
  onKept?: (invocations: readonly Invocation[]) => void;
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

/** How the freshening of one provider went. */
interface Freshened {
  provider: string;
  faults: ProviderFault[];
  /** With which it was read. */
  maxAgeMs: number;
  /** What the store has of it, where that has not changed since it was read. */
  known?: Known;
}

export function createCollector({ store, providers, now, log }: CollectorParts): Collector {
  const turns = oneAtATime();
  const unreadable = createUnreadable(now);

  async function freshen(request: FreshenRequest, signal: AbortSignal): Promise<Freshness> {
    const asked = providers.filter((provider) => matchesProvider(request.query, provider.id));
    const freshened = await Promise.all(asked.map((provider) => freshenProvider(provider, request, signal)));
    const faults = freshened.flatMap((each) => each.faults);
    const answering = asked.filter(({ id }) => !faults.some((fault) => fault.provider === id));
    const notes = await Promise.all(answering.map((provider) => notesOn(provider, request, signal)));
    const known = new Map(freshened.flatMap((each) => (each.known ? [[each.provider, each.known]] : [])));
    const { toldMaxAgeMs } = request;
    const maxAges =
      toldMaxAgeMs === undefined
        ? new Map(freshened.map(({ provider, maxAgeMs }) => [provider, maxAgeMs]))
        : await maxAgesFor(store, asked, { ...request, maxAgeMs: toldMaxAgeMs });
    const report = await reportFreshness(store, asked, request, faults, known, maxAges);
    const bare = answering.filter(({ id }) => !report.webhooks.some((each) => each.provider === id && !each.deletedAt));
    const none = bare.map(({ id }) => `${providerName(id)} has no webhooks.`);
    return { ...report, notes: [...new Set([...none, ...notes.flat()])] };
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
    const known = new Map<string, Known>();
    for (const provider of asked) {
      const webhooks = await listWebhooks(store.db, { providers: [provider.id] });
      known.set(provider.id, { webhooks, collected: await reviewCollected({ store, provider, now }) });
    }
    const maxAges = await maxAgesFor(store, asked, request);
    return { ...(await reportFreshness(store, asked, request, [], known, maxAges)), notes: [] };
  }

  async function freshenProvider(provider: Provider, asked: FreshenRequest, signal: AbortSignal): Promise<Freshened> {
    const maxAgeMs = await maxAgeFor(store, provider, asked);
    const request = { ...asked, maxAgeMs };
    const reading: Reading = { store, provider, request, limits: limitsOf(provider, request), now, log };
    await seeThatStoreIsOurs(store, provider);
    try {
      await turns.run(provider.id, signal, () => readWebhookList(reading, signal));
    } catch (error) {
      return { provider: provider.id, maxAgeMs, faults: [await faultOf(reading, null, error, signal)] };
    }
    const webhooks = await listWebhooks(store.db, { providers: [provider.id] });
    const collected = await readCollected(reading);
    const reads = sideBySide(reading, turns, signal);
    const faults = await reads.read(webhooks, collected);
    const freshened = { provider: provider.id, maxAgeMs, faults };
    if (faults.some(({ isFinal }) => isFinal)) return freshened;
    try {
      const unlisted = await readUnlisted(reading, webhooks, signal);
      if (unlisted.length > 0) faults.push(...(await reads.read(unlisted, collected)));
      else if (!reads.hasRead) return { ...freshened, known: { webhooks, collected } };
    } catch (error) {
      faults.push(await faultOf(reading, null, error, signal));
    }
    return freshened;
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
