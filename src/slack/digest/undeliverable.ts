import { finishSlot } from "../../store/digest-slots.ts";
import { markUndeliverable } from "../../store/subscriptions.ts";
import type { DigestSubscription, SlotRef } from "../../triage/digest/subscription.ts";
import type { DeliveryContext } from "../context.ts";
import { postMessage } from "../post.ts";
import { digestUndeliveredMessage, type Undelivered, undeliveredOf } from "../views/digest-undeliverable.ts";

/**
 * Gives a slot up because its channel cannot be posted in; later ones are given up quietly until one can be posted. `postingAt`: when
 * its digest was begun, where it was. `why` is Slack's word, or ours.
 */
export async function giveUp(
  context: DeliveryContext,
  digest: DigestSubscription,
  { ref, postingAt }: { ref: SlotRef; postingAt: Date | undefined },
  why: string,
): Promise<void> {
  const { collector, now } = context;
  await noteUndeliverable(context, digest, ref, why);
  await finishSlot(collector.store.db, ref, { state: "undeliverable", postingAt, now: now() });
}

/** Writes down why a digest cannot be posted. The one who made it is told the first time. */
export async function noteUndeliverable(
  context: DeliveryContext,
  digest: DigestSubscription,
  { dueAt: due }: SlotRef,
  why: string,
): Promise<void> {
  const { collector, log, now } = context;
  const undelivered = undeliveredOf(why, digest.channel);
  log.warn({ subscription: digest.id, due, digestChannel: digest.channel, why }, "a digest cannot be posted");
  const { reason } = undelivered;
  const isFirst = await markUndeliverable(collector.store.db, digest.id, { since: now(), reason });
  if (isFirst) await tell(context, digest, undelivered);
}

/** What fails here changes nothing for the digest. */
async function tell(
  { web, log }: DeliveryContext,
  digest: DigestSubscription,
  undelivered: Undelivered,
): Promise<void> {
  try {
    // A user's id stands for the direct message with them: https://docs.slack.dev/reference/methods/chat.postMessage
    const told = await postMessage(web, { channel: digest.createdBy }, digestUndeliveredMessage(digest, undelivered));
    if ("ts" in told) return;
    log.warn({ subscription: digest.id, refused: told.refused }, "nobody could be told that a digest cannot be posted");
  } catch (error) {
    log.warn({ subscription: digest.id, err: error }, "nobody could be told that a digest cannot be posted");
  }
}
