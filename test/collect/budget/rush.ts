import { type BudgetState, FRESH } from "../../../src/collect/budget/budget-state.ts";
import { learn } from "../../../src/collect/budget/learn.ts";
import { spend } from "../../../src/collect/budget/spend.ts";
import type { RateNews } from "../../../src/providers/budget.ts";

const START_MS = Date.parse("2026-11-21T12:00:20Z");
const MINUTE = 60_000;
const LATENCY_MS = 100;

export interface Rush {
  /** Requests in a minute of the clock. The provider does not tell it. */
  limit: number;
  /** Whether a refusal names the end of its minute. */
  namesRetryAfter: boolean;
  /** People's requests that always wait to be sent or answered. */
  atOnce: number;
  minutes: number;
}

export interface Outcome {
  accepted: number;
  refused: number;
  /** After the tenth minute. */
  lately: { accepted: number; refused: number; minutes: number };
  /** Without a moment between them at which nothing was under way. */
  mostRefusedInARow: number;
  state: BudgetState;
}

const SETTLED_AFTER_MS = 10 * MINUTE;

/** What becomes of a budget whose provider tells no limit, while people ask as fast as they may. */
export function rush({ limit, namesRetryAfter, atOnce, minutes }: Rush): Outcome {
  const endMs = START_MS + minutes * MINUTE;
  const lately = { accepted: 0, refused: 0, minutes: minutes - SETTLED_AFTER_MS / MINUTE };
  const outcome = { accepted: 0, refused: 0, lately, mostRefusedInARow: 0 };
  const underWay: number[] = [];
  let state = FRESH;
  let minute = { startMs: 0, count: 0 };
  let refusedInARow = 0;
  let waiting = atOnce;

  function answer(nowMs: number): RateNews {
    const startMs = nowMs - (nowMs % MINUTE);
    if (startMs !== minute.startMs) minute = { startMs, count: 0 };
    minute.count += 1;
    const at = new Date(nowMs);
    if (minute.count <= limit) return { at };
    return { at, refused: namesRetryAfter ? { until: new Date(startMs + MINUTE) } : {} };
  }

  function note({ refused }: RateNews, nowMs: number): void {
    const kind = refused ? "refused" : "accepted";
    outcome[kind] += 1;
    if (nowMs >= START_MS + SETTLED_AFTER_MS) lately[kind] += 1;
    refusedInARow = refused ? refusedInARow + 1 : refusedInARow;
    outcome.mostRefusedInARow = Math.max(outcome.mostRefusedInARow, refusedInARow);
  }

  for (let nowMs = START_MS; nowMs < endMs; ) {
    const answered = underWay.splice(0, underWay.filter((sentAtMs) => sentAtMs + LATENCY_MS <= nowMs).length);
    waiting += answered.length;
    for (const _ of answered) {
      const news = answer(nowMs);
      note(news, nowMs);
      state = learn(state, news);
    }
    const spent = spend(state, "a", { waiting, background: 0 }, nowMs);
    state = spent.state;
    if (spent.granted.waiting > 0 && underWay.length === 0) refusedInARow = 0;
    waiting -= spent.granted.waiting;
    underWay.push(...Array.from({ length: spent.granted.waiting }, () => nowMs));
    const [firstMs = Number.POSITIVE_INFINITY] = underWay;
    nowMs = Math.max(nowMs + 1, Math.min(firstMs + LATENCY_MS, spent.retryAtMs ?? Number.POSITIVE_INFINITY));
  }
  return { ...outcome, state };
}
