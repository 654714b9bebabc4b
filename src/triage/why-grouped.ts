import { RULES_VERSION } from "./cause/read-cause.ts";
import type { MaskedPart } from "./cause/reading.ts";
import type { Cause } from "./cause.ts";
import { asSureAs, type Diagnosed, isRead, issueId, newestFirst } from "./group.ts";
import type { Invocation, Webhook } from "./model.ts";
import { readRow } from "./read-row.ts";

/** Why failed invocations are one issue. */
export interface WhyGrouped {
  issueId: string;
  webhook: Webhook;
  cause: Cause;
  /** What was masked so that it does not split a cause, each kind once. */
  masked: readonly MaskedPart[];
  /** Members whose attempts were read. */
  readCount: number;
  /** Members that were taken for this cause because their rows look the same. */
  assumedCount: number;
  /** Members that neither was true of: the status and the code of their rows alone tell their cause. */
  rowCount: number;
  /** Newest first, those that were read before the others; five at most. */
  members: readonly WhyMember[];
  /** The version of the rules. */
  rules: number;
  /** Other causes that members had by earlier rules. */
  regrouped: readonly Regrouped[];
}

export interface WhyMember {
  invocation: Invocation;
  /** Whether its own attempts were read. Where they were not, and nothing is assumed, its row alone tells. */
  isRead: boolean;
  isAssumed: boolean;
  /** The line that told, as it came. Text from outside. */
  telling?: string;
}

/** That a better rule gave invocations another cause. */
export interface Regrouped {
  fromCauseId: string;
  at: Date;
  fromRules: number;
}

const MOST_MEMBERS = 5;

/** Why some of what failed is this issue; `undefined` where none of it is. `regrouped`: what is known of its members' past. */
export function whyGrouped(
  id: string,
  failed: readonly Diagnosed[],
  regrouped: readonly Regrouped[],
): WhyGrouped | undefined {
  const members = failed.filter((found) => currentId(found) === id).sort(readFirst);
  const [first] = members;
  if (first === undefined) return undefined;
  const { webhook, cause } = first;
  const masked = new Map<string, MaskedPart>();
  for (const { diagnosis, isAssumed } of members) {
    for (const part of isAssumed ? [] : (diagnosis?.reading.masked ?? [])) {
      if (!masked.has(part.kind)) masked.set(part.kind, part);
    }
  }
  return {
    issueId: id,
    webhook,
    cause: asSureAs(
      cause,
      members.some(({ isGuessed }) => isGuessed),
    ),
    masked: [...masked.values()],
    readCount: members.filter(isRead).length,
    assumedCount: members.filter(({ isAssumed }) => isAssumed).length,
    rowCount: members.filter(({ diagnosis }) => diagnosis === undefined).length,
    members: members.slice(0, MOST_MEMBERS).map(memberOf),
    rules: members.reduce((rules, { diagnosis }) => Math.max(rules, diagnosis?.rules ?? 0), 0) || RULES_VERSION,
    regrouped,
  };
}

/** The present ids of what had this id while its rows were all that was known of it. */
export function idsSinceRead(id: string, failed: readonly Diagnosed[]): string[] {
  const moved = failed.filter(({ invocation }) => {
    const { provider, webhookId } = invocation;
    return issueId(provider, webhookId, readRow(invocation).id) === id;
  });
  return [...new Set(moved.map(currentId))];
}

function currentId({ invocation, cause }: Diagnosed): string {
  return issueId(invocation.provider, invocation.webhookId, cause.id);
}

function readFirst(a: Diagnosed, b: Diagnosed): number {
  return Number(isRead(b)) - Number(isRead(a)) || newestFirst(a.invocation, b.invocation);
}

function memberOf(found: Diagnosed): WhyMember {
  const { invocation, isAssumed, diagnosis } = found;
  const text = isAssumed ? undefined : diagnosis?.reading.telling?.text;
  return { invocation, isRead: isRead(found), isAssumed, ...(text === undefined ? {} : { telling: text }) };
}
