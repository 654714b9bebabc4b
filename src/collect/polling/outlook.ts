import { merge, subtract, type Window, windowOf } from "../../triage/window.ts";
import { type Activity, intervalOf, LONGEST_INTERVAL_MS, pauseAfter, stretchOf } from "./interval.ts";
import { isOfWrongClock } from "./wrong-clock.ts";

/** What is known of one webhook that its provider still tells of. */
export interface PolledWebhook extends Activity {
  id: string;
  /** What was collected, oldest part first. */
  collected: readonly Window[];
  /** The end of what readings that stay open between two turns are at: they may have proved nothing yet. */
  openUntil?: Date;
  /** When it was last polled, well or not. */
  polledAt?: Date;
  /** Polls and other readings that failed since the last that did not. */
  failures: number;
}

/** What there is to do for one webhook. */
export interface Outlook {
  id: string;
  /** It has failed lately: it comes before others. */
  isFailing: boolean;
  /** When its next poll is due; absent for one that is not polled. */
  dueAt?: Date;
  /** Until when it was read without a break: a poll asks for what is newer. Absent where nothing that counts was read. */
  watermark?: Date;
  /** What of the retention is not collected, the end that is left to the next poll aside; oldest first. */
  missing: Window[];
  /** Set where the last reading failed: it is not read again before, and then it is. */
  pausedUntil?: Date;
}

export interface OutlookLimits {
  now: Date;
  /** What is older the provider does not know any more. */
  retainedFrom: Date;
  /** How many polls a minute the account can bear. */
  pollsPerMinute: number;
  /** One reading tells of all webhooks: they are polled when the first of them is due. */
  isSharedRead: boolean;
}

/**
 * Coverage is the one truth of what was read: the watermark is its newest end, whoever read that far. When to ask again follows from
 * it, from the last poll (which may have moved nothing) and from what the webhook does.
 */
export function outlookOf(told: readonly PolledWebhook[], limits: OutlookLimits): Outlook[] {
  const webhooks = told.map((webhook) => ofRightClock(webhook, limits));
  const wishes = webhooks.map((webhook) => intervalOf(webhook, limits.now));
  const wished = wishes.filter((intervalMs) => intervalMs !== undefined);
  const stretch = limits.isSharedRead ? 1 : stretchOf(wished, limits.pollsPerMinute);
  const shortestMs = Math.min(...wished);
  return webhooks.map((webhook, index) => {
    const wishMs = wishes[index];
    if (wishMs === undefined) return outlookOn(webhook, undefined, limits);
    return outlookOn(webhook, limits.isSharedRead ? shortestMs : wishMs * stretch, limits);
  });
}

function outlookOn(webhook: PolledWebhook, intervalMs: number | undefined, limits: OutlookLimits): Outlook {
  const watermark = watermarkOf(webhook, limits);
  const pausedUntil = pausedUntilOf(webhook);
  const dueAt = dueAtOf(webhook, { watermark, intervalMs, pausedUntil }, limits);
  return {
    id: webhook.id,
    isFailing: webhook.lastFailureAt !== undefined,
    missing: missingOf(webhook, watermark, limits),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(watermark === undefined ? {} : { watermark }),
    ...(pausedUntil === undefined ? {} : { pausedUntil }),
  };
}

/** What lies in the future was written by a clock that went wrong: it counts for nothing. */
function watermarkOf({ collected }: PolledWebhook, { now, retainedFrom }: OutlookLimits): Date | undefined {
  const end = merge(collected).findLast(({ from }) => from <= now)?.to;
  if (end === undefined || end <= retainedFrom) return undefined;
  return end < now ? end : now;
}

/** A poll of the future was noted by a clock that went wrong: it counts for nothing. */
function ofRightClock(webhook: PolledWebhook, { now }: OutlookLimits): PolledWebhook {
  const { polledAt, ...rest } = webhook;
  if (polledAt === undefined || polledAt <= now) return webhook;
  return isOfWrongClock(polledAt, now) ? rest : { ...rest, polledAt: now };
}

function pausedUntilOf({ polledAt, failures }: PolledWebhook): Date | undefined {
  if (polledAt === undefined || failures === 0) return undefined;
  return new Date(polledAt.getTime() + pauseAfter(failures, LONGEST_INTERVAL_MS));
}

function missingOf(
  { collected, openUntil }: PolledWebhook,
  watermark: Date | undefined,
  { retainedFrom }: OutlookLimits,
): Window[] {
  const endMs = Math.max(retainedFrom.getTime(), watermark?.getTime() ?? 0, openUntil?.getTime() ?? 0);
  return subtract(windowOf(retainedFrom.getTime(), endMs), collected);
}

interface Due {
  watermark: Date | undefined;
  intervalMs: number | undefined;
  pausedUntil: Date | undefined;
}

function dueAtOf(
  { polledAt }: PolledWebhook,
  { watermark, intervalMs, pausedUntil }: Due,
  { retainedFrom }: OutlookLimits,
): Date | undefined {
  const readAtMs = Math.max(watermark?.getTime() ?? 0, polledAt?.getTime() ?? 0);
  // What it did before it was switched off is read once.
  const isPolled = intervalMs !== undefined || readAtMs <= retainedFrom.getTime();
  if (pausedUntil) return pausedUntil;
  return isPolled ? new Date(readAtMs + (intervalMs ?? 0)) : undefined;
}
