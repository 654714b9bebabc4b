import type { Provider } from "../../providers/provider.ts";
import type { Store } from "../../store/database.ts";
import { listWebhooks } from "../../store/webhooks.ts";
import { matchesWebhook } from "../../triage/match.ts";
import { readLimitPerMinute } from "../budget/limit-per-minute.ts";
import type { FreshenRequest } from "../collector.ts";

/** However scarce requests are. Milliseconds. */
const LONGEST_MAX_AGE_MS = 5 * 60_000;
/** Of the limit, what may go to looking once more at what was read a moment ago. */
const SHARE_OF_NEWS = 0.5;
const MINUTE_MS = 60_000;

/**
 * For how long what was collected is fresh enough where requests are scarce, in milliseconds. Where an account allows less than one request a
 * minute for each webhook, looking for news of all of them takes minutes, and what was never read would wait for that: then what is a few
 * minutes old will do. Who wants everything up to now, with a max age of 0, gets it.
 */
export function scarceMaxAge(maxAgeMs: number, webhooks: number, limitPerMinute: number): number {
  if (maxAgeMs <= 0 || webhooks <= limitPerMinute) return maxAgeMs;
  const roundMs = (webhooks / (limitPerMinute * SHARE_OF_NEWS)) * MINUTE_MS;
  return Math.max(maxAgeMs, Math.min(LONGEST_MAX_AGE_MS, roundMs));
}

/** The max age of a question for one provider, by the webhooks that it is about and the limit that the provider's budget knows of. */
export async function maxAgeFor(
  store: Pick<Store, "db">,
  provider: Pick<Provider, "id" | "capabilities" | "rateLimit">,
  { query, maxAgeMs }: FreshenRequest,
): Promise<number> {
  const isOutOfReach = maxAgeMs <= 0 || maxAgeMs >= LONGEST_MAX_AGE_MS;
  if (isOutOfReach || provider.capabilities.isSharedRead) return maxAgeMs;
  const webhooks = await listWebhooks(store.db, { providers: [provider.id] });
  const asked = webhooks.filter((webhook) => !webhook.deletedAt && matchesWebhook(query, webhook));
  return scarceMaxAge(maxAgeMs, asked.length, await readLimitPerMinute(store, provider));
}

/** The same for several providers, by their ids. */
export async function maxAgesFor(
  store: Pick<Store, "db">,
  providers: readonly Pick<Provider, "id" | "capabilities" | "rateLimit">[],
  request: FreshenRequest,
): Promise<ReadonlyMap<string, number>> {
  const ages = new Map<string, number>();
  for (const provider of providers) ages.set(provider.id, await maxAgeFor(store, provider, request));
  return ages;
}
