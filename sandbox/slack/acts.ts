import { ApiError, Args } from "./api/call.ts";
import { contentOf } from "./api/content.ts";
import type { Core } from "./core.ts";
import type { Delivery, Receipt, Receiver } from "./delivery/delivery.ts";
import { type Actionable, actionablesIn, actionOf, type Filled, isUnfilled, stateOf } from "./elements.ts";
import { closeStack, closeTop, showView, topView } from "./modals.ts";
import type { Channel, Message, Person, View } from "./model.ts";
import {
  closedPayload,
  commandPayload,
  eventPayload,
  messageActionPayload,
  submissionPayload,
  viewActionPayload,
} from "./payloads.ts";
import { isRecord, listOf } from "./validate/rule.ts";

export interface CommandAct {
  /** A name or an id, here and below. */
  user: string;
  channel: string;
  /** `/hooks` unless told. */
  command?: string;
  text: string;
}

export interface PressAct {
  user: string;
  channel: string;
  /** The ts of the message, be it a kept or an ephemeral one. */
  messageTs: string;
  /** The thread in which they look at it; its own unless told. */
  threadTs?: string;
  actionId: string;
  /** A button's value, where several buttons share an action id; or the option to choose. */
  value?: Filled;
  blockId?: string;
  /** The message as the person still sees it, where it has changed or gone meanwhile. */
  shown?: Message;
}

export interface ViewAct {
  user: string;
  /** The view on top unless told. */
  viewId?: string;
}

/** Who hears of it where the app does not answer. */
interface Actor {
  person?: Person;
  channel?: Channel;
  /** Where it was in a thread. */
  threadTs?: string | undefined;
  /** What they typed or pressed. */
  about?: string;
}

/** What people do: type a command, press, fill in, close, open the Home tab. Throws for what no person could do. */
export class Acts {
  readonly #core: Core;
  readonly #receiver: () => Receiver;

  constructor(core: Core, receiver: () => Receiver) {
    this.#core = core;
    this.#receiver = receiver;
  }

  async sendCommand(act: CommandAct): Promise<Receipt> {
    const { workspace } = this.#core;
    const person = workspace.person(act.user);
    const channel = this.#channelOf(person, act.channel);
    if (channel.isArchived) throw new Error(`#${channel.name} is archived: nobody can type there.`);
    const payload = commandPayload(this.#core, person, channel, act.command ?? "/hooks", act.text);
    const about = act.command ?? "/hooks";
    const receipt = await this.#deliver({ type: "slash_commands", payload }, { person, channel, about });
    if (isRecord(receipt.ackPayload)) this.#showAnswer(receipt.ackPayload, person, channel);
    return receipt;
  }

  async pressButton(act: PressAct): Promise<Receipt> {
    const { workspace } = this.#core;
    const person = workspace.person(act.user);
    const channel = this.#channelOf(person, act.channel);
    const message = workspace.message(channel.id, act.messageTs, "any") ?? act.shown;
    if (message === undefined) throw new Error(`No message ${act.messageTs} in #${channel.name}.`);
    if (message.ephemeralFor !== undefined && message.ephemeralFor !== person.id) {
      throw new Error(`${person.name} does not see the ephemeral message ${act.messageTs}.`);
    }
    const actionable = find(act.shown?.blocks ?? message.blocks ?? [], act);
    const action = actionOf(actionable, act.value, this.#core.now());
    const payload = messageActionPayload(this.#core, person, message, action);
    return this.#deliver(
      { type: "interactive", payload },
      {
        person,
        channel,
        threadTs: act.threadTs ?? message.threadTs,
        about: actionable.label,
      },
    );
  }

  async pressInView(act: ViewAct & { actionId: string; value?: Filled; blockId?: string }): Promise<Receipt> {
    const person = this.#core.workspace.person(act.user);
    const view = this.#viewOf(person, act.viewId);
    const actionable = find(listOf(view.content.blocks), act);
    const payload = viewActionPayload(this.#core, person, view, actionOf(actionable, act.value, this.#core.now()));
    return this.#deliver({ type: "interactive", payload }, { person, about: actionable.label });
  }

  /** Fills in by action id, block id or label, then submits. What the app answers is done to the modal. */
  async submitView(act: ViewAct & { fill?: Readonly<Record<string, Filled>> }): Promise<Receipt> {
    const person = this.#core.workspace.person(act.user);
    const view = this.#viewOf(person, act.viewId);
    view.state = {};
    view.errors = {};
    const required = requiredInputs(view);
    for (const { blockId, actionId, label, element } of actionablesIn(listOf(view.content.blocks))) {
      if (element.type === "button") continue;
      const value = act.fill?.[actionId] ?? act.fill?.[blockId] ?? act.fill?.[label];
      const state = stateOf(element, value);
      if (required.has(blockId) && isUnfilled(state)) throw new Error(`The form is not sent: ${label} is empty.`);
      view.state[blockId] = { ...view.state[blockId], [actionId]: state };
    }
    const payload = submissionPayload(this.#core, person, view);
    const receipt = await this.#deliver({ type: "interactive", payload }, { person, about: "Sending the form" });
    if (receipt.error === undefined) this.#applySubmission(receipt.ackPayload, view);
    return receipt;
  }

  /** The app hears of it only where the view asked with `notify_on_close`. */
  async closeView(act: ViewAct): Promise<Receipt | undefined> {
    const person = this.#core.workspace.person(act.user);
    const view = closeTop(this.#core, person.id);
    if (view?.content.notify_on_close !== true) return undefined;
    return this.#deliver({ type: "interactive", payload: closedPayload(this.#core, person, view) }, { person });
  }

  openHome(user: string): Promise<Receipt> {
    const person = this.#core.workspace.person(user);
    const channel = this.#core.workspace.openDirectMessage([person.id, this.#core.workspace.person("hooktriage").id]);
    return this.sendEvent({ type: "app_home_opened", user: person.id, channel: channel.id, tab: "home" });
  }

  sendEvent(event: Record<string, unknown>): Promise<Receipt> {
    return this.#deliver({ type: "events_api", payload: eventPayload(this.#core, event) });
  }

  /** Types a message. The app is told nothing: the sandbox has no subscriptions. */
  say(user: string, channel: string, text: string, threadTs?: string): Message {
    const person = this.#core.workspace.person(user);
    return this.#core.posting.say(person.id, this.#channelOf(person, channel).id, text, threadTs);
  }

  /** A person with the right to it takes a message down. */
  deleteMessage(channel: string, ts: string): void {
    const { id } = this.#core.workspace.channel(channel);
    const message = this.#core.workspace.message(id, ts, "any");
    if (message === undefined) throw new Error(`No message ${ts} in ${channel}.`);
    this.#core.posting.delete(message);
  }

  async #deliver(delivery: Delivery, { person, channel, threadTs, about }: Actor = {}): Promise<Receipt> {
    const end = this.#core.journal.begin("slack to bot", delivery.type, delivery.payload);
    const receipt = await this.#receiver().deliver(delivery);
    end(receipt);
    if (receipt.error !== undefined && person !== undefined) {
      this.#core.happenings.add({
        kind: "notice",
        user: person.id,
        error: receipt.error,
        ...(channel === undefined ? {} : { channel: channel.id }),
        ...(threadTs === undefined ? {} : { threadTs }),
        ...(about === undefined ? {} : { about }),
      });
    }
    return receipt;
  }

  /** An acknowledgement with content answers the command right away. */
  #showAnswer(payload: Record<string, unknown>, person: Person, channel: Channel): void {
    const args = new Args(payload);
    if (!args.has("text") && !args.has("blocks")) return;
    try {
      const isPublic = payload.response_type === "in_channel";
      const { content } = contentOf(args, { viaResponseUrl: true });
      this.#core.posting.post(content, { channel: channel.id, ...(isPublic ? {} : { ephemeralFor: person.id }) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#core.happenings.add({ kind: "notice", user: person.id, channel: channel.id, error: error.error });
    }
  }

  #applySubmission(answer: unknown, view: View): void {
    const action = isRecord(answer) ? answer.response_action : undefined;
    const content = isRecord(answer) && isRecord(answer.view) ? answer.view : undefined;
    if (action === "errors" && isRecord(answer) && isRecord(answer.errors)) {
      view.errors = Object.fromEntries(Object.entries(answer.errors).map(([key, text]) => [key, String(text)]));
      this.#core.happenings.add({ kind: "view_updated", view });
    } else if (action === "update" && content !== undefined) {
      showView(this.#core, { user: view.user, content, updates: view });
    } else if (action === "push" && content !== undefined) {
      showView(this.#core, { user: view.user, content, below: view });
    } else if (action === "clear") {
      closeStack(this.#core, view.user);
    } else {
      closeTop(this.#core, view.user);
    }
  }

  #channelOf(person: Person, nameOrId: string): Channel {
    const channel = this.#core.workspace.channel(nameOrId);
    const isThere = channel.kind === "public" || channel.members.has(person.id);
    if (!isThere) throw new Error(`${person.name} is not in #${channel.name}.`);
    return channel;
  }

  #viewOf(person: Person, viewId: string | undefined): View {
    const view = viewId === undefined ? topView(this.#core, person.id) : this.#core.workspace.views.get(viewId);
    if (view === undefined) throw new Error(`${person.name} has no modal open.`);
    return view;
  }
}

/** The blocks that Slack's client wants filled in before it sends a form. */
function requiredInputs({ content }: View): Set<string> {
  const inputs = listOf(content.blocks)
    .filter(isRecord)
    .filter((block) => block.type === "input" && block.optional !== true);
  return new Set(inputs.map((block) => String(block.block_id)));
}

function find(blocks: readonly unknown[], act: { actionId: string; value?: Filled; blockId?: string }): Actionable {
  const all = actionablesIn(blocks);
  const named = all.filter(({ actionId, blockId }) => {
    return actionId === act.actionId && (act.blockId === undefined || act.blockId === blockId);
  });
  const isButton = named[0]?.element.type === "button";
  const exact =
    isButton && act.value !== undefined ? named.find(({ element }) => element.value === act.value) : named[0];
  if (exact !== undefined) return exact;
  const there = all.map(({ actionId, label }) => `${actionId} (${label})`).join(", ");
  throw new Error(`Nothing to press with action id ${act.actionId}; there is: ${there === "" ? "nothing" : there}.`);
}
