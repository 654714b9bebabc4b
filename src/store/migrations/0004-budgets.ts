import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  // One row for each provider: what all replicas together have sent it in the last minute, and what it said of its limit.
  await sql`
    create table budgets (
      provider text collate "C" primary key,
      state jsonb not null
    )`.execute(db);
}
