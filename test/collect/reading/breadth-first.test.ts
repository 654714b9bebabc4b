import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Progress } from "../../../src/collect/collector.ts";
import type { Store } from "../../../src/store/database.ts";
import { overallState } from "../../../src/triage/coverage.ts";
import { NOW_MS } from "../../providers/zendesk/small-zendesk.ts";
import { emptyStore, openEmptyStore } from "../../store/databases.ts";
import { DAY_MS, HOUR_MS } from "../desk.ts";
import { openTroubled, rowAt, rowsEvery, type Troubles } from "./troubled-zendesk.ts";

type Opened = Awaited<ReturnType<typeof openTroubled>>;

let store: Store;
let opened: Opened;
beforeAll(async () => {
  store = await openEmptyStore("PGlite");
});
afterAll(() => store.close());
beforeEach(() => emptyStore(store));
afterEach(() => opened?.close());

/** So many webhooks of 4 days, each with 48 rows on 8 pages. */
function deep(webhooks: number): Troubles {
  const names = Array.from({ length: webhooks }, (_, index) => `hook${index}`);
  return { logs: new Map(names.map((name) => [name, rowsEvery(120, 48)])), pageSize: 6 };
}

/** Webhooks of which the newest page was asked for with the first so many requests. */
function knownAfter(requests: number): number {
  return new Set(opened.pages.slice(0, requests).map(({ webhookId }) => webhookId)).size;
}

describe("a question for which the budget has no room", () => {
  it("reads the newest page of each webhook before more of any, then goes deeper in all alike, and leaves nothing out", async () => {
    opened = await openTroubled(store, deep(12), 10);
    const { coverage } = await opened.freshen(opened.last(4 * DAY_MS));
    expect([3, 6, 12].map(knownAfter)).toEqual([3, 6, 12]);
    // The second turn has two pages.
    const third = opened.pages.slice(0, 3 * 12 + 6);
    const depths = Map.groupBy(third, ({ webhookId }) => webhookId);
    expect(Math.min(...[...depths.values()].map((pages) => pages.length))).toBeGreaterThanOrEqual(2);
    expect(overallState(coverage)).toBe("complete");
    expect((await opened.idsIn(opened.last(4 * DAY_MS))).length).toBe(12 * 48);
    // Three listings each: what they tell twice, a row at a time, may make the last page spill over.
    expect(opened.pages.length).toBeLessThanOrEqual(12 * 9);
  });

  it("tells of a webhook as read when all that was missing of it is", async () => {
    opened = await openTroubled(store, deep(8), 5);
    const told: [Progress, number][] = [];
    await opened.freshen(opened.last(4 * DAY_MS), {
      onProgress: (progress) => told.push([progress, opened.pages.length]),
    });
    expect(told.map(([{ read, of }]) => [read, of])).toEqual(Array.from({ length: 9 }, (_, read) => [read, 8]));
    expect(told[1]?.[1]).toBeGreaterThan(8 + 8);
  });

  it("reads a webhook alone with one listing, however deep it is", async () => {
    opened = await openTroubled(store, deep(1), 1);
    await opened.freshen(opened.last(4 * DAY_MS));
    expect(opened.pages.map(({ isFirstOfListing }) => isFirstOfListing)).toEqual([true, ...Array(7).fill(false)]);
  });

  it("does not begin a storm anew after each page, which would tell the same once more", async () => {
    const troubles = deep(8);
    // Ten pages a minute.
    const storm = Array.from({ length: 600 }, (_, index) => rowAt(NOW_MS - HOUR_MS - index * 1000, index));
    troubles.logs.set("storm", storm);
    opened = await openTroubled(store, troubles, 10);
    await opened.freshen(opened.last(DAY_MS));
    const pages = opened.pages.filter(({ webhookId }) => webhookId === "storm");
    expect(pages.length).toBeLessThanOrEqual(1.25 * 100);
    expect((await opened.idsIn(opened.last(DAY_MS), "storm")).length).toBe(600);
  });

  it("keeps what the others have where one fails in a later turn", async () => {
    const troubles = deep(10);
    troubles.beforePage = ({ webhookId, number }) => (webhookId === "hook3" && number === 3 ? 403 : undefined);
    opened = await openTroubled(store, troubles, 10);
    const { coverage, faults } = await opened.freshen(opened.last(4 * DAY_MS));
    expect(faults).toMatchObject([{ webhookId: "hook3", isFinal: false }]);
    expect(coverage.filter(({ state }) => state !== "complete").map(({ webhookId }) => webhookId)).toEqual(["hook3"]);
  });
});

describe("a webhook that was never read", () => {
  it("is read before those of which the latest is missing, and what is switched off after all", async () => {
    const troubles = deep(8);
    const switchedOff = new Set(["hook0"]);
    opened = await openTroubled(store, { ...troubles, switchedOff }, 10);
    const window = opened.last(DAY_MS);
    for (const name of ["hook0", "hook1", "hook2", "hook3"]) await opened.read(name, window);
    opened.clock.advance(HOUR_MS);
    const before = opened.pages.length;
    await opened.freshen(opened.last(DAY_MS));
    const order = [...new Set(opened.pages.slice(before).map(({ webhookId }) => webhookId))];
    expect(order.slice(0, 4).sort()).toEqual(["hook4", "hook5", "hook6", "hook7"]);
    expect(order.at(-1)).toBe("hook0");
  });
});
