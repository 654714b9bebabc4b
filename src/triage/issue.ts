import type { Cause } from "./cause.ts";
import type { Coverage } from "./coverage.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Attempt, Invocation, Webhook } from "./model.ts";
import type { Window } from "./window.ts";

export const ISSUE_STATES = ["open", "acknowledged", "snoozed", "resolved", "regressed"] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

/** All failed invocations of one webhook with one cause, as seen in one window. */
export interface Issue {
  /** Stable across restarts. */
  id: string;
  provider: string;
  webhook: Webhook;
  cause: Cause;
  state: IssueState;
  count: number;
  /** Of `count`, those whose own attempts were read and told the cause. The rest is assumed, or told by the row alone. */
  readCount: number;
  /** Of `count`, those without evidence of their own: taken for this cause because their rows look the same. */
  assumedCount: number;
  /** Whether `count` is an estimate: some of it is assumed, or `isGuessed`. */
  estimated: boolean;
  /** Whether others that look the same have another cause, and not all of them were read: how many of each is a guess. */
  isGuessed: boolean;
  /** Whether attempts of some of it told nothing, or would tell nothing more than their rows. */
  isSilent?: boolean;
  /** Whether it failed within the last hour before the answer's `asOf`. */
  isOngoing: boolean;
  /** Failures in each of twelve equal parts of the window, oldest first. */
  trend: number[];
  /** How many webhooks of this answer fail with the same cause; 1 where nobody is sure of it. */
  breadth: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** Every failed invocation in the window, newest first. */
  invocations: Invocation[];
  /** Pages of the tasks and automations behind them in the provider's own administration, by invocation id. */
  sourceUrls?: ReadonlyMap<string, string>;
}

/** What every answer says of itself: for which window, as of when, and how much of it is known. */
export interface AnswerFrame {
  window: Window;
  /** The answer is true as of this instant. */
  asOf: Date;
  coverage: Coverage[];
  /** Sentences that qualify the answer, such as terms that could not be applied to some rows. */
  notes: string[];
}

export interface FailuresAnswer extends AnswerFrame {
  totals: { failed: number; pending: number };
  /** Worst first. */
  issues: Issue[];
}

/** One failed invocation with what is needed to show it by itself. */
export interface ListedInvocation {
  invocation: Invocation;
  webhook: Webhook;
  issueId: string;
  cause: Cause;
  /** Whether it has no evidence of its own, and the cause is that of others whose rows look the same. */
  isAssumed: boolean;
  /** Whether its own attempts were read and told the cause. */
  isRead?: boolean;
  /** Whether they told nothing, or would tell nothing more than its row. */
  isSilent?: boolean;
  /** The page of the task or automation behind it in the provider's own administration. */
  sourceUrl?: string;
}

export interface InvocationsAnswer extends AnswerFrame {
  totals: { failed: number; pending: number };
  /** Newest first. */
  invocations: ListedInvocation[];
}

/** How one webhook fared in the window. Counts are of distinct invocations. */
export interface WebhookHealth {
  webhook: Webhook;
  coverage: Coverage;
  succeeded: number;
  failed: number;
  pending: number;
  lastFailureAt?: Date;
}

export interface WebhooksAnswer extends AnswerFrame {
  /** Failing most first, then by name. */
  webhooks: WebhookHealth[];
}

/** The attempts of one invocation, oldest first, and how fresh they are. */
export interface AttemptsAnswer {
  attempts: Attempt[];
  readAt: Date;
  /** Why these are not fresh: the provider failed and those that were kept before are shown. */
  staleReason?: string;
  /** `timeline`: the provider tells when it tried, and neither requests nor responses. `bodies` when absent. */
  detail?: "bodies" | "timeline";
  /** For a timeline: why there is no more, and where a person finds it. */
  timelineOnlyBecause?: string;
  /** Why the provider lists none: that `attempts` is empty then does not say that there were none. */
  noneBecause?: string;
  /** Why it failed, where the attempts tell. */
  diagnosis?: Diagnosis;
}
