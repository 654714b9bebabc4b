import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCollector } from "../../src/collect/collector.ts";
import { askFailures } from "../../src/collect/questions.ts";
import { createLog } from "../../src/ops/log.ts";
import { createConductorOneProvider } from "../../src/providers/conductorone/provider.ts";
import type { Store } from "../../src/store/database.ts";
import { windowOf } from "../../src/triage/window.ts";
import {
  closeTenants,
  failedTask,
  HOUR,
  NOW,
  type Tenant,
  tenant,
  tenantAnswering,
  time,
} from "../providers/conductorone/failed.ts";
import { withAccessToken } from "../providers/conductorone/settings.ts";
import { answerJson } from "../providers/loopback.ts";
import { emptyStore, openEmptyStore } from "../store/databases.ts";
import { noDeadline } from "./desk.ts";

const WEEK = 7 * 24 * HOUR;
const MINUTE = 60_000;

/** A failed task of a webhook that is in no list, and whose name its trail has. */
function taskOfDeleted(id: string, failedMs: number) {
  const task = failedTask(id, failedMs);
  const arm = { webhookId: "deleted", webhookInstanceId: `instance of ${id}`, webhookName: "Old tickets" };
  const audits = task.audits.map(({ webhookApprovalAttempt: attempt, ...audit }) =>
    attempt ? { ...audit, webhookApprovalAttempt: arm } : { ...audit, webhookApprovalFatalError: arm },
  );
  return { ...task, audits };
}

describe("what a webhook did that its provider does not list any more", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore("PGlite");
  });
  afterAll(() => store.close());
  beforeEach(() => emptyStore(store));
  afterEach(closeTenants);

  /** As each command of the CLI does it: with a provider that remembers nothing. */
  async function ask({ server, clock }: Tenant) {
    const now = clock.now;
    const provider = createConductorOneProvider(withAccessToken(server.url), { clock });
    const log = createLog({ level: "silent", secrets: [] });
    const collector = createCollector({ store, providers: [provider], now, log });
    const query = { words: [], terms: [], window: windowOf(now().getTime() - WEEK, now().getTime()) };
    const question = { query, now: now(), maxAgeMs: 30_000, evidence: "sample" } as const;
    return askFailures(collector, question, noDeadline());
  }

  it.each([
    ["beside others", [{ id: "hook", displayName: "Grants" }]],
    ["where no other is left", []],
  ])("is told, by its name, %s", async (_, webhooks) => {
    const opened = await tenant({ webhooks, tasks: [taskOfDeleted("a", NOW - HOUR)] });
    for (const expected of [1, 1]) {
      const { answer, faults } = await ask(opened);
      expect(faults).toEqual([]);
      expect(answer.issues).toMatchObject([{ webhook: { id: "deleted", name: "Old tickets" }, count: expected }]);
      expect(answer.coverage.map(({ state }) => state)).toEqual([...webhooks, 1].map(() => "complete"));
      opened.clock.advance(2 * MINUTE);
    }
  });

  it("is read on after it was deleted, as what was sent before ends later", async () => {
    const tasks = [taskOfDeleted("a", NOW - HOUR)];
    const webhooks = [{ id: "deleted", displayName: "Tickets" }, { id: "hook" }];
    const opened = await tenant({ webhooks, tasks });
    await ask(opened);
    webhooks.shift();
    tasks.push(taskOfDeleted("b", NOW + 2 * MINUTE));
    opened.clock.advance(5 * MINUTE);
    const { answer } = await ask(opened);
    expect(answer.issues).toMatchObject([{ webhook: { name: "Tickets" }, count: 2 }]);
    expect(answer.coverage.map(({ state }) => state)).toEqual(["complete", "complete"]);
  });

  it("costs nothing in an answer about what was read a moment ago", async () => {
    const opened = await tenant({ tasks: [taskOfDeleted("a", NOW - HOUR)] });
    await ask(opened);
    const before = opened.server.requests.length;
    expect((await ask(opened)).answer.issues).toHaveLength(1);
    const asked = opened.server.requests.slice(before).map(({ url }) => url);
    expect(asked.filter((url) => !url.includes("automation"))).toEqual([]);
  });

  it("is unknown where nothing is listed and a task cannot be read", async () => {
    const nameless = { created: time(NOW - HOUR), webhookTriggered: { webhookInstanceId: "of no webhook" } };
    const tasks = [failedTask("a", NOW - HOUR, { audits: [nameless] })];
    const { answer, faults } = await ask(await tenant({ webhooks: [], tasks }));
    expect(answer.issues).toEqual([]);
    expect([faults.length, ...answer.coverage.map(({ state }) => state)]).toEqual([1, "unknown"]);
  });

  it("is unknown where nothing is listed and the trails cannot be read", async () => {
    const opened = await tenantAnswering(({ url }, response) => {
      if (url.includes("/webhooks")) return answerJson(response, { list: null });
      answerJson(response, { code: 7, message: "no tasks for you" }, 403);
    });
    const { answer, faults } = await ask(opened);
    expect(faults).toMatchObject([{ webhookId: null }]);
    expect(answer.coverage).toMatchObject([{ provider: "conductorone", webhookId: null, state: "unknown" }]);
  });
});
