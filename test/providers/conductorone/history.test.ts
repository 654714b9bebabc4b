import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readInstances } from "../../../src/providers/conductorone/history.ts";
import { auditRow, taskRow } from "../../../src/providers/conductorone/schema.ts";
import { idAt } from "./ids.ts";
import { at, audit, DAY_MS, HOOK, one, rebuilt, START, type Wire } from "./told.ts";

const failedApproval = [
  audit("A triggered 0"),
  audit("A attempt 1"),
  audit("A attempt 9"),
  audit("A fatalError 20", "i1", "unexpected status code 503"),
];

describe("the trail of a task", () => {
  it("tells a failed approval whole", () => {
    expect(one(failedApproval)).toEqual({
      invocation: {
        provider: "conductorone",
        webhookId: HOOK,
        id: "i1",
        status: "WEBHOOK_STATE_FATAL_ERROR",
        outcome: "failed",
        createdAt: at(0),
        latestCompletedAt: at(20),
        attemptsCount: 2,
        source: { kind: "approvalStep", ref: "task-1" },
      },
      attempts: [
        {
          invocationId: "i1",
          index: 0,
          status: "WEBHOOK_STATE_ERROR",
          outcome: "failed",
          startedAt: at(1),
          maskedCount: 0,
        },
        {
          invocationId: "i1",
          index: 1,
          status: "WEBHOOK_STATE_FATAL_ERROR",
          outcome: "failed",
          startedAt: at(9),
          errorMessage: "unexpected status code 503",
          maskedCount: 0,
        },
      ],
    });
  });

  it.each<[string, string[], string, string]>([
    ["only triggered", ["P triggered 0"], "WEBHOOK_STATE_PENDING", "pending"],
    ["tried once", ["P triggered 0", "P attempt 1"], "WEBHOOK_STATE_RUNNING", "pending"],
    ["tried twice, without an end", ["P triggered 0", "P attempt 1", "P attempt 9"], "WEBHOOK_STATE_ERROR", "pending"],
    ["provisioned", ["P triggered 0", "P attempt 1", "P success 2"], "WEBHOOK_STATE_SUCCESS", "succeeded"],
    ["approved", ["A triggered 0", "A attempt 1", "A success 2"], "WEBHOOK_STATE_SUCCESS", "succeeded"],
    ["not provisioned", ["P triggered 0", "P attempt 1", "P provisionError 2"], "WEBHOOK_STATE_FATAL_ERROR", "failed"],
    ["answered badly", ["A triggered 0", "A attempt 1", "A badResponse 2"], "WEBHOOK_STATE_FATAL_ERROR", "failed"],
    [
      "answered badly and tried again",
      ["A attempt 1", "A badResponse 2", "A attempt 9"],
      "WEBHOOK_STATE_ERROR",
      "pending",
    ],
    [
      "answered badly, then well",
      ["A attempt 1", "A badResponse 2", "A attempt 9", "A success 10"],
      "WEBHOOK_STATE_SUCCESS",
      "succeeded",
    ],
  ])("that was %s reads as %4$s", (_name, told, status, outcome) => {
    expect(one(told.map((line) => audit(line))).invocation).toMatchObject({ status, outcome });
  });

  const tries = (count: number) => Array.from({ length: count }, (_, index) => audit(`P attempt ${10 * index + 1}`));
  const closed = (rows: Wire[]) => rows.map((row) => ({ ...row, currentState: "TASK_STATE_CLOSED" }));

  it("has no entry for the end of a post action: the fiftieth attempt is it", () => {
    expect(one(closed([audit("P triggered 0"), ...tries(49)])).invocation.outcome).toBe("pending");
    expect(one(closed([audit("P triggered 0"), ...tries(50)])).invocation).toMatchObject({
      status: "WEBHOOK_STATE_FATAL_ERROR",
      outcome: "failed",
      latestCompletedAt: at(491),
      attemptsCount: 50,
      source: { kind: "policyPostAction", ref: "task-1" },
    });
    expect(one(closed([...tries(50), audit("P success 500")])).invocation.outcome).toBe("succeeded");
  });

  it("gives the entry for the end a minute to follow the fiftieth attempt", () => {
    expect(one([audit("P triggered 0"), ...tries(50)]).invocation).toMatchObject({
      outcome: "pending",
      pendingUntil: at(491 + 60),
    });
  });

  it.each([
    ["8 days from when it was made", undefined, 8 * DAY_MS, undefined],
    ["the webhook's own window", 2 * DAY_MS, 2 * DAY_MS, 2 * DAY_MS],
  ])("without an end is pending for %s", (_name, callbackMs, pendingMs, expiresMs) => {
    const { invocation } = one([audit("P triggered 0"), audit("P attempt 1")], {}, callbackMs);
    expect(invocation.pendingUntil).toEqual(new Date(START + pendingMs));
    expect(invocation.expiresAt).toEqual(expiresMs && new Date(START + expiresMs));
  });

  it("reads the same in any order, and with entries repeated", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...failedApproval, ...failedApproval], { minLength: 8 }), (shuffled) => {
        expect(rebuilt(shuffled)).toEqual(rebuilt(failedApproval));
      }),
    );
  });

  it("with gaps never invents an end, and never throws", () => {
    const all = [
      ...failedApproval,
      audit("P triggered 30", "i2"),
      audit("P attempt 31", "i2"),
      audit("P provisionError 40"),
    ];
    fc.assert(
      fc.property(fc.subarray(all), (some) => {
        for (const { invocation, attempts } of rebuilt(some)) {
          const hasEnd = some.some((row) => "webhookApprovalFatalError" in row || "provisionError" in row);
          if (!hasEnd) expect(invocation.outcome).toBe("pending");
          expect(attempts.map(({ index }) => index)).toEqual(attempts.map((_, index) => index));
        }
      }),
    );
  });

  it.each<[string, Wire[], Record<string, unknown>]>([
    [
      "its beginning",
      [audit("A attempt 5"), audit("A fatalError 9", "i1", "x")],
      { createdAt: at(5), attemptsCount: 1 },
    ],
    [
      "its attempts",
      [audit("A triggered 0"), audit("A fatalError 9", "i1", "x")],
      { createdAt: at(0), attemptsCount: undefined },
    ],
    ["all but its end", [audit("A fatalError 9", "i1", "x")], { createdAt: at(9), attemptsCount: undefined }],
  ])("that lacks %s still tells the failure and its reason", (_name, audits, expected) => {
    const { invocation, attempts } = one(audits);
    expect(invocation).toMatchObject({ outcome: "failed", latestCompletedAt: at(9) });
    expect(invocation).toMatchObject(expected);
    expect(attempts.at(-1)).toMatchObject({ errorMessage: "x", outcome: "failed" });
  });

  it("takes the time of creation from the id where the beginning is missing", () => {
    const id = idAt(START);
    expect(one([audit("P attempt 5", id)]).invocation.createdAt).toEqual(at(0));
  });

  it("leaves out entries without a time, an instance or a webhook", () => {
    expect(
      rebuilt([
        { id: "x", webhookAttempt: { webhookId: HOOK, webhookInstanceId: "i1" } },
        { id: "y", created: at(1).toISOString(), webhookAttempt: { webhookId: HOOK } },
        { id: "z", created: at(1).toISOString(), webhookAttempt: { webhookInstanceId: "i9" } },
        { id: "c", created: at(1).toISOString(), comment: { comment: "hello" } },
      ]),
    ).toEqual([]);
  });

  it("counts what it tells of without a webhook, for its end is not known", () => {
    const nameless = { id: "z", created: at(1).toISOString(), webhookAttempt: { webhookInstanceId: "i9" } };
    const audits = [audit("P triggered 0"), nameless].map((row) => auditRow.parse(row));
    const read = readInstances({ task: taskRow.parse({ id: "t" }), audits, callbackMsOf: () => undefined });
    expect(read.unreadable).toBe(1);
    expect(read.histories.map(({ invocation }) => invocation.id)).toEqual(["i1"]);
  });

  it.each([
    [2 * DAY_MS - 1, at(1)],
    [2 * DAY_MS, new Date(START + 2 * DAY_MS)],
  ])("without an end, read after %i ms of a window of 2 days, has completed at %s", (afterMs, expected) => {
    const audits = [audit("P triggered 0"), audit("P attempt 1")].map((row) => auditRow.parse(row));
    const task = taskRow.parse({ id: "t" });
    const now = new Date(START + afterMs);
    const [only] = readInstances({ task, audits, callbackMsOf: () => 2 * DAY_MS, now }).histories;
    expect(only?.invocation.latestCompletedAt).toEqual(expected);
  });

  it("redacts error texts and keeps them short", () => {
    const error = `401 for Authorization: Bearer planted-bearer-token ${"x ".repeat(5_000)}`;
    const { attempts } = one([audit("A attempt 1"), audit("A fatalError 2", "i1", error)]);
    expect(attempts[0]?.errorMessage).not.toContain("planted");
    expect(attempts[0]?.errorMessage?.length).toBeLessThanOrEqual(2_000);
    expect(attempts[0]?.maskedCount).toBe(1);
  });
});
