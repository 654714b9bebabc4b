import type { Channel, ChannelKind, Message, Person, StoredFile, View } from "./model.ts";
import { BOT, CHANNELS, PEOPLE, type SlackSeed, TEAM } from "./seed.ts";

/** Everything the sandbox remembers. It keeps no rules: those stand where things are done. */
export class Workspace {
  readonly now: () => Date;
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();
  /** Messages of a channel, oldest first, ephemeral ones included. */
  readonly messages = new Map<string, Message[]>();
  readonly views = new Map<string, View>();
  readonly files = new Map<string, StoredFile>();
  /** Open modals of a person, the one on top last. */
  readonly stacks = new Map<string, string[]>();
  #serial = 0;
  #lastTsMicros = 0;

  constructor(now: () => Date, seed: SlackSeed = {}) {
    this.now = now;
    this.#addPerson({ id: BOT.userId, name: BOT.name, realName: "Hooktriage", isBot: true });
    for (const person of [...PEOPLE, ...(seed.people ?? [])]) this.#addPerson({ ...person });
    for (const channel of [...CHANNELS, ...(seed.channels ?? [])]) {
      const members = channel.members.map((name) => (name === "bot" ? BOT.userId : this.person(name).id));
      this.addChannel(channel.name, channel.kind ?? "public", members, channel);
    }
    this.openDirectMessage([this.person("dana").id, BOT.userId]);
  }

  /** By name or id. Throws for nobody: a caller in a test has mistyped. */
  person(nameOrId: string): Person {
    const found = this.findPerson(nameOrId);
    if (found === undefined) throw new Error(`No person ${nameOrId}; there are ${this.#namesOfPeople()}.`);
    return found;
  }

  findPerson(nameOrId: string): Person | undefined {
    const name = nameOrId.replace(/^@/, "");
    return this.people.get(name) ?? [...this.people.values()].find((person) => person.name === name);
  }

  /** By `#name`, name or id. Throws where there is none. */
  channel(nameOrId: string): Channel {
    const found = this.findChannel(nameOrId);
    if (found === undefined) {
      const names = [...this.channels.values()].map((channel) => `#${channel.name}`).join(", ");
      throw new Error(`No channel ${nameOrId}; there are ${names}.`);
    }
    return found;
  }

  findChannel(nameOrId: string): Channel | undefined {
    const name = nameOrId.replace(/^#/, "");
    const named = [...this.channels.values()].find((channel) => channel.name === name && channel.kind !== "im");
    return this.channels.get(name) ?? named;
  }

  addChannel(
    name: string,
    kind: ChannelKind,
    members: readonly string[],
    more: { isArchived?: boolean; isExtShared?: boolean } = {},
  ): Channel {
    const prefix = kind === "im" ? "D" : kind === "mpim" ? "G" : "C";
    const channel: Channel = {
      id: this.nextId(prefix),
      name,
      kind,
      isArchived: more.isArchived ?? false,
      isExtShared: more.isExtShared ?? false,
      createdAt: this.now(),
      members: new Set(members),
    };
    this.channels.set(channel.id, channel);
    this.messages.set(channel.id, []);
    return channel;
  }

  /** The direct message of exactly these people, opened now if they have none yet. */
  openDirectMessage(members: readonly string[]): Channel {
    const kind = members.length > 2 ? "mpim" : "im";
    for (const channel of this.channels.values()) {
      const isSame = channel.members.size === members.length && members.every((id) => channel.members.has(id));
      if (channel.kind === kind && isSame) return channel;
    }
    const names = members.filter((id) => id !== BOT.userId).map((id) => this.person(id).name);
    return this.addChannel(kind === "mpim" ? `mpdm-${names.join("--")}` : names.join(), kind, members);
  }

  /** Messages that one may find by ts; ephemeral ones only on request. */
  message(channelId: string, ts: string, kind: "kept" | "any" = "kept"): Message | undefined {
    const found = this.messages.get(channelId)?.find((message) => message.ts === ts);
    return found !== undefined && kind === "kept" && found.ephemeralFor !== undefined ? undefined : found;
  }

  messagesIn(channelId: string): Message[] {
    return this.messages.get(channelId) ?? [];
  }

  repliesTo(channelId: string, threadTs: string): Message[] {
    return this.messagesIn(channelId).filter((message) => message.threadTs === threadTs);
  }

  remove(message: Message): void {
    const kept = this.messagesIn(message.channel).filter((other) => other !== message);
    this.messages.set(message.channel, kept);
  }

  /** A timestamp of now, unlike every other, and later than all before. */
  nextTs(): string {
    const micros = Math.max(Math.floor(this.now().getTime()) * 1000, this.#lastTsMicros + 100);
    this.#lastTsMicros = micros;
    return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, "0")}`;
  }

  nextId(prefix: string): string {
    this.#serial += 1;
    return `${prefix}0${this.#serial.toString(36).toUpperCase().padStart(8, "0")}`;
  }

  #addPerson(seed: Partial<Person> & { name: string }): void {
    const person: Person = {
      id: seed.id ?? `U0${seed.name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "")}`,
      name: seed.name,
      realName: seed.realName ?? seed.name,
      timeZone: seed.timeZone ?? "UTC",
      teamId: seed.teamId ?? TEAM.id,
      isBot: seed.isBot ?? false,
      isRestricted: seed.isRestricted ?? false,
      isUltraRestricted: seed.isUltraRestricted ?? false,
    };
    this.people.set(person.id, person);
  }

  #namesOfPeople(): string {
    return [...this.people.values()].map((person) => person.name).join(", ");
  }
}
