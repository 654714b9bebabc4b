import type { Notice, PageEvent, Refused, Scene, ShownMessage } from "../wire.ts";
import { outgoing } from "./traffic-lines.ts";

/** What is on the page, and how events of the server change it. */
export interface Model {
  /** Absent until the server has told it. */
  scene?: Scene;
  isConnected: boolean;
  /** Name of who one acts as. */
  as: string;
  /** Id of the open channel. */
  channel?: string;
  /** The thread in the side pane, by its parent's ts. */
  thread?: string | undefined;
  tab: "messages" | "home";
  /** How often one has typed or pressed something: what comes then is to be seen. */
  acted: number;
  told: (Notice | Refused)[];
  /** Keys of what was told while one looked on: it is read out. */
  arrived: readonly string[];
  /** Keys of what was told and put away: it is told again after a break of the line. */
  dismissed: readonly string[];
  /** Ids of channels in which something came that one has not looked at. */
  unread: readonly string[];
  /** A reply that came in a thread which is not open. */
  news?: ShownMessage | undefined;
  /** What just came, for who does not see it come. */
  spoken: string;
  /** A line about something that could not be done. */
  trouble?: string | undefined;
}

const MOST_TOLD = 20;

export function changed(model: Model, event: PageEvent): Model {
  const { scene } = model;
  if (event.type === "scene") {
    const told = event.scene.told.filter(({ key }) => !model.dismissed.includes(key));
    const unread = unreadSince(model, event.scene);
    return { ...model, scene: event.scene, as: event.scene.me.name, told, unread, ...placeIn(event.scene, model) };
  }
  if (scene === undefined) return model;
  switch (event.type) {
    case "message": {
      const messages = withMessage(scene.messages, event.kind, event.message);
      const spoken = spokenOf(scene, event) ?? model.spoken;
      const news = newsOf(scene, model, event) ?? model.news;
      return { ...model, scene: { ...scene, messages }, spoken, news, unread: unreadAfter(scene, model, event) };
    }
    case "views": {
      const { home: _before, ...rest } = scene;
      return { ...model, scene: { ...rest, stack: event.stack, ...(event.home && { home: event.home }) } };
    }
    case "told":
      return {
        ...model,
        told: [...model.told, event.told].slice(-MOST_TOLD),
        arrived: [...model.arrived, event.told.key].slice(-MOST_TOLD),
      };
    case "traffic": {
      const gone = outgoing(scene.traffic, event.line);
      return {
        ...model,
        scene: { ...scene, traffic: [...scene.traffic.toSpliced(gone, gone < 0 ? 0 : 1), event.line] },
      };
    }
    case "story":
      return { ...model, scene: { ...scene, story: event.story } };
    default:
      return event satisfies never;
  }
}

/** Messages of the channel itself, broadcast replies included, oldest first. */
export function inChannel({ messages }: Scene, channel: string): ShownMessage[] {
  return messages.filter((one) => one.channel === channel && (one.threadTs === undefined || one.isBroadcast));
}

export function repliesTo({ messages }: Scene, channel: string, ts: string): ShownMessage[] {
  return messages.filter((one) => one.channel === channel && one.threadTs === ts);
}

/**
 * What Slack itself told, for one channel: in the open thread what belongs to it, or to no place at all; the rest in the channel, or on
 * the Home tab where that is open.
 */
export function toldIn({ told, thread }: Model, channel: string): Record<"thread" | "channel", (Notice | Refused)[]> {
  const here = told.filter((one) => one.channel === undefined || one.channel === channel);
  const isInThread = (one: Notice | Refused) =>
    thread !== undefined && (one.channel === undefined || one.threadTs === thread);
  return { thread: here.filter(isInThread), channel: here.filter((one) => !isInThread(one)) };
}

/** With this put away. */
export function without({ told, dismissed }: Model, key: string): Pick<Model, "told" | "dismissed"> {
  return { told: told.filter((one) => one.key !== key), dismissed: [...dismissed, key] };
}

/** The channel that is looked at from now on is read. */
export function opening({ unread }: Model, channel: string): Partial<Model> {
  return { channel, thread: undefined, tab: "messages", arrived: [], unread: unread.filter((id) => id !== channel) };
}

function unreadAfter({ me }: Scene, { unread, channel }: Model, { kind, message }: MessageEvent): readonly string[] {
  const isNew = kind === "posted" && message.channel !== channel && message.user !== me.id;
  return isNew && !unread.includes(message.channel) ? [...unread, message.channel] : unread;
}

/** What came while the line was broken, or nobody looked at the page. */
function unreadSince(model: Model, scene: Scene): readonly string[] {
  const before = model.scene;
  if (before?.me.id !== scene.me.id) return model.unread;
  const known = new Set(before.messages.map(({ channel, ts }) => `${channel} ${ts}`));
  let { unread } = model;
  for (const message of scene.messages) {
    if (known.has(`${message.channel} ${message.ts}`)) continue;
    unread = unreadAfter(scene, { ...model, unread }, { type: "message", kind: "posted", message });
  }
  return unread;
}

function withMessage(messages: readonly ShownMessage[], kind: string, message: ShownMessage): ShownMessage[] {
  const isIt = (one: ShownMessage) => one.channel === message.channel && one.ts === message.ts;
  if (kind === "deleted") return messages.filter((one) => !isIt(one));
  if (!messages.some(isIt)) return [...messages, message];
  return messages.map((one) => (isIt(one) ? message : one));
}

/** The first channel is where one lands; after a change of person, only where they are there too. */
export function placeIn({ channels }: Scene, model: Model): Partial<Model> {
  if (channels.some(({ id }) => id === model.channel)) return {};
  const named = channels.find(({ name }) => name === model.channel);
  // A thread that the address names is in the channel that it names.
  if (named !== undefined) return { channel: named.id };
  return { channel: channels[0]?.id ?? "", thread: undefined, tab: "messages" };
}

/** The words that a message has for notifications; its blocks would take minutes to be read out. */
function spokenOf(scene: Scene, { kind, message }: MessageEvent): string | undefined {
  if (kind === "deleted" || message.user === scene.me.id) return undefined;
  const author = scene.people.find(({ id }) => id === message.user)?.realName ?? "Somebody";
  const where = message.threadTs === undefined ? "" : " in a thread";
  const how = kind === "updated" ? " changed a message" : "";
  return `${author}${how}${where}: ${message.text === "" ? "a message without words" : message.text}`;
}

function newsOf(scene: Scene, model: Model, { kind, message }: MessageEvent): ShownMessage | undefined {
  const isOther = message.threadTs !== undefined && message.threadTs !== model.thread && message.user !== scene.me.id;
  return kind === "posted" && isOther ? message : undefined;
}

type MessageEvent = Extract<PageEvent, { type: "message" }>;
