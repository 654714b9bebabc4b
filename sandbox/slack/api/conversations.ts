import type { Core } from "../core.ts";
import type { Channel, Message } from "../model.ts";
import { BOT } from "../seed.ts";
import { isMember, isVisible, needScope, needScopeFor, visibleChannel } from "./access.ts";
import { type Answer, ApiError, type Args, type Methods } from "./call.ts";
import { page } from "./page.ts";
import { channelShape, messageShape } from "./shapes.ts";

const READS = ["channels:read", "groups:read", "im:read", "mpim:read"];
const HISTORIES = ["channels:history", "groups:history", "im:history", "mpim:history"];

export const conversations: Methods = {
  "conversations.info": { scopes: READS, answer: info },
  "conversations.list": { scopes: READS, answer: list },
  "conversations.history": { scopes: HISTORIES, answer: history },
  "conversations.replies": { scopes: HISTORIES, answer: replies },
  "conversations.join": { scopes: ["channels:join"], answer: join },
  "conversations.members": { scopes: READS, answer: members },
  "conversations.open": { scopes: ["im:write", "mpim:write"], answer: open },
  "users.conversations": { scopes: READS, answer: ofUser },
};

function info(core: Core, args: Args): Answer {
  const channel = visibleChannel(core, args.required("channel", "channel_not_found"));
  needScopeFor(core, channel, "read");
  return { channel: channelShape(channel) };
}

function list(core: Core, args: Args): Answer {
  const channels = wanted(core, args).filter(isVisible);
  const { items, more } = page(channels, args, 100);
  return { channels: items.map(channelShape), ...more };
}

function ofUser(core: Core, args: Args): Answer {
  const user = args.text("user") ?? BOT.userId;
  const channels = wanted(core, args).filter((channel) => isVisible(channel) && channel.members.has(user));
  const { items, more } = page(channels, args, 100);
  return { channels: items.map(channelShape), ...more };
}

function history(core: Core, args: Args): Answer {
  const channel = readable(core, args);
  const inChannel = (message: Message) => message.threadTs === undefined || message.isBroadcast === true;
  const kept = keptMessages(core, channel, args).filter(inChannel).reverse();
  const { items, more } = page(kept, args, 100);
  return { messages: items.map((message) => shape(core, args, message)), pin_count: 0, ...more };
}

function replies(core: Core, args: Args): Answer {
  const channel = readable(core, args);
  const ts = args.required("ts", "thread_not_found");
  const start = core.workspace.message(channel.id, ts);
  const parentTs = start?.threadTs ?? ts;
  const thread = keptMessages(core, channel, args).filter(
    (message) => message.ts === parentTs || message.threadTs === parentTs,
  );
  if (start === undefined && thread.length === 0) throw new ApiError("thread_not_found");
  const { items, more } = page(thread, args, 1000);
  return { messages: items.map((message) => shape(core, args, message)), ...more };
}

function join(core: Core, args: Args): Answer {
  const channel = visibleChannel(core, args.required("channel", "channel_not_found"));
  if (channel.isArchived) throw new ApiError("is_archived");
  if (channel.kind !== "public") throw new ApiError("method_not_supported_for_channel_type");
  channel.members.add(BOT.userId);
  return { channel: channelShape(channel) };
}

function members(core: Core, args: Args): Answer {
  const channel = visibleChannel(core, args.required("channel", "channel_not_found"));
  needScopeFor(core, channel, "read");
  const { items, more } = page([...channel.members], args, 100);
  return { members: items, ...more };
}

function open(core: Core, args: Args): Answer {
  if (args.has("channel")) {
    const channel = visibleChannel(core, args.required("channel"));
    return { channel: args.flag("return_im") ? channelShape(channel) : { id: channel.id } };
  }
  const users = args.list("users");
  if (users.length === 0) throw new ApiError("users_list_not_supplied");
  if (users.some((id) => !core.workspace.people.has(id))) throw new ApiError("user_not_found");
  needScope(core, [users.length > 1 ? "mpim:write" : "im:write"]);
  const channel = core.workspace.openDirectMessage([...new Set([...users, BOT.userId])]);
  return { channel: args.flag("return_im") ? channelShape(channel) : { id: channel.id } };
}

function wanted(core: Core, args: Args): Channel[] {
  const types = args.has("types") ? args.list("types").map((type) => type.trim()) : ["public_channel"];
  const nameOf = { public: "public_channel", private: "private_channel", im: "im", mpim: "mpim" };
  const skipsArchived = args.flag("exclude_archived");
  const channels = [...core.workspace.channels.values()].filter((channel) => types.includes(nameOf[channel.kind]));
  for (const channel of channels) needScopeFor(core, channel, "read");
  return channels.filter((channel) => !(skipsArchived && channel.isArchived));
}

function readable(core: Core, args: Args): Channel {
  const channel = visibleChannel(core, args.required("channel", "channel_not_found"));
  needScopeFor(core, channel, "history");
  if (!isMember(channel)) throw new ApiError("not_in_channel");
  return channel;
}

/** Oldest first, never an ephemeral one, within `oldest` and `latest`. */
function keptMessages(core: Core, channel: Channel, args: Args): Message[] {
  const oldest = args.number("oldest", 0);
  const latest = args.number("latest", Number.MAX_SAFE_INTEGER);
  const isInclusive = args.flag("inclusive");
  return core.workspace.messagesIn(channel.id).filter((message) => {
    const ts = Number(message.ts);
    const isWithin = isInclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
    return isWithin && message.ephemeralFor === undefined;
  });
}

function shape(core: Core, args: Args, message: Message): Record<string, unknown> {
  return messageShape(core, message, { metadata: args.flag("include_all_metadata") });
}
