import { type Diagnosis, diagnose } from "../../src/triage/diagnosis.ts";
import { type Attempt, type Invocation, refKey, type Webhook } from "../../src/triage/model.ts";

/** Plausible nouns for tests: override what the test is about. */

export function aWebhook(overrides: Partial<Webhook> = {}): Webhook {
  return {
    provider: "zendesk",
    id: "01HAN96XNH1J7DY8D7RZ22QMT9",
    name: "Jira sync",
    endpoint: "https://hooks.example.com/in",
    active: true,
    eventTypes: [],
    ...overrides,
  };
}

export function anInvocation(overrides: Partial<Invocation> = {}): Invocation {
  return {
    provider: "zendesk",
    webhookId: "01HAN96XNH1J7DY8D7RZ22QMT9",
    id: "01HANA2B5D5W9XSJS3NE5SQA1J",
    status: "terminated",
    outcome: "failed",
    statusCode: 503,
    createdAt: new Date("2026-11-20T09:00:00Z"),
    latestCompletedAt: new Date("2026-11-20T09:00:01Z"),
    ...overrides,
  };
}

export function anAttempt(overrides: Partial<Attempt> = {}): Attempt {
  return {
    invocationId: "01HANA2B5D5W9XSJS3NE5SQA1J",
    index: 0,
    status: "terminated",
    outcome: "failed",
    statusCode: 503,
    completedAt: new Date("2026-11-20T09:00:01Z"),
    maskedCount: 0,
    ...overrides,
  };
}

/** What an attempt tells that was answered with this body. */
export function aDiagnosis(body: string, statusCode = 503): Diagnosis {
  const response = { headers: [{ name: "Content-Type", value: "text/plain" }], body, truncated: false };
  const diagnosis = diagnose([anAttempt({ statusCode, response })]);
  if (diagnosis === undefined) throw new Error("An answer of failure always tells something.");
  return diagnosis;
}

/** What was read of some invocations, by what each was answered with. */
export function diagnosesOf(read: readonly (readonly [Invocation, string])[]): Map<string, Diagnosis> {
  return new Map(read.map(([invocation, body]) => [refKey(invocation), aDiagnosis(body)]));
}
