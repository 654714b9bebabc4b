import type { Ask } from "../../../src/slack/views/message.ts";
import type { Cause } from "../../../src/triage/cause.ts";
import type { Coverage } from "../../../src/triage/coverage.ts";
import type { FailuresAnswer, Issue, ListedInvocation } from "../../../src/triage/issue.ts";
import type { Attempt, Invocation, Webhook } from "../../../src/triage/model.ts";

/** A small world that is easy to read in a test's expectations. */

export const NOW = new Date("2026-11-21T06:00:00Z");
export const WINDOW = { from: new Date("2026-11-20T06:00:00Z"), to: NOW };

export const ASK: Ask = {
  askedBy: "U024BE7LH",
  command: "/hooks failures last 24h",
  timeZone: "Europe/Berlin",
  queryText: "last 24h",
};

export const CAUSE: Cause = {
  id: "http-503",
  category: "gateway",
  title: "The receiver answered 503 Service Unavailable",
  nextStep: "Ask the owner of jira.example.com whether it is down.",
};

export function webhook(changes: Partial<Webhook> = {}): Webhook {
  return { provider: "zendesk", id: "01WEB", name: "Jira sync", active: true, eventTypes: [], ...changes };
}

export function invocation(changes: Partial<Invocation> = {}): Invocation {
  return {
    provider: "zendesk",
    webhookId: "01WEB",
    id: "01INV",
    status: "terminated",
    outcome: "failed",
    statusCode: 503,
    createdAt: new Date("2026-11-21T05:30:00Z"),
    latestCompletedAt: new Date("2026-11-21T05:31:00Z"),
    ...changes,
  };
}

export function issue(changes: Partial<Issue> = {}): Issue {
  const invocations = changes.invocations ?? [invocation()];
  return {
    id: "issue-1",
    provider: "zendesk",
    webhook: webhook(),
    cause: CAUSE,
    state: "open",
    count: invocations.length,
    estimated: false,
    firstSeenAt: new Date("2026-11-21T04:00:00Z"),
    lastSeenAt: new Date("2026-11-21T05:31:00Z"),
    invocations,
    ...changes,
  };
}

export function coverage(changes: Partial<Coverage> = {}): Coverage {
  return {
    provider: "zendesk",
    webhookId: "01WEB",
    webhookName: "Jira sync",
    ...WINDOW,
    state: "complete",
    missing: [],
    ...changes,
  };
}

export function failures(changes: Partial<FailuresAnswer> = {}): FailuresAnswer {
  const issues = changes.issues ?? [issue()];
  const failed = issues.reduce((sum, { count }) => sum + count, 0);
  return {
    window: WINDOW,
    asOf: NOW,
    coverage: [coverage()],
    notes: [],
    totals: { failed, pending: 0 },
    issues,
    ...changes,
  };
}

export function listed(changes: Partial<Invocation> = {}): ListedInvocation {
  return { invocation: invocation(changes), webhook: webhook(), issueId: "issue-1", cause: CAUSE };
}

export function attempt(changes: Partial<Attempt> = {}): Attempt {
  return {
    invocationId: "01INV",
    index: 0,
    status: "terminated",
    outcome: "failed",
    statusCode: 503,
    response: { headers: [{ name: "retry-after", value: "120" }], body: "upstream is down", truncated: false },
    startedAt: new Date("2026-11-21T05:30:00Z"),
    durationMs: 1_240,
    maskedCount: 0,
    ...changes,
  };
}
