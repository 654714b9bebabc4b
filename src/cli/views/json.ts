import type { Coverage } from "../../triage/coverage.ts";
import type { AnswerFrame, FailuresAnswer, InvocationsAnswer, Issue, WebhooksAnswer } from "../../triage/issue.ts";
import type { Attempt, Invocation, Webhook } from "../../triage/model.ts";

/** The document of `failures --json`, with the requests that it cost by provider. Other programs rely on it: README, "JSON". */
export function failuresJson(answer: FailuresAnswer, requests: Record<string, number>): object {
  return { ...frameJson(answer), totals: answer.totals, issues: answer.issues.map(issueJson), requests };
}

/** The document of `invocations --json`. */
export function invocationsJson(answer: InvocationsAnswer): object {
  const invocations = answer.invocations.map(({ invocation, issueId }) => ({ ...invocationJson(invocation), issueId }));
  return { ...frameJson(answer), invocations };
}

/** The document of `webhooks --json`. Counts are `null` where nothing of the window was read: unknown is never zero. */
export function webhooksJson(answer: WebhooksAnswer): object {
  const webhooks = answer.webhooks.map(({ webhook, coverage, failed, succeeded, pending, lastFailureAt }) => ({
    ...webhookJson(webhook),
    coverage: coverage.state,
    counts: coverage.state === "unknown" && failed + succeeded + pending === 0 ? null : { failed, succeeded, pending },
    lastFailureAt: lastFailureAt ?? null,
  }));
  return { ...frameJson(answer), webhooks };
}

/** The document of `attempts --json`, oldest first. */
export function attemptsJson(attempts: readonly Attempt[]): object {
  return { attempts };
}

function frameJson({ window, asOf, coverage }: AnswerFrame): object {
  return { window, asOf, coverage: coverage.map(coverageJson) };
}

function coverageJson({ provider, webhookId, from, to, state, reason, missing }: Coverage): object {
  const entry = { provider, webhookId, from, to, state };
  if (state === "complete") return entry;
  if (state === "unknown") return { ...entry, reason };
  const parts = missing.map((part) => `${part.from.toISOString()} to ${part.to.toISOString()}`).join(", ");
  return { ...entry, reason: `${reason ?? "A part was not read."} Not read: ${parts}.` };
}

function issueJson(issue: Issue): object {
  const { id, provider, webhook, cause, state, count, readCount, assumedCount, estimated, invocations } = issue;
  const { firstSeenAt, lastSeenAt, isOngoing, trend } = issue;
  const { category, title, nextStep, signature, sureness } = cause;
  return {
    id,
    provider,
    webhook: { id: webhook.id, name: webhook.name },
    cause: { id: cause.id, category, title, nextStep, signature, sureness },
    state,
    count,
    readCount,
    assumedCount,
    estimated,
    firstSeenAt,
    lastSeenAt,
    isOngoing,
    trend,
    invocationIds: invocations.map((invocation) => invocation.id),
  };
}

function webhookJson({ provider, id, name, endpoint, active, eventTypes, adminUrl }: Webhook): object {
  return { provider, id, name, endpoint, active, eventTypes, adminUrl };
}

function invocationJson({ pendingUntil: _, ...invocation }: Invocation): object {
  return invocation;
}
