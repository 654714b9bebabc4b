import { afterEach, describe, expect, it } from "vitest";
import { type Collector, createCollector } from "../../../src/collect/collector.ts";
import { askFailures } from "../../../src/collect/questions.ts";
import type { Provider } from "../../../src/providers/provider.ts";
import { useAccounts } from "../../../src/store/accounts.ts";
import { readCoverage } from "../../../src/store/coverage.ts";
import { findInvocations } from "../../../src/store/invocations.ts";
import { readPause } from "../../../src/store/polls.ts";
import { overallState } from "../../../src/triage/coverage.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { DAY_MS, type Desk, HOUR_MS, noDeadline, openDesk } from "../desk.ts";
import { askedSince, collectionOf, MINUTE_MS, SILENT } from "./background.ts";

let desk: Desk;
afterEach(() => desk?.close());

/** Everything of the retention is there, once, as it truly was. */
async function expectTruth({ collector, zendesk, now }: Desk): Promise<void> {
  const window = windowOf(now().getTime() - 7 * DAY_MS, now().getTime());
  const { totals } = zendesk.truth(window);
  const found = await findInvocations(collector.store.db, { window, asOf: now() });
  const counts = { failed: 0, pending: 0, succeeded: 0 };
  for (const { outcome } of found) counts[outcome] += 1;
  expect(counts).toEqual(totals);
  const coverage = await readCoverage(collector.store.db, "zendesk");
  expect([...coverage.values()]).toEqual(zendesk.webhooks.map(() => [window]));
}

describe("collecting in the background", () => {
  it("reads the whole retention as it truly was, and answers from the store then", async () => {
    desk = await openDesk({ size: "triage" });
    const round = await collectionOf(desk.collector).round(noDeadline());
    expect(round).toMatchObject({ state: "rest", polls: 40 });
    await expectTruth(desk);
    const { answer } = await askFailures(desk.collector, desk.question(7 * DAY_MS), noDeadline());
    expect(overallState(answer.coverage)).toBe("complete");
    const mark = desk.zendesk.requests.length;
    await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    expect(askedSince(desk, mark)).toEqual({ lists: 0, pages: [], attempts: 0 });
  });

  it("asks once for each webhook that is due, and then for nothing", async () => {
    desk = await openDesk();
    const collection = collectionOf(desk.collector);
    await collection.round(noDeadline());
    desk.pass(30 * MINUTE_MS);
    const mark = desk.zendesk.requests.length;
    const round = await collection.round(noDeadline());
    const asked = askedSince(desk, mark);
    expect(asked.lists).toBe(1);
    expect(asked.pages).toHaveLength(desk.zendesk.webhooks.filter(({ active }) => active).length);
    expect(new Set(asked.pages).size).toBe(asked.pages.length);
    expect(round.requests).toBe(asked.lists + asked.pages.length + asked.attempts);
    expect(await collection.round(noDeadline())).toMatchObject({ polls: 0, backfills: 0, requests: 0, state: "rest" });
    desk.pass(MINUTE_MS);
    const soon = await collection.round(noDeadline());
    expect(soon.polls).toBeLessThan(asked.pages.length);
  });

  it("polls a webhook that fails every minute, and no other", async () => {
    desk = await openDesk();
    const collection = collectionOf(desk.collector);
    await collection.round(noDeadline());
    const [struck] = desk.zendesk.webhooks.filter(({ active }) => active);
    if (!struck) throw new Error("no webhook");
    desk.zendesk.startStorm(struck.id, "jwt-expired-401", 2);
    desk.pass(30 * MINUTE_MS);
    await collection.round(noDeadline());
    for (let minute = 0; minute < 3; minute += 1) {
      desk.pass(MINUTE_MS);
      const mark = desk.zendesk.requests.length;
      await collection.round(noDeadline());
      const { pages } = askedSince(desk, mark);
      expect(pages.filter((path) => path.includes(struck.id))).toHaveLength(1);
      expect(pages.length).toBeLessThan(desk.zendesk.webhooks.length);
    }
  });

  it("finds at the next poll what was listed late, and writes nothing twice", async () => {
    desk = await openDesk();
    const collection = collectionOf(desk.collector);
    await collection.round(noDeadline());
    const [struck] = desk.zendesk.webhooks;
    const { db } = desk.collector.store;
    const readUntil = (await readCoverage(db, "zendesk")).get(struck?.id ?? "")?.at(-1)?.to;
    // Three that completed before the end of what was read, and were not in the list then.
    desk.zendesk.startStorm(struck?.id ?? "", "jwt-expired-401", 3);
    desk.pass(30 * MINUTE_MS);
    await collection.round(noDeadline());
    const window = windowOf(desk.now().getTime() - HOUR_MS, readUntil?.getTime() ?? 0);
    const found = () => findInvocations(db, { window, outcomes: ["failed"], asOf: desk.now() });
    const late = (await found()).filter(({ webhookId, statusCode }) => webhookId === struck?.id && statusCode === 401);
    expect(late).toHaveLength(3);
    const before = await found();
    desk.pass(MINUTE_MS);
    expect((await collection.round(noDeadline())).polls).toBeGreaterThan(0);
    expect(await found()).toEqual(before);
  });

  it("reads a storm of 1,500 failures in one second page by page, none twice, and forgets no other webhook over it", async () => {
    desk = await openDesk();
    const collection = collectionOf(desk.collector);
    await collection.round(noDeadline());
    const [struck] = desk.zendesk.webhooks;
    desk.zendesk.startStorm(struck?.id ?? "", "jwt-expired-401", 1_500);
    desk.pass(30 * MINUTE_MS);
    const mark = desk.zendesk.requests.length;
    const round = await collection.round(noDeadline());
    const { pages } = askedSince(desk, mark);
    const ofStorm = pages.filter((path) => path.includes(struck?.id ?? "none"));
    expect(ofStorm.length).toBeGreaterThanOrEqual(15);
    expect(ofStorm.length).toBeLessThanOrEqual(17);
    const firstTurn = pages.slice(0, 20);
    expect(new Set(firstTurn).size).toBeGreaterThan(desk.zendesk.webhooks.length / 2);
    expect(round.state).toBe("rest");
    const window = windowOf(desk.now().getTime() - DAY_MS, desk.now().getTime());
    const found = await findInvocations(desk.collector.store.db, { window, outcomes: ["failed"], asOf: desk.now() });
    expect(found).toHaveLength(desk.zendesk.truth(window).totals.failed);
  });

  it.each([1, 9, 30])(
    "goes on in another process after it was ended at page %i: nothing lost, nothing doubled",
    async (last) => {
      desk = await openDesk();
      const { collector } = desk;
      const ending = new AbortController();
      let pages = 0;
      const turns: Collector["turns"] = {
        run(key, signal, task) {
          // The list of webhooks has a turn of the account's own.
          if (key !== "zendesk") pages += 1;
          if (pages === last) ending.abort(new Error("stopped"));
          return collector.turns.run(key, signal, task);
        },
      };
      const cut = await collectionOf({ ...collector, turns }).round(ending.signal);
      expect(cut.state).toBe("ended");
      const { length: mark } = desk.zendesk.requests;
      const rest = await collectionOf(collector).round(noDeadline());
      expect(rest.state).toBe("rest");
      expect(askedSince(desk, mark).lists).toBe(0);
      await expectTruth(desk);
    },
  );

  it("asks for nothing that the store would not keep", async () => {
    desk = await openDesk();
    await collectionOf(desk.collector, 2).round(noDeadline());
    const from = new Date(desk.now().getTime() - 2 * DAY_MS);
    const coverage = await readCoverage(desk.collector.store.db, "zendesk");
    for (const parts of coverage.values()) expect(parts).toEqual([{ from, to: desk.now() }]);
  });

  it("ends where another process has the store now, and writes nothing more", async () => {
    desk = await openDesk();
    const collection = collectionOf(desk.collector);
    await collection.round(noDeadline());
    await useAccounts(desk.collector.store.db, [{ id: "zendesk", account: "https://other.zendesk.com" }], "switch");
    desk.pass(HOUR_MS);
    expect(await collection.round(noDeadline())).toMatchObject({ state: "ended", requests: 0 });
    expect(await readCoverage(desk.collector.store.db, "zendesk")).toEqual(new Map());
  });
});

describe("a provider that fails or dawdles in the background", () => {
  it("is left alone for longer each time, and asked again at once after it has answered somebody", async () => {
    desk = await openDesk();
    const collection = collectionOf(desk.collector);
    desk.zendesk.fail("html-200");
    const triedAfterMinutes: number[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      const round = await collection.round(noDeadline());
      expect(round.state).toBe("paused");
      if (round.requests > 0) triedAfterMinutes.push(minute);
      desk.pass(MINUTE_MS);
    }
    expect(triedAfterMinutes).toEqual([0, 1, 3, 7, 15, 30, 45]);
    desk.zendesk.heal();
    await askFailures(desk.collector, desk.question(HOUR_MS), noDeadline());
    desk.pass(MINUTE_MS);
    expect(await collection.round(noDeadline())).toMatchObject({ state: "rest" });
    expect(await readPause(desk.collector.store.db, "zendesk")).toBeUndefined();
  });

  it("that takes one request a minute is read on at that pace", async () => {
    desk = await openDesk({ rateLimitPerMinute: 1 });
    const collection = collectionOf(desk.collector);
    const startedMs = desk.now().getTime();
    for (let rounds = 0; rounds < 6; rounds += 1) {
      expect((await collection.round(noDeadline())).requests).toBeGreaterThan(0);
      desk.pass(MINUTE_MS);
    }
    const minutes = (desk.now().getTime() - startedMs) / MINUTE_MS;
    const { length: answered } = desk.zendesk.requests.filter(({ status }) => status === 200);
    expect(answered).toBeGreaterThan(6);
    expect(answered).toBeLessThanOrEqual(minutes + 1);
    expect((await readCoverage(desk.collector.store.db, "zendesk")).size).toBeGreaterThan(3);
  });

  it("for one webhook leaves the others whole, and that one alone for longer each time", async () => {
    desk = await openDesk();
    const [broken] = desk.zendesk.webhooks;
    const isOfBroken = (path: string) => path.includes(`${broken?.id}/invocations`);
    desk.zendesk.fail("html-200", { match: isOfBroken });
    const collection = collectionOf(desk.collector);
    const tries: number[] = [];
    for (let minute = 0; minute < 40; minute += 1) {
      const mark = desk.zendesk.requests.length;
      const round = await collection.round(noDeadline());
      expect(round.state).toBe("rest");
      if (askedSince(desk, mark).pages.some(isOfBroken)) tries.push(minute);
      desk.pass(MINUTE_MS);
    }
    expect(tries).toEqual([0, 1, 3, 7, 15, 31]);
    const coverage = await readCoverage(desk.collector.store.db, "zendesk");
    expect(coverage.size).toBe(desk.zendesk.webhooks.length - 1);
  });

  it("once in a backfill of all webhooks together is asked for the same part when it answers again", async () => {
    desk = await openDesk();
    const [zendesk] = desk.collector.providers;
    if (!zendesk) throw new Error("no provider");
    const provider: Provider = Object.create(zendesk, {
      capabilities: { value: { ...zendesk.capabilities, isSharedRead: true } },
    });
    const { store } = desk.collector;
    const collection = collectionOf(createCollector({ store, providers: [provider], now: desk.now, log: SILENT }));
    // Between the polls and the backfill comes evidence.
    let isBackfill = false;
    const isOfBackfill = (path: string) => {
      isBackfill ||= path.includes("/attempts");
      return isBackfill && !path.includes("/attempts");
    };
    desk.zendesk.fail("429", { match: isOfBackfill, retryAfter: 900 });
    expect(await collection.round(noDeadline())).toMatchObject({ state: "paused" });
    desk.zendesk.heal();
    desk.pass(15 * MINUTE_MS);
    expect(await collection.round(noDeadline())).toMatchObject({ state: "rest" });
    for (const parts of (await readCoverage(store.db, "zendesk")).values()) expect(parts).toHaveLength(1);
  });
});
