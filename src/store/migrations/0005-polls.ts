import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  // Until when a webhook was read is told by its coverage, and by that alone: here stands only when somebody last tried.
  await sql`
    create table polls (
      provider text collate "C" not null,
      webhook_id text collate "C" not null,
      polled_at timestamptz not null,
      failures integer not null check (failures >= 0),
      primary key (provider, webhook_id)
    )`.execute(db);

  // Accounts that failed as a whole and are left alone for a while.
  await sql`
    create table poll_pauses (
      provider text collate "C" primary key,
      failures integer not null check (failures > 0),
      failed_at timestamptz not null,
      paused_until timestamptz not null
    )`.execute(db);
}
