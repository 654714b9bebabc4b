import type { Kysely } from "kysely";
import { RULES_VERSION } from "../triage/cause/read-cause.ts";
import { type Diagnosis, diagnose } from "../triage/diagnosis.ts";
import { type Attempt, type InvocationRef, refKey } from "../triage/model.ts";
import { ATTEMPT_COLUMNS, type AttemptRow, fromAttemptRow, toAttemptRow } from "./attempt-rows.ts";
import { type DiagnosisToKeep, readDiagnoses, writeDiagnoses } from "./diagnoses.ts";
import { optional } from "./invocation-rows.ts";
import { rowsToInsert } from "./json-rows.ts";
import { inStatements, isOfRef, keyOf, type RefColumns, refRows, toRefColumns } from "./refs.ts";
import { type CauseChange, recordRegroupings } from "./regroupings.ts";
import type { Tables } from "./tables.ts";
import { inTransaction } from "./transaction.ts";

export interface StoredAttempts {
  /** Oldest first. Empty when the provider had none. */
  attempts: Attempt[];
  readAt: Date;
}

/** The attempts of one invocation as its provider told them. */
export interface ReadAttempts {
  ref: InvocationRef;
  /** Oldest first. */
  attempts: readonly Attempt[];
  readAt: Date;
}

/**
 * Replaces what is kept of these invocations' attempts, and of what they told, unless something newer is kept already: all in one
 * transaction, as most of the time that a small one takes is that of the transaction. A change of a cause is recorded: from what its row or
 * earlier attempts told. They hold bodies: save few at a time. Returns what each of them tells.
 */
export async function saveAttemptsOfAll(
  db: Kysely<Tables>,
  readings: readonly ReadAttempts[],
): Promise<(Diagnosis | undefined)[]> {
  const told = readings.map(
    ({ ref, attempts, readAt }): Reading => ({
      ref: toRefColumns(ref),
      attempts,
      diagnosis: diagnose(attempts),
      rules: RULES_VERSION,
      at: readAt,
    }),
  );
  const newest = newestOfEach(told);
  if (newest.size > 0) {
    await inTransaction(db, async (trx) => {
      const taken = await takeReads(trx, [...newest.values()]);
      await replace(
        trx,
        taken.flatMap((ref) => newest.get(keyOf(ref)) ?? []),
      );
    });
  }
  return told.map(({ diagnosis }) => diagnosis);
}

/** The same of one invocation. */
export async function saveAttempts(
  db: Kysely<Tables>,
  ref: InvocationRef,
  attempts: readonly Attempt[],
  readAt: Date,
): Promise<Diagnosis | undefined> {
  const [diagnosis] = await saveAttemptsOfAll(db, [{ ref, attempts, readAt }]);
  return diagnosis;
}

interface Reading extends DiagnosisToKeep {
  attempts: readonly Attempt[];
}

/** One statement writes a row once: of several readings of one invocation the newest counts, and of two as new the later. */
function newestOfEach(readings: readonly Reading[]): Map<string, Reading> {
  const newest = new Map<string, Reading>();
  for (const reading of readings) {
    const key = keyOf(reading.ref);
    const known = newest.get(key);
    if (!known || known.at <= reading.at) newest.set(key, reading);
  }
  return newest;
}

/**
 * Notes when these were read, and returns those of which nothing newer is kept. Until the transaction ends nobody else writes of any of them;
 * they are taken in the order of `lockAttemptReads`.
 */
function takeReads(trx: Kysely<Tables>, readings: readonly Reading[]): Promise<RefColumns[]> {
  const columns = ["provider", "webhook_id", "invocation_id", "read_at"] as const;
  const rows = readings.map(({ ref, at }) => ({ ...ref, read_at: at }));
  return trx
    .insertInto("attempt_reads")
    .columns(columns)
    .expression((eb) =>
      eb
        .selectFrom(rowsToInsert("attempt_reads", rows))
        .select(columns)
        .orderBy("provider")
        .orderBy("webhook_id")
        .orderBy("invocation_id"),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["provider", "webhook_id", "invocation_id"])
        .doUpdateSet((eb) => ({ read_at: eb.ref("excluded.read_at") }))
        .whereRef("attempt_reads.read_at", "<=", "excluded.read_at"),
    )
    .returning(["provider", "webhook_id", "invocation_id"])
    .execute();
}

async function replace(trx: Kysely<Tables>, readings: readonly Reading[]): Promise<void> {
  if (readings.length === 0) return;
  const before = await toldBefore(
    trx,
    readings.map(({ ref }) => ref),
  );
  await trx
    .deleteFrom("attempts")
    .using(refRows(readings.map(({ ref }) => ref)).as("wanted"))
    .whereRef("attempts.provider", "=", "wanted.provider")
    .whereRef("attempts.webhook_id", "=", "wanted.webhook_id")
    .whereRef("attempts.invocation_id", "=", "wanted.invocation_id")
    .execute();
  const rows = readings.flatMap(({ ref, attempts }) => attempts.map((attempt) => toAttemptRow(ref, attempt)));
  await trx
    .insertInto("attempts")
    .columns(ATTEMPT_COLUMNS)
    .expression((eb) => eb.selectFrom(rowsToInsert("attempts", rows)).select(ATTEMPT_COLUMNS))
    .execute();
  await writeDiagnoses(trx, readings);
  await recordRegroupings(
    trx,
    readings.flatMap((reading) => {
      const told = before.get(keyOf(reading.ref));
      return told ? [{ ...told, ...reading }] : [];
    }),
  );
}

type ToldBefore = Pick<CauseChange, "row" | "before">;

/** What was told of these so far, by `keyOf`; nothing of those that are known not to have failed. */
async function toldBefore(trx: Kysely<Tables>, refs: readonly RefColumns[]): Promise<Map<string, ToldBefore>> {
  const invocations = await trx
    .selectFrom(refRows(refs).as("wanted"))
    .innerJoin("invocations", (join) =>
      join
        .onRef("invocations.provider", "=", "wanted.provider")
        .onRef("invocations.webhook_id", "=", "wanted.webhook_id")
        .onRef("invocations.id", "=", "wanted.invocation_id"),
    )
    .select(["wanted.provider", "wanted.webhook_id", "wanted.invocation_id"])
    .select(["invocations.status", "invocations.status_code", "invocations.outcome"])
    .execute();
  const rows = new Map(invocations.map((row) => [keyOf(row), row]));
  const stored = await readDiagnoses(
    trx,
    refs.map(({ provider, webhook_id, invocation_id }) => ({ provider, webhookId: webhook_id, id: invocation_id })),
  );
  const lastCodes = await lastCodesOf(
    trx,
    refs.filter((ref) => (stored.get(keyOf(ref))?.rules ?? 0) === 0),
  );
  return new Map(
    refs.flatMap((ref): [string, ToldBefore][] => {
      const key = keyOf(ref);
      const row = rows.get(key);
      if (row?.outcome === "succeeded") return [];
      const { rules = 0, diagnosis } = stored.get(key) ?? {};
      const lastCode = optional("lastCode", lastCodes.get(key) ?? null);
      const before = { rules, ...optional("diagnosis", diagnosis ?? null), ...lastCode };
      return [[key, { row: row && { status: row.status, ...optional("statusCode", row.status_code) }, before }]];
    }),
  );
}

/** The status code of the last attempt that is kept of each. */
async function lastCodesOf(
  trx: Kysely<Tables>,
  refs: readonly RefColumns[],
): Promise<Map<string, AttemptRow["status_code"]>> {
  if (refs.length === 0) return new Map();
  const rows = await ofWanted(trx, refs)
    .select(["attempts.provider", "attempts.webhook_id", "attempts.invocation_id", "attempts.status_code"])
    .orderBy("attempts.index")
    .execute();
  // Oldest first: the last one of each stays.
  return new Map(rows.map((row) => [keyOf(row), row.status_code]));
}

/** `undefined` when they were never read. */
export async function readAttempts(db: Kysely<Tables>, ref: InvocationRef): Promise<StoredAttempts | undefined> {
  const key = toRefColumns(ref);
  const read = await db.selectFrom("attempt_reads").select("read_at").where(isOfRef(key)).executeTakeFirst();
  if (!read) return undefined;
  const rows = await db.selectFrom("attempts").select(ATTEMPT_COLUMNS).where(isOfRef(key)).orderBy("index").execute();
  return { attempts: rows.map(fromAttemptRow), readAt: read.read_at };
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
    const rows = await ofWanted(db, [...asked.values()].map(toRefColumns))
      .selectAll("attempts")
      .orderBy("attempts.index")
      .execute();
    for (const row of rows) {
      const ref = asked.get(keyOf(row));
      if (!ref) continue;
      const attempts = found.get(refKey(ref)) ?? [];
      attempts.push(fromAttemptRow(row));
      found.set(refKey(ref), attempts);
    }
  }
  return found;
}

function ofWanted(db: Kysely<Tables>, refs: readonly RefColumns[]) {
  return db
    .selectFrom(refRows(refs).as("wanted"))
    .innerJoin("attempts", (join) =>
      join
        .onRef("attempts.provider", "=", "wanted.provider")
        .onRef("attempts.webhook_id", "=", "wanted.webhook_id")
        .onRef("attempts.invocation_id", "=", "wanted.invocation_id"),
    );
}
