import { takeCommandAnswer, takeSubmissionAnswer, type Untaken } from "./answers.ts";
import type { Core } from "./core.ts";
import type { Delivery, Receipt, Receiver } from "./delivery/delivery.ts";
import type { Filled } from "./element-shapes.ts";
import { type Actionable, actionablesIn } from "./elements.ts";
import { actionOf, type Fill, fillIn, fillView, keyOf, requiredAndEmptyIn, stateIn } from "./filled.ts";
import { closeByHand, topView } from "./modals.ts";
import type { Channel, Message, Person, View } from "./model.ts";
import {
  closedPayload,
  commandPayload,
  eventPayload,
  messageActionPayload,
  submissionPayload,
  viewActionPayload,
} from "./payloads.ts";
import { concernOfView, type Refusal } from "./refusal.ts";
import { listOf } from "./validate/rule.ts";

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
  /** What else they chose or typed in the message. */
  fill?: Fill;
  /** The message as the person still sees it, where it has changed or gone meanwhile. */
  shown?: Message;
}

export interface ViewAct {
  user: string;
  /** The view on top unless told. */
  viewId?: string;
  /** What they chose and typed since the last time; the rest stays. */
  fill?: Fill;
}

/** Who hears of it where the app does not answer. */
interface Actor {
  person?: Person;
  /** An id. */
  channel?: string | undefined;
  /** Where it was in a thread. */
  threadTs?: string | undefined;
  /** What they typed or pressed. */
  about?: string;
}

/** Does what the app answers; says what is wrong with an answer that Slack does not take. */
type Taking = (answer: unknown) => Untaken | undefined;

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
    const channel = this.#channelToTypeIn(person, act.channel);
    const payload = commandPayload(this.#core, person, channel, act.command ?? "/hooks", act.text);
    const about = act.command ?? "/hooks";
    const take: Taking = (answer) => takeCommandAnswer(this.#core, person, channel, answer);
    return this.#deliver({ type: "slash_commands", payload }, { person, channel: channel.id, about }, take);
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
    const blocks = act.shown?.blocks ?? message.blocks ?? [];
    const actionable = find(blocks, act);
    const action = actionOf(actionable, act.value, this.#core.now());
    const state = stateIn(blocks, fillIn(blocks, using(actionable, act)));
    const payload = messageActionPayload(this.#core, person, message, action, state);
    return this.#deliver(
      { type: "interactive", payload },
      {
        person,
        channel: channel.id,
        threadTs: act.threadTs ?? message.threadTs,
        about: actionable.label,
      },
    );
  }

  async pressInView(act: ViewAct & { actionId: string; value?: Filled; blockId?: string }): Promise<Receipt> {
    const person = this.#core.workspace.person(act.user);
    const view = this.#viewOf(person, act.viewId);
    const actionable = find(listOf(view.content.blocks), act);
    const action = actionOf(actionable, act.value, this.#core.now());
    fillView(view, using(actionable, act));
    const payload = viewActionPayload(this.#core, person, view, action);
    return this.#deliver({ type: "interactive", payload }, this.#actorIn(view, person, actionable.label));
  }

  /** Fills in by action id, block id or label, then submits. What the app answers is done to the modal. */
  async submitView(act: ViewAct): Promise<Receipt> {
    const person = this.#core.workspace.person(act.user);
    const view = this.#viewOf(person, act.viewId);
    view.errors = {};
    fillView(view, act.fill);
    const missing = requiredAndEmptyIn(view);
    if (missing !== undefined) throw new Error(`The form is not sent: ${missing} is empty.`);
    const payload = submissionPayload(this.#core, person, view);
    const take: Taking = (answer) => takeSubmissionAnswer(this.#core, view, answer);
    return this.#deliver({ type: "interactive", payload }, this.#actorIn(view, person, "Sending the form"), take);
  }

  /** One view, or with × the whole stack. The app hears of it only where the view asked with `notify_on_close`. */
  async closeView(act: ViewAct & { isWhole?: boolean }): Promise<Receipt | undefined> {
    const person = this.#core.workspace.person(act.user);
    const top = topView(this.#core, person.id);
    if (top !== undefined) fillView(top, act.fill);
    const closed = closeByHand(this.#core, person.id, act.isWhole === true);
    if (closed?.view.content.notify_on_close !== true) return undefined;
    return this.#deliver({ type: "interactive", payload: closedPayload(this.#core, person, closed) }, { person });
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
    return this.#core.posting.say(person.id, this.#channelToTypeIn(person, channel).id, text, threadTs);
  }

  /** A person with the right to it takes a message down. */
  deleteMessage(channel: string, ts: string): void {
    const { id } = this.#core.workspace.channel(channel);
    const message = this.#core.workspace.message(id, ts, "any");
    if (message === undefined) throw new Error(`No message ${ts} in ${channel}.`);
    this.#core.posting.delete(message);
  }

  async #deliver(delivery: Delivery, actor: Actor = {}, take: Taking = () => undefined): Promise<Receipt> {
    const { person, channel, threadTs, about } = actor;
    const end = this.#core.journal.begin("slack to bot", delivery.type, delivery.payload);
    const receipt = await this.#receiver().deliver(delivery);
    let untaken: Untaken | undefined;
    try {
      if (receipt.error === undefined) untaken = take(receipt.ackPayload);
    } finally {
      end(receipt, undefined, untaken && refusalOf(untaken, actor));
    }
    const error = receipt.error ?? untaken?.notice;
    if (error !== undefined && person !== undefined) {
      this.#core.happenings.add({
        kind: "notice",
        user: person.id,
        error,
        ...(channel === undefined ? {} : { channel }),
        ...(threadTs === undefined ? {} : { threadTs }),
        ...(about === undefined ? {} : { about }),
      });
    }
    return receipt;
  }

  #channelToTypeIn(person: Person, nameOrId: string): Channel {
    const channel = this.#channelOf(person, nameOrId);
    if (channel.isArchived) throw new Error(`#${channel.name} is archived: nobody can type there.`);
    return channel;
  }

  #channelOf(person: Person, nameOrId: string): Channel {
    const channel = this.#core.workspace.channel(nameOrId);
    const isThere = channel.kind === "public" || channel.members.has(person.id);
    if (!isThere) throw new Error(`${person.name} is not in #${channel.name}.`);
    return channel;
  }

  #actorIn(view: View, person: Person, about: string): Actor {
    const { channel, threadTs } = concernOfView(this.#core, view);
    return { person, channel, threadTs, about };
  }

  #viewOf(person: Person, viewId: string | undefined): View {
    const view = viewId === undefined ? topView(this.#core, person.id) : this.#core.workspace.views.get(viewId);
    if (view === undefined) throw new Error(`${person.name} has no modal open.`);
    return view;
  }
}

function refusalOf({ faults }: Untaken, { person, channel, threadTs }: Actor): Refusal {
  const error = faults[0]?.error ?? "invalid_arguments";
  return { error, faults, user: person?.id, channel, threadTs };
}

/** What they use now is filled in too. */
function using(actionable: Actionable, { fill, value }: { fill?: Fill; value?: Filled }): Fill {
  return value === undefined ? { ...fill } : { ...fill, [keyOf(actionable)]: value };
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
