import type { Provider } from "../../providers/provider.ts";
import type { Store } from "../../store/database.ts";
import { readLatelyDone, readPolls } from "../../store/polls.ts";
import { listWebhooks } from "../../store/webhooks.ts";
import { readLimitPerMinute } from "../budget/limit-per-minute.ts";
import { readCollected } from "../reading/collected.ts";
import { LOOK_BACK_MS } from "./interval.ts";
import type { Listings } from "./listings.ts";
import { type Outlook, outlookOf } from "./outlook.ts";
import type { PollCost } from "./poll-cost.ts";

const HOUR_MS = 60 * 60_000;
/** Of an account's limit: evidence, the backfill and people want some as well. */
const POLLS_SHARE = 0.4;

export interface OutlooksParts {
  store: Store;
  provider: Provider;
  listings: Pick<Listings, "openUntil">;
  cost: Pick<PollCost, "pages">;
  now: () => Date;
}

/** What there is to do for each webhook that the provider still lists, without asking it. */
export async function readOutlooks(
  { store, provider, listings, cost, now: clock }: OutlooksParts,
  { now, retainedFrom }: { now: Date; retainedFrom: Date },
): Promise<Outlook[]> {
  const { db } = store;
  const { id, capabilities } = provider;
  const [webhooks, collected, polls, done, limitPerMinute] = await Promise.all([
    listWebhooks(db, { providers: [id] }),
    readCollected({ store, provider, now: clock }),
    readPolls(db, id),
    readLatelyDone(db, id, {
      trafficFrom: new Date(now.getTime() - LOOK_BACK_MS),
      failuresFrom: new Date(now.getTime() - HOUR_MS),
    }),
    readLimitPerMinute(store, provider),
  ]);
  const live = webhooks.filter(({ deletedAt }) => deletedAt === undefined);
  return outlookOf(
    live.map((webhook) => {
      const openUntil = listings.openUntil(webhook.id);
      return {
        id: webhook.id,
        isActive: webhook.active,
        collected: collected.get(webhook.id) ?? [],
        failures: 0,
        ...(openUntil && { openUntil }),
        ...done.get(webhook.id),
        ...polls.get(webhook.id),
      };
    }),
    {
      now,
      retainedFrom,
      pollsPerMinute: (limitPerMinute * POLLS_SHARE) / cost.pages,
      isSharedRead: capabilities.isSharedRead ?? false,
    },
  );
}
