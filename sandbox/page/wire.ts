/** What the page and its server tell each other. Types alone: both sides read this file. */

export type Json = Record<string, unknown>;

export interface ShownPerson {
  id: string;
  name: string;
  realName: string;
  /** IANA zone. */
  timeZone: string;
  kind: "member" | "guest" | "other organisation" | "bot";
}

export interface ShownChannel {
  id: string;
  /** Without `#`. */
  name: string;
  kind: "public" | "private" | "im" | "mpim";
  isArchived: boolean;
  isExtShared: boolean;
  hasBot: boolean;
}

export interface ShownFile {
  id: string;
  title: string;
  /** In bytes. */
  length: number;
  isImage: boolean;
  url: string;
}

export interface ShownMessage {
  channel: string;
  ts: string;
  user: string;
  isBot: boolean;
  text: string;
  blocks: Json[];
  attachments: Json[];
  threadTs?: string;
  isBroadcast: boolean;
  isEdited: boolean;
  /** Only the reader sees it. */
  isEphemeral: boolean;
  files: ShownFile[];
  reactions: { name: string; count: number }[];
}

export interface ShownView {
  id: string;
  /** The modal that it lies on. */
  previousId?: string;
  /** Changes with every update. */
  hash: string;
  content: Json;
  /** Of the last submission, by block id. */
  errors: Record<string, string>;
  filled: Fill;
}

/** What Slack itself tells one person: their command or press came to nothing. */
export interface Notice {
  kind: "notice";
  key: string;
  /** Its place among the messages. */
  ts: string;
  channel?: string;
  /** Of the parent, where it belongs to a thread. */
  threadTs?: string;
  error: string;
  /** What they typed or pressed. */
  about?: string;
}

/** What Slack refused the bot. People do not see it in Slack; who works on a message has to. */
export interface Refused {
  kind: "refused";
  key: string;
  ts: string;
  channel?: string;
  threadTs?: string;
  method: string;
  error: string;
  faults: RefusedPart[];
}

export interface RefusedPart {
  message: string;
  /** JSON pointer into the request. */
  pointer: string;
  /** What stands there. */
  part?: unknown;
}

export interface TrafficLine {
  id: number;
  at: string;
  from: string;
  to: string;
  what: string;
  /** `200`, `ok`, `invalid_blocks`, … */
  answer: string;
  isFailure: boolean;
  durationMs?: number;
}

/** Masked. */
export interface TrafficBodies {
  request: unknown;
  response: unknown;
}

export interface ShownCommand {
  command: string;
  description: string;
  usageHint: string;
  /** Whole commands, with what they are for. */
  examples: { text: string; meaning: string }[];
}

export interface StoryWebhook {
  id: string;
  name: string;
  /** Names of causes that go on. */
  failing: string[];
}

export interface StoryProvider {
  id: "zendesk" | "conductorone";
  name: string;
  webhooks: StoryWebhook[];
  causes: { name: string; category: string }[];
  /** How its own API fails at the moment. */
  faults: { kind: string; left?: number }[];
  canTrip: boolean;
}

export interface Story {
  now: string;
  nextDigest?: { at: string; channel: string };
  isBotUp: boolean;
  /** What Slack will do wrong at the next occasion, in words. */
  armed: string[];
  refusedBlocks: string[];
  providers: StoryProvider[];
  /** Where, among the messages, an endpoint was first broken by hand. */
  brokenTs?: string;
}

/** All that one person sees. */
export interface Scene {
  team: string;
  me: ShownPerson;
  /** Those that one may act as, and the bot. */
  people: ShownPerson[];
  channels: ShownChannel[];
  messages: ShownMessage[];
  /** Open modals, the one on top last. */
  stack: ShownView[];
  home?: ShownView;
  hasHomeTab: boolean;
  commands: ShownCommand[];
  traffic: TrafficLine[];
  /** The latest of it, oldest first. */
  told: (Notice | Refused)[];
  story: Story;
}

export type PageEvent =
  | { type: "scene"; scene: Scene }
  | { type: "message"; kind: "posted" | "updated" | "deleted"; message: ShownMessage }
  | { type: "views"; stack: ShownView[]; home?: ShownView }
  | { type: "told"; told: Notice | Refused }
  | { type: "traffic"; line: TrafficLine }
  | { type: "story"; story: Story };

/** What a person chose or typed; several where several may be chosen. */
export type Filled = string | readonly string[];

/** By block and action id with a blank between. */
export type Fill = Readonly<Record<string, Filled>>;

/** What a person does on the page. */
export type PersonAct =
  /** Types into a channel, or into a thread of it. */
  | { act: "type"; channel: string; text: string; threadTs?: string | undefined }
  | {
      act: "press";
      channel: string;
      messageTs: string;
      /** The thread in which it was pressed. */
      threadTs?: string | undefined;
      blockId: string;
      actionId: string;
      value?: Filled | undefined;
      /** What else they chose and typed in it, here and below. */
      fill?: Fill | undefined;
    }
  | {
      act: "press_in_view";
      viewId: string;
      blockId: string;
      actionId: string;
      value?: Filled | undefined;
      fill?: Fill | undefined;
    }
  | { act: "submit"; viewId: string; fill: Fill }
  /** The modal on top, or all of them with it. */
  | { act: "close"; isWhole?: boolean | undefined; fill?: Fill | undefined }
  | { act: "open_home" };

/** What may be made to happen around the bot. */
export type StoryAct =
  /** A handle of a provider's sandbox, below /sandbox, and its fields. */
  | {
      act: "provider";
      provider: StoryProvider["id"];
      handle: "break" | "storm" | "heal" | "trip" | "fail";
      fields: Record<string, string | number>;
    }
  /** The workspace knows no blocks of these types from now on. */
  | { act: "refuse_blocks"; types: string[] }
  /** The next modal comes too late; the next posts are turned away; what is sent to the bot does not get there until it notices. */
  | { act: "expire_trigger" | "limit_slack" | "deafen_bot" }
  | { act: "stop_bot" | "start_bot" }
  | { act: "wait"; minutes: number }
  /** Moves the clock to it, until it is posted. Where there is none it sets one up, in the channel or in #ops: see `takesDigest`. */
  | { act: "next_digest"; user: string; channel: string };
