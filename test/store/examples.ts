import fc from "fast-check";
import type { DigestSubscription } from "../../src/triage/digest/subscription.ts";
import type { Attempt, Invocation, Outcome, Webhook } from "../../src/triage/model.ts";
import type { Window } from "../../src/triage/window.ts";

/** Minutes after a fixed instant: tests speak of time in small numbers. */
export function at(minutes: number): Date {
  return new Date(Date.UTC(2026, 10, 20, 9, 0) + minutes * 60_000);
}

export function span(from: number, to: number): Window {
  return { from: at(from), to: at(to) };
}

export function invocation(fields: Partial<Invocation> = {}): Invocation {
  return {
    provider: "zendesk",
    webhookId: "w1",
    id: "i1",
    status: "failed",
    outcome: "failed",
    createdAt: at(0),
    ...fields,
  };
}

export function webhook(fields: Partial<Webhook> = {}): Webhook {
  return { provider: "zendesk", id: "w1", name: "Jira sync", active: true, eventTypes: [], ...fields };
}

export function attempt(fields: Partial<Attempt> = {}): Attempt {
  return { invocationId: "i1", index: 0, status: "failed", outcome: "failed", maskedCount: 0, ...fields };
}

/** No two of different ids wish for the same. */
export function subscription(fields: Partial<DigestSubscription> = {}): DigestSubscription {
  const { id = "s1" } = fields;
  return {
    id,
    channel: "C1",
    schedule: { days: "every_day", minuteOfDay: 9 * 60, timeZone: "Europe/Berlin" },
    terms: `webhook:${id}`,
    allClear: "line",
    createdBy: "U1",
    createdAt: at(0),
    ...fields,
  };
}

const outcomes: Outcome[] = ["succeeded", "failed", "pending"];
const minute = fc.integer({ min: 0, max: 6 }).map(at);
const text = fc.string({ unit: "binary", maxLength: 8 });

/** Rows of a few invocations, as a provider may tell them: repeated, with fields missing, with any text in them. */
export const invocations: fc.Arbitrary<Invocation> = fc
  .record(
    {
      id: fc.constantFrom("a", "b", "c", "\0", "\ud800"),
      status: fc.constantFrom("success", "failed", "accepted"),
      outcome: fc.constantFrom(...outcomes),
      createdAt: minute,
      pendingUntil: minute,
      statusCode: fc.integer({ min: 200, max: 599 }),
      eventType: text,
      latestCompletedAt: minute,
      attemptsCount: fc.integer({ min: 0, max: 5 }),
      expiresAt: minute,
      source: fc.record({ kind: text, ref: text }, { requiredKeys: ["kind"] }),
    },
    { requiredKeys: ["id", "status", "outcome", "createdAt"] },
  )
  .map((fields) => invocation(fields));
