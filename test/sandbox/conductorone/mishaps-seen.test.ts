import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStory } from "../../../sandbox/conductorone/story/story.ts";
import { type Asking, everyPost, isObject, NOON, objectAt, startAsking, virtualClock } from "./ask.ts";

let clock: ReturnType<typeof virtualClock>;
let asking: Asking;
beforeEach(async () => {
  clock = virtualClock();
  asking = await startAsking({ now: clock.now });
});
afterEach(() => asking.c1.close());

const WEBHOOKS = createStory(7, NOON.getTime()).webhooks.map(({ name, use }) => ({ name, use }));
const OF_TASKS = WEBHOOKS.filter(({ use }) => use !== "workflowStep");
const OF_AUTOMATIONS = WEBHOOKS.filter(({ use }) => use === "workflowStep");
const STORM = 5;
const AT_ONCE_WHEN_BROKEN = 3;
/** Fifty attempts of a receiver that answers at once. */
const ALL_SPENT_SECONDS = 15 * 60;

const timeOf = (value: unknown) => Date.parse(String(value));

interface MadeTask {
  createdMs: number;
  updatedMs: number;
  /** Kinds of entries with their times, oldest first. */
  audits: { typ: string; atMs: number }[];
}

/** The tasks that a search finds which were made from `from` on, within a second, and fired this webhook. */
async function madeAt(from: Date, webhookId: string): Promise<MadeTask[]> {
  const views = await everyPost(asking, "/api/v1/search/tasks", {
    createdAfter: from.toISOString(),
    createdBefore: new Date(from.getTime() + 1_000).toISOString(),
  });
  const made: MadeTask[] = [];
  for (const { id, createdAt, updatedAt } of views.map((view) => objectAt(view, "task"))) {
    const audits = await everyPost(asking, "/api/v1/task/audits", { taskId: id });
    if (!JSON.stringify(audits).includes(webhookId)) continue;
    const kinds = audits.map((audit) => {
      const typ = Object.keys(audit).find((key) => isObject(audit[key])) ?? "";
      return { typ, atMs: timeOf(audit.created) };
    });
    made.push({ createdMs: timeOf(createdAt), updatedMs: timeOf(updatedAt), audits: kinds });
  }
  return made;
}

function begin(mishap: "break" | "storm", webhookId: string): number {
  if (mishap === "break") {
    asking.c1.mishaps.breakReceiver(webhookId, "unauthorized");
    return AT_ONCE_WHEN_BROKEN;
  }
  asking.c1.mishaps.startStorm(webhookId, "unauthorized", STORM);
  return STORM;
}

describe.each(["break", "storm"] as const)("a %s", (mishap) => {
  it.each(OF_TASKS)(
    "of $name makes tasks at its own time, found by a search, with what they send after that",
    async ({ name, use }) => {
      const webhookId = asking.webhookId(name);
      const from = clock.now();
      const count = begin(mishap, webhookId);
      clock.advance(ALL_SPENT_SECONDS);
      const made = await madeAt(from, webhookId);
      expect(made).toHaveLength(count);
      expect(new Set(made.map(({ createdMs }) => createdMs)).size).toBe(count);
      const prefix = use === "approvalStep" ? "webhookApproval" : "webhook";
      for (const { createdMs, updatedMs, audits } of made) {
        const timesOf = (typ: string) => audits.filter((audit) => audit.typ === typ).map(({ atMs }) => atMs);
        expect(createdMs).toBeGreaterThanOrEqual(from.getTime());
        expect(timesOf(`${prefix}Triggered`)).toHaveLength(1);
        expect(Math.min(...timesOf(`${prefix}Triggered`))).toBeGreaterThan(createdMs);
        expect(timesOf(`${prefix}Attempt`)).toHaveLength(50);
        expect(Math.min(...audits.map(({ atMs }) => atMs))).toBe(createdMs);
        expect(updatedMs).toBe(Math.max(...audits.map(({ atMs }) => atMs)));
        if (use === "approvalStep") expect(timesOf("webhookApprovalFatalError")).toHaveLength(1);
        if (use === "provisionStep") expect(timesOf("provisionError")).toHaveLength(1);
      }
    },
  );

  it.each(OF_AUTOMATIONS)("of $name makes executions at its own time, which are listed as failed", async ({ name }) => {
    const from = clock.now();
    const count = begin(mishap, asking.webhookId(name));
    clock.advance(ALL_SPENT_SECONDS);
    const views = await everyPost(asking, "/api/v1/search/automation_executions", {
      executionStates: ["AUTOMATION_EXECUTION_STATE_ERROR"],
    });
    const made = views
      .map((view) => timeOf(objectAt(view, "automationExecution").createdAt))
      .filter((atMs) => atMs >= from.getTime() && atMs < from.getTime() + 1_000);
    expect(made).toHaveLength(count);
  });
});

it("a task is updated whenever something happens in it", async () => {
  const webhookId = asking.webhookId("Audit trail export");
  const from = clock.now();
  asking.c1.mishaps.startStorm(webhookId, "unauthorized", 1);
  const seen: number[] = [];
  for (let minutes = 0; minutes < 5; minutes++) {
    clock.advance(60);
    const [made] = await madeAt(from, webhookId);
    expect(made?.updatedMs).toBe(made?.audits.at(-1)?.atMs);
    seen.push(made?.updatedMs ?? 0);
  }
  expect(new Set(seen).size).toBe(5);
});
