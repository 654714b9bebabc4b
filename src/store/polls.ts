import { type Kysely, sql } from "kysely";
import { optional } from "./invocation-rows.ts";
import { storableText } from "./json-rows.ts";
import { outcomeAsOf } from "./outcome-counts.ts";
import type { Tables } from "./tables.ts";

/** When somebody last tried to read a webhook in the background. How far that went its coverage tells. */
export interface Poll {
  polledAt: Date;
  /** Tries that failed since the last that did not. */
  failures: number;
}

/** By webhook id. Webhooks that were never polled are left out. */
export async function readPolls(db: Kysely<Tables>, provider: string): Promise<Map<string, Poll>> {
  const rows = await db
    .selectFrom("polls")
    .select(["webhook_id", "polled_at", "failures"])
    .where("provider", "=", storableText(provider))
    .execute();
  return new Map(rows.map((row) => [row.webhook_id, { polledAt: row.polled_at, failures: row.failures }]));
}

/** Notes tries of these webhooks: one that went well ends what was failing. */
export async function savePolls(
  db: Kysely<Tables>,
  provider: string,
  { webhookIds, polledAt, failed }: { webhookIds: readonly string[]; polledAt: Date; failed: boolean },
): Promise<void> {
  if (webhookIds.length === 0) return;
  const ids = [...new Set(webhookIds.map(storableText))];
  await sql`
    insert into polls (provider, webhook_id, polled_at, failures)
    select ${storableText(provider)}, id, ${polledAt}, ${failed ? 1 : 0} from unnest(${ids}::text[]) as id
    on conflict (provider, webhook_id) do update set
      polled_at = excluded.polled_at,
      failures = case when excluded.failures = 0 then 0 else polls.failures + 1 end
  `.execute(db);
}

/** What webhooks did lately, by their ids. Those that did nothing are left out. */
export interface LatelyDone {
  lastTrafficAt?: Date;
  /** What has not come to an end counts as well. */
  lastFailureAt?: Date;
}

/** `trafficFrom`, `failuresFrom`: how far back to look for each. */
export async function readLatelyDone(
  db: Kysely<Tables>,
  provider: string,
  { trafficFrom, failuresFrom }: { trafficFrom: Date; failuresFrom: Date },
): Promise<Map<string, LatelyDone>> {
  const done = new Map<string, LatelyDone>();
  const latest = (from: Date) =>
    db
      .selectFrom("invocations")
      .select((eb) => ["webhook_id", eb.fn.max("occurred_at").as("at")])
      .where("provider", "=", storableText(provider))
      .where("occurred_at", ">=", from)
      .groupBy("webhook_id");
  for (const { webhook_id, at } of await latest(trafficFrom).execute()) done.set(webhook_id, { lastTrafficAt: at });
  const failing = await latest(failuresFrom).where("outcome", "<>", "succeeded").execute();
  for (const { webhook_id, at } of failing) done.set(webhook_id, { ...done.get(webhook_id), lastFailureAt: at });
  return done;
}

/** What failed lately, in so far as it tells whether more has failed since. */
export interface FailedLately {
  count: number;
  newestAt?: Date;
}

/** Of what happened from then on, up to `now`. */
export async function readFailedLately(
  db: Kysely<Tables>,
  provider: string,
  { from, now }: { from: Date; now: Date },
): Promise<FailedLately> {
  const { count, newest } = await db
    .selectFrom("invocations")
    .select((eb) => [eb.fn.countAll<string | number>().as("count"), eb.fn.max("occurred_at").as("newest")])
    .where("provider", "=", storableText(provider))
    .where("occurred_at", ">=", from)
    .where("occurred_at", "<", now)
    // The index of what did not succeed.
    .where("outcome", "<>", "succeeded")
    .where(outcomeAsOf(now), "=", "failed")
    .executeTakeFirstOrThrow();
  return { count: Number(count), ...optional("newestAt", newest ?? undefined) };
}

/** That an account failed as a whole, and for how long it is left alone. */
export interface PollPause {
  failures: number;
  failedAt: Date;
  pausedUntil: Date;
}

export async function readPause(db: Kysely<Tables>, provider: string): Promise<PollPause | undefined> {
  const row = await db
    .selectFrom("poll_pauses")
    .selectAll()
    .where("provider", "=", storableText(provider))
    .executeTakeFirst();
  return row && { failures: row.failures, failedAt: row.failed_at, pausedUntil: row.paused_until };
}

export async function savePause(db: Kysely<Tables>, provider: string, pause: PollPause): Promise<void> {
  const columns = { failures: pause.failures, failed_at: pause.failedAt, paused_until: pause.pausedUntil };
  await db
    .insertInto("poll_pauses")
    .values({ provider: storableText(provider), ...columns })
    .onConflict((conflict) => conflict.column("provider").doUpdateSet(columns))
    .execute();
}

export async function endPause(db: Kysely<Tables>, provider: string): Promise<void> {
  await db.deleteFrom("poll_pauses").where("provider", "=", storableText(provider)).execute();
}
