import { afterEach, describe, expect, it } from "vitest";
import { openLine } from "../../../bench/collect/line.ts";
import { createVirtualTime } from "../../../bench/collect/virtual-time.ts";
import { makeScenario } from "../../../sandbox/scenario/make-scenario.ts";
import { startZendesk } from "../../../sandbox/zendesk/start.ts";
import { createBudgets } from "../../../src/collect/budget/budgets.ts";
import { createCollector } from "../../../src/collect/collector.ts";
import type { Round } from "../../../src/collect/polling/collection.ts";
import { createProviders, DEFINITIONS } from "../../../src/providers/registry.ts";
import { openTemporaryStore } from "../../../src/store/database.ts";
import { type Desk, noDeadline, openDesk, START } from "../desk.ts";
import { askedSince, collectionOf, MINUTE_MS, SILENT } from "./background.ts";

describe("a webhook that fails", () => {
  let desk: Desk;
  afterEach(() => desk?.close());

  it("is polled every minute, though a job is picked up some seconds late, or less late than the one before", async () => {
    desk = await openDesk();
    const collection = collectionOf(desk.collector);
    await collection.round(noDeadline());
    const [struck] = desk.zendesk.webhooks;
    desk.zendesk.startStorm(struck?.id ?? "", "jwt-expired-401", 2);
    desk.pass(30 * MINUTE_MS);
    await collection.round(noDeadline());
    const polledInMinutes: number[] = [];
    let late = 0;
    for (const [index, seconds] of [0, 3, 1, 4, 2, 5, 0, 3, 1, 4].entries()) {
      desk.pass(MINUTE_MS + (seconds - late) * 1_000);
      late = seconds;
      const mark = desk.zendesk.requests.length;
      await collection.round(noDeadline());
      if (askedSince(desk, mark).pages.some((path) => path.includes(struck?.id ?? "none"))) polledInMinutes.push(index);
    }
    expect(polledInMinutes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("is not polled twice in one minute", async () => {
    desk = await openDesk();
    const collection = collectionOf(desk.collector);
    const [struck] = desk.zendesk.webhooks;
    desk.zendesk.startStorm(struck?.id ?? "", "jwt-expired-401", 2);
    await collection.round(noDeadline());
    desk.pass(29_000);
    expect(await collection.round(noDeadline())).toMatchObject({ polls: 0 });
  });
});

describe("webhooks that fail on and on under a low limit", () => {
  const LIMIT = 40;
  const MINUTES = 4;

  /** Ten of them, each with 40 failures a minute. */
  async function rounds(): Promise<Round[]> {
    const time = createVirtualTime(START, 1);
    const scenario = makeScenario({ seed: 7, now: START, size: "triage" });
    const zendesk = await startZendesk({
      now: time.now,
      scenario,
      accessToken: "sandbox",
      rateLimitPerMinute: LIMIT,
    });
    const line = openLine(zendesk, (path) => path.endsWith("/attempts"));
    const store = await openTemporaryStore();
    try {
      const budgets = createBudgets(Object.keys(DEFINITIONS), { store, clock: time, log: SILENT });
      const settings = { baseUrl: zendesk.url, credentials: { kind: "access_token", token: "sandbox" } } as const;
      const providers = createProviders({ zendesk: settings }, { ...time, log: SILENT, budgets });
      const collection = collectionOf(createCollector({ store, providers, now: time.now, log: SILENT }));
      const failing = zendesk.webhooks.filter(({ active }) => active).slice(0, 10);
      for (const { id } of failing) zendesk.startStorm(id, "jwt-expired-401", 600);
      const done: Round[] = [];
      for (let minute = 0; minute < MINUTES; minute += 1) {
        for (const { id } of failing) zendesk.startStorm(id, "jwt-expired-401", 40);
        done.push(await collection.round(noDeadline()));
        const pastMs = time.now().getTime() % MINUTE_MS;
        await time.wait(MINUTE_MS - pastMs, noDeadline());
      }
      return done;
    } finally {
      line.hangUp();
      await store.close();
      await zendesk.close();
    }
  }

  it("leave evidence and the backfill their turns in each round", { timeout: 60_000 }, async () => {
    const done = await rounds();
    expect(done).toHaveLength(MINUTES);
    for (const { polls, evidence, backfills } of done) {
      expect(polls).toBeGreaterThan(0);
      expect(evidence).toBeGreaterThan(0);
      expect(backfills).toBeGreaterThan(0);
    }
  });
});
