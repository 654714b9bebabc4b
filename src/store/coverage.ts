import { type Kysely, sql } from "kysely";
import { merge, type Window } from "../triage/window.ts";
import { rowsToInsert, storableText } from "./json-rows.ts";
import type { Tables } from "./tables.ts";
import { inTransaction, lockWebhook } from "./transaction.ts";

/** What was collected of each webhook, oldest part first. Webhooks of which nothing was collected are left out. */
export async function readCoverage(
  db: Kysely<Tables>,
  provider: string,
  webhookIds?: readonly string[],
): Promise<Map<string, Window[]>> {
  const rows = await db
    .selectFrom("coverage")
    .select(["webhook_id", "from_at", "to_at"])
    .where("provider", "=", storableText(provider))
    .$if(webhookIds !== undefined, (query) =>
      query.where("webhook_id", "=", sql<string>`any(${(webhookIds ?? []).map(storableText)}::text[])`),
    )
    .orderBy("webhook_id")
    .orderBy("from_at")
    .execute();
  const coverage = new Map<string, Window[]>();
  for (const row of rows) {
    const windows = coverage.get(row.webhook_id) ?? [];
    windows.push({ from: row.from_at, to: row.to_at });
    coverage.set(row.webhook_id, windows);
  }
  return coverage;
}

/** Adds one collected part. The caller is in a transaction and holds `lockWebhook`. */
export async function addCoverage(
  trx: Kysely<Tables>,
  provider: string,
  webhookId: string,
  covered: Window,
): Promise<void> {
  const stored = { provider: storableText(provider), webhook_id: storableText(webhookId) };
  const touched = await trx
    .deleteFrom("coverage")
    .where("provider", "=", stored.provider)
    .where("webhook_id", "=", stored.webhook_id)
    .where("from_at", "<=", covered.to)
    .where("to_at", ">=", covered.from)
    .returning(["from_at", "to_at"])
    .execute();
  const parts = merge([covered, ...touched.map((row) => ({ from: row.from_at, to: row.to_at }))]);
  await insertParts(trx, stored, parts);
}

/** Forgets what was collected of a webhook from then on, and returns what is left, oldest part first. */
export async function cutCoverage(
  db: Kysely<Tables>,
  provider: string,
  webhookId: string,
  from: Date,
): Promise<Window[]> {
  const stored = { provider: storableText(provider), webhook_id: storableText(webhookId) };
  return inTransaction(db, async (trx) => {
    await lockWebhook(trx, provider, webhookId);
    const cut = await trx
      .deleteFrom("coverage")
      .where("provider", "=", stored.provider)
      .where("webhook_id", "=", stored.webhook_id)
      .where("to_at", ">", from)
      .returning("from_at")
      .execute();
    const parts = cut.flatMap((row) => (row.from_at < from ? [{ from: row.from_at, to: from }] : []));
    await insertParts(trx, stored, parts);
    return (await readCoverage(trx, provider, [webhookId])).get(stored.webhook_id) ?? [];
  });
}

async function insertParts(
  trx: Kysely<Tables>,
  stored: { provider: string; webhook_id: string },
  parts: readonly Window[],
): Promise<void> {
  if (parts.length === 0) return;
  const rows = parts.map((part) => ({ ...stored, from_at: part.from, to_at: part.to }));
  await trx
    .insertInto("coverage")
    .columns(["provider", "webhook_id", "from_at", "to_at"])
    .expression((eb) =>
      eb.selectFrom(rowsToInsert("coverage", rows)).select(["provider", "webhook_id", "from_at", "to_at"]),
    )
    .execute();
}
