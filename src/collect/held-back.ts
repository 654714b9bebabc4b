import type { Kysely } from "kysely";
import type { Tables } from "../store/tables.ts";
import { allowedInWords, type RequestLimit } from "../triage/limit-words.ts";
import { providerName } from "../triage/provider-name.ts";
import { ToldError } from "../triage/told-error.ts";
import { readBudgetStatus } from "./budget/budget-status.ts";
import type { Collector } from "./collector.ts";

/** A provider of which our own budget lets fewer requests through than are wanted. */
export interface HeldBack extends RequestLimit {
  /** Requests that wait for their turn. */
  queued: number;
  /** It wants to be left alone. */
  pausedUntil?: Date;
}

/** `undefined` where so many requests could be sent at once: it is not our budget then that people wait for. */
export async function heldBack(
  db: Kysely<Tables>,
  provider: string,
  now: Date,
  requests = 1,
): Promise<HeldBack | undefined> {
  const { spare, limitPerMinute, isTold, queued, pausedUntil } = await readBudgetStatus(db, provider, now);
  if (spare >= requests) return undefined;
  return { provider, limitPerMinute, isTold, queued, ...(pausedUntil && { pausedUntil }) };
}

/** What somebody waits for was not read in time: why, and when it is worth another try. Nothing went wrong. */
export class NotReadInTimeError extends ToldError {
  override readonly name = "NotReadInTimeError";
  /** Why, as a sentence. */
  readonly because: string;
  /** `in about a minute` */
  readonly again: string;
  override readonly nextStep: string;

  /** `what`: what was asked for, in the plural, such as `The attempts`. */
  constructor(what: string, because: string, again: string) {
    super(`${what} are not read yet: ${because}`);
    this.because = because;
    this.again = again;
    this.nextStep = `Try again ${again}.`;
  }
}

/** Tells a provider that is slow from a queue of our own. Throws what the store throws. */
export async function notReadInTime(
  { store, now }: Pick<Collector, "store" | "now">,
  provider: string,
  what: string,
): Promise<NotReadInTimeError> {
  const at = now();
  const held = await heldBack(store.db, provider, at);
  if (!held) return new NotReadInTimeError(what, `${providerName(provider)} did not answer in time.`, "in a minute");
  return new NotReadInTimeError(what, whyHeldBack(held), againIn(held, at));
}

/** `Zendesk allows 10 requests a minute and 10 are waiting.` */
function whyHeldBack(held: HeldBack): string {
  const { provider, queued, pausedUntil } = held;
  if (pausedUntil) return `${providerName(provider)} has asked to be left alone for a while.`;
  const allowed = allowedInWords(held);
  if (queued === 0) return `${allowed}, and no more are left in this one.`;
  return `${allowed} and ${queued.toLocaleString("en-US")} ${queued === 1 ? "is" : "are"} waiting.`;
}

/** Whatever people ask for is sent before the rest of the queue, as soon as the minute has room again. */
function againIn({ pausedUntil }: HeldBack, now: Date): string {
  const minutes = pausedUntil ? Math.ceil((pausedUntil.getTime() - now.getTime()) / 60_000) : 1;
  return minutes <= 1 ? "in about a minute" : `in about ${minutes} minutes`;
}
