import { countOutcomes, findInvocations } from "../store/invocations.ts";
import { answerFailures, answerInvocations, answerWebhooks, causesOf, type Findings } from "../triage/answer.ts";
import type { FailuresAnswer, InvocationsAnswer, WebhookHealth, WebhooksAnswer } from "../triage/issue.ts";
import { matchesWebhook } from "../triage/match.ts";
import { outcomeAt } from "../triage/model.ts";
import type { QueryFault } from "../triage/parse-query.ts";
import type { Query } from "../triage/query.ts";
import { notForWebhooks, unmatchedTerm } from "../triage/unmatched.ts";
import type { Collector } from "./collector.ts";
import { gatherEvidence } from "./evidence.ts";
import type { Freshness } from "./freshness.ts";
import { withNeighbours } from "./neighbours.ts";
import type { ProviderFault } from "./reading.ts";
import { withListedPages, withSourcePages } from "./source-pages.ts";

/** A question, as Slack and the CLI both ask it. */
export interface Question {
  query: Query;
  /** The moment of the question. */
  now: Date;
  maxAgeMs: number;
  /** `all` reads the attempts of every failed invocation. */
  evidence: "sample" | "all";
}

/** An answer and what went wrong on the way to it. */
export interface Answered<Answer> {
  answer: Answer;
  faults: ProviderFault[];
  /** Requests that were sent while this question was answered, by provider. */
  requests: Record<string, number>;
  /** Set when the query names something of which there is nothing; the answer is empty then. */
  unmatched?: QueryFault;
}

/** Which issues are there, worst first. */
export function askFailures(
  collector: Collector,
  question: Question,
  signal: AbortSignal,
): Promise<Answered<FailuresAnswer>> {
  return ask(collector, question, signal, (findings) => withSourcePages(answerFailures(findings), collector.providers));
}

/** Failed invocations one by one, newest first. */
export function askInvocations(
  collector: Collector,
  question: Question,
  signal: AbortSignal,
): Promise<Answered<InvocationsAnswer>> {
  return ask(collector, question, signal, (findings) =>
    withListedPages(answerInvocations(findings), collector.providers),
  );
}

/** Webhooks and how they fare. Only terms that name webhooks can narrow it. */
export function askWebhooks(
  collector: Collector,
  question: Question,
  signal: AbortSignal,
): Promise<Answered<WebhooksAnswer>> {
  return counting(collector, async () => {
    const freshness = await collector.freshen(question, signal);
    const { asOf, coverage, webhooks, faults, notes } = freshness;
    const counts = await countOutcomes(collector.store.db, question.query.window, asOf);
    const health = webhooks
      .filter((webhook) => !webhook.deletedAt)
      .flatMap((webhook) => {
        const isOf = (entry: { provider: string; webhookId: string | null }) =>
          entry.provider === webhook.provider && entry.webhookId === webhook.id;
        const covered = coverage.find(isOf);
        const count = counts.find(isOf) ?? { succeeded: 0, failed: 0, pending: 0 };
        return covered ? [{ ...count, webhook, coverage: covered } satisfies WebhookHealth] : [];
      });
    const answer = answerWebhooks({ query: question.query, asOf, coverage, webhooks, notes }, health);
    const unmatched = notForWebhooks(question.query) ?? unmatchedTerm(question.query, { ...NOTHING, webhooks });
    return { answer, faults, ...(unmatched ? { unmatched } : {}) };
  });
}

function ask<Answer>(
  collector: Collector,
  question: Question,
  signal: AbortSignal,
  answerFrom: (findings: Findings) => Answer,
): Promise<Answered<Answer>> {
  return counting(collector, async () => {
    const freshness = await collector.freshen(question, signal);
    const findings = await findingsOf(collector, question, freshness, signal);
    const unmatched = unmatchedTerm(question.query, {
      webhooks: freshness.webhooks,
      invocations: findings.invocations,
      causes: () => causesOf(findings),
      statuses: collector.providers.flatMap((provider) => provider.capabilities.statuses),
    });
    return { answer: answerFrom(findings), faults: freshness.faults, ...(unmatched ? { unmatched } : {}) };
  });
}

const NOTHING = { webhooks: [], invocations: [], causes: () => [], statuses: [] };

/** Counts what was asked of the providers meanwhile: questions that run side by side share the figure. */
export async function counting<Answer>(
  collector: Collector,
  run: () => Promise<Omit<Answered<Answer>, "requests">>,
): Promise<Answered<Answer>> {
  const before = collector.providers.map((provider) => provider.requestCount);
  const answered = await run();
  const requests = Object.fromEntries(
    collector.providers.map((provider, index) => [provider.id, provider.requestCount - (before[index] ?? 0)]),
  );
  return { ...answered, requests };
}

async function findingsOf(
  collector: Collector,
  question: Question,
  freshness: Freshness,
  signal: AbortSignal,
): Promise<Findings> {
  const { query } = question;
  const { asOf, coverage, webhooks } = freshness;
  const asked = webhooks.filter((webhook) => matchesWebhook(query, webhook));
  // Naming every webhook would only make the search slower.
  const isNarrowed = asked.length < webhooks.length;
  const invocations = await findInvocations(collector.store.db, {
    window: query.window,
    providers: collector.providers.map(({ id }) => id),
    ...(isNarrowed ? { webhooks: asked.map(({ provider, id }) => ({ provider, id })) } : {}),
    outcomes: ["failed", "pending"],
    asOf,
  });
  const failed = invocations.filter((invocation) => outcomeAt(invocation, asOf) === "failed");
  const notes = [...freshness.notes];
  const over = freshness.faults.filter(({ webhookId, isFinal }) => isFinal || webhookId === null);
  const failing = new Set(over.map(({ provider }) => provider));
  const { diagnoses, failures, skipped, isCutShort } = await gatherEvidence(
    collector,
    { query, evidence: question.evidence, failed, failing },
    signal,
  );
  for (const { provider, told, givenUp } of failures.ofProviders) {
    freshness.faults.push({ provider, webhookId: null, reason: told, isFinal: givenUp });
  }
  const [error] = failures.errors;
  if (error) notes.push(`Attempts of some invocations could not be read: ${error.told}`);
  else if (skipped > 0) notes.push(SKIPPED);
  if (isCutShort) notes.push("There was no time to read all attempts: some causes are told in less detail.");
  const findings = { query, asOf, coverage, webhooks: asked, invocations, diagnoses, notes };
  return withNeighbours(collector, findings, signal);
}

const SKIPPED = "Attempts of some invocations could not be read a few minutes ago; they are asked for again later.";
