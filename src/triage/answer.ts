import type { Cause } from "./cause.ts";
import { causeFromRow } from "./cause-from-row.ts";
import type { Coverage } from "./coverage.ts";
import { type Diagnosed, groupIssues, issueId, newestFirst } from "./group.ts";
import type {
  AnswerFrame,
  FailuresAnswer,
  InvocationsAnswer,
  ListedInvocation,
  WebhookHealth,
  WebhooksAnswer,
} from "./issue.ts";
import { matchesCause, matchesInvocation, matchesState, matchesWebhook } from "./match.ts";
import { type Attempt, type Invocation, outcomeAt, refKey, type Webhook } from "./model.ts";
import type { Query } from "./query.ts";

/** What an answer is made of: all of it was read from the store. */
export interface Findings {
  query: Query;
  asOf: Date;
  coverage: Coverage[];
  webhooks: readonly Webhook[];
  /** Those in the window that did not succeed. */
  invocations: readonly Invocation[];
  /** The last attempt of those invocations whose attempts were read, by `refKey`. */
  lastAttempts: ReadonlyMap<string, Attempt>;
  notes?: readonly string[];
}

/** The causes of all that failed in the window, whatever the query says of causes. */
export function causesOf(findings: Findings): Cause[] {
  const terms = findings.query.terms.filter(({ key }) => key !== "cause" && key !== "state");
  return diagnose({ ...findings, query: { ...findings.query, terms } }).failed.map(({ cause }) => cause);
}

/** Issues, worst first, and totals over what the query matches. */
export function answerFailures(findings: Findings): FailuresAnswer {
  const { failed, pending, notes } = diagnose(findings);
  return {
    ...frameOf(findings, notes),
    totals: { failed: failed.length, pending },
    issues: groupIssues(failed),
  };
}

/** Failed invocations one by one, newest first. */
export function answerInvocations(findings: Findings): InvocationsAnswer {
  const { failed, pending, notes } = diagnose(findings);
  const invocations = failed
    .map((diagnosed) => listedOf(diagnosed))
    .sort((a, b) => newestFirst(a.invocation, b.invocation));
  return { ...frameOf(findings, notes), totals: { failed: failed.length, pending }, invocations };
}

/** Webhooks that the query matches: those that fail most first, then by name. */
export function answerWebhooks(
  findings: Omit<Findings, "invocations" | "lastAttempts">,
  health: readonly WebhookHealth[],
): WebhooksAnswer {
  const webhooks = health
    .filter((entry) => matchesWebhook(findings.query, entry.webhook))
    .sort((a, b) => b.failed - a.failed || a.webhook.name.localeCompare(b.webhook.name));
  return { ...frameOf(findings, []), webhooks };
}

/** What is said of a single invocation. */
export function listInvocation(invocation: Invocation, webhook: Webhook, lastAttempt?: Attempt): ListedInvocation {
  return listedOf({ invocation, webhook, cause: causeFromRow(invocation, webhook, lastAttempt) });
}

function diagnose(findings: Findings): { failed: Diagnosed[]; pending: number; notes: string[] } {
  const { query, asOf } = findings;
  const webhooks = new Map(findings.webhooks.map((webhook) => [`${webhook.provider} ${webhook.id}`, webhook]));
  const failed: Diagnosed[] = [];
  let pending = 0;
  let withoutEventType = 0;
  for (const invocation of findings.invocations) {
    const webhook = webhooks.get(`${invocation.provider} ${invocation.webhookId}`) ?? unlistedWebhook(invocation);
    if (!matchesWebhook(query, webhook)) continue;
    const lastAttempt = findings.lastAttempts.get(refKey(invocation));
    const statusCode = invocation.statusCode ?? lastAttempt?.statusCode;
    const isEventUnknown = invocation.eventType === undefined && asksForEvents(query);
    // What cannot be told apart is shown: a false alarm is better than a false all-clear.
    if (!matchesInvocation(isEventUnknown ? withoutEvents(query) : query, { ...invocation, statusCode })) continue;
    const outcome = outcomeAt(invocation, asOf);
    if (outcome === "pending") pending += 1;
    if (outcome !== "failed") continue;
    const cause = causeFromRow(invocation, webhook, lastAttempt);
    if (!matchesCause(query, cause) || !matchesState(query, "open")) continue;
    failed.push({ invocation, webhook, cause });
    if (isEventUnknown) withoutEventType += 1;
  }
  return { failed, pending, notes: notesOf(withoutEventType) };
}

function listedOf({ invocation, webhook, cause }: Diagnosed): ListedInvocation {
  return { invocation, webhook, cause, issueId: issueId(invocation.provider, invocation.webhookId, cause.id) };
}

function frameOf(findings: Omit<Findings, "invocations" | "lastAttempts">, notes: readonly string[]): AnswerFrame {
  const { query, asOf, coverage } = findings;
  return { window: query.window, asOf, coverage, notes: [...(findings.notes ?? []), ...notes] };
}

function asksForEvents(query: Query): boolean {
  return query.terms.some((term) => term.key === "event" && !term.negated);
}

function withoutEvents(query: Query): Query {
  return { ...query, terms: query.terms.filter((term) => term.key !== "event") };
}

function notesOf(withoutEventType: number): string[] {
  if (withoutEventType === 0) return [];
  const rows = withoutEventType === 1 ? "1 of these does" : `${withoutEventType} of these do`;
  return [`${rows} not say for which event, so event: could not leave them out.`];
}

/** Stands for a webhook that is in no list any more. */
export function unlistedWebhook(invocation: Invocation): Webhook {
  return {
    provider: invocation.provider,
    id: invocation.webhookId,
    name: invocation.webhookId,
    active: false,
    eventTypes: [],
  };
}
