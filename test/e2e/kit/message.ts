import type { Receipt } from "../../../sandbox/slack/delivery/delivery.ts";
import { type Actionable, actionablesIn } from "../../../sandbox/slack/elements.ts";
import type { Message, Person } from "../../../sandbox/slack/model.ts";
import type { Story, Wanted } from "./story.ts";

export interface PressOptions {
  /** Which of several buttons with that text; 0, the first, unless told. */
  nth?: number;
  /** The name of who presses; who acted last unless told. */
  as?: string;
}

/** A message as it looked when an expectation found it. */
export class ShownMessage {
  readonly message: Message;
  /** As a reader sees it. */
  readonly text: string;
  readonly #story: Story;
  readonly #serial: number;

  constructor(story: Story, message: Message, serial: number) {
    this.#story = story;
    this.#serial = serial;
    this.message = message;
    this.text = story.show(message);
  }

  get ts(): string {
    return this.message.ts;
  }

  /** The texts of its buttons in the order in which they stand. */
  get buttons(): string[] {
    return this.#pressable().map(({ label }) => label);
  }

  expectButtons(...labels: readonly string[]): void {
    const missing = labels.filter((label) => !this.buttons.includes(label));
    if (missing.length === 0) return;
    throw new Error(`Expected the buttons ${missing.join(", ")}, but there is: ${this.#told()}`);
  }

  /** Presses a button by its visible text. Throws where Slack shows an error for it. */
  async press(label: string, options: PressOptions = {}): Promise<Receipt> {
    const receipt = await this.#press(label, options);
    if (receipt.error === undefined) return receipt;
    throw new Error(`Pressing ${label} failed: ${receipt.error} after ${Math.round(receipt.ackMs)} ms.`);
  }

  /** Presses where nothing is expected to come of it but Slack's own notice. */
  async pressInVain(label: string, options: PressOptions = {}): Promise<Receipt> {
    const receipt = await this.#press(label, options);
    if (receipt.error !== undefined) return receipt;
    throw new Error(`Pressing ${label} was acknowledged, and should not have been.`);
  }

  /** The next reply in this message's thread that says so. */
  async expectThread(wanted: Wanted): Promise<ShownMessage> {
    const parent = this.message.threadTs ?? this.ts;
    const isReply = (message: Message) =>
      message.channel === this.message.channel && message.threadTs === parent && message.ephemeralFor === undefined;
    const where = `in the thread of:\n${this.text}\n`;
    const found = await this.#story.expectAbout(
      wanted,
      ({ message }) => isReply(message),
      where,
      () => this.thread(),
    );
    return new ShownMessage(this.#story, found.message, found.serial);
  }

  /** What this message says after its next change that matches. */
  async expectUpdate(wanted: Wanted): Promise<ShownMessage> {
    const found = await this.#story.expectAbout(
      wanted,
      ({ kind, serial, message }) => kind === "updated" && serial > this.#serial && this.#isThis(message),
      "as an update",
      () => this.#now(),
    );
    return new ShownMessage(this.#story, found.message, found.serial);
  }

  async expectDeleted(): Promise<void> {
    const isGone = await this.#story.expectHappening(
      (happening) => happening.kind === "deleted" && this.#isThis(happening.message),
      "the message to be deleted",
    );
    if ("message" in isGone) this.#story.claim(isGone);
  }

  /** The replies that stand in its thread now. */
  thread(): Message[] {
    return this.#story.slack.workspace.repliesTo(this.message.channel, this.message.threadTs ?? this.ts);
  }

  async #press(label: string, { nth = 0, as }: PressOptions): Promise<Receipt> {
    const wanted = this.#pressable().filter((one) => one.label === label);
    const button = wanted[nth];
    if (button === undefined) throw new Error(`No button ${label} (number ${nth + 1}): ${this.#told()}`);
    const person = this.#presser(as);
    this.#story.reader = person;
    const value = button.element.value;
    return this.#story.slack.pressButton({
      user: person.id,
      channel: this.message.channel,
      messageTs: this.ts,
      actionId: button.actionId,
      blockId: button.blockId,
      shown: this.message,
      ...(typeof value === "string" ? { value } : {}),
    });
  }

  #presser(as: string | undefined): Person {
    const person = as === undefined ? undefined : this.#story.slack.person(as);
    const reader = this.message.ephemeralFor ?? this.#story.reader?.id;
    const found = person ?? (reader === undefined ? undefined : this.#story.slack.person(reader));
    if (found === undefined) throw new Error("Nobody has acted yet: say who presses, with { as }.");
    return found;
  }

  #pressable(): Actionable[] {
    return actionablesIn(this.message.blocks ?? []).filter(({ element }) => element.type === "button");
  }

  #isThis(message: Message): boolean {
    return message.channel === this.message.channel && message.ts === this.ts;
  }

  #now(): Message[] {
    const { workspace } = this.#story.slack;
    const current = workspace.message(this.message.channel, this.ts, "any");
    return current === undefined ? [] : [current];
  }

  #told(): string {
    return `${this.buttons.length === 0 ? "no button" : this.buttons.join(", ")} on\n${this.text}`;
  }
}
