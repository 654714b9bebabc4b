import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from "kysely";
import { type Invocation, type InvocationRef, type Outcome, occurredAt, outcomeAt } from "../triage/model.ts";
import type { Window } from "../triage/window.ts";
import { addCoverage } from "./coverage.ts";
import {
  fromInvocationRow,
  INVOCATION_COLUMNS,
  type InvocationRow,
  optional,
  toInvocationRow,
} from "./invocation-rows.ts";
import { rowsToInsert, storableText, toJson } from "./json-rows.ts";
import { latestOf } from "./latest-invocation.ts";
import { outcomeAsOf } from "./outcome-counts.ts";
import type { Tables } from "./tables.ts";
import { inTransaction, lockWebhook } from "./transaction.ts";

export { countOutcomes, type OutcomeCounts } from "./outcome-counts.ts";

/** Rows read by one statement: the embedded database answers nobody else meanwhile. */
const ROWS_PER_READ = 2_000;

export interface InvocationPageToSave {
  provider: string;
  webhookId: string;
  /** All of this webhook. Repeats are fine: `latestOf` tells which row counts. */
  invocations: readonly Invocation[];
  /** What is wholly collected with this page. */
  covered?: Window | undefined;
}

/** What a page brought that was not known before. */
export interface PageNews {
  /** New rows, and those that changed. */
  written: number;
  /** Of these, how many did not succeed. */
  notSucceeded: number;
  /** When the oldest of these was completed, or made where that is missing; absent where there are none. */
  oldestAt?: Date;
}

/** Keeps one page of a webhook's invocations and its coverage, or none of it. Pages may come in any order, and twice. */
export function saveInvocationPage(db: Kysely<Tables>, page: InvocationPageToSave): Promise<PageNews> {
  return inTransaction(db, async (trx) => {
    await lockWebhook(trx, page.provider, page.webhookId);
    const written = page.invocations.length > 0 ? await saveInvocations(trx, page) : [];
    if (page.covered) await addCoverage(trx, page.provider, page.webhookId, page.covered);
    const notSucceeded = written.filter(({ outcome }) => outcome !== "succeeded").length;
    const timesMs = written.map((row) => (row.latest_completed_at ?? row.created_at).getTime());
    return {
      written: written.length,
      notSucceeded,
      ...(timesMs.length > 0 && { oldestAt: new Date(Math.min(...timesMs)) }),
    };
  });
}

/** A place in the order in which `findInvocations` answers. */
export interface InvocationPosition extends InvocationRef {
  occurredAt: Date;
}

export interface InvocationFilter {
  window: Window;
  /** Only these. An empty list finds nothing. */
  webhooks?: readonly { provider: string; id: string }[];
  providers?: readonly string[];
  outcomes?: readonly Outcome[];
  /** Only those whose attempts were read. */
  areRead?: boolean;
  /** Outcomes are told as they read at this instant. */
  asOf: Date;
  limit?: number;
  /** Only what comes after this place, which is older. `positionOf` makes it of the last invocation seen. */
  before?: InvocationPosition;
}

/** Newest first by `occurredAt`; invocations of one instant by id, provider and webhook, descending. */
export async function findInvocations(db: Kysely<Tables>, filter: InvocationFilter): Promise<Invocation[]> {
  const found: Invocation[] = [];
  const limit = filter.limit ?? Number.POSITIVE_INFINITY;
  let before = filter.before;
  while (found.length < limit) {
    const wanted = Math.min(ROWS_PER_READ, limit - found.length);
    const rows = await selectMatching(db, { ...filter, ...optional("before", before) })
      .limit(wanted)
      .execute();
    for (const row of rows) found.push(fromInvocationRow(row));
    const last = found.at(-1);
    if (!last || rows.length < wanted) break;
    before = positionOf(last);
  }
  return found.map((invocation) => ({ ...invocation, outcome: outcomeAt(invocation, filter.asOf) }));
}

export function positionOf(invocation: Invocation): InvocationPosition {
  const { provider, webhookId, id } = invocation;
  return { provider, webhookId, id, occurredAt: occurredAt(invocation) };
}

/** Ids are unique within a webhook only, so there may be several. Outcomes are as stored. */
export async function findInvocationsById(db: Kysely<Tables>, id: string): Promise<Invocation[]> {
  const rows = await db
    .selectFrom("invocations")
    .select(INVOCATION_COLUMNS)
    .where("id", "=", storableText(id))
    .orderBy("provider")
    .orderBy("webhook_id")
    .execute();
  return rows.map(fromInvocationRow);
}

/** Returns the rows that it wrote. */
async function saveInvocations(trx: Kysely<Tables>, page: InvocationPageToSave): Promise<InvocationRow[]> {
  const incoming = page.invocations.map((invocation) => ({
    ...invocation,
    provider: page.provider,
    webhookId: page.webhookId,
    id: storableText(invocation.id),
  }));
  const known = await readKnown(trx, page, new Set(incoming.map((invocation) => invocation.id)));
  const latest = new Map(known);
  for (const invocation of incoming) {
    const before = latest.get(invocation.id);
    latest.set(invocation.id, before ? latestOf(before, invocation) : invocation);
  }
  const rows: InvocationRow[] = [];
  for (const [id, invocation] of latest) {
    const before = known.get(id);
    const row = toInvocationRow(invocation);
    // A poll that overlaps with the one before writes nothing.
    if (!before || toJson(row) !== toJson(toInvocationRow(before))) rows.push(row);
  }
  if (rows.length > 0) await writeRows(trx, rows);
  return rows;
}

async function readKnown(
  trx: Kysely<Tables>,
  page: InvocationPageToSave,
  ids: ReadonlySet<string>,
): Promise<Map<string, Invocation>> {
  const rows = await trx
    .selectFrom("invocations")
    .select(INVOCATION_COLUMNS)
    .where("provider", "=", storableText(page.provider))
    .where("webhook_id", "=", storableText(page.webhookId))
    .where("id", "=", sql<string>`any(${[...ids]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, fromInvocationRow(row)]));
}

async function writeRows(trx: Kysely<Tables>, rows: readonly InvocationRow[]): Promise<void> {
  await trx
    .insertInto("invocations")
    .columns(INVOCATION_COLUMNS)
    .expression((eb) => eb.selectFrom(rowsToInsert("invocations", rows)).select(INVOCATION_COLUMNS))
    .onConflict((conflict) =>
      conflict.columns(["provider", "webhook_id", "id"]).doUpdateSet((eb) => ({
        status: eb.ref("excluded.status"),
        outcome: eb.ref("excluded.outcome"),
        pending_until: eb.ref("excluded.pending_until"),
        status_code: eb.ref("excluded.status_code"),
        event_type: eb.ref("excluded.event_type"),
        created_at: eb.ref("excluded.created_at"),
        latest_completed_at: eb.ref("excluded.latest_completed_at"),
        attempts_count: eb.ref("excluded.attempts_count"),
        expires_at: eb.ref("excluded.expires_at"),
        source: eb.ref("excluded.source"),
      })),
    )
    .execute();
}

function selectMatching(db: Kysely<Tables>, filter: InvocationFilter) {
  return db
    .selectFrom("invocations")
    .select(INVOCATION_COLUMNS)
    .where("occurred_at", ">=", filter.window.from)
    .where("occurred_at", "<", filter.window.to)
    .where((eb) => eb.and(narrowings(eb, filter)))
    .orderBy("occurred_at", "desc")
    .orderBy("id", "desc")
    .orderBy("provider", "desc")
    .orderBy("webhook_id", "desc");
}

function narrowings(eb: ExpressionBuilder<Tables, "invocations">, filter: InvocationFilter): Expression<SqlBool>[] {
  const { webhooks, providers, outcomes, areRead = false, before } = filter;
  const parts: Expression<SqlBool>[] = [];
  if (webhooks) {
    const pairs = webhooks.map(({ provider, id }) => eb.tuple(storableText(provider), storableText(id)));
    parts.push(pairs.length > 0 ? eb(eb.refTuple("provider", "webhook_id"), "in", pairs) : eb.val(false));
  }
  if (providers) parts.push(eb("provider", "=", sql<string>`any(${providers.map(storableText)}::text[])`));
  if (outcomes) {
    parts.push(eb(outcomeAsOf(filter.asOf), "=", sql<Outcome>`any(${[...outcomes]}::text[])`));
    // Lets the planner use the index of what did not succeed.
    if (!outcomes.includes("succeeded")) parts.push(eb("outcome", "<>", "succeeded"));
  }
  if (areRead) {
    parts.push(sql<SqlBool>`exists (select from attempt_reads
      where (attempt_reads.provider, attempt_reads.webhook_id, attempt_reads.invocation_id)
        = (invocations.provider, invocations.webhook_id, invocations.id))`);
  }
  if (before) {
    parts.push(sql<SqlBool>`(occurred_at, id, provider, webhook_id)
      < (${before.occurredAt}, ${storableText(before.id)}, ${storableText(before.provider)}, ${storableText(before.webhookId)})`);
  }
  return parts;
}
