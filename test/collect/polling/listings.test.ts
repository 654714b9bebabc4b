import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { oneAtATime } from "../../../src/collect/one-at-a-time.ts";
import { createListings, type Turn } from "../../../src/collect/polling/listings.ts";
import { readCoverage } from "../../../src/store/coverage.ts";
import type { Store } from "../../../src/store/database.ts";
import { readPolls } from "../../../src/store/polls.ts";
import { readProviderStates } from "../../../src/store/provider-states.ts";
import { subtract, type Window, windowOf } from "../../../src/triage/window.ts";
import { NOW_MS } from "../../providers/zendesk/small-zendesk.ts";
import { emptyStore, openEmptyStore } from "../../store/databases.ts";
import { noDeadline } from "../desk.ts";
import { openTroubled, rowAt, rowsEvery, type Troubles } from "../reading/troubled-zendesk.ts";
import { collectionOf, MINUTE_MS } from "./background.ts";

const HOUR_MS = 60 * MINUTE_MS;

let store: Store;
let opened: Awaited<ReturnType<typeof openTroubled>>;
beforeAll(async () => {
  store = await openEmptyStore("PGlite");
});
beforeEach(() => emptyStore(store));
afterEach(() => opened.close());
afterAll(() => store.close());

async function listingsOf(troubles: Troubles) {
  opened = await openTroubled(store, troubles);
  const { provider, clock } = opened;
  return createListings({ store, provider, turns: oneAtATime(), now: clock.now });
}

const limits = (mostPages: number, isOver = () => false) => ({ mostPages, isOver });

describe("a poll of a busy webhook", () => {
  const SECOND_MS = 1_000;
  /** A row a second: of the overlap of a quarter of an hour alone 90 pages. */
  const busy = () => Array.from({ length: 1_200 }, (_, index) => rowAt(NOW_MS - index * SECOND_MS, index));
  const lastMinute = () => windowOf(NOW_MS - MINUTE_MS, NOW_MS);

  /** The poll after one that knew all but these. */
  async function afterFirst(isNew: (index: number) => boolean, pageSize: number) {
    const rows = busy();
    const logs = new Map([["busy", rows.filter((_, index) => !isNew(index))]]);
    const listings = await listingsOf({ logs, pageSize });
    await listings.readOn("busy", windowOf(NOW_MS - 10 * MINUTE_MS, NOW_MS - MINUTE_MS), limits(99), noDeadline());
    logs.set("busy", rows);
    const before = opened.pages.length;
    const turn = await listings.readOn("busy", lastMinute(), limits(99), noDeadline());
    return { ...turn, requests: opened.pages.length - before };
  }

  it("is one request where a page has all that is new, and a look at what was before", async () => {
    expect(await afterFirst((index) => index < 60, 130)).toMatchObject({ state: "done", requests: 1 });
  });

  it("is one request more where nothing of that before was to be seen", async () => {
    expect(await afterFirst((index) => index < 60, 70)).toMatchObject({ state: "done", requests: 2 });
  });

  it("is one request where nothing is new", async () => {
    expect(await afterFirst(() => false, 65)).toMatchObject({ state: "done", requests: 1, written: 0 });
  });

  it("reads on as long as it finds what was listed late", async () => {
    const isLate = (index: number) => [150, 170, 230].includes(index);
    const turn = await afterFirst((index) => index < 60 || isLate(index), 100);
    expect(turn).toMatchObject({ state: "done", written: 63, requests: 4 });
  });

  it("ends after a page where its time is over, and goes on from there", async () => {
    const listings = await listingsOf({ logs: new Map([["busy", busy()]]), pageSize: 10 });
    const first = await listings.readOn(
      "busy",
      lastMinute(),
      limits(5, () => true),
      noDeadline(),
    );
    expect(first).toMatchObject({ pages: 1, state: "goes_on" });
    const rest = { from: lastMinute().from, to: listings.openUntil("busy") ?? new Date(0) };
    expect(await listings.readOn("busy", rest, limits(99), noDeadline())).toMatchObject({ state: "done" });
    expect(opened.pages.filter(({ isFirstOfListing }) => isFirstOfListing)).toHaveLength(1);
  });
});

describe("a cursor that expires in the background", () => {
  const retention = () => windowOf(NOW_MS - 12 * HOUR_MS, NOW_MS);

  /** Cursors of a server that forgets them after so many pages. */
  function forgetful(pages: number): Troubles {
    let inListing = 0;
    return {
      logs: new Map([["busy", rowsEvery(5, 140)]]),
      pageSize: 4,
      beforePage({ isFirstOfListing }) {
        inListing = isFirstOfListing ? 1 : inListing + 1;
        return inListing > pages ? 410 : undefined;
      },
    };
  }

  it.each([2, 5])("after %i pages is no failure: a new listing reads the rest, without a gap", async (pages) => {
    const listings = await listingsOf(forgetful(pages));
    let missing: Window[] = [retention()];
    const turns: Turn[] = [];
    while (missing.length > 0 && turns.length < 60) {
      const part = missing.at(-1) ?? retention();
      turns.push(await listings.readOn("busy", part, limits(5), noDeadline()));
      missing = subtract(retention(), (await readCoverage(store.db, "zendesk")).get("busy") ?? []);
    }
    expect(missing).toEqual([]);
    expect(turns.at(-1)?.state).toBe("done");
    expect((await opened.idsIn(retention(), "busy")).length).toBe(
      rowsEvery(5, 140).filter(({ atMs }) => atMs >= retention().from.getTime()).length,
    );
  });

  it("leaves no webhook alone, and no provider called failing", async () => {
    opened = await openTroubled(store, forgetful(5));
    await collectionOf(opened.collector, 1).round(noDeadline());
    expect((await readPolls(store.db, "zendesk")).get("busy")).toMatchObject({ failures: 0 });
    const [state] = await readProviderStates(store.db);
    expect(state?.failingSince).toBeUndefined();
    const coverage = (await readCoverage(store.db, "zendesk")).get("busy");
    expect(coverage).toEqual([windowOf(NOW_MS - 24 * HOUR_MS, NOW_MS)]);
  });

  it("on which a listing gets nowhere is a failure", async () => {
    const listings = await listingsOf({ ...forgetful(0) });
    await expect(listings.readOn("busy", retention(), limits(5), noDeadline())).rejects.toThrow(/410/);
    expect(opened.pages).toHaveLength(1);
    expect(listings.openUntil("busy")).toBeUndefined();
  });
});
