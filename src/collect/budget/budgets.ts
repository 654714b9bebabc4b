import type { Budget } from "../../providers/budget.ts";
import { type BudgetParts, createBudget } from "./shared-budget.ts";

/** A budget for each provider, by its id. One that is not asked costs nothing. */
export function createBudgets(
  providers: readonly string[],
  parts: Omit<BudgetParts, "provider">,
): Readonly<Record<string, Budget>> {
  return Object.fromEntries(providers.map((provider) => [provider, createBudget({ ...parts, provider })]));
}
