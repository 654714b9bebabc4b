import type { RateNews } from "../../providers/budget.ts";
import {
  type BudgetState,
  countAt,
  HIGHEST_LIMIT,
  isPausedAt,
  LONGEST_PAUSE_MS,
  MINUTE_MS,
  withSpent,
} from "./budget-state.ts";

/** How long each refusal in a row is heeded where the provider does not say how long; the last for all that follow. */
const PAUSES_MS = [5_000, 10_000, 20_000, 30_000] as const;
/** A limit is believed for so long while answers come that do not tell it: it may have been told by mistake, or by another server. */
const TOLD_FOR_MS = 5 * MINUTE_MS;
/** After so many refusals in a row the limit that was told is not the one that is kept to. */
const REFUSALS_AGAINST_TOLD = 3;
/** Nobody who refuses wants the same at once. */
const SHORTEST_PAUSE_MS = 1_000;

/**
 * What an answer changes. The state itself where it tells nothing new, as most do: what remains goes down with each of our own
 * requests. Header values that make no sense change nothing.
 */
export function learn(state: BudgetState, news: RateNews): BudgetState {
  const atMs = news.at.getTime();
  // What refuses again and again is not believed in what it allows.
  const isBelieved = !news.refused || state.refusals + 1 < REFUSALS_AGAINST_TOLD;
  const limited = isBelieved ? withLimit(state, news.limitPerMinute, atMs) : state;
  if (news.refused) return refused(limited, news.refused.until?.getTime(), atMs);
  return accepted(withRemaining(limited, news.remaining, atMs), atMs);
}

function withLimit(state: BudgetState, told: number | undefined, atMs: number): BudgetState {
  if (told === undefined || !Number.isInteger(told) || told < 1) return withoutNews(state, atMs);
  const limit = Math.min(told, HIGHEST_LIMIT);
  const isKnown = state.isLimitTold && state.limit === limit;
  // Not with each answer: what changes is written down.
  if (isKnown && atMs - (state.limitToldAtMs ?? 0) < MINUTE_MS) return state;
  return { ...state, limit, isLimitTold: true, limitToldAtMs: atMs };
}

/** An answer that does not tell the limit. From the one that was told last it is found by trying. */
function withoutNews(state: BudgetState, atMs: number): BudgetState {
  if (!state.isLimitTold) return state;
  if (state.limitToldAtMs === undefined) return { ...state, limitToldAtMs: atMs };
  const isOld = atMs - state.limitToldAtMs >= TOLD_FOR_MS;
  return isOld ? { ...state, isLimitTold: false, limitChangedAtMs: atMs } : state;
}

/** Where less remains than by our count, others use the account as well: their requests count for a minute, like ours. */
function withRemaining(state: BudgetState, remaining: number | undefined, atMs: number): BudgetState {
  if (remaining === undefined || !Number.isInteger(remaining) || remaining < 0) return state;
  const others = state.limit - countAt(state, atMs).all - remaining;
  return others > 0 ? withSpent(state, atMs, { others }) : state;
}

/**
 * Leaves the provider alone. Requests that were under way when the pause began are refused as well, and say nothing new. A limit that
 * is not told, or is told wrongly, is halved, and is looked for in small steps from then on.
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
  const refusals = state.refusals + 1;
  const isLimitTold = state.isLimitTold && refusals < REFUSALS_AGAINST_TOLD;
  const limit = isLimitTold ? state.limit : Math.max(1, Math.floor(state.limit / 2));
  return { ...state, limit, isLimitTold, limitChangedAtMs: atMs, wasRefused: true, pause, refusals };
}

function accepted(state: BudgetState, atMs: number): BudgetState {
  return state.refusals === 0 || isPausedAt(state, atMs) ? state : { ...state, refusals: 0 };
}
