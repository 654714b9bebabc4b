import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Asking,
  everyGet,
  everyPost,
  isObject,
  listIn,
  NOON,
  objectAt,
  startAsking,
  virtualClock,
} from "./ask.ts";

let asking: Asking;
beforeAll(async () => {
  asking = await startAsking({ instancesPath: "/api/v1/webhooks/{webhookId}/instances" });
});
afterAll(() => asking.c1.close());

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const ID = /^[a-zA-Z0-9]{27}$/;

async function audits(taskId: unknown, more: Record<string, unknown> = {}) {
  return everyPost(asking, "/api/v1/task/audits", { taskId, ...more });
}

describe("webhooks", () => {
  it("are shown as documented, with null and absent mixed", async () => {
    const list = listIn(await asking.get("/api/v1/webhooks"), "list");
    expect(list).toHaveLength(9);
    for (const webhook of list) {
      expect(webhook).toMatchObject({
        id: expect.stringMatching(ID),
        url: expect.stringMatching(/^https:/),
        createdAt: expect.stringMatching(TIME),
      });
      expect(webhook.deletedAt ?? null).toBeNull();
    }
    expect(new Set(list.map((webhook) => "deletedAt" in webhook)).size).toBe(2);
    expect(list.filter(({ callbackTimeout }) => callbackTimeout === "172800s")).toHaveLength(1);
    expect(list.some(({ displayName }) => String(displayName).startsWith("<!channel>"))).toBe(true);
  });

  it("are got one by one, and found by their names or ids", async () => {
    const id = asking.webhookId("Payroll entitlements");
    expect(objectAt((await asking.get(`/api/v1/webhooks/${id}`)).json, "webhook").id).toBe(id);
    const byName = await asking.post("/api/v1/search/webhooks", { query: "payroll" });
    expect(listIn(byName, "list").map((webhook) => webhook.id)).toEqual([id]);
    const byRef = await asking.post("/api/v1/search/webhooks", { refs: [{ id }] });
    expect(listIn(byRef, "list").map((webhook) => webhook.id)).toEqual([id]);
    expect(listIn(await asking.post("/api/v1/search/webhooks", { query: "no such" }), "list")).toEqual([]);
  });
});

describe("instances", () => {
  it("have every documented field, and their state follows the clock", async () => {
    const clock = virtualClock();
    const own = await startAsking({ now: clock.now, instancesPath: "webhooks/{webhookId}/instances" });
    const id = own.webhookId("Payroll entitlements");
    const begun = objectAt((await own.post(`/api/v1/webhooks/${id}/test`)).json, "webhook");
    expect(begun).toMatchObject({
      id: expect.stringMatching(ID),
      webhookId: id,
      state: "WEBHOOK_STATE_PENDING",
      attempts: 0,
      source: { test: {} },
      spec: { destination: "https://payroll.acme.example/hooks/c1" },
      createdAt: expect.stringMatching(/^2026-11-20T12:00:00.000\d{3}Z$/),
      expiresAt: expect.stringMatching(/^2026-11-28T12:00:00/),
    });
    clock.advance(120);
    const [first] = listIn(await own.get(`/api/v1/webhooks/${id}/instances`), "list");
    expect(first).toMatchObject({
      id: begun.id,
      state: "WEBHOOK_STATE_SUCCESS",
      completedAt: expect.stringMatching(TIME),
    });
    await own.c1.close();
  });

  it("name what they were fired for, and int64 is a string", async () => {
    const kinds = new Map<string, unknown>();
    for (const { id } of asking.c1.webhooks) {
      for (const { source } of await everyGet(asking, `/api/v1/webhooks/${id}/instances`, "list")) {
        for (const [kind, value] of Object.entries(objectAt(source))) if (isObject(value)) kinds.set(kind, value);
      }
    }
    expect(Object.fromEntries(kinds)).toEqual({
      provisionStep: { ticketId: expect.stringMatching(ID) },
      approvalStep: { ticketId: expect.stringMatching(ID) },
      policyPostAction: { ticketId: expect.stringMatching(ID) },
      workflowStep: {
        workflowExecutionId: expect.stringMatching(/^\d{16,19}$/),
        workflowStepId: expect.stringMatching(ID),
      },
    });
  });

  it("are not listed where the tenant has no such path", async () => {
    const own = await startAsking();
    expect((await own.get(`/api/v1/webhooks/${own.webhookId("Payroll entitlements")}/instances`)).status).toBe(404);
    await own.c1.close();
  });
});

describe("tasks", () => {
  const search = (body: Record<string, unknown>) => everyPost(asking, "/api/v1/search/tasks", body);

  it("are found by when they were made, newest first", async () => {
    const createdAfter = "2026-11-18T00:00:00Z";
    const createdBefore = "2026-11-19T00:00:00Z";
    const times = (await search({ createdAfter, createdBefore })).map((view) =>
      Date.parse(String(objectAt(view, "task").createdAt)),
    );
    expect(times.length).toBeGreaterThan(10);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(times.every((ms) => ms >= Date.parse(createdAfter) && ms < Date.parse(createdBefore))).toBe(true);
  });

  it("are found by the approval that is waited for now, not by those that are done", async () => {
    const waiting = await search({ stepApprovalTypes: ["STEP_APPROVAL_TYPE_WEBHOOK"] });
    expect(waiting.length).toBeGreaterThan(2);
    expect(waiting.length).toBeLessThan(20);
    for (const view of waiting) {
      const current = objectAt(view, "task", "policy", "current");
      expect(objectAt(current, "approval", "approval", "webhookApproval").webhookId).toMatch(ID);
    }
  });

  it("have states, which the search knows", async () => {
    const open = await search({ taskStates: ["TASK_STATE_OPEN"] });
    const closed = await search({ taskStates: ["TASK_STATE_CLOSED"] });
    expect(open.length + closed.length).toBe((await search({})).length);
    expect(new Set(open.map((view) => objectAt(view, "task").state))).toEqual(new Set(["TASK_STATE_OPEN"]));
  });

  it("are got by id and by numeric id", async () => {
    const [view] = await search({ createdAfter: "2026-11-20T06:00:00Z" });
    const { id, numericId } = objectAt(view, "task");
    expect(numericId).toMatch(/^\d+$/);
    for (const name of [id, numericId]) {
      expect(objectAt((await asking.get(`/api/v1/tasks/${name}`)).json, "taskView", "task").id).toBe(id);
    }
  });

  it("that fell back to people say so in their policy and in their audits", async () => {
    const [taskId] = asking.c1.truth({ from: new Date(NOON.getTime() - 4 * 3_600_000), to: NOON }).manual;
    const task = objectAt((await asking.get(`/api/v1/tasks/${taskId}`)).json, "taskView", "task");
    expect(JSON.stringify(task.policy)).toMatch(
      /"reassignedByError":\{"description":"webhook failed after 50 attempts/,
    );
    const trail = await audits(taskId);
    const error = trail.find((audit) => isObject(audit.provisionError));
    expect(error).toMatchObject({
      eventType: "TASK_AUDIT_EVENT_TYPE_ERROR",
      provisionError: { error: expect.stringMatching(/401 Unauthorized/) },
    });
    expect(trail.some((audit) => isObject(audit.provisionReassigned))).toBe(true);
    expect(trail.filter((audit) => isObject(audit.webhookAttempt))).toHaveLength(50);
  });
});

describe("audits", () => {
  it("come oldest first, or newest first, or as comments alone", async () => {
    const [taskId] = asking.c1.truth({ from: new Date(NOON.getTime() - 86_400_000), to: NOON }).skipped;
    const oldestFirst = (await audits(taskId)).map(({ created }) => String(created));
    const newestFirst = (await audits(taskId, { newestFirst: true })).map(({ created }) => String(created));
    expect(oldestFirst).toEqual(oldestFirst.toSorted());
    expect(newestFirst.toSorted()).toEqual(oldestFirst);
    expect(newestFirst[0]).toBe(oldestFirst.at(-1));
    expect((await audits(taskId, { commentsOnly: true })).every((audit) => isObject(audit.comment))).toBe(true);
  });

  it("name the instance and the error of an approval that failed", async () => {
    const truth = asking.c1.truth({ from: new Date(NOON.getTime() - 86_400_000), to: NOON });
    const errors = new Set<string>();
    for (const taskId of truth.skipped) {
      for (const audit of await audits(taskId)) {
        for (const typ of ["webhookApprovalBadResponse", "webhookApprovalFatalError"]) {
          const { error, webhookInstanceId } = objectAt(audit, typ);
          if (error === undefined) continue;
          expect(webhookInstanceId).toMatch(ID);
          errors.add(`${typ}: ${String(error).slice(0, 24)}`);
        }
      }
    }
    expect([...errors].toSorted()).toEqual([
      "webhookApprovalBadResponse: invalid response documen",
      'webhookApprovalFatalError: Post "https://legal.acme',
      "webhookApprovalFatalError: webhook stopped: receive",
    ]);
  });

  it("are 3 to 15 seconds apart, from attempt to attempt", async () => {
    const [taskId] = asking.c1.truth({ from: new Date(NOON.getTime() - 4 * 3_600_000), to: NOON }).manual;
    const starts = (await audits(taskId))
      .filter((audit) => isObject(audit.webhookAttempt))
      .map(({ created }) => Date.parse(String(created)));
    const gaps = starts.slice(1).map((ms, i) => ms - (starts[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(3_000);
    expect(Math.max(...gaps)).toBeLessThan(16_000);
  });
});

it("executions of automations stand under a name of their own", async () => {
  const listed = await everyGet(asking, "/api/v1/automation_executions", "automationExecutions");
  expect(listed.length).toBeGreaterThan(80);
  expect(listed[0]).toMatchObject({
    id: expect.stringMatching(/^\d{16,19}$/),
    state: expect.stringMatching(/^AUTOMATION_EXECUTION_STATE_/),
  });
  const one = await asking.get(`/api/v1/automation_executions/${listed[0]?.id}`);
  expect(objectAt(one.json, "automationExecution")).toEqual(listed[0]);
  const automation = await asking.get(`/api/v1/automations/${listed[0]?.automationTemplateId}`);
  expect(automation.text).toContain(`"webhook":{"webhookId":"${asking.webhookId("Laptop orders")}"}`);
});

it("the same seed tells the same story, byte for byte, and another one another", async () => {
  const [one, other, same] = [
    await startAsking({ seed: 1 }),
    await startAsking({ seed: 2 }),
    await startAsking({ seed: 1 }),
  ];
  const bytes = async (own: Asking) => (await own.post("/api/v1/search/tasks", { pageSize: 100 })).text;
  expect(await bytes(same)).toBe(await bytes(one));
  expect(await bytes(other)).not.toBe(await bytes(one));
  await Promise.all([one, other, same].map(({ c1 }) => c1.close()));
});
