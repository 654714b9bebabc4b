import type { KnownBlock, MessageMetadata } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { LIMITS } from "./blocks/limits.ts";
import { slackErrorOf } from "./call.ts";
import type { Message } from "./views/message.ts";

/** Where in Slack a message goes. */
export interface Place {
  channel: string;
  threadTs?: string;
}

/** Slack's words for "you cannot post here": the answer goes another way. */
const CANNOT_POST = new Set([
  "not_in_channel",
  "channel_not_found",
  "is_archived",
  "restricted_action",
  "restricted_action_read_only_channel",
  "restricted_action_thread_only_channel",
  "restricted_action_non_threadable_channel",
  "cannot_reply_to_message",
  "thread_not_found",
  "message_not_found",
  "missing_scope",
]);

/** Slack's words for "I do not take these blocks": they go out in their classic form. */
const REFUSED_BLOCKS = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "invalid_arguments",
  "msg_blocks_too_long",
  "only_one_table_allowed",
]);

/** Where a message stands now, or Slack's word for why the bot cannot post there. */
export type Posted = { ts: string } | { refused: string };

/**
 * Posts a message, with metadata by which it can be found again. Blocks that Slack refuses are replaced by classic ones, then by
 * text: a message is never lost to a limit. Throws what Slack answers otherwise.
 */
export async function postMessage(
  web: WebClient,
  place: Place,
  message: Message,
  metadata?: MessageMetadata,
): Promise<Posted> {
  try {
    return await withFallback(message, async (form) => {
      const posted = await web.chat.postMessage({
        channel: place.channel,
        thread_ts: place.threadTs,
        unfurl_links: false,
        unfurl_media: false,
        metadata,
        ...form,
      });
      const ts = posted.ts ?? "";
      return isAstray(posted.message, place) ? takeBack(web, place.channel, ts) : { ts };
    });
  } catch (error) {
    const word = slackErrorOf(error) ?? "";
    if (CANNOT_POST.has(word)) return { refused: word };
    throw error;
  }
}

/**
 * A reply to a message that was deleted meanwhile is taken by Slack, and stands in the channel for all to see: the answer shows
 * the message as it was posted, without its thread.
 */
function isAstray(message: { blocks?: unknown; thread_ts?: string } | undefined, { threadTs }: Place): boolean {
  return threadTs !== undefined && message?.blocks !== undefined && message.thread_ts === undefined;
}

async function takeBack(web: WebClient, channel: string, ts: string): Promise<Posted> {
  await web.chat.delete({ channel, ts });
  return { refused: "thread_not_found" };
}

/** Replaces a message that we posted. Returns whether it was still there. Throws what Slack answers otherwise. */
export async function updateMessage(web: WebClient, channel: string, ts: string, message: Message): Promise<boolean> {
  try {
    await withFallback(message, (form) => web.chat.update({ channel, ts, ...form }));
    return true;
  } catch (error) {
    const word = slackErrorOf(error) ?? "";
    if (CANNOT_POST.has(word) || word === "cant_update_message" || word === "edit_window_closed") return false;
    throw error;
  }
}

/** Shows a message to one person of a channel that the bot is in. Throws what Slack answers. */
export async function postToOne(web: WebClient, place: Place, user: string, message: Message): Promise<void> {
  const { channel, threadTs } = place;
  await withFallback(message, (form) => web.chat.postEphemeral({ channel, user, thread_ts: threadTs, ...form }));
}

/** What Slack is sent of a message. */
export interface Form {
  text: string;
  blocks: KnownBlock[];
}

/** The text alone, with nothing in it that formats, for when Slack refuses blocks. */
export function plainForm(text: string): Form {
  return { text, blocks: [{ type: "section", text: { type: "plain_text", text: text.slice(0, LIMITS.sectionText) } }] };
}

/** Tries the blocks, then the classic ones, then plain text. */
async function withFallback<Result>(message: Message, send: (form: Form) => Promise<Result>): Promise<Result> {
  const { text, blocks, classic } = message;
  const forms = [{ text, blocks }, ...(classic ? [{ text, blocks: classic }] : [])];
  for (const form of forms) {
    try {
      return await send(form);
    } catch (error) {
      if (!REFUSED_BLOCKS.has(slackErrorOf(error) ?? "")) throw error;
    }
  }
  return send(plainForm(text));
}
