import { monotonicFactory } from "ulid";
import { addSubscription, endSubscription, listSubscriptions } from "../../../../store/subscriptions.ts";
import type { DigestWish } from "../../../../triage/digest/parse-digest.ts";
import { nextSlot } from "../../../../triage/digest/schedule.ts";
import type { DigestSubscription } from "../../../../triage/digest/subscription.ts";
import type { Outcome, SlackContext } from "../../../context.ts";
import { digestKeptMessage, digestThereMessage, type KeptDigest } from "../../../views/digest-kept.ts";
import { type NoDigest, noDigestMessage } from "../../../views/digest-refused.ts";
import { faultMessage } from "../../../views/fault.ts";
import type { Message } from "../../../views/message.ts";
import { checkNames } from "./check-names.ts";

/** Who wants a digest, where, and how they call us. */
export interface Wisher {
  channel: string;
  userId: string;
  /** The slash command as this workspace calls it. */
  command: string;
}

/** What to tell the one who wished. */
export interface Kept {
  outcome: Outcome;
  message: Message;
}

/** More than anybody reads. */
const MOST_DIGESTS = 20;

/** Two of one millisecond are in order as well: their order makes their numbers. */
const newId = monotonicFactory();

/**
 * Sets a digest up: where the bot can post, where what it names is there, and where the channel does not have it already. The
 * signal ends the look at the providers. Throws what the store throws.
 */
export async function keepDigest(
  context: SlackContext,
  wish: DigestWish,
  wisher: Wisher,
  signal: AbortSignal,
): Promise<Kept> {
  const { channels, collector, now } = context;
  const { db } = collector.store;
  const { channel } = wisher;
  const why = await channels.whyNot(channel);
  if (why) return refused(why, wisher);
  const before = await listSubscriptions(db, { channel });
  const twin = before.find((other) => isSameWish(other, wish));
  if (twin) return alreadyThere(twin, before, wish, context, wisher);
  if (before.length >= MOST_DIGESTS) return refused("full", wisher);
  const names = await checkNames(collector, wish.terms, now(), signal);
  if (names.fault) return { outcome: "not_understood", message: faultMessage(names.fault) };
  const createdAt = now();
  const digest = { ...wish, id: newId(createdAt.getTime()), channel, createdBy: wisher.userId, createdAt };
  await addSubscription(db, digest);
  const after = await listSubscriptions(db, { channel });
  // Somebody may have wished the same at the same moment: the earlier one stays.
  const first = after.find((other) => isSameWish(other, wish));
  if (first && first.id !== digest.id) {
    await endSubscription(db, digest.id, now());
    const left = after.filter(({ id }) => id !== digest.id);
    return alreadyThere(first, left, wish, context, wisher);
  }
  if (!(await schedule(context, digest))) return refused("not_scheduled", wisher, "failed");
  const kept = keptOf(digest, after, context, wisher);
  return { outcome: "answered", message: digestKeptMessage({ ...kept, notes: names.notes }) };
}

/** Puts it on the clock; what cannot be put there is taken back. */
async function schedule(context: SlackContext, digest: DigestSubscription): Promise<boolean> {
  const { collector, digests, log, now } = context;
  try {
    await digests.keep(digest);
  } catch (error) {
    log.error({ err: error, subscription: digest.id }, "a digest could not be scheduled, so it is taken back");
    await endSubscription(collector.store.db, digest.id, now());
    return false;
  }
  log.info({ subscription: digest.id, digestChannel: digest.channel }, "a digest was set up");
  return true;
}

function isSameWish(digest: DigestSubscription, { schedule, terms }: DigestWish): boolean {
  const { days, minuteOfDay, timeZone } = digest.schedule;
  return (
    digest.terms === terms &&
    days === schedule.days &&
    minuteOfDay === schedule.minuteOfDay &&
    timeZone === schedule.timeZone
  );
}

function alreadyThere(
  twin: DigestSubscription,
  all: readonly DigestSubscription[],
  wish: DigestWish,
  context: SlackContext,
  wisher: Wisher,
): Kept {
  const differs = twin.allClear !== wish.allClear;
  return { outcome: "answered", message: digestThereMessage(keptOf(twin, all, context, wisher), { differs }) };
}

function keptOf(
  digest: DigestSubscription,
  all: readonly DigestSubscription[],
  { now }: SlackContext,
  { command }: Wisher,
): Omit<KeptDigest, "notes"> {
  const number = all.findIndex(({ id }) => id === digest.id) + 1;
  return { digest, number, nextAt: nextSlot(digest.schedule, now()), command };
}

function refused(why: NoDigest, wisher: Wisher, outcome: Outcome = "refused"): Kept {
  return { outcome, message: noDigestMessage(why, wisher) };
}
