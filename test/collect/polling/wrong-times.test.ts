import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { askFailures } from "../../../src/collect/questions.ts";
import { readPause, savePause } from "../../../src/store/polls.ts";
import { DAY_MS, type Desk, HOUR_MS, noDeadline, openDesk } from "../desk.ts";
import { collectionOf, MINUTE_MS } from "./background.ts";

let desk: Desk;
afterEach(() => desk?.close());

/** In which of these minutes anything was asked. */
async function triedInMinutes(minutes: number): Promise<number[]> {
  const collection = collectionOf(desk.collector);
  const tried: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    const { requests } = await collection.round(noDeadline());
    if (requests > 0) tried.push(minute);
    desk.pass(MINUTE_MS);
  }
  return tried;
}

describe("what a clock noted that was a year ahead", () => {
  it("of polls does not end them", async () => {
    desk = await openDesk();
    await collectionOf(desk.collector).round(noDeadline());
    const ahead = new Date(desk.now().getTime() + 365 * DAY_MS);
    await sql`update polls set polled_at = ${ahead}, failures = 1`.execute(desk.collector.store.db);
    desk.pass(DAY_MS);
    const { polls } = await collectionOf(desk.collector).round(noDeadline());
    expect(polls).toBe(desk.zendesk.webhooks.filter(({ active }) => active).length);
  });

  it("of a pause does not prolong it", async () => {
    desk = await openDesk();
    const failedAt = new Date(desk.now().getTime() + 365 * DAY_MS);
    const pausedUntil = new Date(failedAt.getTime() + MINUTE_MS);
    const { db } = desk.collector.store;
    await savePause(db, "zendesk", { failures: 9, failedAt, pausedUntil });
    expect((await collectionOf(desk.collector).round(noDeadline())).polls).toBeGreaterThan(0);
    await savePause(db, "zendesk", { failures: 9, failedAt: desk.now(), pausedUntil });
    expect(await collectionOf(desk.collector).round(noDeadline())).toMatchObject({ state: "paused" });
    desk.pass(15 * MINUTE_MS);
    expect((await collectionOf(desk.collector).round(noDeadline())).state).toBe("rest");
  });

  it("of an answer does not end every later pause", async () => {
    desk = await openDesk();
    desk.pass(365 * DAY_MS);
    await desk.collector.freshen(desk.question(HOUR_MS), noDeadline());
    desk.pass(-365 * DAY_MS);
    desk.zendesk.fail("html-200");
    expect(await triedInMinutes(20)).toEqual([0, 1, 3, 7, 15]);
  });
});

describe("the pause of an account", () => {
  it("is a quarter of an hour at most, however long the provider wants to be left alone", async () => {
    desk = await openDesk();
    desk.zendesk.fail("429", { retryAfter: 86_400, times: 1 });
    expect((await triedInMinutes(17)).slice(0, 2)).toEqual([0, 15]);
    expect(await readPause(desk.collector.store.db, "zendesk")).toBeUndefined();
  });

  it("does not come of being told to stop while the list is read", async () => {
    desk = await openDesk();
    const stopping = new AbortController();
    desk.zendesk.fail("hang", {
      match: () => {
        stopping.abort();
        return true;
      },
    });
    const round = collectionOf(desk.collector).round(stopping.signal);
    expect(await round).toMatchObject({ state: "ended" });
    expect(await readPause(desk.collector.store.db, "zendesk")).toBeUndefined();
    desk.zendesk.heal();
    expect(await askFailures(desk.collector, desk.question(HOUR_MS), noDeadline())).toMatchObject({ faults: [] });
  });
});
