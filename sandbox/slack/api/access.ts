import type { Core } from "../core.ts";
import type { Channel } from "../model.ts";
import { BOT } from "../seed.ts";
import { ApiError } from "./call.ts";

/** Which channels the bot may see, and where it may write. */

/** Throws `channel_not_found` for what is not there, and for private places that the bot is not in. */
export function visibleChannel(core: Core, id: string): Channel {
  const channel = core.workspace.findChannel(id);
  if (channel === undefined || !isVisible(channel)) throw new ApiError("channel_not_found");
  return channel;
}

export function isVisible(channel: Channel): boolean {
  return channel.kind === "public" || isMember(channel);
}

export function isMember(channel: Channel): boolean {
  return channel.members.has(BOT.userId);
}

/** Where the bot may post; a person's id stands for the direct message with them. */
export function writableChannel(core: Core, idOrName: string): Channel {
  const person = core.workspace.people.get(idOrName);
  if (person !== undefined) return core.workspace.openDirectMessage([person.id, BOT.userId]);
  const channel = visibleChannel(core, idOrName);
  const mayPost = isMember(channel) || (channel.kind === "public" && core.scopes.has("chat:write.public"));
  if (!mayPost) throw new ApiError("not_in_channel");
  if (channel.isArchived) throw new ApiError("is_archived");
  return channel;
}

/** The scopes differ by the kind of channel. Throws `missing_scope`. */
export function needScopeFor(core: Core, channel: Channel, action: "read" | "history"): void {
  const prefix = { public: "channels", private: "groups", im: "im", mpim: "mpim" }[channel.kind];
  needScope(core, [`${prefix}:${action}`]);
}

/** Throws `missing_scope` unless the token has one of them. */
export function needScope(core: Core, oneOf: readonly string[]): void {
  if (oneOf.length === 0 || oneOf.some((scope) => core.scopes.has(scope))) return;
  throw new ApiError("missing_scope", { needed: oneOf.join(","), provided: [...core.scopes].sort().join(",") });
}
