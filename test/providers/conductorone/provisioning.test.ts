import { describe, expect, it } from "vitest";
import { taskRow } from "../../../src/providers/conductorone/schema.ts";
import { at, audit, HOOK, one, rebuilt, type Wire } from "./told.ts";

describe("an error of provisioning", () => {
  const outcomes = (audits: readonly Wire[], task: Wire = {}) =>
    Object.fromEntries(rebuilt(audits, task).map(({ invocation }) => [invocation.id, invocation.outcome]));

  it("belongs to the nearest provisioning before it that has no end", () => {
    const trail = [
      audit("P triggered 0", "old"),
      audit("P success 5", "old"),
      audit("A triggered 10", "approval"),
      audit("A attempt 12", "approval"),
      audit("P triggered 20", "first"),
      audit("P provisionError 30"),
      audit("P triggered 40", "second"),
      audit("P provisionError 50"),
      audit("P triggered 60", "third"),
    ];
    expect(outcomes(trail)).toEqual({
      old: "succeeded",
      approval: "pending",
      first: "failed",
      second: "failed",
      third: "pending",
    });
  });

  it("belongs to the one that succeeded a moment before: its answer was taken, and said so", () => {
    const trail = [
      audit("P triggered 0", "lost"),
      audit("P attempt 5", "lost"),
      audit("P triggered 20", "answered"),
      audit("P attempt 22", "answered"),
      audit("P success 30", "answered"),
    ];
    expect(outcomes([...trail, audit("P provisionError 30.1")])).toEqual({ lost: "pending", answered: "succeeded" });
    expect(outcomes([...trail, audit("P provisionError 95")])).toEqual({ lost: "failed", answered: "succeeded" });
  });

  it("belongs to the one whose step says so, where the policy tells", () => {
    const trail = [audit("P triggered 0", "a"), audit("P triggered 10", "b"), audit("P provisionError 30")];
    const erroredAt = at(30).toISOString();
    const provision = { webhookId: HOOK, webhookInstanceId: "a", reassignedByError: { description: "why", erroredAt } };
    expect(outcomes(trail, { policy: { current: null, history: [{ provision }], next: null } })).toEqual({
      a: "failed",
      b: "pending",
    });
  });

  it("of a connector is not taken for that of a step, whose own comes later", () => {
    const provision = {
      webhookId: HOOK,
      webhookInstanceId: "b",
      errored: { description: "its own", erroredAt: at(3600).toISOString() },
    };
    const trail = [
      audit("P triggered 0", "b"),
      audit("P attempt 1", "b"),
      audit("P provisionError 1800", "", "of a connector"),
      audit("P provisionError 3600", "", "its own"),
    ];
    const { invocation, attempts } = one(trail, { policy: { history: [{ provision }] } });
    expect(invocation.latestCompletedAt).toEqual(at(3600));
    expect(attempts.at(-1)?.errorMessage).toBe("its own");
  });

  it("that no step confirms ends nothing that is tried again", () => {
    const trail = [audit("P triggered 0"), audit("P attempt 1"), audit("P provisionError 5"), audit("P attempt 9")];
    expect(outcomes(trail)).toEqual({ i1: "pending" });
  });

  it("of a connector, which is no webhook's, makes none fail", () => {
    expect(outcomes([audit("P provisionError 0"), audit("P triggered 10", "later")])).toEqual({ later: "pending" });
  });

  it("is told by the policy alone where the trail has a gap", () => {
    const provision = {
      webhookId: HOOK,
      webhookInstanceId: "i1",
      errored: { description: "no such host", errorCode: "PEC-1", erroredAt: at(30).toISOString() },
    };
    const { invocation, attempts } = one([], { policy: { history: [{ provision }] } });
    expect(invocation).toMatchObject({
      outcome: "failed",
      latestCompletedAt: at(30),
      source: { kind: "provisionStep" },
    });
    expect(attempts).toMatchObject([{ errorMessage: "no such host", completedAt: at(30) }]);
  });

  it("is no business of what is sent after the task was closed: that is a post action", () => {
    const sent = { ...audit("P triggered 0"), currentState: "TASK_STATE_CLOSED" };
    expect(one([sent]).invocation.source).toEqual({ kind: "policyPostAction", ref: "task-1" });
  });
});

describe("a task", () => {
  it("keeps of its policy only the steps of webhooks, and of these only how they ended", () => {
    const provision = { webhookId: HOOK, webhookInstanceId: "i1", errored: { description: "why", errorCode: "x" } };
    const policy = {
      id: "policy",
      current: { id: "step", provision: { ...provision, state: "s", provisionPolicy: { much: "x" } } },
      history: [{ approval: { users: ["u"] } }, { provision }],
      next: null,
    };
    const kept = { provision: { webhookId: HOOK, webhookInstanceId: "i1", errored: { description: "why" } } };
    expect(taskRow.parse({ id: "t", policy, form: { much: "x" } })).toEqual({
      id: "t",
      policy: { current: kept, history: [kept] },
    });
  });
});
