import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FRESH } from "../../../src/collect/budget/budget-state.ts";
import { scarceMaxAge } from "../../../src/collect/reading/scarcity.ts";
import { changeBudget } from "../../../src/store/budgets.ts";
import type { Store } from "../../../src/store/database.ts";
import { overallState } from "../../../src/triage/coverage.ts";
import { emptyStore, openEmptyStore } from "../../store/databases.ts";
import { DAY_MS } from "../desk.ts";
import { openTroubled, rowsEvery, type Troubles } from "./troubled-zendesk.ts";

const MINUTE_MS = 60_000;
const MAX_AGE_MS = 30_000;

let store: Store;
let opened: Awaited<ReturnType<typeof openTroubled>>;
beforeAll(async () => {
  store = await openEmptyStore("PGlite");
});
afterAll(() => store.close());
beforeEach(() => emptyStore(store));
afterEach(() => opened?.close());

describe("what was read a moment ago is fresh enough", () => {
  it.each([
    ["for as long as is asked, with a request a minute for each webhook", 12, 12, 0.5],
    ["for as long as is asked, with Zendesk's usual limit", 40, 100, 0.5],
    ["for the time in which half the limit reads all", 12, 10, 2.4],
    ["for 5 minutes at most", 12, 1, 5],
    ["for 5 minutes, with hundreds of webhooks under the usual limit", 400, 100, 5],
  ])("%s", (_, webhooks, limitPerMinute, minutes) => {
    expect(scarceMaxAge(MAX_AGE_MS, webhooks, limitPerMinute)).toBe(minutes * MINUTE_MS);
  });

  it.each([0, -1, 10 * MINUTE_MS, Number.POSITIVE_INFINITY])("as asked where that is %d ms", (maxAgeMs) => {
    expect(scarceMaxAge(maxAgeMs, 12, 1)).toBe(maxAgeMs);
  });
});

function twelve(): Troubles {
  const names = Array.from({ length: 12 }, (_, index) => `hook${index}`);
  return { logs: new Map(names.map((name) => [name, rowsEvery(60, 3)])), pageSize: 100 };
}

async function knowLimit(limit: number): Promise<void> {
  await changeBudget(store.db, "zendesk", () => ({ state: { ...FRESH, limit, isLimitTold: true }, result: undefined }));
}

describe("a question that is asked again two minutes later", () => {
  it("costs nothing under a budget of less than a request a minute for each webhook, and says as of when it is true", async () => {
    await knowLimit(10);
    opened = await openTroubled(store, twelve(), 5);
    await opened.freshen(opened.last(DAY_MS), { maxAgeMs: MAX_AGE_MS });
    const readAt = opened.clock.now();
    opened.clock.advance(2 * MINUTE_MS);
    const before = opened.server.requests.length;
    const again = await opened.freshen(opened.last(DAY_MS), { maxAgeMs: MAX_AGE_MS });
    expect(opened.server.requests.length - before).toBe(0);
    expect([overallState(again.coverage), again.asOf, again.faults]).toEqual(["complete", readAt, []]);
    const review = { query: { words: [], terms: [], window: opened.last(DAY_MS) }, now: opened.clock.now() };
    const reviewed = await opened.collector.review({ ...review, maxAgeMs: MAX_AGE_MS });
    expect([overallState(reviewed.coverage), reviewed.asOf]).toEqual(["complete", readAt]);
  });

  it("reads the list and all webhooks again with the usual limit", async () => {
    await knowLimit(100);
    opened = await openTroubled(store, twelve(), 80);
    await opened.freshen(opened.last(DAY_MS), { maxAgeMs: MAX_AGE_MS });
    opened.clock.advance(2 * MINUTE_MS);
    const before = opened.server.requests.length;
    const again = await opened.freshen(opened.last(DAY_MS), { maxAgeMs: MAX_AGE_MS });
    expect(opened.server.requests.length - before).toBe(13);
    expect(again.asOf).toEqual(opened.clock.now());
  });

  it("reads what was never read, and only that, where its window reaches further back", async () => {
    await knowLimit(10);
    opened = await openTroubled(store, twelve(), 5);
    await opened.freshen(opened.last(60 * MINUTE_MS), { maxAgeMs: MAX_AGE_MS });
    opened.clock.advance(2 * MINUTE_MS);
    const before = opened.server.requests.length;
    const again = await opened.freshen(opened.last(DAY_MS), { maxAgeMs: MAX_AGE_MS });
    expect(opened.server.requests.length - before).toBe(12);
    expect(overallState(again.coverage)).toBe("complete");
  });
});

describe("the list of webhooks", () => {
  it("is read once for two who ask, also where it has to wait for a minute", async () => {
    const troubles = twelve();
    opened = await openTroubled(store, troubles);
    const window = opened.last(DAY_MS);
    troubles.beforeList = () => opened.clock.advance(MINUTE_MS);
    await Promise.all([1, 2].map(() => opened.freshen(window, { maxAgeMs: MAX_AGE_MS })));
    expect(opened.server.requests.filter(({ url }) => !url.includes("/invocations")).length).toBe(1);
  });
});
