import type { Receipt } from "../../../sandbox/slack/delivery/delivery.ts";
import type { Message, Person } from "../../../sandbox/slack/model.ts";
import { ShownMessage } from "./message.ts";
import { ShownModal } from "./modal.ts";
import type { Story, Wanted } from "./story.ts";

/** Somebody at their Slack. Channels are named as they see them: `#ops`, or `bot` for the direct message with the bot. */
export class PersonView {
  readonly person: Person;
  readonly #story: Story;

  constructor(story: Story, person: Person) {
    this.#story = story;
    this.person = person;
  }

  /** Types a slash command, or a plain message. Throws where Slack shows an error for it. */
  async types(channel: string, text: string): Promise<Receipt> {
    const receipt = await this.#type(channel, text);
    if (receipt.error === undefined) return receipt;
    throw new Error(`${text} failed: ${receipt.error} after ${Math.round(receipt.ackMs)} ms.`);
  }

  /** Types where nothing is expected to come of it but Slack's own notice. */
  async typesInVain(channel: string, text: string): Promise<Receipt> {
    const receipt = await this.#type(channel, text);
    if (receipt.error !== undefined) return receipt;
    throw new Error(`${text} was acknowledged, and should not have been.`);
  }

  /** The next message that only this person sees and that says so. */
  async expectEphemeral(channel: string, wanted: Wanted): Promise<ShownMessage> {
    this.#story.reader = this.person;
    const { id, name } = this.#channel(channel);
    const isMine = (message: Message) => message.channel === id && message.ephemeralFor === this.person.id;
    const where = `for ${this.person.name} alone in #${name}`;
    const seen = () => this.#story.slack.workspace.messagesIn(id).filter((message) => this.#sees(message));
    const found = await this.#story.expectAbout(wanted, ({ message }) => isMine(message), where, seen);
    return new ShownMessage(this.#story, found.message, found.serial);
  }

  /** Waits until the bot is at rest; then this person may have been shown nothing that no expectation has seen. */
  async expectNothingNew(): Promise<void> {
    await this.#story.settled();
    const news = this.#story.unclaimed((message) => message.ephemeralFor === this.person.id);
    if (news.length === 0) return;
    const told = news.map(({ kind, message }) => `--- ${kind}: ${this.#story.show(message)}`);
    throw new Error(`Expected nothing new for ${this.person.name}, but there is:\n${told.join("\n")}`);
  }

  /** The modal that this person has in front of them, once it says so. */
  async expectModal(wanted: Wanted): Promise<ShownModal> {
    return ShownModal.expect(this.#story, this.person, wanted);
  }

  deletes(shown: ShownMessage): void {
    this.#story.slack.deleteMessage(shown.message.channel, shown.ts);
    this.#story.claimOwn(shown.message);
  }

  #type(channel: string, text: string): Promise<Receipt> {
    this.#story.reader = this.person;
    const { id } = this.#channel(channel);
    const [command = "", ...rest] = text.split(" ");
    if (command.startsWith("/")) {
      return this.#story.slack.sendCommand({ user: this.person.id, channel: id, command, text: rest.join(" ") });
    }
    this.#story.claimOwn(this.#story.slack.say(this.person.id, id, text));
    return Promise.resolve({ ackMs: 0 });
  }

  #channel(name: string): { id: string; name: string } {
    const { workspace } = this.#story.slack;
    if (name !== "bot") return workspace.channel(name);
    return workspace.openDirectMessage([this.person.id, this.#story.slack.person("hooktriage").id]);
  }

  #sees(message: Message): boolean {
    return message.ephemeralFor === undefined || message.ephemeralFor === this.person.id;
  }
}
