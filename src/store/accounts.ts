import { type Kysely, sql } from "kysely";
import type { Tables } from "./tables.ts";
import { inTransaction } from "./transaction.ts";

/** Whose log a provider reads. */
export interface Account {
  /** The provider's id. */
  id: string;
  /** Its base URL. */
  account: string;
}

/** Every table whose rows belong to a provider. */
const TABLES = ["webhooks", "invocations", "attempts", "attempt_reads", "coverage", "provider_states"] as const;

/**
 * What was collected from one account is never shown for another. Returns the accounts that the store holds instead of those
 * given: with `keep` it is left as it is (whoever asked must not use it), with `switch` the other account's rows are put aside
 * and come back when that account does.
 */
export function useAccounts(
  db: Kysely<Tables>,
  providers: readonly Account[],
  otherwise: "keep" | "switch",
): Promise<string[]> {
  return inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('accounts', 0))`.execute(trx);
    const others: string[] = [];
    for (const { id, account } of providers) {
      const held = await trx.selectFrom("accounts").select("account").where("provider", "=", id).executeTakeFirst();
      if (held?.account === account) continue;
      if (held) others.push(held.account);
      if (held && otherwise === "keep") continue;
      if (held) await rename(trx, id, asideName(id, held.account));
      await rename(trx, asideName(id, account), id);
      await trx
        .insertInto("accounts")
        .values({ provider: id, account })
        .onConflict((conflict) => conflict.column("provider").doUpdateSet({ account }))
        .execute();
    }
    return others;
  });
}

/** The account whose rows a provider has now; `undefined` before the first. */
export async function accountOf(db: Kysely<Tables>, provider: string): Promise<string | undefined> {
  const held = await db.selectFrom("accounts").select("account").where("provider", "=", provider).executeTakeFirst();
  return held?.account;
}

/** No provider's id holds an `@`. */
function asideName(id: string, account: string): string {
  return `${id}@${account}`;
}

async function rename(trx: Kysely<Tables>, from: string, to: string): Promise<void> {
  for (const table of TABLES) {
    await sql`update ${sql.table(table)} set provider = ${to} where provider = ${from}`.execute(trx);
  }
}
