import { countOutcomes, findInvocations } from "../store/invocations.ts";
import { answerFailures, answerInvocations, answerWebhooks, causesOf, type Findings } from "../triage/answer.ts";
import type { FailuresAnswer, InvocationsAnswer, WebhookHealth, WebhooksAnswer } from "../triage/issue.ts";
import { matchesWebhook } from "../triage/match.ts";
import { outcomeAt } from "../triage/model.ts";
import type { QueryFault } from "../triage/parse-query.ts";
import { mostReads } from "../triage/sampling.ts";
import { notForWebhooks, unmatchedTerm } from "../triage/unmatched.ts";
import type { Collector, FreshenRequest } from "./collector.ts";
import { type Early, gatherEarly } from "./early-evidence.ts";
import { whyEnded } from "./ended-early.ts";
import { gatherEvidence } from "./evidence.ts";
import type { AttemptsProgress } from "./evidence-progress.ts";
import type { Freshness } from "./freshness.ts";
import { withNeighbours } from "./neighbours.ts";
import { countReadFailures } from "./read-failures.ts";
import type { ProviderFault } from "./reading/reading.ts";
import { withListedPages, withSourcePages } from "./source-pages.ts";
import { reviewUnderWay } from "./under-way.ts";

export type { AttemptsProgress } from "./evidence-progress.ts";

/** A question, as Slack and the CLI both ask it. */
export interface Question extends FreshenRequest {
  /** `all` reads the attempts of every failed invocation. */
  evidence: "sample" | "all";
  /** Told when all that can be had of the invocations is there, and at each step of reading attempts for why some failed. */
  onAttempts?: (progress: AttemptsProgress) => void;
  /**
   * The same question is being read at this moment: it is answered with what the store has by now, nothing is read for it, and what is
   * missing is told as still being read.
   */
  isUnderWay?: boolean;
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
    const freshness = await freshnessFor(collector, question, signal);
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
    const early = gatherEarly(collector, question, signal);
    const freshness = await freshnessFor(collector, { ...question, onKept: early.onKept }, signal).finally(early.end);
    question.onAttempts?.(NO_ATTEMPTS_YET);
    const findings = await findingsOf(collector, question, { freshness, early: await early.whole }, signal);
    const unmatched = unmatchedTerm(question.query, {
      webhooks: freshness.webhooks,
      invocations: findings.invocations,
      causes: () => causesOf(findings),
      statuses: collector.providers.flatMap((provider) => provider.capabilities.statuses),
    });
    return { answer: answerFrom(findings), faults: freshness.faults, ...(unmatched ? { unmatched } : {}) };
  });
}

function freshnessFor(collector: Collector, question: Question, signal: AbortSignal): Promise<Freshness> {
  return question.isUnderWay ? reviewUnderWay(collector, question) : collector.freshen(question, signal);
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
  { freshness, early }: { freshness: Freshness; early: Early },
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
  const notAsked = question.isUnderWay ? collector.providers.map(({ id }) => id) : over.map(({ provider }) => provider);
  const { diagnoses, failures, skipped, isCutShort } = await gatherEvidence(
    collector,
    {
      query,
      evidence: question.evidence,
      failed,
      failing: new Set(notAsked),
      failures: countReadFailures(early.errors),
      readsFor: (count) => mostReads(count) - early.chosen,
      ...(question.onAttempts && { onProgress: question.onAttempts }),
    },
    signal,
  );
  for (const { provider, told, givenUp } of failures.ofProviders) {
    freshness.faults.push({ provider, webhookId: null, reason: told, isFinal: givenUp });
  }
  const [error] = failures.errors;
  if (error) notes.push(`Attempts of some invocations could not be read: ${error.told}`);
  else if (skipped > 0) notes.push(SKIPPED);
  if (isCutShort) {
    const ended = whyEnded(signal);
    notes.push(ended ? `${ended} Some causes are told in less detail.` : NO_TIME);
  }
  const findings = { query, asOf, coverage, webhooks: asked, invocations, diagnoses, notes };
  return withNeighbours(collector, findings, signal);
}

const NO_ATTEMPTS_YET: AttemptsProgress = { ofProviders: [] };
const NO_TIME = "There was no time to read all attempts: some causes are told in less detail.";
const SKIPPED = "Attempts of some invocations could not be read a few minutes ago; they are asked for again later.";
