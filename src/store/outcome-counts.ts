import { type Kysely, sql } from "kysely";
import type { Outcome } from "../triage/model.ts";
import { intersect, type Window, windowOf } from "../triage/window.ts";
import { optional } from "./invocation-rows.ts";
import type { Tables } from "./tables.ts";

/** Counted by one statement: the embedded database answers nobody else meanwhile. */
const SLICE_MS = 24 * 3_600_000;

/** How the invocations of one webhook fared. */
export interface OutcomeCounts {
  provider: string;
  webhookId: string;
  succeeded: number;
  failed: number;
  pending: number;
  lastFailureAt?: Date;
}

/** Counts of distinct invocations per webhook, as their outcomes read at `asOf`. Webhooks without any are left out. */
export async function countOutcomes(db: Kysely<Tables>, window: Window, asOf: Date): Promise<OutcomeCounts[]> {
  const totals = new Map<string, OutcomeCounts>();
  const inhabited = await inhabitedPart(db, window);
  if (!inhabited) return [];
  for (let fromMs = inhabited.from.getTime(); fromMs < inhabited.to.getTime(); fromMs += SLICE_MS) {
    const slice = intersect(inhabited, windowOf(fromMs, fromMs + SLICE_MS));
    for (const counts of slice ? await countSlice(db, slice, asOf) : []) {
      const key = JSON.stringify([counts.provider, counts.webhookId]);
      const before = totals.get(key);
      totals.set(key, before ? sum(before, counts) : counts);
    }
  }
  return [...totals.values()];
}

/** `outcomeAt` of the model, in SQL. */
export function outcomeAsOf(asOf: Date) {
  return sql<Outcome>`case when outcome = 'pending' and pending_until <= ${asOf} then 'failed' else outcome end`;
}

/** The part of the window from its first invocation to just after its last. */
async function inhabitedPart(db: Kysely<Tables>, window: Window): Promise<Window | undefined> {
  const ends = await db
    .selectFrom("invocations")
    .select((eb) => [eb.fn.min("occurred_at").as("first"), eb.fn.max("occurred_at").as("last")])
    .where("occurred_at", ">=", window.from)
    .where("occurred_at", "<", window.to)
    .executeTakeFirst();
  return ends?.first && ends.last ? windowOf(ends.first.getTime(), ends.last.getTime() + 1) : undefined;
}

async function countSlice(db: Kysely<Tables>, slice: Window, asOf: Date): Promise<OutcomeCounts[]> {
  const outcome = outcomeAsOf(asOf);
  const rows = await db
    .selectFrom("invocations")
    .select((eb) => [
      "provider",
      "webhook_id",
      eb.fn.countAll<string | number>().filterWhere(outcome, "=", "succeeded").as("succeeded"),
      eb.fn.countAll<string | number>().filterWhere(outcome, "=", "failed").as("failed"),
      eb.fn.countAll<string | number>().filterWhere(outcome, "=", "pending").as("pending"),
      sql<Date | null>`max(occurred_at) filter (where ${outcome} = 'failed')`.as("last_failure_at"),
    ])
    .where("occurred_at", ">=", slice.from)
    .where("occurred_at", "<", slice.to)
    .groupBy(["provider", "webhook_id"])
    .orderBy("provider")
    .orderBy("webhook_id")
    .execute();
  return rows.map((row) => ({
    provider: row.provider,
    webhookId: row.webhook_id,
    succeeded: Number(row.succeeded),
    failed: Number(row.failed),
    pending: Number(row.pending),
    ...optional("lastFailureAt", row.last_failure_at),
  }));
}

/** `later` is of a later slice. */
function sum(earlier: OutcomeCounts, later: OutcomeCounts): OutcomeCounts {
  return {
    provider: later.provider,
    webhookId: later.webhookId,
    succeeded: earlier.succeeded + later.succeeded,
    failed: earlier.failed + later.failed,
    pending: earlier.pending + later.pending,
    ...optional("lastFailureAt", later.lastFailureAt ?? earlier.lastFailureAt),
  };
}
