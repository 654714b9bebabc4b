import { TestClock } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type JobQueue, startQueue } from "../../src/jobs/queue.ts";
import { type RetentionJob, startRetention } from "../../src/jobs/retention.ts";
import type { Store } from "../../src/store/database.ts";
import { findInvocations, saveInvocationPage } from "../../src/store/invocations.ts";
import { DATABASES, openFreshStore } from "../store/databases.ts";
import { invocation } from "../store/examples.ts";
import { logInMemory } from "./virtual-days.ts";

const DAYS = 30;

describe.each(DATABASES)("the retention job in %s", (database) => {
  const clock = new TestClock("2026-11-20T07:00Z");
  const { lines, log } = logInMemory();
  let store: Store;
  let queue: JobQueue;
  let retention: RetentionJob;
  beforeAll(async () => {
    store = await openFreshStore(database);
    queue = await startQueue(store, { log, clock });
    await collect(["2026-10-20T00:00Z", "2026-10-21T09:00Z", "2026-10-22T09:00Z"]);
    retention = await startRetention(queue, { store, days: DAYS, now: () => new Date(clock.now()), log });
  });
  afterAll(async () => {
    retention.stop();
    await queue.stop();
    await store.close();
    expect(lines).toEqual([]);
  });

  it("forgets at the start what is older than the operator wants to keep", async () => {
    await pass();
    expect(await kept()).toEqual(["2026-10-21T09:00Z", "2026-10-22T09:00Z"]);
  });

  it("forgets more every six hours", async () => {
    await clock.setTime("2026-11-20T11:59Z");
    await pass();
    expect(await kept()).toHaveLength(2);
    await clock.setTime("2026-11-20T12:00Z");
    await pass();
    expect(await kept()).toEqual(["2026-10-22T09:00Z"]);
  });

  async function pass(): Promise<void> {
    await clock.tick(20_000);
    await queue.settled();
  }

  async function collect(times: string[]): Promise<void> {
    const invocations = times.map((time) => invocation({ id: time, createdAt: new Date(time) }));
    await saveInvocationPage(store.db, { provider: "zendesk", webhookId: "w1", invocations });
  }

  async function kept(): Promise<string[]> {
    const window = { from: new Date("2026-10-01T00:00Z"), to: new Date("2026-12-01T00:00Z") };
    const found = await findInvocations(store.db, { window, asOf: window.to });
    return found.map(({ id }) => id).sort();
  }
});
