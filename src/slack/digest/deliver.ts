import { WebAPIRateLimitedError } from "@slack/web-api";
import { beginPosting, claimSlot, finishSlot, lastDoneSlots, withdrawPosting } from "../../store/digest-slots.ts";
import { findSubscription, markDeliverable, type StoredSubscription } from "../../store/subscriptions.ts";
import { type DueDigest, dueSlot, LATE_AFTER_MS } from "../../triage/digest/due.ts";
import type { SlotRef } from "../../triage/digest/subscription.ts";
import type { Window } from "../../triage/window.ts";
import { slackErrorOf } from "../call.ts";
import { ChannelBusyError } from "../channel-queue.ts";
import type { NoPosting } from "../channels.ts";
import type { DeliveryContext } from "../context.ts";
import { type Posted, postMessage } from "../post.ts";
import { refusalWord } from "../refusals.ts";
import { onTerms } from "../send-terms.ts";
import { type DigestFrame, digestMessage, isAllClear } from "../views/digest.ts";
import type { Message } from "../views/message.ts";
import { askDigest, type DigestFindings } from "./ask.ts";
import { findEarlier, missedTime } from "./earlier.ts";
import { digestMetadata } from "./find-posted.ts";
import { giveUp, noteUndeliverable } from "./undeliverable.ts";

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

/**
 * How long after it was begun a digest may still be sent. Whoever takes over looks for it as of then, and our call for the answer takes
 * time as well. Milliseconds.
 */
const POST_WITHIN_MS = 8_000;

/** A slot that is being worked on. */
interface Slot {
  subscription: StoredSubscription;
  due: DueDigest;
  ref: SlotRef;
  /** When somebody else was about to post it, who may have done so. */
  begunAt: Date | undefined;
}

/** What goes out. */
interface Content {
  findings: DigestFindings;
  missed: Window | undefined;
  mayBeRepeat: boolean;
}

async function deliver(context: DeliveryContext, subscriptionId: string, signal: AbortSignal): Promise<void> {
  const { channels } = context;
  const slot = await takeSlot(context, subscriptionId);
  if (!slot) return;
  const { subscription, due, ref, begunAt } = slot;
  const whyNot = await channels.whyNot(subscription.channel);
  const toTell: ToTell = whyNot ? { whyNot } : { findings: await ask(context, slot, signal) };
  // Looked for as late as can be, so that a post which was on its way has arrived.
  const earlier = begunAt && (await findEarlier(context, subscription, { ref, postingAt: begunAt }));
  signal.throwIfAborted();
  if (earlier === "found") return;
  if ("whyNot" in toTell) {
    if (toTell.whyNot === "unknown") await failToLook(context, subscription.channel);
    return giveUp(context, subscription, { ref, postingAt: begunAt }, toTell.whyNot);
  }
  const { findings } = toTell;
  const missed = await missedTime(context, subscription, due.window);
  const isSilent = subscription.allClear === "silent" && isAllClear(findings.answer, findings.trouble) && !missed;
  if (isSilent) return passOver(context, slot);
  await post(context, slot, { findings, missed, mayBeRepeat: earlier === "unreadable" }, signal);
}

/** What a digest tells, or why it may not. */
type ToTell = { whyNot: NoPosting } | { findings: DigestFindings };

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
  return { subscription, due, ref, begunAt: claim.state === "uncertain" ? claim.postingAt : undefined };
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

/** There is nothing to tell, and that was not to be told. */
async function passOver({ collector, log, now }: DeliveryContext, { subscription, ref, begunAt }: Slot): Promise<void> {
  const { db } = collector.store;
  await finishSlot(db, ref, { state: "silent", postingAt: begunAt, now: now() });
  if (subscription.undeliverable) await markDeliverable(db, subscription.id);
  log.info({ subscription: subscription.id, due: ref.dueAt }, "a digest had nothing to tell");
}

async function post(context: DeliveryContext, slot: Slot, content: Content, signal: AbortSignal): Promise<void> {
  const { collector, log, now } = context;
  const { subscription, due, ref, begunAt } = slot;
  const { db } = collector.store;
  // It may have been ended meanwhile.
  if (!(await findSubscription(db, subscription.id))) return;
  const frame = frameOf(slot, content, now());
  const message = digestMessage(content.findings.answer, frame);
  signal.throwIfAborted();
  const postingAt = now();
  if (!(await beginPosting(db, ref, postingAt, begunAt))) return;
  const posted = await send(context, slot, { message, mayBeRepeat: content.mayBeRepeat, postingAt }, signal);
  if ("refused" in posted) return giveUp(context, subscription, { ref, postingAt }, posted.refused);
  await finishSlot(db, ref, { state: "posted", postingAt, messageTs: posted.ts, now: now() });
  if (subscription.undeliverable) await markDeliverable(db, subscription.id);
  const { failed: count } = content.findings.answer.totals;
  log.info(
    {
      subscription: subscription.id,
      digestChannel: subscription.channel,
      due: due.dueAt,
      late: frame.late !== undefined,
      count,
    },
    "a digest was posted",
  );
}

/** Sends what was begun at `postingAt`. Whatever it throws may go well another time. */
async function send(
  context: DeliveryContext,
  { subscription, ref }: Slot,
  { message, mayBeRepeat, postingAt }: { message: Message; mayBeRepeat: boolean; postingAt: Date },
  signal: AbortSignal,
): Promise<Posted> {
  const { web, collector, now } = context;
  const terms = {
    patienceMs: POST_WITHIN_MS,
    check() {
      if (signal.aborted) throw new NotSentError("somebody else may be at it by now");
      const waitedMs = now().getTime() - postingAt.getTime();
      if (waitedMs > POST_WITHIN_MS) throw new NotSentError(`it waited ${Math.round(waitedMs / 1000)} s for its turn`);
    },
  };
  try {
    return await onTerms(terms, () =>
      postMessage(web, { channel: subscription.channel }, message, digestMetadata(ref)),
    );
  } catch (error) {
    // What was sent before may stand there still, where nobody could look.
    if (isRefusal(error) && !mayBeRepeat) await withdrawPosting(collector.store.db, ref, postingAt);
    const word = slackErrorOf(error);
    if (word !== undefined && !passesByItself(word)) await noteUndeliverable(context, subscription, ref, word);
    throw error;
  }
}

/** The digest was not sent, because it was too late for that. */
class NotSentError extends Error {
  override name = "NotSentError";

  constructor(why: string) {
    super(`A digest was not sent: ${why}. It is tried again.`);
  }
}

function frameOf({ subscription, due }: Slot, { findings, missed, mayBeRepeat }: Content, now: Date): DigestFrame {
  const { schedule, terms, number } = subscription;
  const { queryText, trouble } = findings;
  const byMs = now.getTime() - due.dueAt.getTime();
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

/** Slack's words of which it says that a part may have been done all the same: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const MAY_BE_DONE = new Set(["fatal_error", "internal_error"]);
/** Slack's words for what passes without anybody's doing. */
const PASSING = new Set([
  ...MAY_BE_DONE,
  "rate_limited",
  "ratelimited",
  "request_timeout",
  "service_unavailable",
  "team_added_to_org",
]);

/** Whether it was not posted for sure. */
function isRefusal(error: unknown): boolean {
  const word = slackErrorOf(error);
  if (word !== undefined) return !MAY_BE_DONE.has(word);
  return [WebAPIRateLimitedError, ChannelBusyError, NotSentError].some((kind) => error instanceof kind);
}

/** Whether nobody in the channel can do anything about it: of a bad token the operator hears elsewhere. */
function passesByItself(word: string): boolean {
  // The one word about a token that is about posting too.
  if (word === "ekm_access_denied") return false;
  return PASSING.has(word) || refusalWord(word) !== undefined;
}
