import type { Migration } from "kysely/migration";
import * as firstTables from "./0001-first-tables.ts";
import * as digests from "./0002-digests.ts";
import * as diagnoses from "./0003-diagnoses.ts";
import * as budgets from "./0004-budgets.ts";
import * as polls from "./0005-polls.ts";

/** Every step of the schema, run in the order of their names. A step that was released is never changed. */
export const MIGRATIONS: Record<string, Migration> = {
  "0001-first-tables": firstTables,
  "0002-digests": digests,
  "0003-diagnoses": diagnoses,
  "0004-budgets": budgets,
  "0005-polls": polls,
};
