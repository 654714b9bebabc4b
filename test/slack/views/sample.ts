import type { Ask } from "../../../src/slack/views/message.ts";
import type { Reading } from "../../../src/triage/cause/reading.ts";
import type { Cause } from "../../../src/triage/cause.ts";
import type { Coverage } from "../../../src/triage/coverage.ts";
import type { Diagnosis } from "../../../src/triage/diagnosis.ts";
import type { FailuresAnswer, Issue, ListedInvocation } from "../../../src/triage/issue.ts";
import type { Attempt, Invocation, Webhook } from "../../../src/triage/model.ts";
import type { WhyGrouped } from "../../../src/triage/why-grouped.ts";

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
  signature: "503 upstream is down",
  sureness: "likely",
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
    readCount: changes.count ?? invocations.length,
    assumedCount: 0,
    estimated: false,
    isGuessed: false,
    isOngoing: true,
    trend: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3],
    breadth: 1,
    firstSeenAt: new Date("2026-11-21T04:00:00Z"),
    lastSeenAt: new Date("2026-11-21T05:31:00Z"),
    invocations,
    ...changes,
  };
}

/** `count` issues that each have one invocation, `inv-1` and on. */
export function issues(count: number): Issue[] {
  return Array.from({ length: count }, (_, index) =>
    issue({ id: `issue-${index + 1}`, invocations: [invocation({ id: `inv-${index + 1}` })] }),
  );
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
  return { invocation: invocation(changes), webhook: webhook(), issueId: "issue-1", cause: CAUSE, isAssumed: false };
}

export function whyGrouped(changes: Partial<WhyGrouped> = {}): WhyGrouped {
  return {
    issueId: "issue-1",
    webhook: webhook(),
    cause: CAUSE,
    masked: [{ kind: "id", example: "7f3a-11" }],
    readCount: 2,
    assumedCount: 0,
    rowCount: 0,
    members: [
      { invocation: invocation(), isRead: true, isAssumed: false, telling: "upstream is down, request 7f3a-11" },
    ],
    rules: 2,
    regrouped: [],
    ...changes,
  };
}

/** Read from the body of the attempt with this index. */
export function diagnosis(attemptIndex: number, changes: Partial<Reading> = {}): Diagnosis {
  const { nextStep: _, ...reading } = CAUSE;
  const telling = { place: "body", text: "upstream is down" } as const;
  return { reading: { ...reading, telling, masked: [], ...changes }, rules: 2, attemptIndex };
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
