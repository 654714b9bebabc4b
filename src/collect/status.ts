import type { Provider, ProviderHealth } from "../providers/provider.ts";
import { readProviderStates, recordProviderFailure, recordProviderSuccess } from "../store/provider-states.ts";
import { listWebhooks } from "../store/webhooks.ts";
import type { Query } from "../triage/query.ts";
import type { ProviderStatus, StatusReport } from "../triage/status.ts";
import type { Collector } from "./collector.ts";

/** The coverage that a status speaks of: the last 24 hours. */
const WINDOW_MS = 24 * 60 * 60_000;
/** Nobody expects the last minutes to be read before somebody asks. */
const MAX_AGE_MS = 10 * 60_000;

/** Asks each provider whether it lets us in (one request each) and says what the store knows of it. */
export async function readStatus(collector: Collector, now: Date, signal: AbortSignal): Promise<StatusReport> {
  const { db, kind } = collector.store;
  const query: Query = { words: [], terms: [], window: { from: new Date(now.getTime() - WINDOW_MS), to: now } };
  const health = await Promise.all(collector.providers.map((provider) => check(collector, provider, signal)));
  const states = await readProviderStates(db);
  const webhooks = await listWebhooks(db, { providers: collector.providers.map(({ id }) => id) });
  const { coverage } = await collector.review({ query, now, maxAgeMs: MAX_AGE_MS });
  const providers = collector.providers.map(({ id, rateLimit }, index): ProviderStatus => {
    const state = states.find((candidate) => candidate.provider === id);
    const live = webhooks.filter((webhook) => webhook.provider === id && !webhook.deletedAt);
    return {
      id,
      state: health[index]?.ok ? "reachable" : "failing",
      since: state?.failingSince,
      detail: health[index]?.detail,
      rateLimit: rateLimit ?? state?.rateLimit,
      webhookCount: state?.webhooksListedAt ? live.length : undefined,
      coverage: coverage.filter((entry) => entry.provider === id),
    };
  });
  return { readAt: now, window: query.window, providers, database: kind === "server" ? "server" : "embedded" };
}

async function check(collector: Collector, provider: Provider, signal: AbortSignal): Promise<ProviderHealth> {
  const { db } = collector.store;
  const health = await checkInTime(provider, signal);
  if (health.ok) await recordProviderSuccess(db, provider.id, collector.now(), health.rateLimit);
  else await recordProviderFailure(db, provider.id, collector.now(), health.detail);
  return health;
}

async function checkInTime(provider: Provider, signal: AbortSignal): Promise<ProviderHealth> {
  try {
    return await provider.check(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    return { ok: false, detail: `${provider.account} did not answer in time.` };
  }
}
