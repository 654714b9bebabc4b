/**
 * The nouns of the domain. Plain data: every date is a `Date` (an instant, no zone), every duration names its unit.
 */

/** Our reading of the provider's own `status`. */
export type Outcome = "succeeded" | "failed" | "pending";

/** One subscription configured at a provider: an endpoint URL that gets events. */
export interface Webhook {
  provider: string;
  id: string;
  name: string;
  /** Where events go, redacted (no user info, no secrets in the query string). */
  endpoint?: string;
  /** `false` when the provider says that it is switched off. */
  active: boolean;
  /** The event types it subscribes to, in the provider's own words. Empty when the provider does not say. */
  eventTypes: string[];
  /** The webhook's page in the provider's own administration, when that is known. */
  adminUrl?: string;
}

/** Names one invocation: ids are unique within a webhook only. */
export interface InvocationRef {
  provider: string;
  webhookId: string;
  id: string;
}

/** The delivery of one event to one webhook. */
export interface Invocation extends InvocationRef {
  /** The provider's own word, an open set. */
  status: string;
  outcome: Outcome;
  /** Until when a pending outcome may still be taken for pending; after that it counts as failed. */
  pendingUntil?: Date;
  /** Absent when nothing was sent or nothing answered. */
  statusCode?: number;
  eventType?: string;
  createdAt: Date;
  latestCompletedAt?: Date;
  attemptsCount?: number;
  expiresAt?: Date;
  /** What made the provider send it, for providers that say so. `name`: what people there call what `ref` is the id of. */
  source?: { kind: string; ref?: string; name?: string };
}

export interface Header {
  name: string;
  value: string;
}

/** One HTTP try of an invocation, already redacted. */
export interface Attempt {
  invocationId: string;
  /** Position in time, 0 is the oldest. Providers' own attempt ids are not unique. */
  index: number;
  status: string;
  outcome: Outcome;
  statusCode?: number;
  request?: { headers: Header[]; body?: string };
  response?: { headers: Header[]; body?: string; truncated: boolean };
  errorMessage?: string;
  startedAt?: Date;
  completedAt?: Date;
  durationMs?: number;
  /** How many values were masked in this attempt before it was kept. */
  maskedCount: number;
}

/** The instant by which an invocation belongs to a window: when it last completed, or when it was created. */
export function occurredAt(invocation: Pick<Invocation, "latestCompletedAt" | "createdAt">): Date {
  return invocation.latestCompletedAt ?? invocation.createdAt;
}

/** When an attempt was made, or else ended; `undefined` where the provider tells neither. */
export function attemptedAt(attempt: Pick<Attempt, "startedAt" | "completedAt">): Date | undefined {
  return attempt.startedAt ?? attempt.completedAt;
}

/** The outcome as it reads at `at`: what stayed pending for too long has failed. */
export function outcomeAt(invocation: Pick<Invocation, "outcome" | "pendingUntil">, at: Date): Outcome {
  if (invocation.outcome !== "pending" || invocation.pendingUntil === undefined) return invocation.outcome;
  return invocation.pendingUntil.getTime() <= at.getTime() ? "failed" : "pending";
}

/** One string for a ref, for maps. */
export function refKey(ref: InvocationRef): string {
  return JSON.stringify([ref.provider, ref.webhookId, ref.id]);
}
