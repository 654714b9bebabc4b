import type { Cause } from "./cause.ts";
import { causeOf } from "./cause-of.ts";
import { type Diagnosis, diagnose } from "./diagnosis.ts";
import type { Evidence } from "./issue-words.ts";
import type { Attempt, Invocation, Webhook } from "./model.ts";

/** A test delivery that its provider has sent: with the receiver's answer, or as the invocation that was made of it. */
export type TestDelivery = AnsweredTest | StartedTest;

/** Its provider told at once what the receiver answered, and gave it no id. */
export interface AnsweredTest {
  kind: "answered";
  webhook: Webhook;
  attempt: Attempt;
  /** Why it failed; absent where it did not. */
  cause?: Cause;
  /** What the attempt told of that. */
  diagnosis?: Diagnosis;
}

/** Its provider made an invocation of it, which was kept. */
export interface StartedTest {
  kind: "started";
  webhook: Webhook;
  invocation: Invocation;
  /** Why it failed, where that is known already. */
  cause?: Cause;
  /** Where its attempts and its end are to be found, where the provider does not list them: a sentence for people. */
  lookThere?: string;
}

/** Reads an attempt that a provider told of a test. `sentAt`: when it was told, where the attempt has no time. */
export function answeredTest(webhook: Webhook, attempt: Attempt, sentAt: Date): AnsweredTest {
  const timed = attempt.startedAt || attempt.completedAt ? attempt : { ...attempt, completedAt: sentAt };
  if (attempt.outcome !== "failed") return { kind: "answered", webhook, attempt: timed };
  const diagnosis = diagnose([attempt]);
  const { provider, id: webhookId } = webhook;
  const { invocationId: id, status, outcome, statusCode } = attempt;
  const row: Invocation = { provider, webhookId, id, status, outcome, createdAt: sentAt };
  if (statusCode !== undefined) row.statusCode = statusCode;
  const cause = causeOf(row, webhook, diagnosis, "the time above");
  // What the row tells more surely was not told by the attempt.
  const isTold = diagnosis !== undefined && diagnosis.reading.id === cause.id;
  return { kind: "answered", webhook, attempt: timed, cause, ...(isTold ? { diagnosis } : {}) };
}

/** Reads an invocation that a provider made of a test. */
export function startedTest(webhook: Webhook, invocation: Invocation, lookThere: string | undefined): StartedTest {
  // Whatever the answer calls its webhook, it is the one that was asked for.
  const kept = { ...asTest(invocation), provider: webhook.provider, webhookId: webhook.id };
  const cause = kept.outcome === "failed" ? { cause: causeOf(kept, webhook, undefined, "the time of this test") } : {};
  return { kind: "started", webhook, invocation: kept, ...cause, ...(lookThere === undefined ? {} : { lookThere }) };
}

/**
 * A test's invocation as it is kept. Of a test that was pending when it was made, the end may never be told: ConductorOne's public API
 * has no endpoint for instances, and a test belongs to no task whose trail would tell
 * (https://github.com/ConductorOne/conductorone-sdk-go). So no time makes a failure of it: without `pendingUntil` it stays
 * pending, which is what is known, until its provider tells an end.
 */
function asTest({ pendingUntil: _, ...invocation }: Invocation): Invocation {
  return { ...invocation, source: invocation.source ?? { kind: "test" } };
}

/** Whether the attempts of a test that failed were read, and if not, whether they ever can be. */
export function testEvidence(delivery: TestDelivery): Evidence {
  if (delivery.kind === "answered") return "read";
  return delivery.lookThere === undefined ? "unread" : "silent";
}

/** Whether it is a test whose end its provider has not told: it may have ended long ago, either way. */
export function isTestWithoutEnd({ outcome, source, pendingUntil }: Invocation): boolean {
  return outcome === "pending" && source?.kind === "test" && pendingUntil === undefined;
}

/** `hooks.example.com:8443`: where a webhook sends to; `undefined` where that is no address. */
export function receiverHost({ endpoint }: Webhook): string | undefined {
  if (endpoint === undefined || !URL.canParse(endpoint)) return undefined;
  return new URL(endpoint).host || undefined;
}
