import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asOf, type BudgetState, countAt, FRESH, withSpent } from "../../../src/collect/budget/budget-state.ts";
import { type Permits, spareAt, spend } from "../../../src/collect/budget/spend.ts";

const NOW_MS = Date.parse("2026-11-21T12:00:00Z");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function budgetOf(limit: number): BudgetState {
  return { ...FRESH, limit, isLimitTold: true };
}

interface Taken extends Permits {
  atMs: number;
}

/** Two replicas that always have so much waiting, each coming back when it is told to, for so long. */
function rush(limit: number, wanted: Permits, lengthMs: number): Taken[] {
  let state = budgetOf(limit);
  const taken: Taken[] = [];
  const nextMs = new Map([
    ["a", NOW_MS],
    ["b", NOW_MS + 70],
  ]);
  for (;;) {
    const [asker, atMs] = [...nextMs].reduce((first, other) => (other[1] < first[1] ? other : first));
    if (atMs > NOW_MS + lengthMs) return taken;
    const spent = spend(state, asker, wanted, atMs);
    state = spent.state;
    taken.push({ ...spent.granted, atMs });
    const { granted, retryAtMs = atMs } = spent;
    // Who is served asks again at once.
    nextMs.set(asker, granted.waiting + granted.background > 0 ? atMs + 1 : Math.max(atMs + 1, retryAtMs));
  }
}

function sumOf(taken: readonly Taken[]): Permits {
  return taken.reduce(
    (sum, { waiting, background }) => ({ waiting: sum.waiting + waiting, background: sum.background + background }),
    { waiting: 0, background: 0 },
  );
}

function mostInAMinute(taken: readonly Taken[]): number {
  return Math.max(
    ...taken.map(({ atMs: fromMs }) => {
      const { waiting, background } = sumOf(taken.filter(({ atMs }) => atMs >= fromMs && atMs <= fromMs + MINUTE));
      return waiting + background;
    }),
  );
}

describe("a budget", () => {
  it("grants the limit and no more, and names the moment at which there is more", () => {
    const first = spend(budgetOf(100), "a", { waiting: 130, background: 0 }, NOW_MS);
    expect(first.granted).toEqual({ waiting: 100, background: 0 });
    expect(first.retryAtMs).toBe(NOW_MS + MINUTE + 500);
    const early = spend(first.state, "a", { waiting: 30, background: 0 }, NOW_MS + MINUTE);
    expect(early.granted.waiting).toBe(0);
    const second = spend(first.state, "a", { waiting: 30, background: 0 }, NOW_MS + MINUTE + 500);
    expect(second).toMatchObject({ granted: { waiting: 30 } });
    expect(second.retryAtMs).toBeUndefined();
    expect(second.state.queues).toEqual({});
  });

  it("keeps a fifth of the limit for people where background work asks, and spreads what that gets", () => {
    const taken: Taken[] = [];
    let state = budgetOf(100);
    for (let atMs = NOW_MS; atMs < NOW_MS + MINUTE; atMs += 100) {
      const spent = spend(state, "a", { waiting: 0, background: 500 }, atMs);
      state = spent.state;
      taken.push({ ...spent.granted, atMs });
      expect(spareAt(state, "b", "waiting", atMs)).toBeGreaterThanOrEqual(20);
    }
    const sum = sumOf(taken).background;
    expect(sum).toBeGreaterThanOrEqual(70);
    expect(sum).toBeLessThanOrEqual(80);
    expect(Math.max(...taken.map(({ background }) => background))).toBeLessThanOrEqual(7);
  });

  it("keeps that fifth also where people have used much of the rest", () => {
    const used = withSpent(budgetOf(100), NOW_MS, { waiting: 78, background: 10 });
    const wanted = { waiting: 0, background: 5 };
    expect(spend(used, "a", wanted, NOW_MS + 10 * SECOND).granted.background).toBe(0);
    expect(spend(used, "a", wanted, NOW_MS + MINUTE + SECOND).granted.background).toBe(5);
  });

  it("serves people before background work, also those who wait at another replica", () => {
    const full = withSpent(budgetOf(100), NOW_MS, { waiting: 100, background: 0 });
    const people = spend(full, "a", { waiting: 50, background: 0 }, NOW_MS + SECOND).state;
    const due = { ...withSpent(people, NOW_MS + SECOND, { background: 10 }), lastBackgroundAtMs: NOW_MS + SECOND };
    const atMs = NOW_MS + MINUTE + 500;
    expect(spend(due, "b", { waiting: 0, background: 50 }, atMs).granted.background).toBe(0);
    expect(spend(due, "a", { waiting: 50, background: 0 }, atMs).granted.waiting).toBe(50);
  });

  it("heeds a replica that has died no longer than until it should have come back", () => {
    const full = { ...withSpent(budgetOf(2), NOW_MS, { waiting: 2 }), lastBackgroundAtMs: NOW_MS };
    const dead = spend(full, "dead", { waiting: 9, background: 9 }, NOW_MS + SECOND);
    const background = spend(dead.state, "alive", { waiting: 0, background: 1 }, NOW_MS + 2 * SECOND);
    const backAtMs = background.retryAtMs ?? 0;
    expect(backAtMs).toBeLessThanOrEqual((dead.retryAtMs ?? 0) + 5 * SECOND);
    expect(spend(background.state, "alive", { waiting: 0, background: 1 }, backAtMs).granted.background).toBe(1);
  });

  it.each([
    [1, 9],
    [2, 18],
    [7, 60],
    [19, 180],
    [100, 980],
    [1_200, 11_800],
  ])("of %i a minute is spent in turns: background work gets its share, people get the most of it", (limit, least) => {
    const taken = rush(limit, { waiting: 40, background: 40 }, 10 * MINUTE);
    const { waiting, background } = sumOf(taken);
    expect(waiting + background).toBeGreaterThanOrEqual(least);
    expect(background / (waiting + background)).toBeGreaterThanOrEqual(0.09);
    expect(background / (waiting + background)).toBeLessThanOrEqual(limit < 10 ? 0.4 : 0.12);
    expect(mostInAMinute(taken)).toBeLessThanOrEqual(limit);
  });

  it("of 1 a minute lets background work have all of it while nobody waits", () => {
    expect(sumOf(rush(1, { waiting: 0, background: 5 }, 10 * MINUTE)).background).toBeGreaterThanOrEqual(9);
  });

  it.each([-24 * 60 * MINUTE, 24 * 60 * MINUTE])("goes on within a minute when the clock jumps by %i ms", (jumpMs) => {
    const full = spend(budgetOf(5), "a", { waiting: 9, background: 9 }, NOW_MS).state;
    const jumped = spend(full, "a", { waiting: 9, background: 9 }, NOW_MS + jumpMs);
    const later = spend(jumped.state, "a", { waiting: 9, background: 9 }, NOW_MS + jumpMs + MINUTE + SECOND);
    expect(jumped.granted.waiting + later.granted.waiting).toBeGreaterThan(0);
    expect(countAt(asOf(full, NOW_MS + jumpMs), NOW_MS + jumpMs).all).toBe(jumpMs < 0 ? 5 : 0);
  });

  /** The limit after each of so many minutes in which there is always more wanted than it lets through. */
  function found(start: Partial<BudgetState>, urgency: keyof Permits, minutes: number): number[] {
    let state: BudgetState = { ...FRESH, ...start };
    const limits: number[] = [];
    for (let second = 0; second <= minutes * 61; second += 1) {
      const wanted = { waiting: 0, background: 0, [urgency]: 1_000 };
      state = spend(state, "a", wanted, NOW_MS + second * SECOND).state;
      if (second > 0 && second % 61 === 0) limits.push(state.limit);
    }
    return limits;
  }

  it.each<[string, Partial<BudgetState>, keyof Permits, number[]]>([
    ["300 for each 5 seconds in which it slows people, before any refusal", {}, "waiting", [4_800, 8_400, 12_000]],
    ["10 a minute in which it slows people", { limit: 300, wasRefused: true }, "waiting", [320, 330, 340]],
    ["10 a minute in which it slows background work", { limit: 300, wasRefused: true }, "background", [310, 320, 330]],
    ["10 a minute for background work also before any refusal", {}, "background", [1_210, 1_220, 1_230]],
    ["a tenth where that is less", { limit: 40, wasRefused: true }, "waiting", [48, 52, 57]],
    ["1 where a tenth is less", { limit: 1, wasRefused: true }, "background", [2, 4, 5]],
    ["nothing where it is told", { isLimitTold: true }, "waiting", [1_200, 1_200, 1_200]],
  ])("that is not told goes up by %s", (_, start, urgency, limits) => {
    expect(found(start, urgency, 3)).toEqual(limits);
  });

  it("that is not told stays as it is where it slows nobody, or background work that comes all at once", () => {
    const state: BudgetState = { ...FRESH, wasRefused: true };
    for (const wanted of [
      { waiting: 1_200, background: 0 },
      { waiting: 0, background: 700 },
    ])
      expect(spend(state, "a", wanted, NOW_MS).state.limit).toBe(1_200);
  });

  it("that is not told lets no second burst follow at once, and names the moment of the next step", () => {
    const first = spend(FRESH, "a", { waiting: 5_000, background: 0 }, NOW_MS);
    expect(first.granted.waiting).toBe(1_200);
    expect(first.retryAtMs).toBe(NOW_MS + 5_500);
    const second = spend(first.state, "a", { waiting: 3_800, background: 0 }, NOW_MS + 5_500);
    expect(second.granted.waiting).toBe(300);
    expect(second.retryAtMs).toBe(NOW_MS + 10_500);
  });

  it("never grants more than its limit in any minute, whoever takes what when", () => {
    const step = fc.record({
      asker: fc.constantFrom("a", "b"),
      afterMs: fc.nat(20_000),
      waiting: fc.nat(60),
      background: fc.nat(60),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.array(step, { maxLength: 60 }), (limit, steps) => {
        let state = budgetOf(limit);
        let atMs = NOW_MS;
        const taken: Taken[] = [];
        for (const { asker, afterMs, ...wanted } of steps) {
          atMs += afterMs;
          const spent = spend(state, asker, wanted, atMs);
          state = spent.state;
          taken.push({ ...spent.granted, atMs });
          expect(spent.granted.waiting).toBeLessThanOrEqual(wanted.waiting);
          expect(spent.granted.background).toBeLessThanOrEqual(wanted.background);
          const isLeft = spent.granted.waiting < wanted.waiting || spent.granted.background < wanted.background;
          expect(spent.retryAtMs !== undefined).toBe(isLeft);
          if (spent.retryAtMs !== undefined) expect(spent.retryAtMs).toBeGreaterThan(atMs);
        }
        if (taken.length > 0) expect(mostInAMinute(taken)).toBeLessThanOrEqual(limit);
      }),
    );
  });
});
