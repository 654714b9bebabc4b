import type { Kysely, Selectable } from "kysely";
import { RULES_VERSION } from "../triage/cause/read-cause.ts";
import { type Diagnosis, diagnose } from "../triage/diagnosis.ts";
import { type Attempt, type InvocationRef, refKey } from "../triage/model.ts";
import { readDiagnoses, writeDiagnoses } from "./diagnoses.ts";
import { optional } from "./invocation-rows.ts";
import { rowsToInsert } from "./json-rows.ts";
import { inStatements, isOfRef, keyOf, type RefColumns, refRows, toRefColumns } from "./refs.ts";
import { type CauseChange, recordRegroupings } from "./regroupings.ts";
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

export interface StoredAttempts {
  /** Oldest first. Empty when the provider had none. */
  attempts: Attempt[];
  readAt: Date;
}

/**
 * Replaces what is kept of this invocation's attempts, and of what they told, unless something newer is kept already. A change of its
 * cause is recorded: from what its row or earlier attempts told. Returns what they tell.
 */
export async function saveAttempts(
  db: Kysely<Tables>,
  ref: InvocationRef,
  attempts: readonly Attempt[],
  readAt: Date,
): Promise<Diagnosis | undefined> {
  const key = toRefColumns(ref);
  const diagnosis = diagnose(attempts);
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
    const before = await toldBefore(trx, ref);
    await trx.deleteFrom("attempts").where(isOfRef(key)).execute();
    const rows = attempts.map((attempt) => toRow(key, attempt));
    await trx
      .insertInto("attempts")
      .columns(COLUMNS)
      .expression((eb) => eb.selectFrom(rowsToInsert("attempts", rows)).select(COLUMNS))
      .execute();
    const told = { ref: key, diagnosis, rules: RULES_VERSION, at: readAt };
    await writeDiagnoses(trx, [told]);
    if (before) await recordRegroupings(trx, [{ ...before, ...told }]);
  });
  return diagnosis;
}

/** What was told of an invocation so far; `undefined` where it is known not to have failed. */
async function toldBefore(
  trx: Kysely<Tables>,
  ref: InvocationRef,
): Promise<Pick<CauseChange, "row" | "before"> | undefined> {
  const key = toRefColumns(ref);
  const stored = (await readDiagnoses(trx, [ref])).get(refKey(ref));
  const row = await trx
    .selectFrom("invocations")
    .select(["status", "status_code", "outcome"])
    .where("provider", "=", key.provider)
    .where("webhook_id", "=", key.webhook_id)
    .where("id", "=", key.invocation_id)
    .executeTakeFirst();
  if (row?.outcome === "succeeded") return undefined;
  const last = await trx
    .selectFrom("attempts")
    .select("status_code")
    .where(isOfRef(key))
    .orderBy("index", "desc")
    .limit(1)
    .executeTakeFirst();
  return {
    row: row && { status: row.status, ...optional("statusCode", row.status_code) },
    before: {
      rules: stored?.rules ?? 0,
      ...optional("diagnosis", stored?.diagnosis ?? null),
      ...optional("lastCode", last?.status_code ?? null),
    },
  };
}

/** `undefined` when they were never read. */
export async function readAttempts(db: Kysely<Tables>, ref: InvocationRef): Promise<StoredAttempts | undefined> {
  const key = toRefColumns(ref);
  const read = await db.selectFrom("attempt_reads").select("read_at").where(isOfRef(key)).executeTakeFirst();
  if (!read) return undefined;
  const rows = await db.selectFrom("attempts").select(COLUMNS).where(isOfRef(key)).orderBy("index").execute();
  return { attempts: rows.map(fromRow), readAt: read.read_at };
}

/** When they were last read; `undefined` when they never were. */
export async function attemptsReadAt(db: Kysely<Tables>, ref: InvocationRef): Promise<Date | undefined> {
  const query = db
    .selectFrom("attempt_reads")
    .select("read_at")
    .where(isOfRef(toRefColumns(ref)));
  return (await query.executeTakeFirst())?.read_at;
}

/** The attempts of each invocation that has some, oldest first, by `refKey`. They hold bodies: ask for few at a time. */
export async function readAttemptsOfAll(
  db: Kysely<Tables>,
  refs: readonly InvocationRef[],
): Promise<Map<string, Attempt[]>> {
  const found = new Map<string, Attempt[]>();
  for (const asked of inStatements(refs)) {
    const rows = await db
      .selectFrom(refRows([...asked.values()].map(toRefColumns)).as("wanted"))
      .innerJoin("attempts", (join) =>
        join
          .onRef("attempts.provider", "=", "wanted.provider")
          .onRef("attempts.webhook_id", "=", "wanted.webhook_id")
          .onRef("attempts.invocation_id", "=", "wanted.invocation_id"),
      )
      .selectAll("attempts")
      .orderBy("attempts.index")
      .execute();
    for (const row of rows) {
      const ref = asked.get(keyOf(row));
      if (!ref) continue;
      const attempts = found.get(refKey(ref)) ?? [];
      attempts.push(fromRow(row));
      found.set(refKey(ref), attempts);
    }
  }
  return found;
}

function toRow(key: RefColumns, attempt: Attempt): AttemptRow {
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
