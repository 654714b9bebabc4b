import { sql } from "kysely";
import { type InvocationRef, refKey } from "../triage/model.ts";
import { storableText, toJson } from "./json-rows.ts";

/** Refs asked for by one statement. */
const REFS_PER_STATEMENT = 500;

/** The columns that name an invocation in tables about invocations. */
export interface RefColumns {
  provider: string;
  webhook_id: string;
  invocation_id: string;
}

export function toRefColumns(ref: InvocationRef): RefColumns {
  return {
    provider: storableText(ref.provider),
    webhook_id: storableText(ref.webhookId),
    invocation_id: storableText(ref.id),
  };
}

/** In a table that has these columns. */
export function isOfRef(ref: RefColumns) {
  return sql<boolean>`(provider, webhook_id, invocation_id) = (${ref.provider}, ${ref.webhook_id}, ${ref.invocation_id})`;
}

/** Refs as rows to join with, by one parameter. */
export function refRows(refs: readonly RefColumns[]) {
  return sql<RefColumns>`jsonb_populate_recordset(null::attempt_reads, ${toJson(refs)}::jsonb)`;
}

/** The parts of what is asked for that one statement may ask for, each by the `refKey` of what is stored. */
export function* inStatements<Ref extends InvocationRef>(refs: readonly Ref[]): Iterable<Map<string, Ref>> {
  for (let from = 0; from < refs.length; from += REFS_PER_STATEMENT) {
    const part = refs.slice(from, from + REFS_PER_STATEMENT);
    yield new Map(part.map((ref) => [keyOf(toRefColumns(ref)), ref]));
  }
}

/** The `refKey` of a stored row. */
export function keyOf({ provider, webhook_id, invocation_id }: RefColumns): string {
  return refKey({ provider, webhookId: webhook_id, id: invocation_id });
}
