import { describe, expect, it } from "vitest";
import { type Asking, DAY_MS, everyGet, everyPost, NOON, objectAt, startAsking, virtualClock } from "./ask.ts";
import { type Found, readAll } from "./reader.ts";

const daysBefore = (days: number, to = NOON) => ({ from: new Date(to.getTime() - days * DAY_MS), to });

function truthOf({ c1 }: Asking, window: { from: Date; to: Date }): Map<string, Found> {
  const truth = new Map<string, Found>();
  for (const [id, { failed, pending, succeeded }] of c1.truth(window).webhooks) {
    const found = { failed: failed.toSorted(), pending: pending.toSorted(), succeeded: succeeded.toSorted() };
    if (failed.length + pending.length + succeeded.length > 0) truth.set(id, found);
  }
  return truth;
}

function withSome(found: ReadonlyMap<string, Found>): Map<string, Found> {
  return new Map([...found].filter(([, one]) => one.failed.length + one.pending.length + one.succeeded.length > 0));
}

describe("whoever reads all tasks and all of their audits", () => {
  it.each([7, 3])("finds the truth of %i days", async (days) => {
    const asking = await startAsking({ seed: days });
    const window = daysBefore(days);
    expect(withSome(await readAll(asking, window))).toEqual(truthOf(asking, window));
    await asking.c1.close();
  });

  it("finds what a broken receiver did, and what came after", async () => {
    const clock = virtualClock();
    const asking = await startAsking({ now: clock.now });
    const webhookId = asking.webhookId("Payroll entitlements");
    asking.c1.mishaps.breakReceiver(webhookId, "unauthorized");
    clock.advance(1_800);
    asking.c1.mishaps.healReceiver(webhookId);
    clock.advance(3_600);
    const window = daysBefore(0.5, clock.now());
    const truth = truthOf(asking, window);
    expect(truth.get(webhookId)?.failed.length).toBeGreaterThan(15);
    expect(withSome(await readAll(asking, window))).toEqual(truth);
    await asking.c1.close();
  });
});

it("the truth names what was left to people, what was skipped, and which automations failed", async () => {
  const asking = await startAsking();
  const truth = asking.c1.truth(daysBefore(1));
  const failedOf = (name: string) => truth.webhooks.get(asking.webhookId(name))?.failed.length;
  expect(truth.manual).toHaveLength(failedOf("ServiceNow provisioning") ?? -1);
  expect(truth.manual.length).toBeGreaterThan(10);
  expect(truth.skipped.length).toBeGreaterThan(10);
  const failedExecutions = await everyPost(asking, "/api/v1/search/automation_executions", {
    executionStates: ["AUTOMATION_EXECUTION_STATE_ERROR"],
  });
  const ids = failedExecutions.map((view) => objectAt(view, "automationExecution").id);
  expect(ids.toSorted()).toEqual(truth.failedExecutions.toSorted());
  expect(failedOf("Laptop orders")).toBe(truth.failedExecutions.length - truth.unnamedExecutions.length);
  expect(truth.unnamedExecutions.length).toBeGreaterThan(0);
  await asking.c1.close();
});

it("a tenant that lists its instances tells the outcomes of automations and tests too, and its trails what is not listed any more", async () => {
  const clock = virtualClock();
  const asking = await startAsking({ now: clock.now, instancesPath: "webhooks/{webhookId}/instances" });
  const laptops = asking.webhookId("Laptop orders");
  const { json } = await asking.post(`/api/v1/webhooks/${laptops}/test`);
  const testId = String(objectAt(json, "webhook").id);
  clock.advance(3_600);
  const window = daysBefore(7, clock.now());
  const traced = await readAll(asking, window);
  let gone = 0;
  for (const [webhookId, found] of truthOf(asking, window)) {
    const all = await everyGet(asking, `/api/v1/webhooks/${webhookId}/instances`, "list");
    const listed = new Map(all.map((instance) => [String(instance.id), instance]));
    const runs = new Set(all.map((instance) => objectAt(instance, "source", "workflowStep").workflowExecutionId));
    const failed = [...listed.values()].filter(
      ({ state, completedAt }) =>
        state === "WEBHOOK_STATE_FATAL_ERROR" && Date.parse(String(completedAt)) >= window.from.getTime(),
    );
    const unlisted = (traced.get(webhookId)?.failed ?? []).filter((id) => !listed.has(id) && !runs.has(id));
    gone += unlisted.length;
    expect([...failed.map(({ id }) => String(id)), ...unlisted].toSorted()).toEqual(found.failed);
  }
  expect(gone).toBeGreaterThan(0);
  const { webhooks } = asking.c1.truth(window);
  expect(webhooks.get(laptops)?.failed.length).toBeGreaterThan(10);
  expect(Object.values(webhooks.get(laptops) ?? {}).flat()).toContain(testId);
  await asking.c1.close();
});
