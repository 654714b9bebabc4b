import type { Core } from "../core.ts";
import { BOT } from "../seed.ts";
import { visibleChannel } from "./access.ts";
import { type Answer, ApiError, type Args, type Methods } from "./call.ts";

export const reactions: Methods = {
  "reactions.add": { scopes: ["reactions:write"], answer: add },
};

function add(core: Core, args: Args): Answer {
  const name = args.required("name", "invalid_name");
  const channel = visibleChannel(core, args.required("channel", "channel_not_found"));
  const message = core.workspace.message(channel.id, args.required("timestamp", "message_not_found"));
  if (message === undefined) throw new ApiError("message_not_found");
  const given = message.reactions.find((reaction) => reaction.name === name);
  if (given?.users.includes(BOT.userId) === true) throw new ApiError("already_reacted");
  if (given === undefined) message.reactions.push({ name, users: [BOT.userId] });
  else given.users.push(BOT.userId);
  return {};
}
