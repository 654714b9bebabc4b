import { diagnosesIn } from "../store/diagnoses.ts";
import { findInvocationsById } from "../store/invocations.ts";
import { bringDiagnosesUpToDate } from "../store/rediagnose.ts";
import { listWebhooks, type StoredWebhook } from "../store/webhooks.ts";
import { listInvocation, unlistedWebhook } from "../triage/answer.ts";
import type { ListedInvocation } from "../triage/issue.ts";
import { type InvocationRef, outcomeAt, refKey } from "../triage/model.ts";
import type { Query, Term } from "../triage/query.ts";
import { windowOf } from "../triage/window.ts";
import type { Collector } from "./collector.ts";
import { whyEnded } from "./ended-early.ts";
import { neighboursOfEach } from "./neighbours.ts";
import { type Answered, counting } from "./questions.ts";
import { withSourcePage } from "./source-pages.ts";

/** An invocation completes within this time of its creation, retries included. */
const LONGEST_LIFE_MS = 24 * 60 * 60_000;

/** Which of the webhooks that may have it are not read. */
export interface Unread {
  webhooks: number;
  of: number;
  /** Whether time was over, and nothing else was wrong. */
  isTimeOver: boolean;
}

export interface AnsweredInvocation extends Answered<ListedInvocation[]> {
  /** Absent where nothing had to be read, or all was. */
  unread?: Unread;
}

/**
 * One invocation by its id, whatever its outcome; more than one when several webhooks use the same id. Asks the providers only
 * where the store does not know it or does not know its end, and only about the time in which it can have happened.
 */
export async function askInvocation(
  collector: Collector,
  id: string,
  { now, maxAgeMs }: { now: Date; maxAgeMs: number },
  signal: AbortSignal,
): Promise<AnsweredInvocation> {
  const searched: Pick<AnsweredInvocation, "unread"> = {};
  const answered = await counting(collector, async () => {
    const known = await findListed(collector, id, now);
    const query = queryFor(collector, id, known, now);
    if (query === undefined) return { answer: known, faults: [] };
    const { faults, coverage } = await collector.freshen({ query, now, maxAgeMs }, signal);
    const webhooks = coverage.filter(({ state }) => state !== "complete").length;
    const isTimeOver = signal.aborted && whyEnded(signal) === undefined;
    if (faults.length > 0) searched.unread = { webhooks, of: coverage.length, isTimeOver };
    return { answer: await findListed(collector, id, now), faults };
  });
  return { ...answered, ...searched };
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

/** What to ask the providers for; `undefined` when they could tell nothing more. */
function queryFor(collector: Collector, id: string, known: readonly ListedInvocation[], now: Date): Query | undefined {
  const open = known.filter(({ invocation }) => invocation.pendingUntil !== undefined);
  if (known.length > 0 && open.length === 0) return undefined;
  const madeAt =
    open.length > 0
      ? open.map(({ invocation }) => invocation.createdAt)
      : collector.providers.flatMap((provider) => provider.createdAtOf(id) ?? []);
  const timesMs = madeAt.map((at) => at.getTime()).filter((atMs) => atMs < now.getTime());
  if (timesMs.length === 0) return undefined;
  const toMs = Math.min(now.getTime(), Math.max(...timesMs) + LONGEST_LIFE_MS);
  const terms = open.map(({ webhook }): Term => ({ key: "webhook", value: webhook.id, negated: false }));
  return { words: [], terms, window: windowOf(Math.min(...timesMs), toMs) };
}

async function findListed(collector: Collector, id: string, asOf: Date): Promise<ListedInvocation[]> {
  const { db } = collector.store;
  const providers = collector.providers.map((provider) => provider.id);
  const found = (await findInvocationsById(db, id)).filter(({ provider }) => providers.includes(provider));
  if (found.length === 0) return [];
  const webhooks = await listWebhooks(db, { providers });
  return Promise.all(
    found.map(async (invocation) => {
      const isOf = (webhook: StoredWebhook) =>
        webhook.provider === invocation.provider && webhook.id === invocation.webhookId;
      const webhook = webhooks.find(isOf) ?? unlistedWebhook(invocation);
      const current = { ...invocation, outcome: outcomeAt(invocation, asOf) };
      const own = diagnosesIn(await bringDiagnosesUpToDate(db, [current], collector));
      const failed = current.outcome === "failed" ? [current] : [];
      const { neighbours, diagnoses } = await neighboursOfEach(collector, { failed, diagnoses: own, asOf });
      const told = new Map([...diagnoses, ...own]);
      const listed = listInvocation(current, webhook, { others: neighbours, diagnoses: told });
      return withSourcePage(listed, collector.providers);
    }),
  );
}
