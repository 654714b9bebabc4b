import type { MessageMetadata } from "@slack/types";
import { claimReply, completeReply, releaseReply } from "../store/replies.ts";
import { isUncertain } from "./call.ts";
import type { SlackContext } from "./context.ts";
import { type Place, postMessage, updateMessage } from "./post.ts";
import type { Message } from "./views/message.ts";

/**
 * `posted`, `updated`: it stands in the thread. `busy`: another press is posting it at this moment. `refused`: the bot cannot
 * post there.
 */
export type ReplyResult = "posted" | "updated" | "busy" | "refused";

/** The event type in the metadata of replies that must not be posted twice. */
const REPLY_EVENT = "hooktriage_reply";
/** After this time a claim whose process died is taken over. Longer than a press takes, rate limits included. Milliseconds. */
const CLAIM_STALE_MS = 90_000;
/** The most that Slack gives at once. https://docs.slack.dev/reference/methods/conversations.replies */
const REPLIES_READ = 999;

/**
 * Posts a reply in a thread at most once for its key, by whomever and however often it is asked for, and edits the one that is
 * there after that. `build` runs only when it is our turn. Throws what `build` and Slack throw; the claim is given back then,
 * unless Slack may have posted it all the same.
 */
export async function replyOnce(
  context: SlackContext,
  key: string,
  place: Required<Place>,
  build: () => Promise<Message>,
): Promise<ReplyResult> {
  const { web, collector, now } = context;
  const { db } = collector.store;
  const claim = await claimReply(db, key, { ...place, now: now(), staleAfterMs: CLAIM_STALE_MS });
  if (claim.state === "busy") return "busy";
  if (claim.state === "posted") {
    const message = await build();
    if (await updateMessage(web, place.channel, claim.messageTs, message)) return "updated";
    await releaseReply(db, key, claim.messageTs);
    return replyOnce(context, key, place, async () => message);
  }
  try {
    const message = await build();
    const found = claim.state === "abandoned" ? await findReply(context, key, place) : undefined;
    if (found && (await updateMessage(web, place.channel, found, message))) {
      await completeReply(db, key, found);
      return "updated";
    }
    const posted = await postMessage(web, place, message, replyMetadata(key));
    if ("refused" in posted) {
      await releaseReply(db, key);
      return "refused";
    }
    await completeReply(db, key, posted.ts);
    return "posted";
  } catch (error) {
    if (!isUncertain(error)) {
      await releaseReply(db, key);
      throw error;
    }
    // Slack may have posted it before the connection broke. Where that cannot be seen now, the claim stays, and who takes it over
    // looks again.
    const found = await findReply(context, key, place);
    if (found === undefined) throw error;
    await completeReply(db, key, found);
    return "posted";
  }
}

/** By what a reply is found again. */
export function replyMetadata(key: string): MessageMetadata {
  return { event_type: REPLY_EVENT, event_payload: { key } };
}

/** Looks in the thread for a reply that was posted by a process which died before it could write that down. */
async function findReply({ web, log }: SlackContext, key: string, place: Required<Place>): Promise<string | undefined> {
  try {
    const { messages = [] } = await web.conversations.replies({
      channel: place.channel,
      ts: place.threadTs,
      include_all_metadata: true,
      limit: REPLIES_READ,
    });
    const reply = messages.find(({ metadata }) => metadata?.event_type === REPLY_EVENT && keyOf(metadata) === key);
    return reply?.ts;
  } catch (error) {
    // Reading a thread needs the history scopes, which are optional: without them the reply is posted anew.
    log.info({ err: error, channel: place.channel }, "could not look for an earlier reply");
    return undefined;
  }
}

function keyOf(metadata: { event_payload?: unknown }): unknown {
  const payload = metadata.event_payload;
  return payload !== null && typeof payload === "object" && "key" in payload ? payload.key : undefined;
}
