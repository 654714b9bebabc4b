import { type Kysely, sql } from "kysely";
import type { Tables } from "./tables.ts";

/** Runs `work` in a transaction: in the caller's own, if `db` is one already. */
export function inTransaction<T>(db: Kysely<Tables>, work: (trx: Kysely<Tables>) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/** Until the transaction ends, nobody else writes what is collected of this webhook. */
export function lockWebhook(trx: Kysely<Tables>, provider: string, webhookId: string): Promise<void> {
  return lock(trx, ["webhook", provider, webhookId]);
}

/** Until the transaction ends, nobody else adds a subscription to this channel. */
export function lockSubscriptions(trx: Kysely<Tables>, channel: string): Promise<void> {
  return lock(trx, ["subscriptions", channel]);
}

async function lock(trx: Kysely<Tables>, name: readonly string[]): Promise<void> {
  const key = JSON.stringify(name);
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}::text, 0))`.execute(trx);
}
