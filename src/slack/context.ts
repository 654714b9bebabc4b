import type { WebClient } from "@slack/web-api";
import type { Collector } from "../collect/collector.ts";
import type { Log } from "../ops/log.ts";
import type { Metrics } from "../ops/metrics.ts";
import type { DigestSubscription } from "../triage/digest/subscription.ts";
import type { Channels } from "./channels.ts";
import type { People } from "./people.ts";

/** What every listener works with. */
export interface SlackContext {
  web: WebClient;
  collector: Collector;
  people: People;
  channels: Channels;
  digests: DigestSchedules;
  now: () => Date;
  log: Log;
  metrics: Metrics;
  pace: Pace;
  /** Aborted, with a `RestartingError`, when the bot is told to stop: what is under way ends with what is known. */
  stopping: AbortSignal;
  /** Lets something go on after its listener has ended; the end of the bot waits for it. It must not throw. */
  goOn(run: () => Promise<void>): void;
}

/** What the app is made with: it knows itself when it is stopped, and what is under way. */
export type AppContext = Omit<SlackContext, "stopping" | "goOn">;

/** What delivering a digest works with: everything but the call for it. */
export type DeliveryContext = Omit<AppContext, "digests">;

/** The clock that calls for digests. */
export interface DigestSchedules {
  /** From now on the digest comes when it is due; a schedule that is there is replaced. */
  keep(subscription: DigestSubscription): Promise<void>;
  /** From now on it does not. */
  drop(subscriptionId: string): Promise<void>;
}

/** What became of a question. */
export type Outcome = "answered" | "not_understood" | "refused" | "failed";

/** How long people wait. */
export interface Pace {
  /** After this time without an answer a note says that we are at work. Milliseconds. */
  workingAfterMs: number;
  /** After this time the answer goes out with what is known. Milliseconds. */
  deadlineMs: number;
  /** The same for a digest, for which nobody waits. Milliseconds. */
  digestDeadlineMs: number;
  /**
   * How long a question is read in all, its answer being edited when the rest has arrived. Less than the half hour for which a response
   * URL lives. Milliseconds.
   */
  lateUntilMs: number;
  /** How often, at the most, an answer is edited while the rest is on its way. Milliseconds. */
  lateEditEveryMs: number;
}

export const DEFAULT_PACE: Pace = {
  workingAfterMs: 1_200,
  deadlineMs: 15_000,
  digestDeadlineMs: 120_000,
  lateUntilMs: 10 * 60_000,
  lateEditEveryMs: 30_000,
};

/** How old what the store holds may be for a question in Slack. Milliseconds. */
export const MAX_AGE_MS = 30_000;
