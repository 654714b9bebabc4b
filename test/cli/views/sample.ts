import type { Coverage } from "../../../src/triage/coverage.ts";
import { issueId } from "../../../src/triage/group.ts";
import type { Issue } from "../../../src/triage/issue.ts";
import type { Invocation, Webhook } from "../../../src/triage/model.ts";

export const ZONE = "Europe/Berlin";
export const NOW = new Date("2026-11-21T08:00:00Z");
export const WINDOW = { from: new Date("2026-11-20T08:00:00Z"), to: NOW };
export const FRAME = { window: WINDOW, asOf: NOW, notes: [] };

export function webhook(name: string, id = "01KJ1RA0000000000000000000"): Webhook {
  return { provider: "zendesk", id, name, endpoint: "https://jira.acme.example/in", active: true, eventTypes: [] };
}

export function invocation(minutesAgo: number, overrides: Partial<Invocation> = {}): Invocation {
  const at = new Date(NOW.getTime() - minutesAgo * 60_000);
  return {
    provider: "zendesk",
    webhookId: "01KJ1RA0000000000000000000",
    id: `01M7YZ00000000000000000${String(minutesAgo).padStart(3, "0")}`,
    status: "terminated",
    outcome: "failed",
    statusCode: 503,
    createdAt: at,
    latestCompletedAt: at,
    ...overrides,
  };
}

export function issue(name: string, minutesAgo: number[], overrides: Partial<Issue> = {}): Issue {
  const invocations = minutesAgo.map((minutes) => invocation(minutes));
  const times = invocations.map(({ createdAt }) => createdAt.getTime());
  return {
    id: issueId("zendesk", "01KJ1RA0000000000000000000", "http-503"),
    provider: "zendesk",
    webhook: webhook(name),
    cause: {
      id: "http-503",
      category: "gateway",
      title: "The receiver answered 503 Service Unavailable",
      nextStep: "Check the service behind the proxy of jira.acme.example.",
      signature: "503 upstream is gone",
      sureness: "likely",
    },
    state: "open",
    count: invocations.length,
    readCount: invocations.length,
    assumedCount: 0,
    estimated: false,
    isGuessed: false,
    isOngoing: true,
    trend: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2],
    breadth: 1,
    firstSeenAt: new Date(Math.min(...times)),
    lastSeenAt: new Date(Math.max(...times)),
    invocations,
    ...overrides,
  };
}

export function coverage(webhookName: string, state: Coverage["state"], overrides: Partial<Coverage> = {}): Coverage {
  return {
    provider: "zendesk",
    webhookId: "01KJ1RA0000000000000000000",
    webhookName,
    from: WINDOW.from,
    to: WINDOW.to,
    state,
    missing: state === "complete" ? [] : [WINDOW],
    ...(state === "complete" ? {} : { reason: "zendesk answered 503, failing since 2026-11-21 07:30 UTC." }),
    ...overrides,
  };
}
