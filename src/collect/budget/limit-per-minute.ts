import type { Provider } from "../../providers/provider.ts";
import { readBudget } from "../../store/budgets.ts";
import type { Store } from "../../store/database.ts";
import { readProviderStates } from "../../store/provider-states.ts";
import { readBudgetState } from "./budget-state.ts";

/** As Zendesk's webhooks API had it when it was recorded: for accounts of which nothing is known. Requests a minute. */
const SUPPOSED_LIMIT = 100;

/** How many requests a minute the account takes: as its budget has it, which was told of the limit or found it. */
export async function readLimitPerMinute(
  { db }: Pick<Store, "db">,
  { id, rateLimit }: Pick<Provider, "id" | "rateLimit">,
): Promise<number> {
  const stored = await readBudget(db, id);
  if (stored !== undefined) return readBudgetState(stored).limit;
  if (rateLimit) return rateLimit.limitPerMinute;
  const states = await readProviderStates(db);
  return states.find(({ provider }) => provider === id)?.rateLimit?.limitPerMinute ?? SUPPOSED_LIMIT;
}
