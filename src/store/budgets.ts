import { type Kysely, sql } from "kysely";
import { storableText, toJson } from "./json-rows.ts";
import type { Tables } from "./tables.ts";
import { inTransaction } from "./transaction.ts";

/** What becomes of a budget: its new state, JSON-able and absent where it stays as it is, and what its changer wants to know. */
export interface BudgetChange<Result> {
  state?: object | undefined;
  result: Result;
}

/**
 * Changes the state of a provider's budget; meanwhile nobody else reads or changes it, other replicas included. `change` gets it as it
 * is stored, `undefined` at the first time.
 */
export function changeBudget<Result>(
  db: Kysely<Tables>,
  provider: string,
  change: (stored: unknown) => BudgetChange<Result>,
): Promise<Result> {
  return inTransaction(db, async (trx) => {
    const { state, result } = change(await lockedState(trx, storableText(provider)));
    if (state !== undefined)
      await trx
        .updateTable("budgets")
        .set({ state: sql`${toJson(state)}::jsonb` })
        .where("provider", "=", storableText(provider))
        .execute();
    return result;
  });
}

/** The state as it is stored, `undefined` where nothing was asked of the provider yet. */
export async function readBudget(db: Kysely<Tables>, provider: string): Promise<unknown> {
  const row = await db
    .selectFrom("budgets")
    .select("state")
    .where("provider", "=", storableText(provider))
    .executeTakeFirst();
  return row?.state;
}

async function lockedState(trx: Kysely<Tables>, provider: string): Promise<unknown> {
  const select = trx.selectFrom("budgets").select("state").where("provider", "=", provider).forUpdate();
  const row = await select.executeTakeFirst();
  if (row) return row.state;
  await trx
    .insertInto("budgets")
    .values({ provider, state: sql`'{}'::jsonb` })
    .onConflict((conflict) => conflict.column("provider").doNothing())
    .execute();
  return (await select.executeTakeFirst())?.state;
}
