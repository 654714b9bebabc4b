import type { Kysely } from "kysely";
import { readBudget } from "../../store/budgets.ts";
import type { Tables } from "../../store/tables.ts";
import type { BudgetStatus } from "../../triage/status.ts";
import { asOf, type BudgetState, countAt, readBudgetState } from "./budget-state.ts";
import { spareAt } from "./spend.ts";

/** A provider's budget as people are told of it, all replicas together; nothing was asked of a provider that has none. */
export async function readBudgetStatus(db: Kysely<Tables>, provider: string, now: Date): Promise<BudgetStatus> {
  return budgetStatusOf(readBudgetState(await readBudget(db, provider)), now);
}

export function budgetStatusOf(stored: BudgetState, now: Date): BudgetStatus {
  const nowMs = now.getTime();
  const state = asOf(stored, nowMs);
  const used = countAt(state, nowMs);
  const queues = Object.values(state.queues);
  return {
    limitPerMinute: state.limit,
    isTold: state.isLimitTold,
    used: used.all,
    usedByOthers: used.others,
    queued: queues.reduce((sum, { waiting, background }) => sum + waiting + background, 0),
    spare: spareAt(state, NOBODY, "waiting", nowMs),
    ...(state.pause && { pausedUntil: new Date(state.pause.untilMs) }),
  };
}

/** The id of no asker. */
const NOBODY = "";
