import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createLanes } from "../../../src/collect/reading/lanes.ts";
import { readParts } from "../../../src/collect/reading/parts.ts";
import type { Provider } from "../../../src/providers/provider.ts";
import type { Store } from "../../../src/store/database.ts";
import { overallState } from "../../../src/triage/coverage.ts";
import type { Invocation } from "../../../src/triage/model.ts";
import { contains, subtract, windowOf } from "../../../src/triage/window.ts";
import { NOW_MS } from "../../providers/zendesk/small-zendesk.ts";
import { emptyStore, openEmptyStore } from "../../store/databases.ts";
import { DAY_MS, HOUR_MS, noDeadline } from "../desk.ts";
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

/** 288 rows of three days, on 72 pages. */
function busy(): Troubles {
  return { logs: new Map([["busy", rowsEvery(15, 288)]]), pageSize: 4 };
}

function idsOf({ logs }: Troubles): string[] {
  return [...logs.values()].flatMap((rows) => rows.map(({ id }) => id)).sort();
}

function listingsOf({ pages }: Opened): number {
  return pages.filter(({ isFirstOfListing }) => isFirstOfListing).length;
}

describe("a webhook with many pages", () => {
  it("is read in slices where the budget has room, each of which costs a page or two", async () => {
    const troubles = busy();
    opened = await openTroubled(store, troubles);
    const { coverage, faults } = await opened.freshen(opened.last(4 * DAY_MS));
    expect(faults).toEqual([]);
    expect(overallState(coverage)).toBe("complete");
    expect(await opened.idsIn(opened.last(4 * DAY_MS))).toEqual(idsOf(troubles));
    expect(listingsOf(opened)).toBeGreaterThan(4);
    expect(opened.pages.length).toBeLessThan(72 + 3 * listingsOf(opened));
  });

  it("is read by one cursor after the other where requests are what costs", async () => {
    const troubles = busy();
    opened = await openTroubled(store, troubles, 100);
    const { coverage } = await opened.freshen(opened.last(4 * DAY_MS));
    expect(overallState(coverage)).toBe("complete");
    expect(await opened.idsIn(opened.last(4 * DAY_MS))).toEqual(idsOf(troubles));
    expect([listingsOf(opened), opened.pages.length]).toEqual([1, 72]);
  });

  it("is not cut while it has five pages or less", async () => {
    opened = await openTroubled(store, { logs: new Map([["quiet", rowsEvery(60, 20)]]), pageSize: 4 });
    await opened.freshen(opened.last(4 * DAY_MS));
    expect(opened.pages).toHaveLength(5);
  });

  it("shares the lanes of a question with the others, which are read first", async () => {
    const logs = new Map(Array.from({ length: 16 }, (_, index) => [`hook${index}`, rowsEvery(15, 40)]));
    const troubles = { logs, pageSize: 4 };
    opened = await openTroubled(store, troubles);
    const { coverage } = await opened.freshen(opened.last(DAY_MS));
    expect(overallState(coverage)).toBe("complete");
    const firsts = opened.pages.slice(0, 16).map(({ webhookId }) => webhookId);
    expect(new Set(firsts).size).toBe(16);
    expect(await opened.idsIn(opened.last(DAY_MS))).toEqual(idsOf(troubles));
  });

  it("is read whole, and without end to it, from a server that keeps to no window", async () => {
    const troubles = { ...busy(), ignoresFilters: true };
    opened = await openTroubled(store, troubles);
    const { coverage, faults } = await opened.freshen(opened.last(4 * DAY_MS));
    expect([faults, overallState(coverage)]).toEqual([[], "complete"]);
    expect(await opened.idsIn(opened.last(4 * DAY_MS))).toEqual(idsOf(troubles));
    expect(opened.pages.length).toBeLessThan(2 * 72);
  });

  it("keeps what its other slices read where one fails, and reads only the rest later", async () => {
    const troubles = busy();
    let isBroken = true;
    opened = await openTroubled(store, troubles);
    troubles.beforePage = ({ number }) => (isBroken && number === 30 ? 403 : undefined);
    const window = opened.last(4 * DAY_MS);
    const first = await opened.freshen(window);
    expect(first.faults).toMatchObject([{ webhookId: "busy", isFinal: false }]);
    const [partial] = first.coverage;
    expect(partial).toMatchObject({ state: "partial" });
    // Nothing that is called collected is missing.
    for (const part of subtract(window, partial?.missing ?? [])) {
      const inPart = rowsEvery(15, 288).filter(({ atMs }) => contains(part, new Date(atMs)));
      expect(await opened.idsIn(part)).toEqual(inPart.map(({ id }) => id).sort());
    }
    isBroken = false;
    const before = opened.pages.length;
    const second = await opened.freshen(window);
    expect([second.faults, overallState(second.coverage)]).toEqual([[], "complete"]);
    expect(opened.pages.length - before).toBeLessThan(40);
    expect(await opened.idsIn(window)).toEqual(idsOf(troubles));
  });
});

describe("a provider whose pages cost no request", () => {
  it("is never read in slices: one reading has told all", async () => {
    let listings = 0;
    const rows = rowsEvery(15, 40).map(({ id, status, atMs }): Invocation => {
      const at = new Date(atMs);
      const ref = { provider: "scanned", webhookId: "busy", id };
      return { ...ref, status, outcome: "failed", createdAt: at, latestCompletedAt: at };
    });
    const provider: Pick<Provider, "id" | "requestCount" | "spareRequests" | "listInvocations"> = {
      id: "scanned",
      requestCount: 7,
      spareRequests: Number.POSITIVE_INFINITY,
      async *listInvocations({ window }) {
        listings += 1;
        for (const row of rows) {
          yield { invocations: [row], covered: { from: row.latestCompletedAt ?? window.from, to: window.to } };
        }
      },
    };
    const parts = [{ window: windowOf(NOW_MS - 4 * DAY_MS, NOW_MS), isFollowed: false }];
    const how = { webhookId: "busy", lanes: createLanes(16), mostPages: Number.POSITIVE_INFINITY };
    const { covered } = await readParts({ store, provider }, parts, how, noDeadline());
    expect([covered.length, listings]).toEqual([40, 1]);
  });
});

describe("the webhooks of a question", () => {
  it("are read side by side, those that had news lately before the others", async () => {
    const names = Array.from({ length: 20 }, (_, index) => String.fromCharCode(97 + index));
    const success = rowsEvery(60, 3).map((row) => ({ ...row, status: "success" }));
    const logs = new Map(names.map((name) => [name, name === "r" ? rowsEvery(60, 1) : name === "s" ? success : []]));
    opened = await openTroubled(store, { logs, pageSize: 4 }, 10);
    await opened.freshen(opened.last(DAY_MS));
    opened.clock.advance(HOUR_MS);
    const before = opened.pages.length;
    await opened.freshen(opened.last(DAY_MS));
    const asked = opened.pages.slice(before).map(({ webhookId }) => webhookId);
    expect(asked).toHaveLength(20);
    expect(asked.slice(0, 6).sort()).toEqual(["a", "b", "c", "d", "r", "s"]);
  });
});

describe("reading in turns", () => {
  it.each([
    ["with a budget that has room", Number.POSITIVE_INFINITY],
    ["under a small budget", 100],
  ])("takes the newest first and ends when nothing is missing, %s", async (_, spare) => {
    const troubles = busy();
    opened = await openTroubled(store, troubles, spare);
    const window = opened.last(4 * DAY_MS);
    let turns = 0;
    for (let hasMore = true; hasMore && turns < 40; turns += 1) {
      const before = opened.pages.length;
      hasMore = await opened.read("busy", window, 10);
      // Slices that are under way end their page.
      expect(opened.pages.length - before).toBeLessThan(10 + 8);
      const [oldest] = idsOf(troubles);
      expect((await opened.idsIn(window)).includes(oldest ?? "")).toBe(!hasMore);
    }
    expect(turns).toBeLessThan(12);
    expect(opened.pages.length).toBeLessThan(2 * 72);
    expect(await opened.idsIn(window)).toEqual(idsOf(troubles));
  });

  it("goes on however many rows a second has, and loses none at the border of a page or a turn", async () => {
    const rows = Array.from({ length: 60 }, (_, index) =>
      rowAt(NOW_MS - HOUR_MS - Math.floor(index / 7) * 1000, index),
    );
    const troubles = { logs: new Map([["storm", rows]]), pageSize: 4 };
    opened = await openTroubled(store, troubles);
    const window = opened.last(DAY_MS);
    let turns = 0;
    for (let hasMore = true; hasMore && turns < 40; turns += 1) hasMore = await opened.read("storm", window, 1);
    expect(turns).toBeLessThan(20);
    expect(await opened.idsIn(window)).toEqual(idsOf(troubles));
  });

  it("asks for nothing where nothing is missing", async () => {
    opened = await openTroubled(store, busy());
    const window = windowOf(NOW_MS - DAY_MS, NOW_MS - HOUR_MS);
    await opened.read("busy", window);
    const before = opened.pages.length;
    expect(await opened.read("busy", window)).toBe(false);
    expect(opened.pages.length).toBe(before);
  });
});
