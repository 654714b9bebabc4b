import type { Filled } from "./element-shapes.ts";

/** The nouns of a Slack workspace, as far as the sandbox keeps them. */

export interface Person {
  /** `U…` */
  id: string;
  /** The handle: `dana`. */
  name: string;
  realName: string;
  /** IANA zone. */
  timeZone: string;
  /** Another than the workspace's for people of other organisations. */
  teamId: string;
  isBot: boolean;
  /** A multi-channel guest. */
  isRestricted: boolean;
  /** A single-channel guest. */
  isUltraRestricted: boolean;
}

export type ChannelKind = "public" | "private" | "im" | "mpim";

export interface Channel {
  /** `C…`, `D…` or `G…` */
  id: string;
  /** Without `#`; the other person's name for a direct message. */
  name: string;
  kind: ChannelKind;
  isArchived: boolean;
  /** Shared with another organisation. */
  isExtShared: boolean;
  createdAt: Date;
  /** Ids of people, the bot's included. */
  members: Set<string>;
}

export type Block = Record<string, unknown>;

export interface Message {
  channel: string;
  /** Names the message in its channel: seconds and a serial, `1763711940.000100`. */
  ts: string;
  /** The author; the bot's own user id for messages of the app. */
  user: string;
  /** There on messages of an app. */
  botId?: string;
  text: string;
  blocks?: Block[];
  attachments?: unknown[];
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  /** The parent's ts, on replies. */
  threadTs?: string;
  /** A reply that stands in the channel too. */
  isBroadcast?: boolean;
  editedAt?: Date;
  /** Only this person sees it, and it is not in the history. */
  ephemeralFor?: string;
  fileIds?: string[];
  reactions: { name: string; users: string[] }[];
}

export interface View {
  id: string;
  /** The modal at the bottom of the stack. */
  rootId: string;
  previousId?: string;
  type: "modal" | "home";
  /** Who sees it. */
  user: string;
  /** Changes with every update; `views.update` may name the one it expects. */
  hash: string;
  /** As the app sent it, with names for what it left nameless. */
  content: Record<string, unknown>;
  /** What the person has filled in, by block and action id with a blank between. */
  filled: Readonly<Record<string, Filled>>;
  /** The same in Slack's shape, with what stood there first: block id, action id, value. */
  state: Record<string, Record<string, Record<string, unknown>>>;
  /** Errors of the last submission, by block id. */
  errors?: Record<string, string>;
  /** Where the interaction came from that led here. */
  responseUrls?: unknown[];
}

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  /** In bytes, as announced. */
  length: number;
  content?: Uint8Array;
  isComplete: boolean;
  channel?: string;
}
