import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { reportFreshness } from "../../src/collect/freshness.ts";
import type { Store } from "../../src/store/database.ts";
import { emptyStore, openEmptyStore } from "../store/databases.ts";
import { DAY_MS } from "./desk.ts";
import { openTroubled, rowsEvery } from "./reading/troubled-zendesk.ts";

const MINUTE_MS = 60_000;
const ANY_AGE = Number.POSITIVE_INFINITY;

let store: Store;
let opened: Awaited<ReturnType<typeof openTroubled>>;
beforeAll(async () => {
  store = await openEmptyStore("PGlite");
});
afterAll(() => store.close());
beforeEach(() => emptyStore(store));
afterEach(() => opened?.close());

/** A question about the last day, which was read so many minutes ago and begins where that reading did. */
async function readAgo(minutes: number) {
  opened = await openTroubled(store, { logs: new Map([["hook", rowsEvery(60, 3)]]), pageSize: 100 });
  const { from, to: readAt } = opened.last(DAY_MS);
  await opened.freshen({ from, to: readAt });
  opened.clock.advance(minutes * MINUTE_MS);
  const now = opened.clock.now();
  return { readAt, now, query: { words: [], terms: [], window: { from, to: now } } };
}

describe("how far the store covers a question", () => {
  it.each([
    ["whatever is collected is enough", 60, ANY_AGE, undefined, "complete"],
    ["it is as old as may go untold", 5, ANY_AGE, 5 * MINUTE_MS, "complete"],
    ["it is a minute older than may go untold", 6, ANY_AGE, 5 * MINUTE_MS, "partial"],
    ["it is far older than may go untold", 60, ANY_AGE, 30_000, "partial"],
    ["it is just older than may go untold", 1, ANY_AGE, 30_000, "partial"],
  ])("is said from the age of what is collected: %s, read %d minutes ago", async (_, ago, maxAgeMs, told, state) => {
    const { query, now, readAt } = await readAgo(ago);
    const before = opened.server.requests.length;
    const ages = { maxAgeMs, ...(told === undefined ? {} : { toldMaxAgeMs: told }) };
    const { coverage, asOf, faults } = await opened.freshen(query.window, ages);
    // For what is only told as unknown nothing is read.
    expect(opened.server.requests.length - before).toBe(0);
    expect(faults).toEqual([]);
    const missing = state === "complete" ? [] : [{ from: readAt, to: now }];
    expect(coverage).toMatchObject([{ webhookId: "hook", ...query.window, state, missing }]);
    expect(asOf).toEqual(state === "complete" ? readAt : now);
  });

  it.each([
    ["as old as it may be", 5, "complete"],
    ["older than it may be", 6, "partial"],
  ])("is reported by the age that the question allows: %s", async (_, ago, state) => {
    const { query, now } = await readAgo(ago);
    const request = { query, now, maxAgeMs: 5 * MINUTE_MS };
    const { coverage } = await reportFreshness(store, [opened.provider], request, []);
    expect(coverage).toMatchObject([{ webhookId: "hook", state }]);
  });

  it("is reported by the longer age of a provider whose requests are scarce", async () => {
    const { query, now } = await readAgo(4);
    const maxAges = new Map([["zendesk", 5 * MINUTE_MS]]);
    const request = { query, now, maxAgeMs: MINUTE_MS };
    const { coverage } = await reportFreshness(store, [opened.provider], request, [], new Map(), maxAges);
    expect(coverage).toMatchObject([{ state: "complete" }]);
  });
});
