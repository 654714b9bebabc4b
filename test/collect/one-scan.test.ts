import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Collector, createCollector } from "../../src/collect/collector.ts";
import { createCollection } from "../../src/collect/polling/collection.ts";
import { askFailures, type Question } from "../../src/collect/questions.ts";
import { createLog } from "../../src/ops/log.ts";
import type { Store } from "../../src/store/database.ts";
import { overallState } from "../../src/triage/coverage.ts";
import { windowOf } from "../../src/triage/window.ts";
import { closeTenants, failedTask, HOUR, NOW, type Tenant, tenant } from "../providers/conductorone/failed.ts";
import { emptyStore, openEmptyStore } from "../store/databases.ts";
import { noDeadline } from "./desk.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const log = createLog({ level: "silent", secrets: [] });

describe("questions about what one scan tells of all webhooks", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore("PGlite");
  });
  afterAll(() => store.close());
  beforeEach(() => emptyStore(store));
  afterEach(closeTenants);

  async function open() {
    const tasks = [failedTask("a", NOW - 10 * MINUTE), failedTask("b", NOW - 20 * MINUTE)];
    const opened = await tenant({ webhooks: [{ id: "hook" }, { id: "other" }, { id: "third" }], tasks });
    const { provider, clock } = opened;
    const collector = createCollector({ store, providers: [provider], now: clock.now, log });
    return { ...opened, tasks, collector };
  }

  /** About the last hours up to now. */
  async function ask(collector: Collector, hours: number) {
    const now = collector.now();
    const query = { words: [], terms: [], window: windowOf(now.getTime() - hours * HOUR, now.getTime()) };
    const question: Question = { query, now, maxAgeMs: 30_000, evidence: "sample" };
    const { answer } = await askFailures(collector, question, noDeadline());
    return { state: overallState(answer.coverage), asOf: answer.asOf, failed: answer.totals.failed };
  }

  function searches({ server }: Pick<Tenant, "server">): number {
    return server.requests.filter(({ url }) => url.includes("search/tasks")).length;
  }

  it("are answered whole whenever they are asked, each about a time of its own", async () => {
    const { collector, clock, tasks } = await open();
    await ask(collector, 31);
    for (const [index, seconds] of [35, 15, 31, 59, 6].entries()) {
      clock.advance(seconds * SECOND);
      const now = clock.now();
      tasks.push(failedTask(`new ${index}`, now.getTime() - 2 * SECOND));
      const { state, asOf, failed } = await ask(collector, 32 + index);
      expect(state).toBe("complete");
      expect(now.getTime() - asOf.getTime()).toBeLessThanOrEqual(30 * SECOND);
      expect(failed).toBe(tasks.filter(({ updatedAt = "" }) => new Date(updatedAt) < asOf).length);
    }
  });

  it("are answered whole after a round in the background, whenever that was", async () => {
    const { collector, clock, provider } = await open();
    const collection = createCollection({ collector, provider, keptDays: 2, log });
    for (const seconds of [10, 31, 45, 59]) {
      await collection.round(noDeadline());
      clock.advance(seconds * SECOND);
      expect(await ask(collector, 31)).toMatchObject({ state: "complete" });
      clock.advance((60 - seconds) * SECOND);
    }
  });

  it("cost a listing of what is new, however many webhooks are asked about", async () => {
    const opened = await open();
    await ask(opened.collector, 31);
    const asked = searches(opened);
    opened.clock.advance(35 * SECOND);
    await ask(opened.collector, 31);
    // What was made since, and what is open.
    expect(searches(opened) - asked).toBe(2);
  });
});
