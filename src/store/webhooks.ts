import { type Kysely, type Selectable, sql } from "kysely";
import type { Webhook } from "../triage/model.ts";
import { optional } from "./invocation-rows.ts";
import { rowsToInsert, storableText } from "./json-rows.ts";
import type { Tables } from "./tables.ts";
import { inTransaction } from "./transaction.ts";

const COLUMNS = ["provider", "id", "name", "endpoint", "active", "event_types", "admin_url", "seen_at"] as const;

export interface StoredWebhook extends Webhook {
  /** When the provider first no longer listed it; its invocations are still kept. */
  deletedAt?: Date;
}

/**
 * Keeps the whole list of a provider's webhooks as it was at `listedAt`; those that are not in it count as deleted from then
 * on. A list older than the one that is kept changes nothing.
 */
export async function saveWebhooks(
  db: Kysely<Tables>,
  provider: string,
  webhooks: readonly Webhook[],
  listedAt: Date,
): Promise<void> {
  const name = storableText(provider);
  await inTransaction(db, async (trx) => {
    if (!(await isNewestList(trx, name, listedAt))) return;
    await writeListed(trx, name, webhooks, listedAt);
    await trx
      .updateTable("webhooks")
      .set({ deleted_at: listedAt })
      .where("provider", "=", name)
      .where("deleted_at", "is", null)
      .where("id", "<>", sql<string>`all(${webhooks.map((webhook) => storableText(webhook.id))}::text[])`)
      .execute();
  });
}

/** Keeps webhooks that no list has any more, as deleted at `seenAt`. Those that are known stay as they are. */
export async function saveUnlistedWebhooks(
  db: Kysely<Tables>,
  provider: string,
  webhooks: readonly Webhook[],
  seenAt: Date,
): Promise<void> {
  if (webhooks.length === 0) return;
  const name = storableText(provider);
  const rows = new Map(webhooks.map((webhook) => [storableText(webhook.id), toRow(name, webhook, seenAt)]));
  await db
    .insertInto("webhooks")
    .columns([...COLUMNS, "deleted_at"])
    .expression((eb) =>
      eb.selectFrom(rowsToInsert("webhooks", [...rows.values()])).select([...COLUMNS, "seen_at as deleted_at"]),
    )
    .onConflict((conflict) => conflict.columns(["provider", "id"]).doNothing())
    .execute();
}

/** By provider, name and id; deleted ones are among them and say so. */
export async function listWebhooks(
  db: Kysely<Tables>,
  filter: { providers?: readonly string[] } = {},
): Promise<StoredWebhook[]> {
  const { providers } = filter;
  const rows = await db
    .selectFrom("webhooks")
    .selectAll()
    .$if(providers !== undefined, (query) =>
      query.where("provider", "=", sql<string>`any(${(providers ?? []).map(storableText)}::text[])`),
    )
    .orderBy("provider")
    .orderBy(sql`name collate "C"`)
    .orderBy("id")
    .execute();
  return rows.map(fromRow);
}

/** Takes the provider's row for the rest of the transaction, so that two lists are kept one after the other. */
async function isNewestList(trx: Kysely<Tables>, provider: string, listedAt: Date): Promise<boolean> {
  const row = await trx
    .insertInto("provider_states")
    .values({ provider, webhooks_listed_at: listedAt })
    .onConflict((conflict) =>
      conflict
        .column("provider")
        .doUpdateSet({ webhooks_listed_at: listedAt })
        .where((eb) =>
          eb.or([
            eb("provider_states.webhooks_listed_at", "is", null),
            eb("provider_states.webhooks_listed_at", "<=", listedAt),
          ]),
        ),
    )
    .returning("provider")
    .executeTakeFirst();
  return row !== undefined;
}

async function writeListed(
  trx: Kysely<Tables>,
  provider: string,
  webhooks: readonly Webhook[],
  listedAt: Date,
): Promise<void> {
  const rows = new Map(webhooks.map((webhook) => [storableText(webhook.id), toRow(provider, webhook, listedAt)]));
  await trx
    .insertInto("webhooks")
    .columns(COLUMNS)
    .expression((eb) => eb.selectFrom(rowsToInsert("webhooks", [...rows.values()])).select(COLUMNS))
    .onConflict((conflict) =>
      conflict.columns(["provider", "id"]).doUpdateSet((eb) => ({
        name: eb.ref("excluded.name"),
        endpoint: eb.ref("excluded.endpoint"),
        active: eb.ref("excluded.active"),
        event_types: eb.ref("excluded.event_types"),
        admin_url: eb.ref("excluded.admin_url"),
        seen_at: eb.ref("excluded.seen_at"),
        deleted_at: null,
      })),
    )
    .execute();
}

function toRow(provider: string, webhook: Webhook, listedAt: Date) {
  return {
    provider,
    id: webhook.id,
    name: webhook.name,
    endpoint: webhook.endpoint ?? null,
    active: webhook.active,
    event_types: webhook.eventTypes,
    admin_url: webhook.adminUrl ?? null,
    seen_at: listedAt,
  };
}

function fromRow(row: Selectable<Tables["webhooks"]>): StoredWebhook {
  return {
    provider: row.provider,
    id: row.id,
    name: row.name,
    active: row.active,
    eventTypes: row.event_types,
    ...optional("endpoint", row.endpoint),
    ...optional("adminUrl", row.admin_url),
    ...optional("deletedAt", row.deleted_at),
  };
}
