import { Args } from "./api/call.ts";
import type { Core } from "./core.ts";
import type { View } from "./model.ts";
import { BOT } from "./seed.ts";
import type { Origin } from "./tickets.ts";
import type { BlockFault } from "./validate/rule.ts";

/** Whom a thing is for and where it belongs, as far as Slack can tell. */
export interface Concern {
  /** Id of the one person who was to see it; everybody there when absent. */
  user?: string | undefined;
  /** An id, never a name. */
  channel?: string | undefined;
  /** Ts of the parent. */
  threadTs?: string | undefined;
}

/** Why Slack did not take what the bot sent, be it a call, a post to a response URL or the answer to a delivery. */
export interface Refusal extends Concern {
  error: string;
  /** What is wrong where in what was sent; empty where the error says it all. */
  faults: readonly BlockFault[];
}

/** What a call of the Web API is about. */
export function concernOf(core: Core, method: string, fields: Readonly<Record<string, unknown>>): Concern {
  const args = new Args(fields);
  if (method.startsWith("views.")) return concernOfViewCall(core, args);
  const channel = channelIn(core, args.text("channel") ?? args.text("channel_id") ?? "");
  if (channel === undefined) return {};
  const user = method === "chat.postEphemeral" ? args.text("user") : undefined;
  return { user, channel, threadTs: threadIn(core, channel, args) };
}

/** Where an interaction came from; what began in a view belongs to where that was opened. */
export function concernOfOrigin(core: Core, { user, channel, threadTs, viewId }: Origin): Concern {
  const view = core.workspace.views.get(viewId ?? "");
  return view === undefined ? { user, channel, threadTs } : concernOfView(core, view);
}

/** Who looks at it, and from where it was opened. The Home tab stands in the direct message. */
export function concernOfView({ tickets, workspace }: Core, { user, type, rootId }: View): Concern {
  if (type === "home") return { user, channel: workspace.openDirectMessage([user, BOT.userId]).id };
  const origin = tickets.originOfStack(rootId);
  return { user, channel: origin?.channel, threadTs: origin?.threadTs };
}

/** The trigger knows who opened it and where, the view who looks at it. */
function concernOfViewCall(core: Core, args: Args): Concern {
  const { tickets, workspace } = core;
  const origin = tickets.originOfTrigger(args.text("trigger_id") ?? "");
  if (origin !== undefined) return concernOfOrigin(core, origin);
  const views = [...workspace.views.values()];
  const externalId = args.text("external_id");
  const view = views.find(({ id, content }) => {
    return id === args.text("view_id") || (externalId !== undefined && content.external_id === externalId);
  });
  if (view !== undefined) return concernOfView(core, view);
  const user = args.text("user_id") ?? "";
  if (!workspace.people.has(user)) return {};
  return { user, channel: workspace.openDirectMessage([user, BOT.userId]).id };
}

/** A person's id stands for the direct message with them. */
function channelIn({ workspace }: Core, nameOrId: string): string | undefined {
  if (!workspace.people.has(nameOrId)) return workspace.findChannel(nameOrId)?.id;
  return workspace.openDirectMessage([nameOrId, BOT.userId]).id;
}

/** The thread that is named, or that of the message which is. A reply's own ts stands for its thread. */
function threadIn({ workspace }: Core, channel: string, args: Args): string | undefined {
  const threadTs = args.text("thread_ts");
  const named = threadTs ?? args.text("ts") ?? args.text("message_ts") ?? args.text("timestamp");
  if (named === undefined || named === "") return undefined;
  return workspace.message(channel, named, "any")?.threadTs ?? threadTs;
}
