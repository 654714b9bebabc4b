import { diagnosesIn } from "../store/diagnoses.ts";
import { findInvocations } from "../store/invocations.ts";
import { bringDiagnosesUpToDate } from "../store/rediagnose.ts";
import type { Findings } from "../triage/answer.ts";
import { type Diagnoses, neighboursOf } from "../triage/assume.ts";
import { isCertainFromRow } from "../triage/cause-of.ts";
import { type Invocation, occurredAt, outcomeAt, refKey } from "../triage/model.ts";
import { type Window, windowOf } from "../triage/window.ts";
import type { Collector } from "./collector.ts";

/** So far from an invocation others are looked for that it may look like. */
const NEAR_MS = 24 * 60 * 60_000;

/**
 * The findings with what was read around their window, from the store alone: so an invocation that was not read has the same cause in every
 * window that it is in.
 */
export async function withNeighbours(
  collector: Collector,
  findings: Findings,
  signal?: AbortSignal,
): Promise<Findings> {
  const { query, asOf, invocations, diagnoses } = findings;
  const { from, to } = query.window;
  const failed = invocations.filter((invocation) => outcomeAt(invocation, asOf) === "failed");
  const around = [windowOf(from.getTime() - NEAR_MS, from.getTime()), windowOf(to.getTime(), to.getTime() + NEAR_MS)];
  const read = await readAround(collector, { failed, diagnoses, around, asOf }, signal);
  return {
    ...findings,
    neighbours: read.neighbours,
    diagnoses: new Map([...diagnoses, ...read.diagnoses]),
  };
}

/** The same for failed invocations by themselves, whatever the window. */
export function neighboursOfEach(
  collector: Collector,
  { failed, ...known }: { failed: readonly Invocation[]; diagnoses: Diagnoses; asOf: Date },
): Promise<Neighbours> {
  const around = failed.map((invocation) => {
    const atMs = occurredAt(invocation).getTime();
    return windowOf(atMs - NEAR_MS, atMs + NEAR_MS);
  });
  return readAround(collector, { failed, around, ...known });
}

interface Neighbours {
  neighbours: Invocation[];
  diagnoses: Diagnoses;
}

interface Around {
  failed: readonly Invocation[];
  diagnoses: Diagnoses;
  around: readonly Window[];
  asOf: Date;
}

async function readAround(
  collector: Collector,
  { failed, diagnoses, around, asOf }: Around,
  signal?: AbortSignal,
): Promise<Neighbours> {
  const unread = failed.filter((invocation) => !diagnoses.has(refKey(invocation)) && !isCertainFromRow(invocation));
  if (unread.length === 0) return { neighbours: [], diagnoses: new Map() };
  const webhooks = new Map(
    unread.map(({ provider, webhookId }) => [JSON.stringify([provider, webhookId]), { provider, id: webhookId }]),
  );
  const { db } = collector.store;
  const candidates: Invocation[] = [];
  for (const window of around) {
    candidates.push(
      ...(await findInvocations(db, {
        window,
        webhooks: [...webhooks.values()],
        outcomes: ["failed"],
        areRead: true,
        asOf,
      })),
    );
  }
  const neighbours = neighboursOf(unread, candidates);
  const known = await bringDiagnosesUpToDate(db, neighbours, {
    now: collector.now,
    ...(signal ? { signal } : {}),
  });
  return { neighbours, diagnoses: diagnosesIn(known) };
}
