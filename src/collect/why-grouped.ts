import { diagnosesIn } from "../store/diagnoses.ts";
import { findInvocations } from "../store/invocations.ts";
import { bringDiagnosesUpToDate } from "../store/rediagnose.ts";
import { currentIssueIds, regroupingsInto } from "../store/regroupings.ts";
import { failuresIn } from "../triage/answer.ts";
import type { Term } from "../triage/query.ts";
import { idsSinceRead, type WhyGrouped, whyGrouped } from "../triage/why-grouped.ts";
import type { Window } from "../triage/window.ts";
import type { Collector } from "./collector.ts";
import { withNeighbours } from "./neighbours.ts";

/** Names an issue as an answer for this window told it. */
export interface IssueRef {
  provider: string;
  webhookId: string;
  issueId: string;
  window: Window;
  /** Those of its question that leave out a part of an issue, as `partTerms` tells them. */
  terms?: readonly Term[];
}

/**
 * Why failed invocations are one issue, from the store alone. An id of before is resolved: one that better rules, or the reading of
 * attempts, have changed since. Where its invocations are several issues now, the largest. `undefined`: nothing in the window is this
 * issue any more.
 */
export async function explainGrouping(
  collector: Collector,
  { provider, webhookId, issueId, window, terms = [] }: IssueRef,
  signal: AbortSignal,
): Promise<WhyGrouped | undefined> {
  const query = { words: [], terms: [...terms], window };
  const now = collector.now();
  const { asOf, webhooks } = await collector.review({ query, now, maxAgeMs: 0 });
  const { db } = collector.store;
  const invocations = await findInvocations(db, {
    window,
    webhooks: [{ provider, id: webhookId }],
    outcomes: ["failed"],
    asOf,
  });
  const diagnoses = diagnosesIn(await bringDiagnosesUpToDate(db, invocations, { signal, now: collector.now }));
  const findings = { query, asOf, coverage: [], webhooks, invocations, diagnoses };
  const { failed } = failuresIn(await withNeighbours(collector, findings, signal));
  const isThere = whyGrouped(issueId, failed, []) !== undefined;
  const ids = isThere
    ? [issueId]
    : [...(await currentIssueIds(db, provider, webhookId, issueId)), ...idsSinceRead(issueId, failed)];
  const found = ids.flatMap((id) => whyGrouped(id, failed, []) ?? []);
  const [why] = found.sort((a, b) => countOf(b) - countOf(a) || (a.issueId < b.issueId ? -1 : 1));
  return why && { ...why, regrouped: await regroupingsInto(db, provider, webhookId, why.cause.id) };
}

function countOf({ readCount, assumedCount, rowCount }: WhyGrouped): number {
  return readCount + assumedCount + rowCount;
}
