import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCollector } from "../../../src/collect/collector.ts";
import { createCollection } from "../../../src/collect/polling/collection.ts";
import { createLog } from "../../../src/ops/log.ts";
import { createConductorOneProvider } from "../../../src/providers/conductorone/provider.ts";
import { readCoverage } from "../../../src/store/coverage.ts";
import type { Store } from "../../../src/store/database.ts";
import { findInvocations } from "../../../src/store/invocations.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { closeTenants, failedTask, HOUR, NOW, type Tenant, tenant } from "../../providers/conductorone/failed.ts";
import { withAccessToken } from "../../providers/conductorone/settings.ts";
import { emptyStore, openEmptyStore } from "../../store/databases.ts";
import { noDeadline } from "../desk.ts";

const DAY = 24 * HOUR;

describe("collecting where one reading tells of all webhooks", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore("PGlite");
  });
  afterAll(() => store.close());
  beforeEach(() => emptyStore(store));
  afterEach(closeTenants);

  function collectionOf({ server, clock }: Tenant, keptDays = 30) {
    const provider = createConductorOneProvider(withAccessToken(server.url), { clock });
    const log = createLog({ level: "silent", secrets: [] });
    const collector = createCollector({ store, providers: [provider], now: clock.now, log });
    return createCollection({ collector, provider, keptDays, log });
  }

  async function requestsOfPoll(webhookCount: number): Promise<number> {
    await emptyStore(store);
    const webhooks = Array.from({ length: webhookCount }, (_, index) => ({ id: `hook-${index}` }));
    const opened = await tenant({ webhooks, tasks: [failedTask("a", NOW - HOUR)] });
    const collection = collectionOf(opened, 1);
    await collection.round(noDeadline());
    opened.clock.advance(30 * 60_000);
    const before = opened.server.requests.length;
    const round = await collection.round(noDeadline());
    expect(round).toMatchObject({ state: "rest", polls: webhookCount });
    return opened.server.requests.length - before;
  }

  it("costs no more for ten webhooks than for one", async () => {
    const [ofOne, ofTen] = [await requestsOfPoll(1), await requestsOfPoll(10)];
    expect(ofOne).toBeGreaterThan(0);
    expect(ofTen).toBe(ofOne);
  });

  it("reads the month before part by part, and then rests", async () => {
    const tasks = [failedTask("new", NOW - HOUR), failedTask("old", NOW - 20 * DAY)];
    const opened = await tenant({ webhooks: [{ id: "hook" }, { id: "other" }], tasks });
    const collection = collectionOf(opened);
    const round = await collection.round(noDeadline());
    expect(round).toMatchObject({ state: "rest", polls: 2 });
    const window = windowOf(NOW - 30 * DAY, NOW);
    const found = await findInvocations(store.db, { window, asOf: opened.clock.now() });
    expect(found.map(({ id }) => id)).toEqual(["instance of new", "instance of old"]);
    const coverage = await readCoverage(store.db, "conductorone");
    for (const parts of coverage.values()) expect(parts.map(({ from }) => from)).toEqual([window.from]);
    expect(await collection.round(noDeadline())).toMatchObject({ state: "rest", polls: 0, backfills: 0, requests: 0 });
  });

  it("does not ask on and on where something cannot be read", async () => {
    const nameless = { created: new Date(NOW - 5 * DAY).toISOString(), webhookTriggered: { webhookInstanceId: "x" } };
    const tasks = [failedTask("a", NOW - 5 * DAY, { audits: [nameless] })];
    const opened = await tenant({ webhooks: [{ id: "hook" }], tasks });
    const collection = collectionOf(opened);
    await collection.round(noDeadline());
    const { requests } = opened.server;
    expect(requests.length).toBeLessThan(500);
    const before = requests.length;
    await collection.round(noDeadline());
    expect(requests.length - before).toBeLessThan(50);
  });
});
