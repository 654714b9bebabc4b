import type { Recorded } from "../../../sandbox/slack/happenings.ts";
import type { Message, Person } from "../../../sandbox/slack/model.ts";
import { type RenderContext, renderMessage } from "../../../sandbox/slack/render.ts";
import type { SandboxSlack } from "../../../sandbox/slack/server.ts";

export interface StoryOptions {
  /** Says when the bot has nothing under way. Without it, a while without traffic stands for that. */
  idle?: () => Promise<void>;
  /** How long an expectation waits, in real time. */
  patienceMs?: number;
}

/** What to look for in a message as it is shown: a part of it, or a pattern. */
export type Wanted = string | RegExp;

type AboutMessage = Extract<Recorded, { message: Message }>;

/**
 * What a test has seen of a Slack so far. Every expectation claims what it found, so the same message is not found twice and
 * whatever nobody claimed is news.
 */
export class Story {
  readonly slack: SandboxSlack;
  /** Who acted last: their eyes are used where none are named. */
  reader: Person | undefined;
  readonly #patienceMs: number;
  readonly #idle: (() => Promise<void>) | undefined;
  readonly #begin: number;
  /** Up to which happening a message has been claimed. */
  readonly #claimed = new Map<string, number>();

  constructor(slack: SandboxSlack, options: StoryOptions = {}) {
    this.slack = slack;
    this.#idle = options.idle;
    this.#patienceMs = options.patienceMs ?? 5000;
    this.#begin = slack.happenings.mark;
  }

  /** Resolves once the bot has done all that it will do about what happened so far. */
  settled(): Promise<void> {
    return this.slack.settled(this.#idle === undefined ? {} : { idle: this.#idle });
  }

  /** Waits for what a message says at some moment; what was claimed before is left out. */
  async expectAbout(
    wanted: Wanted,
    isMeant: (happening: AboutMessage) => boolean,
    where: string,
    there: () => readonly Message[],
  ): Promise<AboutMessage> {
    const matches = (happening: Recorded): happening is AboutMessage =>
      "message" in happening &&
      happening.kind !== "deleted" &&
      !this.isClaimed(happening) &&
      isMeant(happening) &&
      this.says(happening.message, wanted);
    try {
      const found = await this.slack.happenings.waitFor(matches, this.#patienceMs, this.#begin);
      if (!matches(found)) throw new Error("unreachable: what was waited for does not match");
      this.claim(found);
      return found;
    } catch {
      throw new Error(`Expected ${String(wanted)} ${where} within ${this.#patienceMs} ms.\n${this.showAll(there())}`);
    }
  }

  async expectHappening(
    isMeant: (happening: Recorded) => boolean,
    what: string,
    after = this.#begin,
  ): Promise<Recorded> {
    try {
      return await this.slack.happenings.waitFor(isMeant, this.#patienceMs, after);
    } catch {
      throw new Error(`Expected ${what} within ${this.#patienceMs} ms; ${this.#told(after)}`);
    }
  }

  /** What happened to messages since the story began and no expectation has claimed. */
  unclaimed(isMeant: (message: Message) => boolean): AboutMessage[] {
    return this.slack.happenings
      .since(this.#begin)
      .filter((happening): happening is AboutMessage => "message" in happening)
      .filter((happening) => !this.isClaimed(happening) && isMeant(happening.message));
  }

  isClaimed(happening: AboutMessage): boolean {
    return happening.serial <= (this.#claimed.get(keyOf(happening.message)) ?? 0);
  }

  claim(happening: AboutMessage): void {
    this.#claimed.set(keyOf(happening.message), happening.serial);
  }

  /** What people type themselves is no news. */
  claimOwn(message: Message): void {
    this.#claimed.set(keyOf(message), this.slack.happenings.mark);
  }

  says(message: Message, wanted: Wanted): boolean {
    const text = this.show(message);
    return typeof wanted === "string" ? text.includes(wanted) : new RegExp(wanted.source, wanted.flags).test(text);
  }

  show(message: Message): string {
    return renderMessage(message, this.#context());
  }

  showAll(messages: readonly Message[]): string {
    if (messages.length === 0) return "There is no message.";
    return `There is:\n${messages.map((message) => `--- ${this.show(message)}`).join("\n")}`;
  }

  #context(): RenderContext {
    const { workspace, now } = this.slack;
    const nameOf = (id: string) => workspace.people.get(id)?.name ?? workspace.channels.get(id)?.name;
    return { now: now(), timeZone: this.reader?.timeZone ?? "UTC", nameOf };
  }

  #told(after: number): string {
    const happened = this.slack.happenings.since(after).map((happening) => happening.kind);
    return happened.length === 0 ? "nothing happened." : `what happened: ${happened.join(", ")}.`;
  }
}

function keyOf(message: Message): string {
  return `${message.channel}/${message.ts}`;
}
