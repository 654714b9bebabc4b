import { WebAPIRateLimitedError } from "@slack/web-api";
import { beginPosting, claimSlot, finishSlot, lastDoneSlots, withdrawPosting } from "../../store/digest-slots.ts";
import {
  findSubscription,
  listSubscriptions,
  markDeliverable,
  type StoredSubscription,
} from "../../store/subscriptions.ts";
import { type DueDigest, dueSlot, LATE_AFTER_MS } from "../../triage/digest/due.ts";
import { missedBefore } from "../../triage/digest/missed.ts";
import type { SlotRef } from "../../triage/digest/subscription.ts";
import { slackErrorOf } from "../call.ts";
import { ChannelBusyError } from "../channel-queue.ts";
import type { NoPosting } from "../channels.ts";
import type { DeliveryContext } from "../context.ts";
import { postMessage } from "../post.ts";
import { type DigestFrame, digestMessage, isAllClear } from "../views/digest.ts";
import { askDigest, type DigestFindings } from "./ask.ts";
import { digestMetadata, findPosted, type Search } from "./find-posted.ts";
import { giveUp } from "./undeliverable.ts";

export interface Delivery {
  /**
   * Posts the digest of a subscription that is due, exactly once for its slot, however often it is called and whenever it is cut off.
   * Does nothing when none is due. Throws where another try may succeed: call it again then. Once `signal` is aborted somebody else may
   * be at it, so nothing is posted any more.
   */
  deliver(subscriptionId: string, signal?: AbortSignal): Promise<void>;
}

export function createDelivery(context: DeliveryContext): Delivery {
  return {
    deliver: (subscriptionId, signal) => deliver(context, subscriptionId, signal ?? new AbortController().signal),
  };
}

/** A slot that is being worked on. */
interface Slot {
  subscription: StoredSubscription;
  due: DueDigest;
  ref: SlotRef;
  /** When somebody else was about to post it, who may have done so. */
  begunAt: Date | undefined;
  /** The latest slot before that is done. */
  lastDone: Date | undefined;
}

async function deliver(context: DeliveryContext, subscriptionId: string, signal: AbortSignal): Promise<void> {
  const { channels, collector, log, now } = context;
  const slot = await takeSlot(context, subscriptionId);
  if (!slot) return;
  const { subscription, due, ref } = slot;
  const whyNot = await channels.whyNot(subscription.channel);
  const toTell: ToTell = whyNot ? { whyNot } : { findings: await ask(context, slot, signal) };
  // Looked for as late as can be, so that a post which was on its way has arrived.
  const earlier = await findEarlier(context, slot);
  signal.throwIfAborted();
  if (earlier === "found") return;
  if ("whyNot" in toTell) {
    if (toTell.whyNot === "unknown") await failToLook(context, subscription.channel);
    return giveUp(context, subscription, ref, toTell.whyNot);
  }
  const { findings } = toTell;
  if (subscription.allClear === "silent" && isAllClear(findings.answer, findings.trouble)) {
    await finishSlot(collector.store.db, ref, { state: "silent", now: now() });
    log.info({ subscription: subscription.id, due: due.dueAt }, "a digest had nothing to tell");
    return;
  }
  await post(context, slot, findings, earlier === "unreadable");
}

/** What a digest tells, or why it may not. */
type ToTell = { whyNot: NoPosting } | { findings: DigestFindings };

/** Whether what was cut off while it posted had posted all the same; the slot is done then. */
async function findEarlier(
  { web, collector, log, now }: DeliveryContext,
  { subscription, ref, begunAt }: Slot,
): Promise<Search["state"]> {
  if (!begunAt) return "absent";
  const { db } = collector.store;
  const search = await findPosted(web, subscription.channel, ref, begunAt);
  const about = { subscription: subscription.id, due: ref.dueAt };
  if (search.state === "unreadable") {
    log.warn({ ...about, why: search.why }, "nobody can tell whether a digest was posted");
  }
  if (search.state === "found") {
    await finishSlot(db, ref, { state: "posted", messageTs: search.ts, now: now() });
    if (subscription.undeliverable) await markDeliverable(db, subscription.id);
    log.info(about, "a digest stands there already");
  }
  return search.state;
}

/** The slot that is due, `undefined` when none is. */
async function takeSlot({ collector, now }: DeliveryContext, subscriptionId: string): Promise<Slot | undefined> {
  const { db } = collector.store;
  const subscription = await findSubscription(db, subscriptionId);
  if (!subscription) return undefined;
  const lastDone = (await lastDoneSlots(db, [subscriptionId])).get(subscriptionId)?.dueAt;
  const due = dueSlot(subscription, now(), lastDone);
  if (!due) return undefined;
  const ref = { subscriptionId, dueAt: due.dueAt };
  const claim = await claimSlot(db, ref, now());
  if (claim.state === "done") return undefined;
  return { subscription, due, ref, lastDone, begunAt: claim.state === "uncertain" ? claim.postingAt : undefined };
}

/** To the very end of the window: what is left out here would be in no digest, since the next one begins there. */
function ask(context: DeliveryContext, { subscription, due }: Slot, signal: AbortSignal): Promise<DigestFindings> {
  const { now, pace } = context;
  const question = { terms: subscription.terms, window: due.window, now: now(), maxAgeMs: 0 };
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(pace.digestDeadlineMs)]);
  return askDigest(context, question, inTime);
}

/** Whether the channel may be posted in must be known. Throws Slack's own error where the token is the reason that it is not. */
async function failToLook({ web }: DeliveryContext, channel: string): Promise<never> {
  await web.auth.test();
  throw new Error(
    `Slack did not tell whether a digest may be posted in ${channel}. If it stays so: the app needs the scopes channels:read and groups:read.`,
  );
}

async function post(
  context: DeliveryContext,
  slot: Slot,
  findings: DigestFindings,
  mayBeRepeat: boolean,
): Promise<void> {
  const { web, collector, log, now } = context;
  const { subscription, due, ref, begunAt } = slot;
  const { db } = collector.store;
  const frame = await frameOf(context, slot, findings, mayBeRepeat);
  if (!frame || !(await beginPosting(db, ref, now(), begunAt))) return;
  const message = digestMessage(findings.answer, frame);
  const posted = await send();
  if ("refused" in posted) return giveUp(context, subscription, ref, posted.refused);
  await finishSlot(db, ref, { state: "posted", messageTs: posted.ts, now: now() });
  if (subscription.undeliverable) await markDeliverable(db, subscription.id);
  const { failed: count } = findings.answer.totals;
  log.info(
    { subscription: subscription.id, due: due.dueAt, late: frame.late !== undefined, count },
    "a digest was posted",
  );

  async function send() {
    try {
      return await postMessage(web, { channel: subscription.channel }, message, digestMetadata(ref));
    } catch (error) {
      // What was sent before may stand there still, where nobody could look.
      if (isRefusal(error) && !mayBeRepeat) await withdrawPosting(db, ref);
      throw error;
    }
  }
}

/** `undefined` when the digest was ended meanwhile. */
async function frameOf(
  { collector, now }: DeliveryContext,
  { subscription, due, lastDone }: Slot,
  { queryText, trouble }: DigestFindings,
  mayBeRepeat: boolean,
): Promise<DigestFrame | undefined> {
  const { id, channel, schedule, terms, undeliverable } = subscription;
  const there = await listSubscriptions(collector.store.db, { channel });
  const number = there.findIndex((other) => other.id === id) + 1;
  if (number === 0) return undefined;
  const byMs = now().getTime() - due.dueAt.getTime();
  const missed = missedBefore(subscription, due.window, { lastDone, undeliverableSince: undeliverable?.since });
  return {
    kind: "scheduled",
    terms,
    queryText,
    schedule,
    number,
    mayBeRepeat,
    ...(trouble && { trouble }),
    ...(byMs > LATE_AFTER_MS && { late: { dueAt: due.dueAt, byMs } }),
    ...(missed && { missed }),
  };
}

/**
 * Whether it was not posted for sure. Of these two errors Slack says that a part may have been done all the same:
 * https://docs.slack.dev/reference/methods/chat.postMessage#errors
 */
function isRefusal(error: unknown): boolean {
  const word = slackErrorOf(error);
  if (word === "fatal_error" || word === "internal_error") return false;
  return word !== undefined || error instanceof WebAPIRateLimitedError || error instanceof ChannelBusyError;
}
