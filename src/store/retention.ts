import { type Kysely, sql } from "kysely";
import type { Tables } from "./tables.ts";
import { inTransaction, lockWebhook } from "./transaction.ts";

/** Rows taken by one statement, so that others get their turn between two. */
const ROWS_PER_BATCH = 1_000;

/** How many rows were deleted of each kind. */
export interface PurgeCounts {
  invocations: number;
  attempts: number;
  /** Parts of time, those that were only shortened included. */
  coverage: number;
  replies: number;
  webhooks: number;
  subscriptions: number;
  digestSlots: number;
}

/**
 * Forgets what happened before `before`: invocations by `occurredAt` with their attempts, coverage, thread replies by their claim,
 * webhooks that were deleted, subscriptions that were ended, and digests. Coverage goes first, so nothing that is gone is ever told
 * as collected. Throws the reason of `signal` between two batches; what is gone by then stays gone.
 */
export async function purgeBefore(db: Kysely<Tables>, before: Date, signal?: AbortSignal): Promise<PurgeCounts> {
  let coverage = await purgeCoverage(db, before);
  const { invocations, attempts } = await purgeInvocations(db, before, signal);
  const orphans = await purgeOrphanedAttempts(db, before, signal);
  // Who collected meanwhile may have told of what was just forgotten.
  coverage += await purgeCoverage(db, before);
  const replies = await inBatches(async () => {
    const { numDeletedRows } = await db
      .deleteFrom("replies")
      .where("key", "in", db.selectFrom("replies").select("key").where("claimed_at", "<", before).limit(ROWS_PER_BATCH))
      .where("claimed_at", "<", before)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }, signal);
  const webhooks = await db.deleteFrom("webhooks").where("deleted_at", "<", before).executeTakeFirst();
  const counts = {
    invocations,
    attempts: attempts + orphans,
    coverage,
    replies,
    webhooks: Number(webhooks.numDeletedRows),
    ...(await purgeDigests(db, before)),
  };
  signal?.throwIfAborted();
  return counts;
}

/** The embedded database has no autovacuum: without this, deleted rows and jobs that are done would keep their room for ever. */
export async function vacuumAll(db: Kysely<Tables>): Promise<void> {
  for (const table of ["invocations", "attempts", "attempt_reads", "coverage", "replies", "digest_slots"] as const) {
    await sql`vacuum (analyze) ${sql.table(table)}`.execute(db);
  }
  const { rows } = await sql<{
    name: string;
  }>`select tablename as name from pg_tables where schemaname = 'pgboss'`.execute(db);
  for (const { name } of rows) await sql`vacuum ${sql.table(`pgboss.${name}`)}`.execute(db);
}

/** Of each live subscription the newest digest that is done stays: it says which one comes next. */
async function purgeDigests(
  db: Kysely<Tables>,
  before: Date,
): Promise<Pick<PurgeCounts, "subscriptions" | "digestSlots">> {
  const subscriptions = await db.deleteFrom("subscriptions").where("ended_at", "<", before).executeTakeFirst();
  const slots = await sql`
    delete from digest_slots as slot
    where coalesce(finished_at, claimed_at) < ${before}
      and not exists (
        select from subscriptions
        where id = slot.subscription_id and ended_at is null
          and slot.due_at = (
            select max(due_at) from digest_slots as done where done.subscription_id = subscriptions.id and state <> 'claimed'
          )
      )
  `.execute(db);
  return { subscriptions: Number(subscriptions.numDeletedRows), digestSlots: Number(slots.numAffectedRows ?? 0) };
}

async function purgeCoverage(db: Kysely<Tables>, before: Date): Promise<number> {
  const webhooks = await db
    .selectFrom("coverage")
    .select(["provider", "webhook_id"])
    .distinct()
    .where("from_at", "<", before)
    .execute();
  let changed = 0;
  for (const { provider, webhook_id } of webhooks) {
    await inTransaction(db, async (trx) => {
      await lockWebhook(trx, provider, webhook_id);
      const deleted = await trx
        .deleteFrom("coverage")
        .where("provider", "=", provider)
        .where("webhook_id", "=", webhook_id)
        .where("to_at", "<=", before)
        .executeTakeFirst();
      const shortened = await trx
        .updateTable("coverage")
        .set({ from_at: before })
        .where("provider", "=", provider)
        .where("webhook_id", "=", webhook_id)
        .where("from_at", "<", before)
        .executeTakeFirst();
      changed += Number(deleted.numDeletedRows) + Number(shortened.numUpdatedRows);
    });
  }
  return changed;
}

async function purgeInvocations(
  db: Kysely<Tables>,
  before: Date,
  signal: AbortSignal | undefined,
): Promise<{ invocations: number; attempts: number }> {
  let attempts = 0;
  const invocations = await inBatches(async () => {
    const { rows } = await sql<{ invocations: number; attempts: number }>`
      with gone as (
        delete from invocations
        where occurred_at < ${before}
          and ctid = any(array(
            select ctid from invocations where occurred_at < ${before} order by occurred_at limit ${ROWS_PER_BATCH}
          ))
        returning provider, webhook_id, id
      ), gone_attempts as (
        delete from attempts using gone
        where (attempts.provider, attempts.webhook_id, attempts.invocation_id) = (gone.provider, gone.webhook_id, gone.id)
        returning 1
      ), gone_reads as (
        delete from attempt_reads using gone
        where (attempt_reads.provider, attempt_reads.webhook_id, attempt_reads.invocation_id)
          = (gone.provider, gone.webhook_id, gone.id)
      )
      select (select count(*)::integer from gone) as invocations, (select count(*)::integer from gone_attempts) as attempts
    `.execute(db);
    attempts += rows[0]?.attempts ?? 0;
    return rows[0]?.invocations ?? 0;
  }, signal);
  return { invocations, attempts };
}

/** Attempts that were read of an invocation which itself was never kept, such as one that somebody asked for by id. */
async function purgeOrphanedAttempts(
  db: Kysely<Tables>,
  before: Date,
  signal: AbortSignal | undefined,
): Promise<number> {
  let attempts = 0;
  await inBatches(async () => {
    const { rows } = await sql<{ reads: number; attempts: number }>`
      with gone as (
        delete from attempt_reads
        where read_at < ${before}
          and ctid = any(array(
            select ctid from attempt_reads
            where read_at < ${before} and not exists (
              select from invocations
              where (invocations.provider, invocations.webhook_id, invocations.id)
                = (attempt_reads.provider, attempt_reads.webhook_id, attempt_reads.invocation_id)
            )
            limit ${ROWS_PER_BATCH}
          ))
        returning provider, webhook_id, invocation_id
      ), gone_attempts as (
        delete from attempts using gone
        where (attempts.provider, attempts.webhook_id, attempts.invocation_id)
          = (gone.provider, gone.webhook_id, gone.invocation_id)
        returning 1
      )
      select (select count(*)::integer from gone) as reads, (select count(*)::integer from gone_attempts) as attempts
    `.execute(db);
    attempts += rows[0]?.attempts ?? 0;
    return rows[0]?.reads ?? 0;
  }, signal);
  return attempts;
}

/** Repeats `deleteBatch` until it finds less than a whole batch; returns how many rows went. */
async function inBatches(deleteBatch: () => Promise<number>, signal: AbortSignal | undefined): Promise<number> {
  let total = 0;
  for (;;) {
    signal?.throwIfAborted();
    const deleted = await deleteBatch();
    total += deleted;
    if (deleted < ROWS_PER_BATCH) return total;
  }
}
