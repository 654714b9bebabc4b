import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  // One row for each invocation whose attempts were read; without a reading where they told nothing.
  await sql`
    create table diagnoses (
      provider text collate "C" not null,
      webhook_id text collate "C" not null,
      invocation_id text collate "C" not null,
      cause_id text,
      rules integer not null,
      reading jsonb,
      attempt_index integer,
      status_code integer,
      diagnosed_at timestamptz not null,
      primary key (provider, webhook_id, invocation_id),
      check ((cause_id is null) = (reading is null) and (reading is null) = (attempt_index is null))
    )`.execute(db);

  // That an invocation got another cause, by its attempts or by a better rule: what was told of it before can still be found. Rows are
  // numbered in the order of the changes: two of one invocation may be made by the same rules.
  await sql`
    create table regroupings (
      sequence bigint generated always as identity primary key,
      provider text collate "C" not null,
      webhook_id text collate "C" not null,
      invocation_id text collate "C" not null,
      from_cause_id text not null,
      to_cause_id text not null,
      from_rules integer not null,
      to_rules integer not null,
      regrouped_at timestamptz not null
    )`.execute(db);
  await sql`create index regroupings_of_invocation on regroupings (provider, webhook_id, invocation_id)`.execute(db);
}
