import type { Core } from "../core.ts";
import type { Channel, Message, Person, View } from "../model.ts";
import { BOT, TEAM } from "../seed.ts";

/** How Slack writes its nouns in answers and payloads. */

export function messageShape(core: Core, message: Message, more: { metadata?: boolean } = {}): Record<string, unknown> {
  const replies = core.workspace.repliesTo(message.channel, message.ts);
  const { botId, blocks, attachments, metadata, threadTs, editedAt, reactions, fileIds } = message;
  const isParent = replies.length > 0 && threadTs === undefined;
  const repliers = [...new Set(replies.map((reply) => reply.user))];
  return {
    type: "message",
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: TEAM.id,
    ...(botId === undefined ? {} : { bot_id: botId, app_id: BOT.appId, bot_profile: botShape() }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(metadata === undefined || more.metadata !== true ? {} : { metadata }),
    ...(threadTs === undefined ? {} : { thread_ts: threadTs, parent_user_id: BOT.userId }),
    ...(message.isBroadcast === true ? { subtype: "thread_broadcast" } : {}),
    ...(editedAt === undefined ? {} : { edited: { user: message.user, ts: message.ts } }),
    ...(reactions.length === 0 ? {} : { reactions: reactions.map((one) => ({ ...one, count: one.users.length })) }),
    ...(fileIds === undefined ? {} : { files: fileIds.map((id) => fileShape(core, id)) }),
    ...(isParent
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users_count: repliers.length,
          reply_users: repliers,
          latest_reply: replies.at(-1)?.ts,
        }
      : {}),
  };
}

export function channelShape(channel: Channel): Record<string, unknown> {
  const isGroup = channel.kind === "private";
  const other = [...channel.members].find((id) => id !== BOT.userId);
  return {
    id: channel.id,
    ...(channel.kind === "im" ? { user: other } : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind === "public",
    is_group: isGroup,
    is_im: channel.kind === "im",
    is_mpim: channel.kind === "mpim",
    is_private: channel.kind !== "public",
    is_archived: channel.isArchived,
    is_general: false,
    is_shared: channel.isExtShared,
    is_ext_shared: channel.isExtShared,
    is_org_shared: false,
    is_member: channel.members.has(BOT.userId),
    created: Math.floor(channel.createdAt.getTime() / 1000),
    context_team_id: TEAM.id,
    num_members: channel.members.size,
  };
}

export function personShape(core: Core, person: Person): Record<string, unknown> {
  const isForeign = person.teamId !== TEAM.id;
  const offsetSeconds = zoneOffsetSeconds(person.timeZone, core.now());
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    real_name: person.realName,
    deleted: false,
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: offsetSeconds,
    is_admin: false,
    is_owner: false,
    is_restricted: person.isRestricted || person.isUltraRestricted,
    is_ultra_restricted: person.isUltraRestricted,
    is_bot: person.isBot,
    is_app_user: false,
    ...(isForeign ? { is_stranger: !sharesChannelWithBot(core, person) } : {}),
    profile: { real_name: person.realName, display_name: person.name, team: person.teamId },
    updated: 0,
  };
}

export function viewShape(view: View): Record<string, unknown> {
  return {
    id: view.id,
    team_id: TEAM.id,
    app_id: BOT.appId,
    bot_id: BOT.botId,
    app_installed_team_id: TEAM.id,
    private_metadata: "",
    callback_id: "",
    external_id: "",
    ...view.content,
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    state: { values: view.state },
  };
}

export function fileShape(core: Core, id: string): Record<string, unknown> {
  const file = core.workspace.files.get(id);
  return { id, name: file?.name, title: file?.title, size: file?.length, user: BOT.userId };
}

export function botShape(): Record<string, unknown> {
  return { id: BOT.botId, app_id: BOT.appId, user_id: BOT.userId, name: BOT.name, deleted: false, team_id: TEAM.id };
}

function sharesChannelWithBot(core: Core, person: Person): boolean {
  const channels = [...core.workspace.channels.values()];
  return channels.some((channel) => channel.members.has(person.id) && channel.members.has(BOT.userId));
}

function zoneOffsetSeconds(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === "-" ? -seconds : seconds;
}
