import { type Kysely, type Selectable, sql } from "kysely";
import type { RateLimit } from "../providers/provider.ts";
import { optional } from "./invocation-rows.ts";
import { storableText } from "./json-rows.ts";
import type { Tables } from "./tables.ts";

/** How a provider answered lately. */
export interface ProviderState {
  provider: string;
  webhooksListedAt?: Date;
  lastSuccessAt?: Date;
  /** The first failure since the last success. Absent while it answers. */
  failingSince?: Date;
  lastError?: string;
  rateLimit?: RateLimit;
}

/** Ends what was failing. `rateLimit` is kept as last seen when it is absent here. */
export async function recordProviderSuccess(
  db: Kysely<Tables>,
  provider: string,
  at: Date,
  rateLimit?: RateLimit,
): Promise<void> {
  const state = { last_success_at: at, failing_since: null, last_error: null, ...rateLimitColumns(rateLimit) };
  await db
    .insertInto("provider_states")
    .values({ provider: storableText(provider), ...state })
    .onConflict((conflict) =>
      conflict.column("provider").doUpdateSet({
        ...state,
        last_success_at: sql<Date>`greatest(provider_states.last_success_at, excluded.last_success_at)`,
      }),
    )
    .execute();
}

/** `error` is a sentence for people, redacted by the caller. */
export async function recordProviderFailure(
  db: Kysely<Tables>,
  provider: string,
  at: Date,
  error: string,
): Promise<void> {
  const state = { failing_since: at, last_error: storableText(error) };
  await db
    .insertInto("provider_states")
    .values({ provider: storableText(provider), ...state })
    .onConflict((conflict) =>
      conflict.column("provider").doUpdateSet({
        ...state,
        failing_since: sql<Date>`coalesce(provider_states.failing_since, excluded.failing_since)`,
      }),
    )
    .execute();
}

/** By provider. */
export async function readProviderStates(db: Kysely<Tables>): Promise<ProviderState[]> {
  const rows = await db.selectFrom("provider_states").selectAll().orderBy("provider").execute();
  return rows.map((row) => ({
    provider: row.provider,
    ...optional("webhooksListedAt", row.webhooks_listed_at),
    ...optional("lastSuccessAt", row.last_success_at),
    ...optional("failingSince", row.failing_since),
    ...optional("lastError", row.last_error),
    ...optional("rateLimit", rateLimitOf(row)),
  }));
}

function rateLimitColumns(rateLimit: RateLimit | undefined) {
  if (!rateLimit) return {};
  return {
    rate_limit_per_minute: rateLimit.limitPerMinute,
    rate_limit_remaining: rateLimit.remaining ?? null,
    rate_limit_seen_at: rateLimit.seenAt,
  };
}

function rateLimitOf(row: Selectable<Tables["provider_states"]>): RateLimit | undefined {
  if (row.rate_limit_per_minute === null || row.rate_limit_seen_at === null) return undefined;
  return {
    limitPerMinute: row.rate_limit_per_minute,
    seenAt: row.rate_limit_seen_at,
    ...optional("remaining", row.rate_limit_remaining),
  };
}
