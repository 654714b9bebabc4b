import { createHash } from "node:crypto";
import type { Cause } from "./cause.ts";
import type { Issue } from "./issue.ts";
import { type Invocation, occurredAt, type Webhook } from "./model.ts";

/** One failed invocation with what was found out about it. */
export interface Diagnosed {
  invocation: Invocation;
  webhook: Webhook;
  cause: Cause;
}

/** Stable across restarts: it depends on nothing but its three parts. */
export function issueId(provider: string, webhookId: string, causeId: string): string {
  return createHash("sha256")
    .update(JSON.stringify([provider, webhookId, causeId]))
    .digest("hex")
    .slice(0, 12);
}

/** Groups failed invocations by webhook and cause, worst first. */
export function groupIssues(failed: readonly Diagnosed[]): Issue[] {
  const issues = new Map<string, Issue>();
  for (const { invocation, webhook, cause } of failed) {
    const id = issueId(invocation.provider, invocation.webhookId, cause.id);
    const at = occurredAt(invocation);
    const issue = issues.get(id);
    if (issue) {
      issue.invocations.push(invocation);
      issue.count += 1;
      if (at < issue.firstSeenAt) issue.firstSeenAt = at;
      if (at > issue.lastSeenAt) issue.lastSeenAt = at;
      continue;
    }
    issues.set(id, {
      id,
      provider: invocation.provider,
      webhook,
      cause,
      state: "open",
      count: 1,
      estimated: false,
      firstSeenAt: at,
      lastSeenAt: at,
      invocations: [invocation],
    });
  }
  for (const issue of issues.values()) issue.invocations.sort(newestFirst);
  return [...issues.values()].sort(worstFirst);
}

/** Newest first; one instant is ordered by id, so that pages do not shuffle. */
export function newestFirst(a: Invocation, b: Invocation): number {
  return occurredAt(b).getTime() - occurredAt(a).getTime() || (a.id < b.id ? 1 : -1);
}

/** More failures first, then the one that failed last. */
function worstFirst(a: Issue, b: Issue): number {
  return b.count - a.count || b.lastSeenAt.getTime() - a.lastSeenAt.getTime() || (a.id < b.id ? -1 : 1);
}
