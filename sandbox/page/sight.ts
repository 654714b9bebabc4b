import type { Channel, Message, Person, StoredFile, View } from "../slack/model.ts";
import { BOT, TEAM } from "../slack/seed.ts";
import type { SandboxSlack } from "../slack/server.ts";
import { isRecord, listOf } from "../slack/validate/rule.ts";
import type { ShownChannel, ShownFile, ShownMessage, ShownPerson, ShownView } from "./wire.ts";

/** What one person sees of the workspace. */

type Place = Pick<SandboxSlack, "workspace">;

export function shownPerson(person: Person): ShownPerson {
  const { id, name, realName, timeZone } = person;
  return { id, name, realName, timeZone, kind: kindOf(person) };
}

/** People of the workspace see its public channels; guests and people from elsewhere only those that they are in. */
export function channelsOf({ workspace }: Place, person: Person): ShownChannel[] {
  const isAtHome = kindOf(person) === "member";
  const seen = [...workspace.channels.values()].filter(
    ({ kind, members }) => members.has(person.id) || (isAtHome && kind === "public"),
  );
  return seen.map(shownChannel);
}

export function sees(place: Place, person: Person, message: Message): boolean {
  if (message.ephemeralFor !== undefined && message.ephemeralFor !== person.id) return false;
  return channelsOf(place, person).some(({ id }) => id === message.channel);
}

export function messagesOf(place: Place, person: Person): ShownMessage[] {
  const { workspace } = place;
  return channelsOf(place, person)
    .flatMap(({ id }) => workspace.messagesIn(id))
    .filter(({ ephemeralFor }) => ephemeralFor === undefined || ephemeralFor === person.id)
    .map((message) => shownMessage(place, message));
}

export function shownMessage({ workspace }: Place, message: Message): ShownMessage {
  const { channel, ts, user, text, threadTs, reactions, fileIds = [] } = message;
  return {
    channel,
    ts,
    user,
    isBot: message.botId !== undefined,
    text,
    blocks: message.blocks ?? [],
    attachments: listOf(message.attachments).filter(isRecord),
    ...(threadTs === undefined ? {} : { threadTs }),
    isBroadcast: message.isBroadcast ?? false,
    isEdited: message.editedAt !== undefined,
    isEphemeral: message.ephemeralFor !== undefined,
    files: fileIds.flatMap((id) => workspace.files.get(id) ?? []).map(shownFile),
    reactions: reactions.map(({ name, users }) => ({ name, count: users.length })),
  };
}

export function viewsOf({ workspace }: Place, person: Person): { stack: ShownView[]; home?: ShownView } {
  const stack = (workspace.stacks.get(person.id) ?? []).flatMap((id) => workspace.views.get(id) ?? []).map(shownView);
  const home = [...workspace.views.values()].find(({ type, user }) => type === "home" && user === person.id);
  return home === undefined ? { stack } : { stack, home: shownView(home) };
}

function shownView({ id, hash, content, errors = {}, filled, previousId }: View): ShownView {
  return { id, hash, content, errors, filled, ...(previousId === undefined ? {} : { previousId }) };
}

function shownChannel({ id, name, kind, isArchived, isExtShared, members }: Channel): ShownChannel {
  const hasBot = [...members].includes(BOT.userId);
  return { id, name, kind, isArchived, isExtShared, hasBot };
}

function shownFile({ id, title, name, length }: StoredFile): ShownFile {
  return { id, title, length, isImage: /\.(png|jpe?g|gif)$/i.test(name), url: `/page/files/${id}` };
}

function kindOf({ isBot, teamId, isRestricted, isUltraRestricted }: Person): ShownPerson["kind"] {
  if (isBot) return "bot";
  if (teamId !== TEAM.id) return "other organisation";
  return isRestricted || isUltraRestricted ? "guest" : "member";
}
