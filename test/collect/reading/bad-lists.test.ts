import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readCoverage } from "../../../src/store/coverage.ts";
import type { Store } from "../../../src/store/database.ts";
import { overallState } from "../../../src/triage/coverage.ts";
import { subtract } from "../../../src/triage/window.ts";
import { NOW_MS } from "../../providers/zendesk/small-zendesk.ts";
import { emptyStore, openEmptyStore } from "../../store/databases.ts";
import { DAY_MS, HOUR_MS } from "../desk.ts";
import { openTroubled, rowAt, rowsEvery, type Troubles } from "./troubled-zendesk.ts";

const MINUTE_MS = 60_000;
type Opened = Awaited<ReturnType<typeof openTroubled>>;

let store: Store;
let opened: Opened;
beforeAll(async () => {
  store = await openEmptyStore("PGlite");
});
afterAll(() => store.close());
beforeEach(() => emptyStore(store));
afterEach(() => opened?.close());

/** 20 rows of ten hours, on five pages, and a webhook beside it. */
function twoHooks(): Troubles {
  const logs = new Map([
    ["odd", rowsEvery(30, 20)],
    ["even", rowsEvery(60, 3)],
  ]);
  return { logs, pageSize: 4 };
}

function idsOf({ logs }: Troubles, webhookId = "odd"): string[] {
  return (logs.get(webhookId) ?? []).map(({ id }) => id).sort();
}

describe("a cursor", () => {
  it.each([400, 404, 410, 422])("that expires with %i is made up for by a new listing of the rest", async (status) => {
    const troubles = twoHooks();
    opened = await openTroubled(store, troubles);
    troubles.beforePage = ({ webhookId, number }) => (webhookId === "odd" && number === 3 ? status : undefined);
    const { coverage, faults } = await opened.freshen(opened.last(DAY_MS));
    expect([faults, overallState(coverage)]).toEqual([[], "complete"]);
    expect(await opened.idsIn(opened.last(DAY_MS), "odd")).toEqual(idsOf(troubles));
    const ofOdd = opened.pages.filter(({ webhookId }) => webhookId === "odd");
    expect(ofOdd.filter(({ isFirstOfListing }) => isFirstOfListing)).toHaveLength(2);
    // One that failed, and the rest anew from the oldest second on.
    expect(ofOdd.length).toBeLessThanOrEqual(7);
  });

  it("that expires each time ends with an error that names the webhook, and keeps what was read", async () => {
    const troubles: Troubles = { logs: new Map([["odd", rowsEvery(30, 40)]]), pageSize: 4 };
    opened = await openTroubled(store, troubles);
    troubles.beforePage = ({ isFirstOfListing }) => (isFirstOfListing ? undefined : 422);
    const { coverage, faults } = await opened.freshen(opened.last(DAY_MS));
    expect(faults).toMatchObject([{ webhookId: "odd", reason: expect.stringContaining("answered 422") }]);
    expect(coverage).toMatchObject([{ webhookName: "Hook odd", state: "partial" }]);
    expect(opened.pages.length).toBeLessThanOrEqual(8);
    expect((await opened.idsIn(opened.last(DAY_MS))).length).toBeGreaterThanOrEqual(12);
  });

  it("that is refused at once is an error at once", async () => {
    const troubles = twoHooks();
    opened = await openTroubled(store, troubles);
    troubles.beforePage = ({ webhookId }) => (webhookId === "odd" ? 422 : undefined);
    const { faults } = await opened.freshen(opened.last(DAY_MS));
    expect(faults).toMatchObject([{ webhookId: "odd" }]);
    expect(opened.pages.filter(({ webhookId }) => webhookId === "odd")).toHaveLength(1);
  });
});

describe("a webhook that answers 404", () => {
  it("and is listed no more was deleted meanwhile: no fault, and what was collected of it stays", async () => {
    const troubles = twoHooks();
    opened = await openTroubled(store, troubles);
    await opened.freshen(opened.last(DAY_MS));
    opened.clock.advance(HOUR_MS);
    await opened.freshen({ ...opened.last(MINUTE_MS), from: new Date(NOW_MS - DAY_MS) });
    opened.clock.advance(HOUR_MS);
    const window = opened.last(DAY_MS);
    const deleted = new Set<string>();
    // It goes between the list and its first page.
    Object.assign(troubles, { deleted: { has: (id: string) => deleted.has(id) } });
    troubles.beforePage = () => {
      deleted.add("odd");
      return undefined;
    };
    const lists = opened.server.requests.filter(({ url }) => !url.includes("/invocations")).length;
    const { coverage, faults, webhooks } = await opened.freshen(window);
    expect(faults).toEqual([]);
    expect(webhooks.find(({ id }) => id === "odd")?.deletedAt).toEqual(window.to);
    expect(coverage).toMatchObject([
      { webhookId: "even", state: "complete" },
      { webhookId: "odd", state: "partial", reason: expect.stringContaining("deleted") },
    ]);
    expect(await opened.idsIn(window, "odd")).toEqual(idsOf(troubles));
    // The list of the question, and that after the 404.
    expect(opened.server.requests.filter(({ url }) => !url.includes("/invocations")).length - lists).toBe(2);
  });

  it("and is listed still is a fault that names it, and the list is read again once only", async () => {
    const logs = new Map(["a", "b", "c"].map((id) => [id, rowsEvery(60, 3)]));
    const troubles: Troubles = {
      logs,
      pageSize: 4,
      beforePage: ({ webhookId }) => (webhookId === "c" ? undefined : 404),
    };
    opened = await openTroubled(store, troubles);
    const { coverage, faults } = await opened.freshen(opened.last(DAY_MS));
    expect(faults.map(({ webhookId }) => webhookId).sort()).toEqual(["a", "b"]);
    expect(coverage.map(({ state }) => state)).toEqual(["unknown", "unknown", "complete"]);
    expect(opened.server.requests.filter(({ url }) => !url.includes("/invocations"))).toHaveLength(2);
  });
});

describe("a list that changes while it is read", () => {
  it.each([
    ["cursors that name a row", false],
    ["cursors that count rows", true],
  ])("loses nothing and tells nothing twice, with %s", async (_, countsRows) => {
    const troubles = { ...twoHooks(), countsRows };
    opened = await openTroubled(store, troubles);
    const window = opened.last(DAY_MS);
    troubles.beforePage = ({ webhookId, number }) => {
      const rows = troubles.logs.get("odd") ?? [];
      // Rows come in at the top while older pages are read, one moves there, one is there twice.
      if (webhookId !== "odd" || number > 5) return undefined;
      opened.clock.advance(1000);
      const nowMs = opened.clock.now().getTime();
      rows.unshift(rowAt(nowMs, 100 + number));
      const moved = rows.find(({ id }) => id === rowsEvery(30, 20)[17]?.id);
      if (moved && number === 2) rows.unshift({ ...moved, status: "success", atMs: nowMs });
      return undefined;
    };
    const first = await opened.freshen(window);
    expect([first.faults, overallState(first.coverage)]).toEqual([[], "complete"]);
    opened.clock.advance(MINUTE_MS);
    const later = opened.last(DAY_MS);
    const second = await opened.freshen(later);
    expect([second.faults, overallState(second.coverage)]).toEqual([[], "complete"]);
    expect(await opened.idsIn(later, "odd")).toEqual([...new Set(idsOf(troubles))].sort());
  });
});

describe("an account without webhooks", () => {
  it("is complete, says so, and costs the list alone", async () => {
    opened = await openTroubled(store, { logs: new Map(), pageSize: 4 });
    const { coverage, faults, notes } = await opened.freshen(opened.last(DAY_MS));
    expect({ faults, notes, state: overallState(coverage) }).toEqual({
      faults: [],
      notes: ["Zendesk has no webhooks."],
      state: "complete",
    });
    expect(opened.server.requests).toHaveLength(1);
  });
});

describe("two clocks", () => {
  it.each([
    ["ten minutes behind", -10],
    ["ten minutes ahead", 10],
    ["three hours behind", -180],
    ["three hours ahead", 180],
  ])("of which theirs is %s lose nothing, and nothing is called complete that is not", async (_, minutes) => {
    const aheadMs = minutes * MINUTE_MS;
    const troubles: Troubles = { logs: new Map([["odd", []]]), pageSize: 4, aheadMs };
    opened = await openTroubled(store, troubles);
    const rows = troubles.logs.get("odd") ?? [];
    for (let turn = 0; turn < 12; turn += 1) {
      rows.unshift(rowAt(opened.clock.now().getTime() + aheadMs - 1000, turn));
      const window = opened.last(DAY_MS);
      const { coverage, faults } = await opened.freshen(window);
      expect(faults).toEqual([]);
      const missingFrom = coverage[0]?.missing[0]?.from ?? window.to;
      expect(missingFrom.getTime()).toBeLessThanOrEqual(opened.clock.now().getTime() + Math.min(0, aheadMs));
      opened.clock.advance(20 * MINUTE_MS);
    }
    const whole = opened.last(3 * DAY_MS);
    expect(await opened.idsIn({ ...whole, to: new Date(NOW_MS + 2 * DAY_MS) })).toEqual(idsOf(troubles));
  });

  it("of which ours was ahead and is set back leave no coverage of what was never read", async () => {
    // Until then the server tells no time: nothing but the set-back shows that ours was wrong.
    const troubles: Troubles = twoHooks();
    opened = await openTroubled(store, troubles);
    opened.clock.advance(2 * HOUR_MS);
    await opened.freshen(opened.last(DAY_MS));
    opened.clock.advance(-2 * HOUR_MS);
    troubles.aheadMs = 0;
    troubles.logs.get("odd")?.unshift(rowAt(NOW_MS + 20 * MINUTE_MS, 99));
    opened.clock.advance(30 * MINUTE_MS);
    const window = opened.last(DAY_MS);
    const { coverage, faults } = await opened.freshen(window);
    expect([faults, overallState(coverage)]).toEqual([[], "complete"]);
    expect(await opened.idsIn(window, "odd")).toEqual(idsOf(troubles));
    for (const parts of (await readCoverage(store.db, "zendesk")).values())
      for (const { to } of parts) expect(to.getTime()).toBeLessThanOrEqual(opened.clock.now().getTime());
  });

  it("of which nobody knows which is wrong have the last day read again, and forget nothing", async () => {
    const troubles = twoHooks();
    opened = await openTroubled(store, troubles);
    await opened.freshen(opened.last(DAY_MS));
    const kept = await readCoverage(store.db, "zendesk");
    opened.clock.advance(-90_000);
    await opened.review(opened.last(DAY_MS));
    expect(await readCoverage(store.db, "zendesk")).toEqual(kept);
    const before = opened.pages.length;
    const { coverage } = await opened.freshen(opened.last(DAY_MS));
    expect(overallState(coverage)).toBe("complete");
    expect(opened.pages.length).toBeGreaterThan(before);
    const after = await readCoverage(store.db, "zendesk");
    for (const [webhookId, parts] of kept)
      expect(parts.flatMap((part) => subtract(part, after.get(webhookId) ?? []))).toEqual([]);
  });

  it("of which ours is behind, as the provider's clock tells, make nobody read anything again", async () => {
    const troubles: Troubles = { ...twoHooks(), aheadMs: 0 };
    opened = await openTroubled(store, troubles);
    await opened.freshen(opened.last(DAY_MS));
    const kept = await readCoverage(store.db, "zendesk");
    const before = opened.pages.length;
    opened.clock.advance(-5 * MINUTE_MS);
    troubles.aheadMs = 5 * MINUTE_MS;
    const { coverage } = await opened.freshen(opened.last(HOUR_MS));
    expect(overallState(coverage)).toBe("complete");
    expect(opened.pages.length).toBe(before);
    expect(await readCoverage(store.db, "zendesk")).toEqual(kept);
  });

  it("are left as they are by who only looks", async () => {
    const troubles: Troubles = { ...twoHooks(), aheadMs: 0 };
    opened = await openTroubled(store, troubles);
    await opened.freshen(opened.last(DAY_MS));
    const kept = await readCoverage(store.db, "zendesk");
    opened.clock.advance(-61_000);
    await opened.review(opened.last(DAY_MS));
    expect(await readCoverage(store.db, "zendesk")).toEqual(kept);
  });

  it("of two machines that differ by seconds make nobody read anything again", async () => {
    opened = await openTroubled(store, twoHooks());
    await opened.freshen(opened.last(DAY_MS));
    const before = opened.pages.length;
    opened.clock.advance(-5_000);
    const { coverage } = await opened.freshen(opened.last(HOUR_MS));
    expect(overallState(coverage)).toBe("complete");
    expect(opened.pages.length).toBe(before);
  });
});
