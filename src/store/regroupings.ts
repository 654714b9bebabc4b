import { type Insertable, type Kysely, type Selectable, sql } from "kysely";
import { causeIdOf } from "../triage/cause-of.ts";
import type { Diagnosis } from "../triage/diagnosis.ts";
import { issueId } from "../triage/group.ts";
import type { Invocation } from "../triage/model.ts";
import type { Regrouped } from "../triage/why-grouped.ts";
import { rowsToInsert, storableText } from "./json-rows.ts";
import type { RefColumns } from "./refs.ts";
import type { Tables } from "./tables.ts";

type RegroupingRow = Insertable<Tables["regroupings"]>;

const MOST_TOLD = 10;
const COLUMNS = [
  "provider",
  "webhook_id",
  "invocation_id",
  "from_cause_id",
  "to_cause_id",
  "from_rules",
  "to_rules",
  "regrouped_at",
] as const satisfies (keyof Selectable<Tables["regroupings"]>)[];

/** What was told of an invocation, and what is told of it now. */
export interface CauseChange {
  ref: RefColumns;
  /** `undefined` where it was never listed: then only its attempts tell of it. */
  row: Pick<Invocation, "status" | "statusCode"> | undefined;
  before: {
    diagnosis?: Diagnosis;
    /** 0 where it was not diagnosed. */
    rules: number;
    /** The last attempt's code, by which a row without one was told while there were no diagnoses. */
    lastCode?: number | undefined;
  };
  diagnosis: Diagnosis | undefined;
  rules: number;
  at: Date;
}

/** Keeps which of these invocations have another cause now. */
export async function recordRegroupings(trx: Kysely<Tables>, changes: readonly CauseChange[]): Promise<void> {
  const rows = changes.flatMap((change) => toRow(change) ?? []);
  if (rows.length === 0) return;
  await trx
    .insertInto("regroupings")
    .columns(COLUMNS)
    .expression((eb) => eb.selectFrom(rowsToInsert("regroupings", rows)).select(COLUMNS))
    .execute();
}

function toRow({ ref, row, before, diagnosis, rules, at }: CauseChange): RegroupingRow | undefined {
  const from = row === undefined ? before.diagnosis?.reading.id : causeBefore(row, before);
  const to = row === undefined ? diagnosis?.reading.id : causeIdOf(row, diagnosis);
  if (from === undefined || to === undefined || from === to) return undefined;
  return {
    ...ref,
    from_cause_id: from,
    to_cause_id: to,
    from_rules: before.rules,
    to_rules: rules,
    regrouped_at: at,
  };
}

function causeBefore(row: NonNullable<CauseChange["row"]>, { diagnosis, rules, lastCode }: CauseChange["before"]) {
  const statusCode = row.statusCode ?? (rules === 0 ? lastCode : undefined);
  return causeIdOf(statusCode === undefined ? row : { ...row, statusCode }, diagnosis);
}

/** The ids by which the issues are known now that what had this id before a regrouping belongs to. Empty where there was none. */
export async function currentIssueIds(
  db: Kysely<Tables>,
  provider: string,
  webhookId: string,
  oldIssueId: string,
): Promise<string[]> {
  const ofWebhook = sql<boolean>`provider = ${storableText(provider)} and webhook_id = ${storableText(webhookId)}`;
  const causes = await db.selectFrom("regroupings").select("from_cause_id").distinct().where(ofWebhook).execute();
  const old = causes.map((row) => row.from_cause_id).filter((id) => issueId(provider, webhookId, id) === oldIssueId);
  if (old.length === 0) return [];
  const moved = db
    .selectFrom("regroupings")
    .select("invocation_id")
    .where(ofWebhook)
    .where("from_cause_id", "=", sql<string>`any(${old}::text[])`);
  // Every change is kept, so the latest of each invocation tells what it has become.
  const latest = db
    .selectFrom("regroupings")
    .select(["invocation_id", "to_cause_id"])
    .distinctOn("invocation_id")
    .where(ofWebhook)
    .where("invocation_id", "in", moved)
    .orderBy("invocation_id")
    .orderBy("sequence", "desc");
  const rows = await db.selectFrom(latest.as("latest")).select("to_cause_id").distinct().execute();
  return rows.map((row) => issueId(provider, webhookId, row.to_cause_id)).sort();
}

/** From which causes by earlier rules invocations of this webhook came to have this one, the latest change of each, newest first. */
export async function regroupingsInto(
  db: Kysely<Tables>,
  provider: string,
  webhookId: string,
  causeId: string,
): Promise<Regrouped[]> {
  const rows = await db
    .selectFrom("regroupings")
    .select((eb) => ["from_cause_id", eb.fn.max("regrouped_at").as("at"), eb.fn.max("from_rules").as("from_rules")])
    .where("provider", "=", storableText(provider))
    .where("webhook_id", "=", storableText(webhookId))
    .where("to_cause_id", "=", storableText(causeId))
    // That attempts were read where a row alone had told, or read again, is no better rule.
    .where("from_rules", ">", 0)
    .whereRef("from_rules", "<", "to_rules")
    .groupBy("from_cause_id")
    .orderBy("at", "desc")
    .orderBy("from_cause_id")
    .limit(MOST_TOLD)
    .execute();
  return rows.map(({ from_cause_id, at, from_rules }) => ({ fromCauseId: from_cause_id, at, fromRules: from_rules }));
}
