import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BudgetState, FRESH, withSpent } from "../../../src/collect/budget/budget-state.ts";
import { budgetStatusOf } from "../../../src/collect/budget/budget-status.ts";
import { notReadInTime } from "../../../src/collect/held-back.ts";
import { estimateMs, slowedBy } from "../../../src/slack/late/slowed.ts";
import { changeBudget } from "../../../src/store/budgets.ts";
import type { Store } from "../../../src/store/database.ts";
import { emptyStore, openEmptyStore } from "../../store/databases.ts";

const NOW = new Date("2026-11-21T08:00:00Z");
const MINUTE_MS = 60_000;
const UNTIL = new Date(NOW.getTime() + 10 * MINUTE_MS);

let store: Store;
beforeAll(async () => {
  store = await openEmptyStore("PGlite");
});
afterAll(() => store.close());
beforeEach(() => emptyStore(store));

const desk = () => ({ store, now: () => NOW });

/** Everything that its minute allows was sent a moment ago, and some wait. */
async function useUp(provider: string, limit: number, queued = 0, pausedMs = 0, used = limit): Promise<void> {
  const nowMs = NOW.getTime();
  const state: BudgetState = {
    ...withSpent({ ...FRESH, limit, isLimitTold: true, limitToldAtMs: nowMs }, nowMs - 5_000, { waiting: used }),
    ...(queued > 0 && { queues: { replica: { waiting: 0, background: queued, untilMs: nowMs + MINUTE_MS } } }),
    ...(pausedMs > 0 && { pause: { fromMs: nowMs, untilMs: nowMs + pausedMs } }),
  };
  expect(budgetStatusOf(state, NOW).spare).toBe(limit - used);
  await changeBudget(store.db, provider, () => ({ state, result: undefined }));
}

describe("how long a reading still takes", () => {
  it.each<[string, { read: number; of: number }, number, number, number]>([
    ["one request for each webhook that is left, at four fifths of the limit", { read: 10, of: 34 }, 0, 10, 3],
    ["as long for each as those before took", { read: 5, of: 10 }, 4 * MINUTE_MS, 100, 4],
    ["all of the limit where it is a low one", { read: 0, of: 9 }, 0, 1, 9],
  ])("%s", (_what, stage, elapsedMs, limitPerMinute, minutes) => {
    expect(estimateMs(stage, elapsedMs, { limitPerMinute }, NOW)).toBe(minutes * MINUTE_MS);
  });

  it("and the time for which the provider wants to be left alone", () => {
    const pausedUntil = new Date(NOW.getTime() + 2 * MINUTE_MS);
    expect(estimateMs({ read: 0, of: 1 }, 0, { limitPerMinute: 1, pausedUntil }, NOW)).toBe(3 * MINUTE_MS);
  });
});

describe("the budget that slows a reading", () => {
  const zendesk = { provider: "zendesk", read: 10, of: 34 };

  it("is none where a request could be sent at once", async () => {
    expect(await slowedBy(desk(), { stages: [zendesk], elapsedMs: 0, until: UNTIL })).toBeUndefined();
  });

  it("is that of the provider which takes longest", async () => {
    await useUp("zendesk", 10);
    await useUp("conductorone", 60);
    const stages = [{ provider: "conductorone", read: 0, of: 1 }, zendesk];
    expect(await slowedBy(desk(), { stages, elapsedMs: 0, until: UNTIL })).toEqual({
      provider: "zendesk",
      limitPerMinute: 10,
      isTold: true,
      left: { minutes: 3, isInTime: true },
    });
  });

  it("is told while it lets some through, and not all that is left", async () => {
    await useUp("zendesk", 10, 0, 0, 8);
    const slowed = (left: number) =>
      slowedBy(desk(), { stages: [{ provider: "zendesk", read: 0, of: left }], elapsedMs: 0, until: UNTIL });
    expect(await slowed(2)).toBeUndefined();
    expect(await slowed(3)).toMatchObject({ limitPerMinute: 10 });
  });

  it("may leave no hope for all of it", async () => {
    await useUp("zendesk", 1);
    const slowed = await slowedBy(desk(), { stages: [zendesk], elapsedMs: 0, until: UNTIL });
    expect(slowed?.left).toEqual({ minutes: 24, isInTime: false });
  });

  it("has no estimate while nobody knows what is left", async () => {
    await useUp("zendesk", 1);
    const slowed = await slowedBy(desk(), { stages: [{ provider: "zendesk" }], elapsedMs: 0, until: UNTIL });
    expect(slowed).toEqual({ provider: "zendesk", limitPerMinute: 1, isTold: true });
  });
});

describe("what was not read in time", () => {
  it.each<[string, () => Promise<void>, string]>([
    ["a slow provider", async () => {}, "Zendesk did not answer in time. Try again in a minute."],
    [
      "our own queue",
      () => useUp("zendesk", 10, 10),
      "Zendesk allows 10 requests a minute and 10 are waiting. Try again in about a minute.",
    ],
    [
      "a minute that is used up",
      () => useUp("zendesk", 1),
      "Zendesk allows 1 request a minute, and no more are left in this one. Try again in about a minute.",
    ],
    [
      "a pause",
      () => useUp("zendesk", 10, 0, 3 * MINUTE_MS),
      "Zendesk has asked to be left alone for a while. Try again in about 3 minutes.",
    ],
  ])("because of %s says so, and when to try again", async (_what, prepare, told) => {
    await prepare();
    const error = await notReadInTime(desk(), "zendesk", "The attempts");
    expect(`${error.told} ${error.nextStep}`).toBe(`The attempts are not read yet: ${told}`);
  });
});
