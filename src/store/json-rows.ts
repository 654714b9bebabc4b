import { type AliasedRawBuilder, type Selectable, sql } from "kysely";
import type { Tables } from "./tables.ts";

/**
 * Rows to insert as one JSON parameter: `insert into … select … from` this. Hundreds of rows cost one parameter, and both
 * drivers treat it alike. Keys are column names; dates and nested values are written as JSON.
 */
export function rowsToInsert<T extends keyof Tables>(
  table: T,
  rows: readonly Partial<Selectable<Tables[T]>>[],
): AliasedRawBuilder<Selectable<Tables[T]>, "incoming"> {
  return sql<Selectable<Tables[T]>>`jsonb_populate_recordset(null::${sql.table(table)}, ${toJson(rows)}::jsonb)`.as(
    "incoming",
  );
}

/** JSON that PostgreSQL takes, whatever text is in it. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part) => (typeof part === "string" ? storableText(part) : part));
}

/**
 * PostgreSQL's text holds neither NUL nor half a surrogate pair; both become U+FFFD.
 * https://www.postgresql.org/docs/current/datatype-json.html
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}
