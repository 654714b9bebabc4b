import type { RateNews } from "../../providers/budget.ts";
import { type BudgetState, countAt, HIGHEST_LIMIT, isPausedAt, LONGEST_PAUSE_MS, withSpent } from "./budget-state.ts";

/** How long each refusal in a row is heeded where the provider does not say how long; the last for all that follow. */
const PAUSES_MS = [5_000, 10_000, 20_000, 30_000] as const;
/** Nobody who refuses wants the same at once. */
const SHORTEST_PAUSE_MS = 1_000;

/**
 * What an answer changes. The state itself where it tells nothing new, as most do: what remains goes down with each of our own
 * requests. Header values that make no sense change nothing.
 */
export function learn(state: BudgetState, news: RateNews): BudgetState {
  const limited = withLimit(state, news.limitPerMinute);
  if (news.refused) return refused(limited, news.refused.until?.getTime(), news.at.getTime());
  return accepted(withRemaining(limited, news.remaining, news.at.getTime()), news.at.getTime());
}

function withLimit(state: BudgetState, told: number | undefined): BudgetState {
  if (told === undefined || !Number.isInteger(told) || told < 1) return state;
  const limit = Math.min(told, HIGHEST_LIMIT);
  return state.isLimitTold && state.limit === limit ? state : { ...state, limit, isLimitTold: true };
}

/** Where less remains than by our count, others use the account as well: their requests count for a minute, like ours. */
function withRemaining(state: BudgetState, remaining: number | undefined, atMs: number): BudgetState {
  if (remaining === undefined || !Number.isInteger(remaining) || remaining < 0) return state;
  const others = state.limit - countAt(state, atMs).all - remaining;
  return others > 0 ? withSpent(state, atMs, { others }) : state;
}

/**
 * Leaves the provider alone. Requests that were under way when the pause began are refused as well, and say nothing new. A limit that
 * is not told is halved.
 */
function refused(state: BudgetState, untilMs: number | undefined, atMs: number): BudgetState {
  const isKnown = isPausedAt(state, atMs);
  const stepMs = PAUSES_MS[Math.min(state.refusals, PAUSES_MS.length - 1)] ?? SHORTEST_PAUSE_MS;
  const askedMs = untilMs === undefined ? stepMs : Math.max(untilMs - atMs, SHORTEST_PAUSE_MS);
  const pause = { fromMs: atMs, untilMs: atMs + Math.min(askedMs, LONGEST_PAUSE_MS) };
  if (isKnown) {
    const isLonger = untilMs !== undefined && pause.untilMs > (state.pause?.untilMs ?? 0);
    return isLonger ? { ...state, pause } : state;
  }
  const limit = state.isLimitTold ? state.limit : Math.max(1, Math.floor(state.limit / 2));
  return { ...state, limit, limitChangedAtMs: atMs, pause, refusals: state.refusals + 1 };
}

function accepted(state: BudgetState, atMs: number): BudgetState {
  return state.refusals === 0 || isPausedAt(state, atMs) ? state : { ...state, refusals: 0 };
}
