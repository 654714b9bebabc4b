import type { Kysely, Selectable } from "kysely";
import type { Reading } from "../triage/cause/reading.ts";
import type { Diagnosis } from "../triage/diagnosis.ts";
import { type Invocation, type InvocationRef, occurredAt, refKey } from "../triage/model.ts";
import { optional } from "./invocation-rows.ts";
import { rowsToInsert } from "./json-rows.ts";
import { inStatements, keyOf, type RefColumns, refRows, toRefColumns } from "./refs.ts";
import type { Tables } from "./tables.ts";

type DiagnosisRow = Selectable<Tables["diagnoses"]>;

const DIAGNOSIS_COLUMNS = [
  "provider",
  "webhook_id",
  "invocation_id",
  "cause_id",
  "rules",
  "reading",
  "attempt_index",
  "status_code",
  "diagnosed_at",
] as const satisfies (keyof DiagnosisRow)[];

/** What is known of an invocation whose attempts were read. */
export interface StoredDiagnosis {
  /** Absent where the attempts told nothing, or were not diagnosed yet. */
  diagnosis?: Diagnosis;
  /** The version of the rules that read the attempts; 0 where none has yet. */
  rules: number;
  /** When the attempts were read from the provider. */
  readAt: Date;
}

/** Of those whose attempts were read what they told, by `refKey`. No attempt is looked at. */
export async function readDiagnoses(
  db: Kysely<Tables>,
  refs: readonly InvocationRef[],
): Promise<Map<string, StoredDiagnosis>> {
  const found = new Map<string, StoredDiagnosis>();
  const share = sharing();
  for (const asked of inStatements(refs)) {
    const rows = await db
      .selectFrom(refRows([...asked.values()].map(toRefColumns)).as("wanted"))
      .innerJoin("attempt_reads", (join) =>
        join
          .onRef("attempt_reads.provider", "=", "wanted.provider")
          .onRef("attempt_reads.webhook_id", "=", "wanted.webhook_id")
          .onRef("attempt_reads.invocation_id", "=", "wanted.invocation_id"),
      )
      .leftJoin("diagnoses", (join) =>
        join
          .onRef("diagnoses.provider", "=", "wanted.provider")
          .onRef("diagnoses.webhook_id", "=", "wanted.webhook_id")
          .onRef("diagnoses.invocation_id", "=", "wanted.invocation_id"),
      )
      .select(["wanted.provider", "wanted.webhook_id", "wanted.invocation_id", "attempt_reads.read_at"])
      .select(["diagnoses.rules", "diagnoses.reading", "diagnoses.attempt_index", "diagnoses.status_code"])
      .execute();
    for (const row of rows) {
      const ref = asked.get(keyOf(row));
      const { rules, reading, attempt_index, status_code } = row;
      const diagnosis =
        rules === null || reading === null || attempt_index === null
          ? undefined
          : { reading: share(reading), rules, attemptIndex: attempt_index, ...optional("statusCode", status_code) };
      if (ref) found.set(refKey(ref), { readAt: row.read_at, rules: rules ?? 0, ...optional("diagnosis", diagnosis) });
    }
  }
  return found;
}

/** What the attempts of those that were read told; `undefined` where they told nothing. */
export function diagnosesIn(known: ReadonlyMap<string, StoredDiagnosis>): Map<string, Diagnosis | undefined> {
  return new Map([...known].map(([key, { diagnosis }]) => [key, diagnosis]));
}

/** Whether this was read after the invocation's end: attempts that were read before do not tell of that end. */
export function isOfItsEnd(
  invocation: Pick<Invocation, "latestCompletedAt" | "createdAt">,
  stored: StoredDiagnosis | undefined,
): stored is StoredDiagnosis {
  return stored !== undefined && stored.readAt >= occurredAt(invocation);
}

/** What an invocation's attempts told, to be kept. */
export interface DiagnosisToKeep {
  ref: RefColumns;
  /** `undefined` where they told nothing. */
  diagnosis: Diagnosis | undefined;
  /** The version of the rules that read them. */
  rules: number;
  at: Date;
}

/** Keeps these in place of what was kept before of their invocations, which differ. */
export async function writeDiagnoses(trx: Kysely<Tables>, diagnoses: readonly DiagnosisToKeep[]): Promise<void> {
  const rows = diagnoses.map(toRow);
  await trx
    .insertInto("diagnoses")
    .columns(DIAGNOSIS_COLUMNS)
    .expression((eb) => eb.selectFrom(rowsToInsert("diagnoses", rows)).select(DIAGNOSIS_COLUMNS))
    .onConflict((conflict) =>
      conflict.columns(["provider", "webhook_id", "invocation_id"]).doUpdateSet((eb) => ({
        cause_id: eb.ref("excluded.cause_id"),
        rules: eb.ref("excluded.rules"),
        reading: eb.ref("excluded.reading"),
        attempt_index: eb.ref("excluded.attempt_index"),
        status_code: eb.ref("excluded.status_code"),
        diagnosed_at: eb.ref("excluded.diagnosed_at"),
      })),
    )
    .execute();
}

function toRow({ ref, diagnosis, rules, at }: DiagnosisToKeep): DiagnosisRow {
  return {
    ...ref,
    cause_id: diagnosis?.reading.id ?? null,
    rules,
    reading: diagnosis?.reading ?? null,
    attempt_index: diagnosis?.attemptIndex ?? null,
    status_code: diagnosis?.statusCode ?? null,
    diagnosed_at: at,
  };
}

/** Thousands of rows of one cause say the same: their texts are kept in memory once. */
function sharing(): (reading: Reading) => Reading {
  const seen = new Map<string, string>();
  const once = (text: string): string => {
    const known = seen.get(text);
    if (known === undefined) seen.set(text, text);
    return known ?? text;
  };
  return ({ nextStep, ...reading }) => ({
    ...reading,
    id: once(reading.id),
    title: once(reading.title),
    signature: once(reading.signature),
    ...(nextStep === undefined ? {} : { nextStep: once(nextStep) }),
  });
}
