import { named } from "./elements.ts";
import type { Happenings } from "./happenings.ts";
import type { Block, Message } from "./model.ts";
import { BOT } from "./seed.ts";
import type { Workspace } from "./workspace.ts";

/** What an app says in a message, checked already. */
export interface Content {
  text?: string;
  blocks?: Block[];
  attachments?: unknown[];
  metadata?: Message["metadata"];
}

export interface Placing {
  channel: string;
  threadTs?: string;
  isBroadcast?: boolean;
  ephemeralFor?: string;
  fileIds?: string[];
}

/** Puts messages up, changes them and takes them down, and tells of it. Rules are the caller's. */
export class Posting {
  readonly #workspace: Workspace;
  readonly #happenings: Happenings;

  constructor(workspace: Workspace, happenings: Happenings) {
    this.#workspace = workspace;
    this.#happenings = happenings;
  }

  /** As the app. */
  post(content: Content, placing: Placing): Message {
    const { fileIds, threadTs, isBroadcast, ephemeralFor } = placing;
    return this.#add({
      channel: placing.channel,
      ts: this.#workspace.nextTs(),
      user: BOT.userId,
      botId: BOT.botId,
      reactions: [],
      ...this.#contentOf(content),
      ...(threadTs === undefined ? {} : { threadTs }),
      ...(isBroadcast === true ? { isBroadcast } : {}),
      ...(ephemeralFor === undefined ? {} : { ephemeralFor }),
      ...(fileIds === undefined ? {} : { fileIds }),
    });
  }

  /** As a person who types. */
  say(user: string, channel: string, text: string, threadTs?: string): Message {
    const ts = this.#workspace.nextTs();
    return this.#add({ channel, ts, user, text, reactions: [], ...(threadTs === undefined ? {} : { threadTs }) });
  }

  /**
   * Fields that are not given stay; an empty list takes them away.
   * https://docs.slack.dev/reference/methods/chat.update
   */
  update(message: Message, content: Content): void {
    const next = this.#contentOf(content);
    if (content.text !== undefined) message.text = next.text;
    if (next.blocks !== undefined) message.blocks = next.blocks;
    if (message.blocks?.length === 0) delete message.blocks;
    if (next.attachments !== undefined) message.attachments = next.attachments;
    if (next.metadata !== undefined) message.metadata = next.metadata;
    message.editedAt = this.#workspace.now();
    this.#happenings.add({ kind: "updated", message });
  }

  /** In place of the whole content, as `replace_original` does. */
  replace(message: Message, content: Content): void {
    delete message.blocks;
    delete message.attachments;
    this.update(message, { text: "", ...content });
  }

  delete(message: Message): void {
    this.#workspace.remove(message);
    this.#happenings.add({ kind: "deleted", message });
  }

  #add(message: Message): Message {
    this.#workspace.messagesIn(message.channel).push(message);
    this.#happenings.add({ kind: "posted", message });
    return message;
  }

  #contentOf(content: Content): Pick<Message, "text" | "blocks" | "attachments" | "metadata"> {
    const { text = "", blocks, attachments, metadata } = content;
    return {
      text,
      ...(blocks === undefined ? {} : { blocks: named(blocks, (prefix) => this.#workspace.nextId(prefix)) }),
      ...(attachments === undefined ? {} : { attachments }),
      ...(metadata === undefined ? {} : { metadata }),
    };
  }
}
