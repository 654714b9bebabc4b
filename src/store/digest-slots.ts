import { type Kysely, sql } from "kysely";
import type { SlotRef } from "../triage/digest/subscription.ts";
import type { Window } from "../triage/window.ts";
import { optional } from "./invocation-rows.ts";
import { storableText } from "./json-rows.ts";
import type { Tables } from "./tables.ts";

/**
 * `fresh`: nobody has touched this slot. `resumed`: somebody did and died before anything was sent. `uncertain`: a digest may
 * stand in the channel since `postingAt`; look for it before posting. `done`: leave it.
 */
export type ClaimedSlot =
  | { state: "fresh" }
  | { state: "resumed" }
  | { state: "uncertain"; postingAt: Date }
  | { state: "done" };

/** How a slot ended: posted, with nothing to say, or in a channel that cannot be posted in. */
export type SlotEnd = "posted" | "silent" | "undeliverable";

export interface DoneSlot {
  dueAt: Date;
  state: SlotEnd;
  messageTs?: string;
  finishedAt: Date;
}

/** Takes up a slot. It does not keep others out: the queue has one worker at a subscription at a time. */
export async function claimSlot(db: Kysely<Tables>, ref: SlotRef, now: Date): Promise<ClaimedSlot> {
  const inserted = await db
    .insertInto("digest_slots")
    .values({
      subscription_id: storableText(ref.subscriptionId),
      due_at: ref.dueAt,
      state: "claimed",
      claimed_at: now,
      posting_at: null,
      message_ts: null,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.columns(["subscription_id", "due_at"]).doNothing())
    .returning("state")
    .executeTakeFirst();
  if (inserted) return { state: "fresh" };
  const slot = await db
    .selectFrom("digest_slots")
    .select(["state", "posting_at"])
    .where("subscription_id", "=", storableText(ref.subscriptionId))
    .where("due_at", "=", ref.dueAt)
    .executeTakeFirst();
  // Slots go only long after they are done.
  if (slot?.state !== "claimed") return { state: "done" };
  return slot.posting_at === null ? { state: "resumed" } : { state: "uncertain", postingAt: slot.posting_at };
}

/**
 * Says that the digest is about to be sent, which must be kept before it is. `seen`: the `postingAt` of an uncertain slot whose
 * digest was looked for. False: do not send; somebody else has begun, or has finished the slot.
 */
export async function beginPosting(db: Kysely<Tables>, ref: SlotRef, now: Date, seen?: Date): Promise<boolean> {
  const { numUpdatedRows } = await open(db, ref)
    .set({ posting_at: now })
    .where("posting_at", "is not distinct from", seen ?? null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Nothing of the digest that was begun at `postingAt` stands in the channel. A posting that somebody else has begun stays. */
export async function withdrawPosting(db: Kysely<Tables>, ref: SlotRef, postingAt: Date): Promise<void> {
  await open(db, ref).set({ posting_at: null }).where("posting_at", "=", postingAt).execute();
}

/**
 * For good: a slot that is done stays as it is. `postingAt`: when the digest was begun that stands there or was looked for, absent where
 * none was. A slot at which somebody else has begun meanwhile stays open: it is theirs.
 */
export async function finishSlot(
  db: Kysely<Tables>,
  ref: SlotRef,
  { state, postingAt, messageTs, now }: { state: SlotEnd; postingAt?: Date; messageTs?: string; now: Date },
): Promise<void> {
  await open(db, ref)
    .set({ state, message_ts: messageTs ?? null, finished_at: now })
    .where("posting_at", "is not distinct from", postingAt ?? null)
    .execute();
}

/** The latest slot whose digest told what there was to tell. One that had nothing to say counts, one that was given up does not. */
export async function lastToldSlot(db: Kysely<Tables>, subscriptionId: string): Promise<Date | undefined> {
  const slot = await db
    .selectFrom("digest_slots")
    .select("due_at")
    .where("subscription_id", "=", storableText(subscriptionId))
    .where("state", "in", ["posted", "silent"])
    .orderBy("due_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return slot?.due_at;
}

/** The slots due inside `between`, its ends left out, of which nobody knows whether their digest stands in the channel. Newest first. */
export async function uncertainSlots(
  db: Kysely<Tables>,
  subscriptionId: string,
  between: Window,
): Promise<{ dueAt: Date; postingAt: Date }[]> {
  const rows = await db
    .selectFrom("digest_slots")
    .select(["due_at", "posting_at"])
    .where("subscription_id", "=", storableText(subscriptionId))
    .where("state", "=", "claimed")
    .where("due_at", ">", between.from)
    .where("due_at", "<", between.to)
    .orderBy("due_at", "desc")
    .execute();
  return rows.flatMap(({ due_at, posting_at }) => (posting_at ? [{ dueAt: due_at, postingAt: posting_at }] : []));
}

/** The latest slot that is done, of each subscription that has one. */
export async function lastDoneSlots(db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, DoneSlot>> {
  const rows = await db
    .selectFrom("digest_slots")
    .select(["subscription_id", "due_at", "state", "message_ts", "finished_at"])
    .distinctOn("subscription_id")
    .where("subscription_id", "=", sql<string>`any(${ids.map(storableText)}::text[])`)
    .where("state", "<>", "claimed")
    .orderBy("subscription_id")
    .orderBy("due_at", "desc")
    .execute();
  const done = new Map<string, DoneSlot>();
  for (const { subscription_id, due_at, state, message_ts, finished_at } of rows) {
    if (state === "claimed" || finished_at === null) continue;
    done.set(subscription_id, {
      dueAt: due_at,
      state,
      finishedAt: finished_at,
      ...optional("messageTs", message_ts),
    });
  }
  return done;
}

/** A slot that somebody is at. */
function open(db: Kysely<Tables>, { subscriptionId, dueAt }: SlotRef) {
  return db
    .updateTable("digest_slots")
    .where("subscription_id", "=", storableText(subscriptionId))
    .where("due_at", "=", dueAt)
    .where("state", "=", "claimed");
}
