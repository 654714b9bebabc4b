import type { ClockReading } from "../triage/clock-skew.ts";
import type { Attempt, Invocation, InvocationRef, Webhook } from "../triage/model.ts";
import type { Window } from "../triage/window.ts";

/** What a provider can do. Slack and the CLI offer only that. */
export interface Capabilities {
  /** `bodies`: attempts carry requests and responses. `timeline`: only when and with which status. */
  attemptDetail: "bodies" | "timeline";
  /** Why attempts are only a timeline, and where a person finds the rest: a sentence for people. */
  timelineOnlyBecause?: string;
  testDelivery: boolean;
  redelivery: boolean;
  /** The provider's words for statuses, as far as they are known. */
  statuses: readonly string[];
  /** How far back the provider's own log goes. */
  retentionDays: number;
  /** How the provider itself retries a failed delivery, as a sentence for people. */
  retryPolicy: string;
  /** One reading of a window tells of all webhooks: those that are read side by side cost no more than one. */
  isSharedRead?: boolean;
}

export interface InvocationQuery {
  webhookId: string;
  window: Window;
  /** What comes right after the window is collected, or is being collected: none of it need be listed with the window. */
  isFollowed?: boolean;
  /** The provider's own words. An optimisation: callers filter by themselves as well. */
  statuses?: string[];
  sort?: "latest" | "oldest";
  /** Rows a page; the provider's maximum when absent. */
  pageSize?: number;
}

export interface InvocationPage {
  invocations: Invocation[];
  /**
   * The part of the asked window that is wholly read with this page and those before it: what is older (newest first) is still
   * to come. Absent when the page proves nothing.
   */
  covered?: Window;
}

export interface ProviderHealth {
  ok: boolean;
  /** One sentence: who we are there, or what is wrong and how to mend it. */
  detail: string;
  rateLimit?: RateLimit;
  /** `detail` in two parts, where something is wrong. */
  problem?: ToMend;
  /** What works, and should be changed all the same. */
  warnings?: readonly ToMend[];
  /** The provider's clock and ours. */
  clockReading?: ClockReading;
}

/** What is, and what to do about it, a sentence or two each. */
export interface ToMend {
  told: string;
  mend: string;
}

/** What the provider last told of its rate limit. */
export interface RateLimit {
  limitPerMinute: number;
  remaining?: number;
  seenAt: Date;
}

/**
 * The contract between a provider and the rest. Everything that comes out of it is in the words of `triage/model.ts` and
 * redacted. Methods throw only the errors of `errors.ts`, or the signal's own reason when it was aborted.
 */
export interface Provider {
  /** The one under which the registry has it. */
  readonly id: string;
  /** Whose log it is: the base URL. What was collected from one account is never shown for another. */
  readonly account: string;
  readonly capabilities: Capabilities;
  /** HTTP requests sent so far, retries and token requests included. */
  readonly requestCount: number;
  readonly rateLimit: RateLimit | undefined;
  /** Its clock and ours, when it last told the time; absent where it has told none. */
  readonly clockReading?: ClockReading | undefined;
  /** Reads of the caller's urgency that its budget would let through at once; infinite where there is no budget. */
  readonly spareRequests: number;
  listWebhooks(signal: AbortSignal): AsyncIterable<Webhook>;
  /**
   * For providers whose log outlives a webhook, so that one that is not listed any more can be read like the others: the webhooks that
   * readings so far have told of, listed or not. `unread`: a window to look at first, where no webhook was read in it.
   */
  webhooksSeen?(unread: Window | undefined, signal: AbortSignal): Promise<Webhook[]>;
  /** One page an item, newest first unless asked otherwise. Rows may repeat an invocation: the latest counts. */
  listInvocations(query: InvocationQuery, signal: AbortSignal): AsyncIterable<InvocationPage>;
  /**
   * What of the window is known of and cannot be listed, as sentences for people. Asked for after a reading, of which it uses what it
   * can.
   */
  notesOn?(window: Window, signal: AbortSignal): Promise<string[]>;
  /** When an invocation of that id was made; `undefined` for what cannot be an id of this provider. */
  createdAtOf(invocationId: string): Date | undefined;
  /** What an id alone tells of what made the provider send, where it tells anything. */
  sourceOf?(invocationId: string): Invocation["source"];
  /**
   * Why the provider lists no attempts of what this source made it send, and where they are to be found: a sentence for people.
   * `undefined` where it lists them.
   */
  noAttemptsBecause?(source: NonNullable<Invocation["source"]>): string | undefined;
  /**
   * Oldest first; empty, and without a request, where `noAttemptsBecause` has a reason for the source given. Throws a `NotFoundError`
   * for what is not there, or not of this webhook. Knowing the source may save requests.
   */
  listAttempts(ref: InvocationRef & Pick<Invocation, "source">, signal: AbortSignal): Promise<Attempt[]>;
  sendTest?(webhookId: string, signal: AbortSignal): Promise<Attempt | Invocation>;
  /**
   * The page of the task or automation that made the provider send, in its own administration, of `account`'s origin. `undefined` where the source has no page.
   */
  sourceUrl?(source: NonNullable<Invocation["source"]>): string | undefined;
  check(signal: AbortSignal): Promise<ProviderHealth>;
  /** Ends what goes on after those who asked have left, and resolves when nothing does. Nobody may ask afterwards. */
  close?(): Promise<void>;
}
