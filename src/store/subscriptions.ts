import type { Kysely, Selectable } from "kysely";
import type { DigestSchedule, DigestSubscription, Weekday } from "../triage/digest/subscription.ts";
import { optional } from "./invocation-rows.ts";
import { storableText } from "./json-rows.ts";
import type { Tables } from "./tables.ts";

export interface StoredSubscription extends DigestSubscription {
  /** Its channel cannot be posted in, for a reason in Slack's word. */
  undeliverable?: Undeliverable;
}

export interface Undeliverable {
  since: Date;
  reason: string;
}

/** Keeps a new subscription. One with the same id that is kept already stays as it is. */
export async function addSubscription(db: Kysely<Tables>, subscription: DigestSubscription): Promise<void> {
  const { id, channel, schedule, terms, allClear, createdBy, createdAt } = subscription;
  await db
    .insertInto("subscriptions")
    .values({
      id: storableText(id),
      channel: storableText(channel),
      days: String(schedule.days),
      minute_of_day: schedule.minuteOfDay,
      time_zone: storableText(schedule.timeZone),
      terms: storableText(terms),
      all_clear: allClear,
      created_by: storableText(createdBy),
      created_at: createdAt,
      ended_at: null,
      undeliverable_since: null,
      undeliverable_reason: null,
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}

/** The live ones, oldest first: of one channel, or of all. */
export async function listSubscriptions(
  db: Kysely<Tables>,
  { channel }: { channel?: string } = {},
): Promise<StoredSubscription[]> {
  const rows = await live(db)
    .$if(channel !== undefined, (query) => query.where("channel", "=", storableText(channel ?? "")))
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(fromRow);
}

/** A live one. */
export async function findSubscription(db: Kysely<Tables>, id: string): Promise<StoredSubscription | undefined> {
  const row = await live(db).where("id", "=", storableText(id)).executeTakeFirst();
  return row && fromRow(row);
}

/** True for exactly one caller: whoever ended it. */
export async function endSubscription(db: Kysely<Tables>, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("subscriptions")
    .set({ ended_at: now })
    .where("id", "=", storableText(id))
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** True the first time; what was said then stays until `markDeliverable`. */
export async function markUndeliverable(db: Kysely<Tables>, id: string, why: Undeliverable): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("subscriptions")
    .set({ undeliverable_since: why.since, undeliverable_reason: storableText(why.reason) })
    .where("id", "=", storableText(id))
    .where("undeliverable_since", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Something could be posted in its channel. */
export async function markDeliverable(db: Kysely<Tables>, id: string): Promise<void> {
  await db
    .updateTable("subscriptions")
    .set({ undeliverable_since: null, undeliverable_reason: null })
    .where("id", "=", storableText(id))
    .where("undeliverable_since", "is not", null)
    .execute();
}

function live(db: Kysely<Tables>) {
  return db.selectFrom("subscriptions").selectAll().where("ended_at", "is", null);
}

function fromRow(row: Selectable<Tables["subscriptions"]>): StoredSubscription {
  return {
    id: row.id,
    channel: row.channel,
    schedule: { days: daysOf(row.days), minuteOfDay: row.minute_of_day, timeZone: row.time_zone },
    terms: row.terms,
    allClear: row.all_clear,
    createdBy: row.created_by,
    createdAt: row.created_at,
    ...optional("undeliverable", undeliverableOf(row)),
  };
}

const WEEKDAYS: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6];

function daysOf(stored: string): DigestSchedule["days"] {
  if (stored === "every_day" || stored === "weekdays") return stored;
  const weekday = WEEKDAYS.find((day) => String(day) === stored);
  if (weekday === undefined) throw new Error(`A subscription is kept for days that nobody knows: ${stored}`);
  return weekday;
}

function undeliverableOf(row: Selectable<Tables["subscriptions"]>): Undeliverable | undefined {
  if (row.undeliverable_since === null || row.undeliverable_reason === null) return undefined;
  return { since: row.undeliverable_since, reason: row.undeliverable_reason };
}
