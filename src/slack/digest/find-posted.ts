import type { MessageMetadata } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { SlotRef } from "../../triage/digest/subscription.ts";
import { isUnknownMethod, slackErrorOf } from "../call.ts";

/** `unreadable`: nobody can tell, `why` is Slack's word or ours. */
export type Search = { state: "found"; ts: string } | { state: "absent" } | { state: "unreadable"; why: string };

/** The event type in the metadata of scheduled digests. */
const DIGEST_EVENT = "hooktriage_digest";

/** By what the digest of a slot is found again. */
export function digestMetadata({ subscriptionId, dueAt }: SlotRef): MessageMetadata {
  return { event_type: DIGEST_EVENT, event_payload: { subscription: subscriptionId, due: dueAt.toISOString() } };
}

/** How far our clock may be from Slack's. Milliseconds. */
const SKEW_MS = 5 * 60_000;
/** The longest that a post takes, with its rate limits and fallbacks, and then some. Milliseconds. */
const POSTING_MS = 15 * 60_000;
/** Slack recommends no more. https://docs.slack.dev/reference/methods/conversations.history */
const PAGE_SIZE = 200;
/** What a channel holds beyond this is not looked through. */
const MOST_PAGES = 25;

/** Slack's words for "you cannot read this channel": reading needs the history scopes, which are optional. */
const CANNOT_READ = new Set([
  "missing_scope",
  "not_in_channel",
  "channel_not_found",
  "no_permission",
  "access_denied",
  "not_allowed_token_type",
  "method_not_supported_for_channel_type",
]);

/**
 * Looks in the channel for the digest of a slot that was about to be posted at `postingAt`. Throws what Slack answers to a look that
 * may succeed another time.
 */
export async function findPosted(web: WebClient, channel: string, ref: SlotRef, postingAt: Date): Promise<Search> {
  const looked = {
    channel,
    oldest: seconds(postingAt.getTime() - SKEW_MS),
    latest: seconds(postingAt.getTime() + POSTING_MS + SKEW_MS),
    inclusive: true,
    include_all_metadata: true,
    limit: PAGE_SIZE,
  };
  try {
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { messages = [], response_metadata } = await web.conversations.history({ ...looked, cursor });
      const posted = messages.find(({ metadata }) => isOf(ref, metadata));
      if (posted?.ts !== undefined) return { state: "found", ts: posted.ts };
      cursor = response_metadata?.next_cursor;
      if (!cursor) return { state: "absent" };
    }
    return { state: "unreadable", why: "too many messages" };
  } catch (error) {
    const word = isUnknownMethod(error) ? "unknown_method" : slackErrorOf(error);
    if (word === "unknown_method" || CANNOT_READ.has(word ?? "")) return { state: "unreadable", why: word ?? "" };
    throw error;
  }
}

function isOf(
  { subscriptionId, dueAt }: SlotRef,
  metadata: { event_type?: string; event_payload?: unknown } | undefined,
): boolean {
  const payload = metadata?.event_payload;
  if (metadata?.event_type !== DIGEST_EVENT || payload === null || typeof payload !== "object") return false;
  return (
    "subscription" in payload &&
    payload.subscription === subscriptionId &&
    "due" in payload &&
    payload.due === dueAt.toISOString()
  );
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(6);
}
