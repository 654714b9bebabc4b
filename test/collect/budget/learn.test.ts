import { describe, expect, it } from "vitest";
import {
  asOf,
  type BudgetState,
  countAt,
  FRESH,
  readBudgetState,
  withSpent,
} from "../../../src/collect/budget/budget-state.ts";
import { budgetStatusOf } from "../../../src/collect/budget/budget-status.ts";
import { learn } from "../../../src/collect/budget/learn.ts";
import { spend } from "../../../src/collect/budget/spend.ts";
import type { RateNews } from "../../../src/providers/budget.ts";

const NOW_MS = Date.parse("2026-11-21T12:00:00Z");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function news(changes: Partial<RateNews> = {}, afterMs = 0): RateNews {
  return { at: new Date(NOW_MS + afterMs), ...changes };
}

function told(limitPerMinute: number): BudgetState {
  return learn(FRESH, news({ limitPerMinute }));
}

function grantedAt(state: BudgetState, afterMs: number, waiting = 1_000): number {
  return spend(state, "a", { waiting, background: 0 }, NOW_MS + afterMs).granted.waiting;
}

describe("what an answer teaches the budget", () => {
  it("is nothing where the limit is known and what remains is what we think", () => {
    const state = withSpent(told(100), NOW_MS, { waiting: 7 });
    expect(learn(state, news({ limitPerMinute: 100, remaining: 93 }))).toBe(state);
  });

  it("is the limit, each time it is another one", () => {
    const states = [100, 20, 700].map((limitPerMinute) => learn(told(50), news({ limitPerMinute })));
    expect(states.map(({ limit, isLimitTold }) => [limit, isLimitTold])).toEqual([
      [100, true],
      [20, true],
      [700, true],
    ]);
  });

  it.each([0, -5, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "is no limit where %d a minute is told",
    (limitPerMinute) => {
      expect(learn(FRESH, news({ limitPerMinute }))).toBe(FRESH);
    },
  );

  it("is a limit that holds for five minutes of answers that do not tell it, and is then found by trying", () => {
    let state = told(1);
    for (let count = 0; count < 5; count += 1) state = learn(state, news({}, count * MINUTE));
    expect(state).toMatchObject({ limit: 1, isLimitTold: true });
    state = learn(state, news({}, 5 * MINUTE));
    expect(state).toMatchObject({ limit: 1, isLimitTold: false });
    for (const afterMs of [0, 10 * SECOND])
      state = spend(state, "a", { waiting: 50, background: 0 }, NOW_MS + 6 * MINUTE + afterMs).state;
    expect(state.limit).toBeGreaterThan(100);
  });

  it("is the same limit for as long as it is told now and then", () => {
    let state = told(100);
    for (let count = 1; count < 60; count += 1)
      state = learn(state, news(count % 4 === 0 ? { limitPerMinute: 100 } : {}, count * MINUTE));
    expect(state).toMatchObject({ limit: 100, isLimitTold: true });
  });

  it("is at most 100,000 a minute, whatever is told", () => {
    expect(told(999_999_999).limit).toBe(100_000);
  });

  it.each([-1, 0.5, Number.NaN, 101, 999_999_999])("is nothing where %d of 100 remain", (remaining) => {
    const state = told(100);
    expect(learn(state, news({ limitPerMinute: 100, remaining }))).toBe(state);
  });

  it("is what others use of the account: it counts for a minute from when it was seen", () => {
    const state = learn(
      withSpent(told(100), NOW_MS, { waiting: 10 }),
      news({ limitPerMinute: 100, remaining: 30 }, SECOND),
    );
    expect(countAt(state, NOW_MS + SECOND)).toMatchObject({ all: 70, waiting: 10, others: 60 });
    expect(grantedAt(state, 2 * SECOND)).toBe(30);
    expect(grantedAt(state, MINUTE + SECOND)).toBe(40);
    expect(grantedAt(state, MINUTE + 2 * SECOND)).toBe(100);
  });

  it("is never more than our own count leaves", () => {
    const state = withSpent(told(100), NOW_MS, { waiting: 95 });
    expect(grantedAt(learn(state, news({ limitPerMinute: 100, remaining: 99 })), SECOND)).toBe(5);
  });

  it("is as much when it is told twice", () => {
    const once = learn(told(100), news({ remaining: 30 }));
    expect(learn(once, news({ remaining: 30 }))).toBe(once);
  });
});

describe("a refusal", () => {
  it("pauses all until the time that it names", () => {
    const until = new Date(NOW_MS + 7 * SECOND);
    const state = learn(told(100), news({ refused: { until } }));
    expect(grantedAt(state, 7 * SECOND - 1)).toBe(0);
    expect(grantedAt(state, 7 * SECOND)).toBe(100);
    expect(spend(state, "a", { waiting: 1, background: 1 }, NOW_MS).retryAtMs).toBe(until.getTime());
  });

  it("pauses for 15 minutes at the most", () => {
    const until = new Date(NOW_MS + 24 * 60 * MINUTE);
    expect(learn(FRESH, news({ refused: { until } })).pause?.untilMs).toBe(NOW_MS + 15 * MINUTE);
  });

  it("pauses for growing steps where it names no time, until a request is accepted", () => {
    let state = told(100);
    let atMs = 0;
    const pauses: number[] = [];
    function refuse(): void {
      state = learn(state, news({ refused: {} }, atMs));
      const untilMs = (state.pause?.untilMs ?? 0) - NOW_MS;
      pauses.push((untilMs - atMs) / SECOND);
      atMs = untilMs;
    }
    for (let count = 0; count < 5; count += 1) refuse();
    state = learn(state, news({}, atMs));
    refuse();
    expect(pauses).toEqual([5, 10, 20, 30, 30, 5]);
  });

  it("counts once for all that were under way, the longest time that is named", () => {
    const first = learn(FRESH, news({ refused: {} }));
    const second = learn(first, news({ refused: {} }, 300));
    const third = learn(second, news({ refused: { until: new Date(NOW_MS + 9 * SECOND) } }, 400));
    expect(second).toBe(first);
    expect(third).toMatchObject({ limit: 600, refusals: 1, pause: { untilMs: NOW_MS + 9 * SECOND } });
  });

  it("is not over because an earlier request is accepted late", () => {
    const refused = learn(FRESH, news({ refused: {} }));
    expect(learn(refused, news({}, 200))).toBe(refused);
  });

  it("halves a limit that is not told, down to 1 a minute, and no other", () => {
    let state: BudgetState = { ...FRESH, limit: 5 };
    const limits: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      state = learn(state, news({ refused: {} }, count * 16 * MINUTE));
      limits.push(state.limit);
    }
    expect(limits).toEqual([2, 1, 1, 1]);
    expect(learn(told(100), news({ refused: {} })).limit).toBe(100);
  });

  it.each([
    ["each time", { limitPerMinute: 700 }],
    ["once", {}],
  ])("halves a limit that was told %s from the third in a row on, until it is told by what is accepted", (_, more) => {
    let state = told(700);
    const limits: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      const at = (count + 1) * MINUTE;
      state = learn(state, news({ refused: {}, ...more }, at));
      // One that was under way together with it.
      state = learn(state, news({ refused: {}, ...more }, at + 1));
      limits.push(state.limit);
    }
    expect(limits).toEqual([700, 700, 350, 175, 87, 43]);
    expect(state.isLimitTold).toBe(false);
    expect(learn(state, news({ limitPerMinute: 700 }, 8 * MINUTE))).toMatchObject({ limit: 700, isLimitTold: true });
  });

  it("is heeded for its own length where the clock was put back", () => {
    const state = learn(told(10), news({ refused: { until: new Date(NOW_MS + 7 * SECOND) } }));
    const earlierMs = NOW_MS - 24 * 60 * MINUTE;
    expect(asOf(state, earlierMs).pause).toEqual({ fromMs: earlierMs, untilMs: earlierMs + 7 * SECOND });
  });
});

describe("the state of a budget", () => {
  it("comes back from JSON as it was", () => {
    const queued = spend(withSpent(told(1), NOW_MS, { others: 1 }), "a", { waiting: 2, background: 3 }, NOW_MS).state;
    const state = learn(queued, news({ refused: {} }));
    expect(readBudgetState(JSON.parse(JSON.stringify(state)))).toEqual(JSON.parse(JSON.stringify(state)));
  });

  it("heeds nobody who waits for ever, as after a clock was put back", () => {
    const queued = spend(withSpent(told(1), NOW_MS, { others: 1 }), "a", { waiting: 2, background: 0 }, NOW_MS).state;
    const earlierMs = NOW_MS - 24 * 60 * MINUTE;
    expect(asOf(queued, earlierMs).queues.a?.untilMs).toBe(earlierMs + 16 * MINUTE);
  });

  it.each([undefined, {}, null, { limit: 0 }, { ...FRESH, spent: "?" }])(
    "begins anew where it cannot be read: %j",
    (stored) => {
      expect(readBudgetState(stored)).toEqual(FRESH);
    },
  );

  it("is told to people as of now, all askers together", () => {
    const used = withSpent(withSpent(told(100), NOW_MS - 2 * MINUTE, { waiting: 9 }), NOW_MS, {
      waiting: 30,
      others: 60,
    });
    const one = spend(used, "a", { waiting: 12, background: 0 }, NOW_MS).state;
    const two = spend(one, "b", { waiting: 0, background: 3 }, NOW_MS).state;
    expect(budgetStatusOf(two, new Date(NOW_MS + SECOND))).toEqual({
      limitPerMinute: 100,
      isTold: true,
      used: 100,
      usedByOthers: 60,
      queued: 5,
      spare: 0,
    });
  });
});
