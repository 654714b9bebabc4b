import type { Insertable, Kysely, Selectable } from "kysely";
import type { DigestSchedule, DigestSubscription, Weekday } from "../triage/digest/subscription.ts";
import { optional } from "./invocation-rows.ts";
import { storableText } from "./json-rows.ts";
import type { Tables } from "./tables.ts";
import { inTransaction, lockSubscriptions } from "./transaction.ts";

export interface StoredSubscription extends DigestSubscription {
  /** By which people call it, from 1 on. It stays as long as the subscription lives; no other live one of the channel has it. */
  number: number;
  /** Its channel cannot be posted in, for a reason in Slack's word. */
  undeliverable?: Undeliverable;
}

export interface Undeliverable {
  since: Date;
  reason: string;
}

/** What became of a wish for a subscription. */
export type Added =
  | { state: "added"; subscription: StoredSubscription }
  /** The channel has one with the same id, or of the same schedule and terms, and that one stays as it is. */
  | { state: "there"; subscription: StoredSubscription }
  /** The channel has as many as it may have. */
  | { state: "full" };

/**
 * Keeps a new subscription and gives it its number: one more than the highest of those that are live in the channel. A channel has no
 * more than `most`, and none twice, however many ask at once.
 */
export function addSubscription(
  db: Kysely<Tables>,
  subscription: DigestSubscription,
  { most = Number.POSITIVE_INFINITY }: { most?: number } = {},
): Promise<Added> {
  const { id, channel } = subscription;
  return inTransaction(db, async (trx) => {
    await lockSubscriptions(trx, storableText(channel));
    const there = await listSubscriptions(trx, { channel });
    const twin = there.find((other) => other.id === storableText(id) || isSameWish(other, subscription));
    if (twin) return { state: "there", subscription: twin };
    if (there.length >= most) return { state: "full" };
    const number = Math.max(0, ...there.map((other) => other.number)) + 1;
    const row = await trx
      .insertInto("subscriptions")
      .values(toRow(subscription, number))
      .returningAll()
      .executeTakeFirstOrThrow();
    return { state: "added", subscription: fromRow(row) };
  });
}

function isSameWish(digest: DigestSubscription, { schedule, terms }: DigestSubscription): boolean {
  const { days, minuteOfDay, timeZone } = digest.schedule;
  return (
    digest.terms === storableText(terms) &&
    days === schedule.days &&
    minuteOfDay === schedule.minuteOfDay &&
    timeZone === storableText(schedule.timeZone)
  );
}

/** The live ones: of one channel by their number, or of all, oldest first. */
export async function listSubscriptions(
  db: Kysely<Tables>,
  { channel }: { channel?: string } = {},
): Promise<StoredSubscription[]> {
  const rows =
    channel === undefined
      ? await live(db).orderBy("created_at").orderBy("id").execute()
      : await live(db).where("channel", "=", storableText(channel)).orderBy("number").execute();
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

function toRow(subscription: DigestSubscription, number: number): Insertable<Tables["subscriptions"]> {
  const { id, channel, schedule, terms, allClear, createdBy, createdAt } = subscription;
  return {
    id: storableText(id),
    channel: storableText(channel),
    number,
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
  };
}

function fromRow(row: Selectable<Tables["subscriptions"]>): StoredSubscription {
  return {
    id: row.id,
    channel: row.channel,
    number: row.number,
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
