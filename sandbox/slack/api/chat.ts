import type { Core } from "../core.ts";
import type { Channel, Message } from "../model.ts";
import { BOT, TEAM } from "../seed.ts";
import { isMember, visibleChannel, writableChannel } from "./access.ts";
import { type Answer, ApiError, type Args, type Methods } from "./call.ts";
import { contentOf } from "./content.ts";
import { messageShape } from "./shapes.ts";

/** https://docs.slack.dev/reference/methods/chat.update: "The text field cannot exceed 4,000 characters". */
const UPDATE_TEXT = 4000;

export const chat: Methods = {
  "chat.postMessage": { scopes: ["chat:write"], answer: postMessage },
  "chat.postEphemeral": { scopes: ["chat:write"], answer: postEphemeral },
  "chat.update": { scopes: ["chat:write"], answer: update },
  "chat.delete": { scopes: ["chat:write"], answer: remove },
  "chat.getPermalink": { answer: getPermalink },
};

function postMessage(core: Core, args: Args): Answer {
  const channel = writableChannel(core, args.required("channel", "channel_not_found"));
  const { content, warning } = contentOf(args);
  const threadTs = liveThread(core, channel, args.text("thread_ts"));
  const message = core.posting.post(content, {
    channel: channel.id,
    ...(threadTs === undefined ? {} : { threadTs, isBroadcast: args.flag("reply_broadcast") }),
  });
  return {
    channel: channel.id,
    ts: message.ts,
    message: messageShape(core, message, { metadata: true }),
    ...(warning === undefined ? {} : { warning, response_metadata: { warnings: [warning] } }),
  };
}

function postEphemeral(core: Core, args: Args): Answer {
  const channel = visibleChannel(core, args.required("channel", "channel_not_found"));
  if (!isMember(channel)) throw new ApiError("not_in_channel");
  if (channel.isArchived) throw new ApiError("is_archived");
  const user = args.required("user");
  if (!channel.members.has(user)) throw new ApiError("user_not_in_channel");
  const { content } = contentOf(args);
  const threadTs = liveThread(core, channel, args.text("thread_ts"));
  const placing = { channel: channel.id, ephemeralFor: user, ...(threadTs === undefined ? {} : { threadTs }) };
  return { message_ts: core.posting.post(content, placing).ts };
}

function update(core: Core, args: Args): Answer {
  const message = ownMessage(core, args, "cant_update_message");
  if (!args.has("text") && !args.has("blocks") && !args.has("attachments")) throw new ApiError("no_text");
  if ((args.text("text") ?? "").length > UPDATE_TEXT) throw new ApiError("msg_too_long");
  core.posting.update(message, contentOf(args).content);
  const shape = messageShape(core, message, { metadata: true });
  return { channel: message.channel, ts: message.ts, text: message.text, message: shape };
}

function remove(core: Core, args: Args): Answer {
  const message = ownMessage(core, args, "cant_delete_message");
  core.posting.delete(message);
  return { channel: message.channel, ts: message.ts };
}

function getPermalink(core: Core, args: Args): Answer {
  const channel = visibleChannel(core, args.required("channel", "channel_not_found"));
  const message = core.workspace.message(channel.id, args.required("message_ts"));
  if (message === undefined) throw new ApiError("message_not_found");
  const thread = message.threadTs === undefined ? "" : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  const path = `archives/${channel.id}/p${message.ts.replace(".", "")}${thread}`;
  return { channel: channel.id, permalink: `https://${TEAM.domain}.slack.com/${path}` };
}

/** The ts of an ephemeral message names nothing here, as at Slack. */
function ownMessage(core: Core, args: Args, error: string): Message {
  const channel = visibleChannel(core, args.required("channel", "channel_not_found"));
  const message = core.workspace.message(channel.id, args.required("ts", "message_not_found"));
  if (message === undefined) throw new ApiError("message_not_found");
  if (message.user !== BOT.userId) throw new ApiError(error);
  if (channel.isArchived) throw new ApiError("is_archived");
  return message;
}

/**
 * The thread that a reply goes to. A parent that is gone makes it a message of the channel, without an error:
 * https://github.com/slack-go/slack/issues/1571. A reply's own ts stands for its thread.
 */
function liveThread(core: Core, channel: Channel, threadTs: string | undefined): string | undefined {
  if (threadTs === undefined || threadTs === "") return undefined;
  if (!/^\d+\.\d{6}$/.test(threadTs)) throw new ApiError("invalid_thread_ts");
  const parent = core.workspace.message(channel.id, threadTs, "any");
  if (parent?.ephemeralFor !== undefined) throw new ApiError("cannot_reply_to_message");
  if (parent !== undefined) return parent.threadTs ?? parent.ts;
  return core.workspace.repliesTo(channel.id, threadTs).length > 0 ? threadTs : undefined;
}
