import { type Kysely, sql } from "kysely";
import { lockAttemptReads } from "./attempt-reads.ts";
import { type RefColumns, refRows } from "./refs.ts";
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
 * Forgets what happened before `before`: invocations by `occurredAt` with their attempts and diagnoses, coverage, thread replies by their claim,
 * webhooks that were deleted, polls of those that are listed no more, subscriptions that were ended, and digests. Coverage goes first, so nothing that is gone is ever told
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
  await purgePolls(db);
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

/** Tables whose rows come and go. */
const GROWING = [
  "invocations",
  "attempts",
  "attempt_reads",
  "diagnoses",
  "regroupings",
  "coverage",
  "polls",
  "replies",
  "digest_slots",
] as const satisfies (keyof Tables)[];

/** The embedded database has no autovacuum: without this, deleted rows and jobs that are done would keep their room for ever. */
export async function vacuumAll(db: Kysely<Tables>): Promise<void> {
  for (const table of GROWING) {
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

/** Of webhooks that are listed no more. One that comes back is due at once. */
async function purgePolls(db: Kysely<Tables>): Promise<void> {
  await sql`
    delete from polls where not exists (
      select from webhooks
      where (webhooks.provider, webhooks.id) = (polls.provider, polls.webhook_id) and deleted_at is null
    )
  `.execute(db);
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
  const invocations = await inBatches(
    () =>
      inTransaction(db, async (trx) => {
        const { rows: old } = await sql<RefColumns>`
          select provider, webhook_id, id as invocation_id from invocations
          where occurred_at < ${before} order by occurred_at limit ${ROWS_PER_BATCH}
        `.execute(trx);
        await lockAttemptReads(trx, old);
        const { rows } = await sql<RefColumns>`
          delete from invocations using ${refRows(old)} as old
          where (invocations.provider, invocations.webhook_id, invocations.id)
            = (old.provider, old.webhook_id, old.invocation_id)
            and occurred_at < ${before}
          returning invocations.provider, invocations.webhook_id, invocations.id as invocation_id
        `.execute(trx);
        attempts += await forgetRead(trx, rows);
        return old.length;
      }),
    signal,
  );
  return { invocations, attempts };
}

/** Attempts that were read of an invocation which itself was never kept, such as one that somebody asked for by id. */
async function purgeOrphanedAttempts(
  db: Kysely<Tables>,
  before: Date,
  signal: AbortSignal | undefined,
): Promise<number> {
  let attempts = 0;
  await inBatches(
    () =>
      inTransaction(db, async (trx) => {
        const { rows: old } = await sql<RefColumns>`
          select provider, webhook_id, invocation_id from attempt_reads
          where read_at < ${before} and not exists (
            select from invocations
            where (invocations.provider, invocations.webhook_id, invocations.id)
              = (attempt_reads.provider, attempt_reads.webhook_id, attempt_reads.invocation_id)
          )
          limit ${ROWS_PER_BATCH}
        `.execute(trx);
        // Not those that were read again meanwhile.
        const reads = await lockAttemptReads(trx, old);
        attempts += await forgetRead(
          trx,
          reads.filter(({ read_at }) => read_at < before),
        );
        return old.length;
      }),
    signal,
  );
  return attempts;
}

/** Forgets what was read of these and what was found out from it; returns how many attempts went. */
async function forgetRead(trx: Kysely<Tables>, refs: readonly RefColumns[]): Promise<number> {
  const counts: number[] = [];
  for (const table of ["attempts", "attempt_reads", "diagnoses", "regroupings"] as const) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} as kept using ${refRows(refs)} as gone
      where (kept.provider, kept.webhook_id, kept.invocation_id) = (gone.provider, gone.webhook_id, gone.invocation_id)
    `.execute(trx);
    counts.push(Number(numAffectedRows ?? 0));
  }
  return counts[0] ?? 0;
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
