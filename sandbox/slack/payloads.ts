import { messageShape, viewShape } from "./api/shapes.ts";
import type { Core } from "./core.ts";
import type { State } from "./filled.ts";
import type { ClosedView } from "./modals.ts";
import type { Channel, Message, Person, View } from "./model.ts";
import { BOT, TEAM } from "./seed.ts";

/** The payloads that Slack sends: https://docs.slack.dev/reference/interaction-payloads */

const VERIFICATION_TOKEN = "sandbox-verification-token";

export function commandPayload(core: Core, person: Person, channel: Channel, command: string, text: string) {
  const origin = { user: person.id, channel: channel.id };
  return {
    token: VERIFICATION_TOKEN,
    team_id: person.teamId,
    team_domain: TEAM.domain,
    channel_id: channel.id,
    channel_name: commandChannelName(channel),
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: BOT.appId,
    is_enterprise_install: "false",
    response_url: core.url + core.tickets.giveResponsePath(origin),
    trigger_id: core.tickets.giveTrigger(origin),
  };
}

/** A press in a message. An ephemeral one is not part of the payload. */
export function messageActionPayload(core: Core, person: Person, message: Message, action: unknown, state: State = {}) {
  const channel = core.workspace.channel(message.channel);
  const isEphemeral = message.ephemeralFor !== undefined;
  const { ts: messageTs, threadTs } = message;
  const thread = threadTs === undefined ? {} : { threadTs };
  const origin = { user: person.id, channel: channel.id, messageTs, ...thread };
  return {
    ...interaction(core, person, "block_actions"),
    container: {
      type: "message",
      message_ts: messageTs,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    },
    trigger_id: core.tickets.giveTrigger(origin),
    channel: { id: channel.id, name: commandChannelName(channel) },
    ...(isEphemeral ? {} : { message: messageShape(core, message) }),
    state: { values: state },
    response_url: core.url + core.tickets.giveResponsePath(origin),
    actions: [action],
  };
}

/** A press in a modal or in the Home tab. */
export function viewActionPayload(core: Core, person: Person, view: View, action: unknown) {
  return {
    ...interaction(core, person, "block_actions"),
    container: { type: "view", view_id: view.id },
    trigger_id: core.tickets.giveTrigger({ user: person.id, viewId: view.id }),
    view: viewShape(view),
    actions: [action],
  };
}

export function submissionPayload(core: Core, person: Person, view: View) {
  return {
    ...interaction(core, person, "view_submission"),
    trigger_id: core.tickets.giveTrigger({ user: person.id, viewId: view.id }),
    view: viewShape(view),
    response_urls: view.responseUrls ?? [],
  };
}

export function closedPayload(core: Core, person: Person, { view, isCleared }: ClosedView) {
  return { ...interaction(core, person, "view_closed"), view: viewShape(view), is_cleared: isCleared };
}

export function eventPayload(core: Core, event: Record<string, unknown>) {
  return {
    token: VERIFICATION_TOKEN,
    team_id: TEAM.id,
    api_app_id: BOT.appId,
    event: { event_ts: core.workspace.nextTs(), ...event },
    type: "event_callback",
    event_id: core.workspace.nextId("Ev"),
    event_time: Math.floor(core.now().getTime() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: TEAM.id, user_id: BOT.userId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  };
}

function interaction(_core: Core, person: Person, type: string) {
  return {
    type,
    team: { id: TEAM.id, domain: TEAM.domain },
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: BOT.appId,
    token: VERIFICATION_TOKEN,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Private channels and direct messages have no name of their own here. */
function commandChannelName(channel: Channel): string {
  if (channel.kind === "im") return "directmessage";
  return channel.kind === "private" ? "privategroup" : channel.name;
}
