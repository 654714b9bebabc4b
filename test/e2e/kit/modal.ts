import type { Receipt } from "../../../sandbox/slack/delivery/delivery.ts";
import { actionablesIn } from "../../../sandbox/slack/elements.ts";
import type { Recorded } from "../../../sandbox/slack/happenings.ts";
import type { Person, View } from "../../../sandbox/slack/model.ts";
import { renderView } from "../../../sandbox/slack/render.ts";
import { listOf } from "../../../sandbox/slack/validate/rule.ts";
import type { Story, Wanted } from "./story.ts";

type AboutView = Extract<Recorded, { view: View }>;

/** A modal as it looked when an expectation found it. */
export class ShownModal {
  readonly view: View;
  readonly text: string;
  readonly #story: Story;
  readonly #person: Person;
  readonly #serial: number;

  constructor(story: Story, person: Person, found: AboutView) {
    this.#story = story;
    this.#person = person;
    this.#serial = found.serial;
    this.view = found.view;
    this.text = textOf(story, person, found.view);
  }

  static async expect(story: Story, person: Person, wanted: Wanted, after = 0, id?: string): Promise<ShownModal> {
    const matches = (happening: Recorded): happening is AboutView =>
      (happening.kind === "view_opened" || happening.kind === "view_updated") &&
      happening.view.user === person.id &&
      (id === undefined ? isOpen(story, happening.view) : happening.view.id === id) &&
      says(textOf(story, person, happening.view), wanted);
    const found = await story.expectHappening(matches, `a modal for ${person.name} that says ${String(wanted)}`, after);
    if (!matches(found)) throw new Error("unreachable: what was waited for does not match");
    return new ShownModal(story, person, found);
  }

  /** What the same modal says after a later change. */
  expectUpdate(wanted: Wanted): Promise<ShownModal> {
    return ShownModal.expect(this.#story, this.#person, wanted, this.#serial, this.view.id);
  }

  /** Presses a button in it by its visible text. */
  async press(label: string, { nth = 0 }: { nth?: number } = {}): Promise<Receipt> {
    const all = actionablesIn(listOf(this.view.content.blocks));
    const button = all.filter((one) => one.label === label)[nth];
    if (button === undefined) throw new Error(`No button ${label} in\n${this.text}`);
    const { value } = button.element;
    const receipt = await this.#story.slack.pressInView({
      user: this.#person.id,
      viewId: this.view.id,
      actionId: button.actionId,
      ...(typeof value === "string" ? { value } : {}),
    });
    return acknowledged(receipt, label);
  }

  /** Fills in by label and presses the submit button. */
  async submit(fill: Readonly<Record<string, string>> = {}): Promise<Receipt> {
    const receipt = await this.#story.slack.submitView({ user: this.#person.id, viewId: this.view.id, fill });
    return acknowledged(receipt, "submit");
  }

  async close(): Promise<void> {
    await this.#story.slack.closeView({ user: this.#person.id, viewId: this.view.id });
  }
}

function acknowledged(receipt: Receipt, what: string): Receipt {
  if (receipt.error === undefined) return receipt;
  throw new Error(`${what} failed: ${receipt.error} after ${Math.round(receipt.ackMs)} ms.`);
}

function isOpen({ slack }: Story, { id }: View): boolean {
  return slack.workspace.views.has(id);
}

function textOf(story: Story, person: Person, view: View): string {
  const errors = Object.values(view.errors ?? {}).map((error) => `! ${error}`);
  const { workspace, now } = story.slack;
  const nameOf = (id: string) => workspace.people.get(id)?.name ?? workspace.channels.get(id)?.name;
  const shown = renderView(view.content, { now: now(), timeZone: person.timeZone, nameOf });
  return [shown, ...errors].join("\n");
}

function says(text: string, wanted: Wanted): boolean {
  return typeof wanted === "string" ? text.includes(wanted) : new RegExp(wanted.source, wanted.flags).test(text);
}
