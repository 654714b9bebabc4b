import { randomUUID } from "node:crypto";

/** https://docs.slack.dev/interactivity/handling-user-interaction: a trigger id lives 3 s and opens one view. */
const TRIGGER_LIFE_MS = 3000;
/** The same page: a response URL takes 5 posts within 30 minutes. */
const RESPONSE_URL_LIFE_MS = 30 * 60_000;
const RESPONSE_URL_USES = 5;

/** What an interaction hands to the app: which person, where from. */
export interface Origin {
  user: string;
  channel?: string;
  /** The message whose button was pressed. */
  messageTs?: string;
  threadTs?: string;
  /** The modal from which the trigger comes. */
  viewId?: string;
}

interface Trigger {
  origin: Origin;
  givenAtMs: number;
  isUsed: boolean;
}

export interface ResponseUrl {
  origin: Origin;
  /** The message it stands for, which `replace_original` replaces. */
  messageTs?: string;
  givenAtMs: number;
  uses: number;
}

/** The short-lived keys: trigger ids and response URLs. */
export class Tickets {
  readonly #now: () => Date;
  readonly #triggers = new Map<string, Trigger>();
  readonly #responseUrls = new Map<string, ResponseUrl>();
  readonly #openings = new Map<string, Origin>();
  #serial = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  giveTrigger(origin: Origin): string {
    this.#serial += 1;
    const id = `${this.#serial}.${this.#now().getTime()}.${randomUUID().replaceAll("-", "")}`;
    this.#triggers.set(id, { origin, givenAtMs: this.#now().getTime(), isUsed: false });
    return id;
  }

  /** Uses a trigger up; or says, in Slack's words, why it cannot be used. */
  useTrigger(id: string): { origin: Origin } | { error: string } {
    const trigger = this.#triggers.get(id);
    if (trigger === undefined) return { error: "invalid_trigger_id" };
    if (trigger.isUsed) return { error: "exchanged_trigger_id" };
    if (this.#now().getTime() - trigger.givenAtMs > TRIGGER_LIFE_MS) return { error: "expired_trigger_id" };
    trigger.isUsed = true;
    return { origin: trigger.origin };
  }

  /** Where a trigger came from, used up, expired or not. */
  originOfTrigger(id: string): Origin | undefined {
    return this.#triggers.get(id)?.origin;
  }

  /** Keeps from where a modal was opened, by the id of the one at the bottom of its stack. */
  noteOpening(rootId: string, origin: Origin): void {
    this.#openings.set(rootId, origin);
  }

  originOfStack(rootId: string): Origin | undefined {
    return this.#openings.get(rootId);
  }

  /** The path of a new response URL. */
  giveResponsePath(origin: Origin): string {
    const key = randomUUID().replaceAll("-", "");
    const messageTs = origin.messageTs;
    this.#responseUrls.set(key, {
      origin,
      givenAtMs: this.#now().getTime(),
      uses: 0,
      ...(messageTs === undefined ? {} : { messageTs }),
    });
    return `/response/${key}`;
  }

  /** Where a response URL came from, used up, expired or not. */
  originOfResponseUrl(key: string): Origin | undefined {
    return this.#responseUrls.get(key)?.origin;
  }

  /** Finds a response URL that may still be used; counts nothing. */
  findResponseUrl(key: string): ResponseUrl | { error: string } {
    const found = this.#responseUrls.get(key);
    if (found === undefined) return { error: "invalid_url" };
    if (this.#now().getTime() - found.givenAtMs > RESPONSE_URL_LIFE_MS) return { error: "expired_url" };
    if (found.uses >= RESPONSE_URL_USES) return { error: "used_url" };
    return found;
  }
}
