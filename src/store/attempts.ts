import { type Kysely, type Selectable, sql } from "kysely";
import { type Attempt, type InvocationRef, refKey } from "../triage/model.ts";
import { optional } from "./invocation-rows.ts";
import { rowsToInsert, storableText, toJson } from "./json-rows.ts";
import type { Tables } from "./tables.ts";
import { inTransaction } from "./transaction.ts";

type AttemptRow = Selectable<Tables["attempts"]>;

const COLUMNS = [
  "provider",
  "webhook_id",
  "invocation_id",
  "index",
  "status",
  "outcome",
  "status_code",
  "request",
  "response",
  "error_message",
  "started_at",
  "completed_at",
  "duration_ms",
  "masked_count",
] as const satisfies (keyof AttemptRow)[];

/** Refs asked for by one statement. */
const REFS_PER_READ = 500;

export interface StoredAttempts {
  /** Oldest first. Empty when the provider had none. */
  attempts: Attempt[];
  readAt: Date;
}

/** Replaces what is kept of this invocation's attempts, unless something newer is kept already. */
export async function saveAttempts(
  db: Kysely<Tables>,
  ref: InvocationRef,
  attempts: readonly Attempt[],
  readAt: Date,
): Promise<void> {
  const key = toKey(ref);
  await inTransaction(db, async (trx) => {
    // The upsert also makes two writers of one invocation wait for each other.
    const newest = await trx
      .insertInto("attempt_reads")
      .values({ ...key, read_at: readAt })
      .onConflict((conflict) =>
        conflict
          .columns(["provider", "webhook_id", "invocation_id"])
          .doUpdateSet({ read_at: readAt })
          .where("attempt_reads.read_at", "<=", readAt),
      )
      .returning("invocation_id")
      .executeTakeFirst();
    if (!newest) return;
    await trx.deleteFrom("attempts").where(isOf(key)).execute();
    const rows = attempts.map((attempt) => toRow(key, attempt));
    await trx
      .insertInto("attempts")
      .columns(COLUMNS)
      .expression((eb) => eb.selectFrom(rowsToInsert("attempts", rows)).select(COLUMNS))
      .execute();
  });
}

/** `undefined` when they were never read. */
export async function readAttempts(db: Kysely<Tables>, ref: InvocationRef): Promise<StoredAttempts | undefined> {
  const key = toKey(ref);
  const read = await db.selectFrom("attempt_reads").select("read_at").where(isOf(key)).executeTakeFirst();
  if (!read) return undefined;
  const rows = await db.selectFrom("attempts").select(COLUMNS).where(isOf(key)).orderBy("index").execute();
  return { attempts: rows.map(fromRow), readAt: read.read_at };
}

/** The latest attempt of each invocation that has one, by `refKey`. */
export async function readLastAttempts(
  db: Kysely<Tables>,
  refs: readonly InvocationRef[],
): Promise<Map<string, Attempt>> {
  const last = new Map<string, Attempt>();
  for (let from = 0; from < refs.length; from += REFS_PER_READ) {
    const asked = new Map(refs.slice(from, from + REFS_PER_READ).map((ref) => [refKey(storedRef(ref)), refKey(ref)]));
    for (const row of await selectLast(db, refs.slice(from, from + REFS_PER_READ))) {
      const key = asked.get(refKey({ provider: row.provider, webhookId: row.webhook_id, id: row.invocation_id }));
      if (key !== undefined) last.set(key, fromRow(row));
    }
  }
  return last;
}

function selectLast(db: Kysely<Tables>, refs: readonly InvocationRef[]): Promise<AttemptRow[]> {
  const keys = refs.map(toKey);
  const wanted = sql<ReturnType<typeof toKey>>`jsonb_populate_recordset(null::attempt_reads, ${toJson(keys)}::jsonb)`;
  return db
    .selectFrom(wanted.as("wanted"))
    .innerJoin("attempts", (join) =>
      join
        .onRef("attempts.provider", "=", "wanted.provider")
        .onRef("attempts.webhook_id", "=", "wanted.webhook_id")
        .onRef("attempts.invocation_id", "=", "wanted.invocation_id"),
    )
    .selectAll("attempts")
    .distinctOn(["attempts.provider", "attempts.webhook_id", "attempts.invocation_id"])
    .orderBy("attempts.provider")
    .orderBy("attempts.webhook_id")
    .orderBy("attempts.invocation_id")
    .orderBy("attempts.index", "desc")
    .execute();
}

function storedRef(ref: InvocationRef): InvocationRef {
  return {
    provider: storableText(ref.provider),
    webhookId: storableText(ref.webhookId),
    id: storableText(ref.id),
  };
}

function toKey(ref: InvocationRef) {
  const { provider, webhookId, id } = storedRef(ref);
  return { provider, webhook_id: webhookId, invocation_id: id };
}

function isOf(key: ReturnType<typeof toKey>) {
  return sql<boolean>`(provider, webhook_id, invocation_id) = (${key.provider}, ${key.webhook_id}, ${key.invocation_id})`;
}

function toRow(key: ReturnType<typeof toKey>, attempt: Attempt): AttemptRow {
  return {
    ...key,
    index: attempt.index,
    status: attempt.status,
    outcome: attempt.outcome,
    status_code: attempt.statusCode ?? null,
    request: attempt.request ?? null,
    response: attempt.response ?? null,
    error_message: attempt.errorMessage ?? null,
    started_at: attempt.startedAt ?? null,
    completed_at: attempt.completedAt ?? null,
    duration_ms: attempt.durationMs ?? null,
    masked_count: attempt.maskedCount,
  };
}

function fromRow(row: AttemptRow): Attempt {
  return {
    invocationId: row.invocation_id,
    index: row.index,
    status: row.status,
    outcome: row.outcome,
    maskedCount: row.masked_count,
    ...optional("statusCode", row.status_code),
    ...optional("request", row.request),
    ...optional("response", row.response),
    ...optional("errorMessage", row.error_message),
    ...optional("startedAt", row.started_at),
    ...optional("completedAt", row.completed_at),
    ...optional("durationMs", row.duration_ms),
  };
}
