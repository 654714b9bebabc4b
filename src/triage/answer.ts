import { type Assumed, assumeAll, type Diagnoses } from "./assume.ts";
import type { Cause } from "./cause.ts";
import { causeOf, isCertainFromRow } from "./cause-of.ts";
import type { Coverage } from "./coverage.ts";
import { asSureAs, type Diagnosed, groupIssues, isRead, issueId, newestFirst } from "./group.ts";
import type {
  AnswerFrame,
  FailuresAnswer,
  InvocationsAnswer,
  ListedInvocation,
  WebhookHealth,
  WebhooksAnswer,
} from "./issue.ts";
import { matchesCause, matchesInvocation, matchesState, matchesWebhook } from "./match.ts";
import { type Invocation, outcomeAt, refKey, type Webhook } from "./model.ts";
import type { Query } from "./query.ts";
import { readRow } from "./read-row.ts";

/** What an answer is made of: all of it was read from the store. */
export interface Findings {
  query: Query;
  asOf: Date;
  coverage: Coverage[];
  webhooks: readonly Webhook[];
  /** Those in the window that did not succeed. */
  invocations: readonly Invocation[];
  /** What the attempts of those that were read told, `neighbours` included. */
  diagnoses: Diagnoses;
  /** Others around the window that were read: what is in it may look like these. */
  neighbours?: readonly Invocation[];
  notes?: readonly string[];
}

/** The causes of all that failed in the window, whatever the query says of causes. */
export function causesOf(findings: Findings): Cause[] {
  const terms = findings.query.terms.filter(({ key }) => key !== "cause" && key !== "state");
  return failuresIn({ ...findings, query: { ...findings.query, terms } }).failed.map(({ cause }) => cause);
}

/** Issues, worst first, and totals over what the query matches. */
export function answerFailures(findings: Findings): FailuresAnswer {
  const { failed, pending, notes } = failuresIn(findings);
  return {
    ...frameOf(findings, notes),
    totals: { failed: failed.length, pending },
    issues: groupIssues(failed, { window: findings.query.window, asOf: findings.asOf }),
  };
}

/** Failed invocations one by one, newest first. */
export function answerInvocations(findings: Findings): InvocationsAnswer {
  const { failed, pending, notes } = failuresIn(findings);
  const invocations = failed
    .map((diagnosed) => listedOf(diagnosed))
    .sort((a, b) => newestFirst(a.invocation, b.invocation));
  return { ...frameOf(findings, notes), totals: { failed: failed.length, pending }, invocations };
}

/** Webhooks that the query matches: those that fail most first, then by name. */
export function answerWebhooks(
  findings: Omit<Findings, "invocations" | "diagnoses">,
  health: readonly WebhookHealth[],
): WebhooksAnswer {
  const webhooks = health
    .filter((entry) => matchesWebhook(findings.query, entry.webhook))
    .sort((a, b) => b.failed - a.failed || a.webhook.name.localeCompare(b.webhook.name));
  return { ...frameOf(findings, []), webhooks };
}

/** What is said of a single invocation, among others of its webhook that it may look like. */
export function listInvocation(
  invocation: Invocation,
  webhook: Webhook,
  { others, diagnoses }: { others: readonly Invocation[]; diagnoses: Diagnoses },
): ListedInvocation {
  const key = refKey(invocation);
  const all = [invocation, ...others.filter((other) => refKey(other) !== key)];
  return listedOf(diagnosed(invocation, webhook, assumptionsIn(all, { diagnoses }).get(key), diagnoses));
}

/** What failed in the window and the query matches, each with its cause, and how many are pending. */
export function failuresIn(findings: Findings): { failed: Diagnosed[]; pending: number; notes: string[] } {
  const { query, asOf } = findings;
  const webhooks = new Map(findings.webhooks.map((webhook) => [`${webhook.provider} ${webhook.id}`, webhook]));
  const outcomes = new Map(findings.invocations.map((invocation) => [invocation, outcomeAt(invocation, asOf)]));
  const assumed = assumptionsIn(
    findings.invocations.filter((invocation) => outcomes.get(invocation) === "failed"),
    findings,
  );
  const failed: Diagnosed[] = [];
  let pending = 0;
  let withoutEventType = 0;
  for (const invocation of findings.invocations) {
    const webhook = webhooks.get(`${invocation.provider} ${invocation.webhookId}`) ?? unlistedWebhook(invocation);
    if (!matchesWebhook(query, webhook)) continue;
    const told = assumed.get(refKey(invocation));
    const statusCode = invocation.statusCode ?? told?.diagnosis?.statusCode;
    const isEventUnknown = invocation.eventType === undefined && asksForEvents(query);
    // What cannot be told apart is shown: a false alarm is better than a false all-clear.
    if (!matchesInvocation(isEventUnknown ? withoutEvents(query) : query, { ...invocation, statusCode })) continue;
    const outcome = outcomes.get(invocation);
    if (outcome === "pending") pending += 1;
    if (outcome !== "failed") continue;
    const found = diagnosed(invocation, webhook, told, findings.diagnoses);
    if (!matchesCause(query, found.cause) || !matchesState(query, "open")) continue;
    failed.push(found);
    if (isEventUnknown) withoutEventType += 1;
  }
  return { failed, pending, notes: notesOf(withoutEventType) };
}

/** Nothing is assumed of rows that tell their cause by themselves. */
function assumptionsIn(
  failed: readonly Invocation[],
  { diagnoses, neighbours }: Pick<Findings, "diagnoses" | "neighbours">,
): ReadonlyMap<string, Assumed> {
  return assumeAll(
    failed.filter((invocation) => !isCertainFromRow(invocation)),
    diagnoses,
    neighbours,
  );
}

function diagnosed(
  invocation: Invocation,
  webhook: Webhook,
  told: Assumed | undefined,
  diagnoses: Diagnoses,
): Diagnosed {
  const { diagnosis, isAssumed = false, isGuessed = false } = told ?? {};
  const cause = asSureAs(causeOf(invocation, webhook, diagnosis), isAssumed && isGuessed);
  const isSilent = diagnosis === undefined && (diagnoses.has(refKey(invocation)) || isToldElsewhere(invocation));
  const found = { invocation, webhook, cause, isAssumed, isGuessed, ...(isSilent ? { isSilent } : {}) };
  return diagnosis ? { ...found, diagnosis } : found;
}

function listedOf(found: Diagnosed): ListedInvocation {
  const { invocation, webhook, cause, isAssumed, isSilent = false } = found;
  const id = issueId(invocation.provider, invocation.webhookId, cause.id);
  const listed = { invocation, webhook, cause, isAssumed, issueId: id };
  return { ...listed, ...(isRead(found) ? { isRead: true } : {}), ...(isSilent ? { isSilent } : {}) };
}

/** Whether its status says by itself where else to look: there is no more in its attempts. */
function isToldElsewhere(invocation: Invocation): boolean {
  return readRow(invocation).nextStep !== undefined;
}

function frameOf(findings: Omit<Findings, "invocations" | "diagnoses">, notes: readonly string[]): AnswerFrame {
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
