import { ulid } from "ulid";
import { addSubscription, endSubscription, type StoredSubscription } from "../../../../store/subscriptions.ts";
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
  /** What they are told they may read in another place than the channel. */
  isElsewhere?: boolean;
}

/** What to tell the one who wished. */
export interface Kept {
  outcome: Outcome;
  message: Message;
}

/** More than anybody reads. */
export const MOST_DIGESTS = 20;

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
  const { channel, userId: createdBy } = wisher;
  const why = await channels.whyNot(channel);
  if (why) return refused(why, wisher);
  const names = await checkNames(collector, wish.terms, now(), signal);
  if (names.fault) return { outcome: "not_understood", message: faultMessage(names.fault) };
  const createdAt = now();
  const digest = { ...wish, id: ulid(createdAt.getTime()), channel, createdBy, createdAt };
  const added = await addSubscription(collector.store.db, digest, { most: MOST_DIGESTS });
  if (added.state === "full") return refused("full", wisher);
  const kept = keptOf(added.subscription, context, wisher);
  if (added.state === "there") {
    const differs = added.subscription.allClear !== wish.allClear;
    return { outcome: "answered", message: digestThereMessage(kept, { differs }) };
  }
  if (!(await schedule(context, digest))) return refused("not_scheduled", wisher, "failed");
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

function keptOf(
  digest: StoredSubscription,
  { now }: SlackContext,
  { command, isElsewhere = false }: Wisher,
): Omit<KeptDigest, "notes"> {
  return { digest, number: digest.number, nextAt: nextSlot(digest.schedule, now()), command, isElsewhere };
}

function refused(why: NoDigest, wisher: Wisher, outcome: Outcome = "refused"): Kept {
  return { outcome, message: noDigestMessage(why, wisher) };
}
