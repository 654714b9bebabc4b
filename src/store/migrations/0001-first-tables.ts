import { type Kysely, sql } from "kysely";

/** Ids are compared byte by byte (`collate "C"`), so that both databases sort them alike. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhooks (
      provider text collate "C" not null,
      id text collate "C" not null,
      name text not null,
      endpoint text,
      active boolean not null,
      event_types text[] not null,
      admin_url text,
      seen_at timestamptz not null,
      deleted_at timestamptz,
      primary key (provider, id)
    )`.execute(db);

  await sql`
    create table invocations (
      provider text collate "C" not null,
      webhook_id text collate "C" not null,
      id text collate "C" not null,
      status text not null,
      outcome text not null check (outcome in ('succeeded', 'failed', 'pending')),
      pending_until timestamptz,
      status_code integer,
      event_type text,
      created_at timestamptz not null,
      latest_completed_at timestamptz,
      occurred_at timestamptz not null generated always as (coalesce(latest_completed_at, created_at)) stored,
      attempts_count integer,
      expires_at timestamptz,
      source jsonb,
      primary key (provider, webhook_id, id)
    )`.execute(db);
  await sql`create index invocations_by_id on invocations (id)`.execute(db);
  await sql`create index invocations_by_time on invocations (occurred_at, id, provider, webhook_id)`.execute(db);
  // Most rows succeed and most questions are about those that did not.
  await sql`
    create index invocations_not_succeeded on invocations (occurred_at, id, provider, webhook_id)
    where outcome <> 'succeeded'`.execute(db);

  await sql`
    create table attempts (
      provider text collate "C" not null,
      webhook_id text collate "C" not null,
      invocation_id text collate "C" not null,
      index integer not null,
      status text not null,
      outcome text not null check (outcome in ('succeeded', 'failed', 'pending')),
      status_code integer,
      request jsonb,
      response jsonb,
      error_message text,
      started_at timestamptz,
      completed_at timestamptz,
      duration_ms double precision,
      masked_count integer not null,
      primary key (provider, webhook_id, invocation_id, index)
    )`.execute(db);
  await sql`
    create table attempt_reads (
      provider text collate "C" not null,
      webhook_id text collate "C" not null,
      invocation_id text collate "C" not null,
      read_at timestamptz not null,
      primary key (provider, webhook_id, invocation_id)
    )`.execute(db);

  await sql`
    create table coverage (
      provider text collate "C" not null,
      webhook_id text collate "C" not null,
      from_at timestamptz not null,
      to_at timestamptz not null,
      check (from_at < to_at),
      primary key (provider, webhook_id, from_at)
    )`.execute(db);

  await sql`
    create table provider_states (
      provider text collate "C" primary key,
      webhooks_listed_at timestamptz,
      last_success_at timestamptz,
      failing_since timestamptz,
      last_error text,
      rate_limit_per_minute integer,
      rate_limit_remaining integer,
      rate_limit_seen_at timestamptz
    )`.execute(db);

  await sql`
    create table accounts (
      provider text collate "C" primary key,
      account text not null
    )`.execute(db);

  await sql`
    create table replies (
      key text collate "C" primary key,
      channel text not null,
      thread_ts text not null,
      message_ts text,
      claimed_at timestamptz not null
    )`.execute(db);
}
