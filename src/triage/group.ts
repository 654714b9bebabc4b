import { createHash } from "node:crypto";
import type { Cause } from "./cause.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Issue } from "./issue.ts";
import { type Invocation, occurredAt, type Webhook } from "./model.ts";
import type { Window } from "./window.ts";

/** One failed invocation with what was found out about it. */
export interface Diagnosed {
  invocation: Invocation;
  webhook: Webhook;
  cause: Cause;
  /** Whether its attempts were not read, and the cause is that of another that looks the same. */
  isAssumed: boolean;
  /** Whether others that look the same have another cause, and not all of them were read. */
  isGuessed: boolean;
  /** Whether its own attempts told nothing, or would tell nothing more than its row. */
  isSilent?: boolean;
  /** What told the cause; absent where the row alone did. */
  diagnosis?: Diagnosis;
}

/** For which time an answer is made, and as of when. */
export interface TimeFrame {
  window: Window;
  asOf: Date;
}

const TREND_PARTS = 12;
const ONGOING_MS = 60 * 60_000;

/** Stable across restarts: it depends on nothing but its three parts. */
export function issueId(provider: string, webhookId: string, causeId: string): string {
  return createHash("sha256")
    .update(JSON.stringify([provider, webhookId, causeId]))
    .digest("hex")
    .slice(0, 12);
}

/** Groups failed invocations by webhook and cause, worst first. */
export function groupIssues(failed: readonly Diagnosed[], frame: TimeFrame): Issue[] {
  const issues = new Map<string, Issue>();
  // The newest one speaks for its issue, whatever the order of the rows.
  for (const found of failed.toSorted(byTime)) {
    const { invocation, webhook, cause } = found;
    const { provider, webhookId } = invocation;
    const at = occurredAt(invocation);
    const key = JSON.stringify([provider, webhookId, cause.id]);
    const issue = issues.get(key) ?? {
      id: issueId(provider, webhookId, cause.id),
      provider,
      webhook,
      cause,
      state: "open",
      count: 0,
      readCount: 0,
      assumedCount: 0,
      estimated: false,
      isGuessed: false,
      isOngoing: false,
      trend: new Array<number>(TREND_PARTS).fill(0),
      breadth: 1,
      firstSeenAt: at,
      lastSeenAt: at,
      invocations: [],
    };
    issues.set(key, issue);
    issue.invocations.push(invocation);
    issue.count += 1;
    if (isRead(found)) issue.readCount += 1;
    if (found.isAssumed) issue.assumedCount += 1;
    issue.isGuessed ||= found.isGuessed;
    if (found.isSilent) issue.isSilent = true;
    issue.firstSeenAt = at;
    const part = partOf(frame.window, at);
    issue.trend[part] = (issue.trend[part] ?? 0) + 1;
  }
  const webhooksByCause = Map.groupBy(issues.values(), ({ cause }) => cause.id);
  for (const issue of issues.values()) {
    issue.estimated = issue.assumedCount > 0 || issue.isGuessed;
    issue.cause = asSureAs(issue.cause, issue.isGuessed);
    issue.isOngoing = frame.asOf.getTime() - issue.lastSeenAt.getTime() < ONGOING_MS;
    // A cause that nobody knows is not the same one elsewhere: 500 here and 500 there say nothing of each other.
    const isKnown = issue.cause.sureness !== "unsure";
    issue.breadth = isKnown ? (webhooksByCause.get(issue.cause.id)?.length ?? 1) : 1;
  }
  return [...issues.values()].sort(worstFirst);
}

/** A cause that some of what looks the same may not have is not certain of all of it. */
export function asSureAs(cause: Cause, isGuessed: boolean): Cause {
  return isGuessed && cause.sureness === "certain" ? { ...cause, sureness: "likely" } : cause;
}

/** Whether its own attempts were read and told something. */
export function isRead({ diagnosis, isAssumed }: Diagnosed): boolean {
  return diagnosis !== undefined && !isAssumed;
}

/** Newest first; one instant is ordered by id, so that pages do not shuffle. */
export function newestFirst(a: Invocation, b: Invocation): number {
  return occurredAt(b).getTime() - occurredAt(a).getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function byTime(a: Diagnosed, b: Diagnosed): number {
  return newestFirst(a.invocation, b.invocation);
}

function partOf({ from, to }: Window, at: Date): number {
  const share = (at.getTime() - from.getTime()) / (to.getTime() - from.getTime());
  return Math.min(TREND_PARTS - 1, Math.max(0, Math.floor(share * TREND_PARTS)));
}

/** Still failing, then the most failures, then the most webhooks with the same cause, then the one that failed last. */
function worstFirst(a: Issue, b: Issue): number {
  return (
    Number(b.isOngoing) - Number(a.isOngoing) ||
    b.count - a.count ||
    b.breadth - a.breadth ||
    b.lastSeenAt.getTime() - a.lastSeenAt.getTime() ||
    (a.id < b.id ? -1 : 1)
  );
}
