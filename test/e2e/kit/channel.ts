import type { Channel, Message } from "../../../sandbox/slack/model.ts";
import { ShownMessage } from "./message.ts";
import type { Story, Wanted } from "./story.ts";

/** A channel as everybody in it sees it. */
export class ChannelView {
  readonly channel: Channel;
  readonly #story: Story;

  constructor(story: Story, channel: Channel) {
    this.#story = story;
    this.channel = channel;
  }

  /** The next message of the app in the channel itself that says so, at some moment of its life. */
  async expectMessage(wanted: Wanted): Promise<ShownMessage> {
    const isMeant = (message: Message) => this.#isForAll(message) && isInChannel(message);
    const where = `in #${this.channel.name}`;
    const found = await this.#story.expectAbout(
      wanted,
      ({ message }) => isMeant(message),
      where,
      () => this.messages(),
    );
    return new ShownMessage(this.#story, found.message, found.serial);
  }

  /** Waits until the bot is at rest; then nothing may have been posted, changed or deleted that no expectation has seen. */
  async expectNothingNew(): Promise<void> {
    await this.#story.settled();
    const news = this.#story.unclaimed((message) => this.#isForAll(message));
    if (news.length === 0) return;
    const told = news.map(({ kind, message }) => `--- ${kind}: ${this.#story.show(message)}`);
    throw new Error(`Expected nothing new in #${this.channel.name}, but there is:\n${told.join("\n")}`);
  }

  /** What stands there now, threads included, ephemeral messages not. */
  messages(): Message[] {
    return this.#story.slack.workspace.messagesIn(this.channel.id).filter((message) => this.#isForAll(message));
  }

  #isForAll(message: Message): boolean {
    return message.channel === this.channel.id && message.ephemeralFor === undefined;
  }
}

function isInChannel(message: Message): boolean {
  return message.threadTs === undefined || message.isBroadcast === true;
}
