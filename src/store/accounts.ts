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

/** Every table whose rows belong to an account: all that have a column `provider`, but for the one that says whose they are. */
export const TABLES_OF_ACCOUNTS = [
  "webhooks",
  "invocations",
  "attempts",
  "attempt_reads",
  "diagnoses",
  "regroupings",
  "coverage",
  "provider_states",
  "budgets",
  "polls",
  "poll_pauses",
] as const satisfies (keyof Tables)[];

/** Written also where nothing could be collected. */
const TABLES_OF_TRIES = ["provider_states", "budgets", "poll_pauses"] as const;

/**
 * What was collected from one account is never shown for another. Returns the accounts that the store holds instead of those
 * given: with `keep` it is left as it is (whoever asked must not use it), with `switch` the other account's rows are put aside
 * and come back when that account does. A store from which nothing was collected yet stays nobody's: `claimAccount`.
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
      if (!held) {
        // How a mistyped account failed, and what it allowed, says nothing of this one.
        for (const table of TABLES_OF_TRIES) await trx.deleteFrom(table).where("provider", "=", id).execute();
        continue;
      }
      if (held.account === account) continue;
      others.push(held.account);
      if (otherwise === "keep") continue;
      await rename(trx, id, asideName(id, held.account));
      await rename(trx, asideName(id, account), id);
      await trx.updateTable("accounts").set({ account }).where("provider", "=", id).execute();
    }
    return others;
  });
}

/**
 * Makes the store the account's where it is nobody's: to be called before the first rows are kept, so that a start with a mistyped
 * account leaves no claim behind. Returns whose it is then.
 */
export async function claimAccount(db: Kysely<Tables>, { id, account }: Account): Promise<string> {
  const { account: holder } = await db
    .insertInto("accounts")
    .values({ provider: id, account })
    // Changes nothing, and has the row returned.
    .onConflict((conflict) =>
      conflict.column("provider").doUpdateSet((eb) => ({ account: eb.ref("accounts.account") })),
    )
    .returning("account")
    .executeTakeFirstOrThrow();
  return holder;
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
  for (const table of TABLES_OF_ACCOUNTS) {
    await sql`update ${sql.table(table)} set provider = ${to} where provider = ${from}`.execute(trx);
  }
}
