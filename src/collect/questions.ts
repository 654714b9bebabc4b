import { readLastAttempts } from "../store/attempts.ts";
import { countOutcomes, findInvocations, findInvocationsById } from "../store/invocations.ts";
import { listWebhooks, type StoredWebhook } from "../store/webhooks.ts";
import {
  answerFailures,
  answerInvocations,
  answerWebhooks,
  type Findings,
  listInvocation,
  unlistedWebhook,
} from "../triage/answer.ts";
import type {
  FailuresAnswer,
  InvocationsAnswer,
  ListedInvocation,
  WebhookHealth,
  WebhooksAnswer,
} from "../triage/issue.ts";
import { matchesInvocation, matchesWebhook } from "../triage/match.ts";
import { type InvocationRef, outcomeAt, refKey } from "../triage/model.ts";
import { noSuchWebhook } from "../triage/no-such-webhook.ts";
import type { QueryFault } from "../triage/parse-query.ts";
import type { Query } from "../triage/query.ts";
import { readMissingAttempts } from "./attempts.ts";
import type { Collector, Freshness } from "./collector.ts";
import type { ProviderFault } from "./reading.ts";

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
  /** Requests that this question cost, by provider. */
  requests: Record<string, number>;
  /** Set when the query names webhooks and there is none of them; the answer is empty then. */
  noSuchWebhook?: QueryFault;
}

/** Which issues are there, worst first. */
export function askFailures(
  collector: Collector,
  question: Question,
  signal: AbortSignal,
): Promise<Answered<FailuresAnswer>> {
  return ask(collector, question, signal, async (freshness) =>
    answerFailures(await findingsOf(collector, question, freshness, signal)),
  );
}

/** Failed invocations one by one, newest first. */
export function askInvocations(
  collector: Collector,
  question: Question,
  signal: AbortSignal,
): Promise<Answered<InvocationsAnswer>> {
  return ask(collector, question, signal, async (freshness) =>
    answerInvocations(await findingsOf(collector, question, freshness, signal)),
  );
}

/** Webhooks and how they fare. */
export function askWebhooks(
  collector: Collector,
  question: Question,
  signal: AbortSignal,
): Promise<Answered<WebhooksAnswer>> {
  return ask(collector, question, signal, async (freshness) => {
    const counts = await countOutcomes(collector.store.db, question.query.window, freshness.asOf);
    const health = freshness.webhooks
      .filter((webhook) => !webhook.deletedAt)
      .flatMap((webhook) => {
        const isOf = (entry: { provider: string; webhookId: string | null }) =>
          entry.provider === webhook.provider && entry.webhookId === webhook.id;
        const coverage = freshness.coverage.find(isOf);
        const count = counts.find(isOf) ?? { succeeded: 0, failed: 0, pending: 0 };
        return coverage ? [{ ...count, webhook, coverage } satisfies WebhookHealth] : [];
      });
    const { asOf, coverage, webhooks } = freshness;
    return answerWebhooks({ query: question.query, asOf, coverage, webhooks }, health);
  });
}

/**
 * One invocation by its id, whatever its outcome; more than one when several webhooks use the same id. Looks into the store
 * first and freshens the question's window only when it is not there.
 */
export function askInvocation(
  collector: Collector,
  id: string,
  question: Question,
  signal: AbortSignal,
): Promise<Answered<ListedInvocation[]>> {
  return counting(collector, async () => {
    const known = await findListed(collector, id, question.now);
    if (known.length > 0) return { answer: known, faults: [] };
    const { faults } = await collector.freshen(question, signal);
    return { answer: await findListed(collector, id, question.now), faults };
  });
}

/** One invocation as the store knows it; `undefined` when it was never collected, or is past its retention. */
export async function findListedInvocation(
  collector: Collector,
  ref: InvocationRef,
  asOf: Date,
): Promise<ListedInvocation | undefined> {
  const listed = await findListed(collector, ref.id, asOf);
  return listed.find(({ invocation }) => refKey(invocation) === refKey(ref));
}

function ask<Answer>(
  collector: Collector,
  question: Question,
  signal: AbortSignal,
  answerFrom: (freshness: Freshness) => Promise<Answer>,
): Promise<Answered<Answer>> {
  return counting(collector, async () => {
    const freshness = await collector.freshen(question, signal);
    const answer = await answerFrom(freshness);
    const noSuch = noSuchWebhook(question.query, freshness.webhooks);
    return { answer, faults: freshness.faults, ...(noSuch ? { noSuchWebhook: noSuch } : {}) };
  });
}

async function counting<Answer>(
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
  const invocations = await findInvocations(collector.store.db, {
    window: query.window,
    webhooks: asked.map(({ provider, id }) => ({ provider, id })),
    outcomes: ["failed", "pending"],
    asOf,
  });
  const failed = invocations.filter((invocation) => outcomeAt(invocation, asOf) === "failed");
  const notes: string[] = [];
  if (question.evidence === "all") {
    const asked = failed.filter(
      (invocation) => invocation.statusCode === undefined || matchesInvocation(query, invocation),
    );
    const errors = await readMissingAttempts(collector, asked, signal);
    for (const error of errors) {
      freshness.faults.push({
        provider: error.provider,
        webhookId: null,
        reason: error.message,
        isFinal: error.givenUp,
      });
    }
    if (errors.length > 0) notes.push(`Attempts of some invocations could not be read: ${errors[0]?.message}`);
  }
  const lastAttempts = await readLastAttempts(collector.store.db, failed);
  return { query, asOf, coverage, webhooks: asked, invocations, lastAttempts, notes };
}

async function findListed(collector: Collector, id: string, asOf: Date): Promise<ListedInvocation[]> {
  const { db } = collector.store;
  const found = await findInvocationsById(db, id);
  if (found.length === 0) return [];
  const webhooks = await listWebhooks(db, {});
  const lastAttempts = await readLastAttempts(db, found);
  return found.map((invocation) => {
    const isOf = (webhook: StoredWebhook) =>
      webhook.provider === invocation.provider && webhook.id === invocation.webhookId;
    const webhook = webhooks.find(isOf) ?? unlistedWebhook(invocation);
    const current = { ...invocation, outcome: outcomeAt(invocation, asOf) };
    return listInvocation(current, webhook, lastAttempts.get(refKey(invocation)));
  });
}
