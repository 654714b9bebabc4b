import { finishSlot, lastToldSlot, uncertainSlots } from "../../store/digest-slots.ts";
import { markDeliverable, type StoredSubscription } from "../../store/subscriptions.ts";
import { missedBefore } from "../../triage/digest/missed.ts";
import type { SlotRef } from "../../triage/digest/subscription.ts";
import type { Window } from "../../triage/window.ts";
import type { DeliveryContext } from "../context.ts";
import { findPosted, type Search } from "./find-posted.ts";

/**
 * Slack may make a message only after nobody waits for its answer any more: what does not stand there so soon after it was begun may
 * still come. Longer than a post may wait for its turn, and our call for its answer. Milliseconds.
 */
const SETTLING_MS = 20_000;

/** A posting that was cut off: its digest may stand in the channel. */
export interface CutOff {
  ref: SlotRef;
  /** When it was begun. */
  postingAt: Date;
}

/**
 * Looks whether a digest stands there although nobody wrote that down; its slot is done then. Throws while it may still be on its way,
 * and what Slack answers to a look that may succeed another time.
 */
export async function findEarlier(
  { web, collector, log, now }: DeliveryContext,
  subscription: StoredSubscription,
  { ref, postingAt }: CutOff,
): Promise<Search["state"]> {
  const { db } = collector.store;
  // Before the look: what is settled by then has arrived where we look.
  const ageMs = now().getTime() - postingAt.getTime();
  const search = await findPosted(web, subscription.channel, ref, postingAt);
  const about = { subscription: subscription.id, due: ref.dueAt };
  if (search.state === "found") {
    await finishSlot(db, ref, { state: "posted", postingAt, messageTs: search.ts, now: now() });
    if (subscription.undeliverable) await markDeliverable(db, subscription.id);
    log.info(about, "a digest stands there already");
    return "found";
  }
  if (ageMs < SETTLING_MS) {
    const seconds = Math.round(ageMs / 1000);
    throw new Error(
      `A digest was begun ${seconds} s ago and does not stand in the channel: it may still be on its way. It is looked for again.`,
    );
  }
  if (search.state === "unreadable") {
    log.warn({ ...about, why: search.why }, "nobody can tell whether a digest was posted");
  }
  return search.state;
}

/** The time before `window` of which no digest told. Looks for those that may have. Throws as `findEarlier` does. */
export async function missedTime(
  context: DeliveryContext,
  subscription: StoredSubscription,
  window: Window,
): Promise<Window | undefined> {
  const { id: subscriptionId } = subscription;
  const { db } = context.collector.store;
  const missed = missedBefore(subscription, window, await lastToldSlot(db, subscriptionId));
  if (!missed) return undefined;
  // The window begins with the slot before: that one may have told too.
  const between = { from: missed.from, to: new Date(window.from.getTime() + 1) };
  for (const { dueAt, postingAt } of await uncertainSlots(db, subscriptionId, between)) {
    const found = await findEarlier(context, subscription, { ref: { subscriptionId, dueAt }, postingAt });
    if (found === "found") return missedBefore(subscription, window, dueAt);
  }
  return missed;
}
