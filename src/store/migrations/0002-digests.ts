import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table subscriptions (
      id text collate "C" primary key,
      channel text not null,
      number integer not null check (number > 0),
      days text not null check (days in ('every_day', 'weekdays', '0', '1', '2', '3', '4', '5', '6')),
      minute_of_day integer not null check (minute_of_day between 0 and 1439),
      time_zone text not null,
      terms text not null,
      all_clear text not null check (all_clear in ('line', 'silent')),
      created_by text not null,
      created_at timestamptz not null,
      ended_at timestamptz,
      undeliverable_since timestamptz,
      undeliverable_reason text,
      check ((undeliverable_since is null) = (undeliverable_reason is null))
    )`.execute(db);

  // People end a digest by its number, so it must never mean another one.
  await sql`
    create unique index subscriptions_number on subscriptions (channel, number) where ended_at is null`.execute(db);

  // The same wish stands once. Terms may be longer than what an index takes, so their hash stands for them.
  await sql`
    create unique index subscriptions_wish on subscriptions (channel, days, minute_of_day, time_zone, md5(terms))
    where ended_at is null`.execute(db);

  // The key is what makes a digest come once: nobody finishes the same slot of a subscription twice.
  await sql`
    create table digest_slots (
      subscription_id text collate "C" not null,
      due_at timestamptz not null,
      state text not null check (state in ('claimed', 'posted', 'silent', 'undeliverable')),
      claimed_at timestamptz not null,
      posting_at timestamptz,
      message_ts text,
      finished_at timestamptz,
      primary key (subscription_id, due_at),
      check ((state = 'claimed') = (finished_at is null))
    )`.execute(db);
}
