import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeInstance, decodeWebhook } from "../../../src/providers/conductorone/decode.ts";
import { timeOfKsuid } from "../../../src/providers/conductorone/ksuid.ts";
import { instanceRow, webhookRow } from "../../../src/providers/conductorone/schema.ts";
import { outcomeOf, WEBHOOK_STATES } from "../../../src/providers/conductorone/state.ts";
import { idAt } from "./ids.ts";

const MADE = new Date("2026-11-20T17:06:32.123Z");
const DAY_MS = 24 * 60 * 60_000;
const wire = {
  id: "2fCjgK8tYJxV9u8d1wupBMeXZ45",
  webhookId: "2mqg9IILyNefQ6oMTvolM4FjDTS",
  state: "WEBHOOK_STATE_ERROR",
  attempts: 3,
  source: { test: null, approvalStep: { ticketId: "task-1" } },
  spec: { destination: "https://hooks.example.com/c1" },
  createdAt: "2026-11-20T17:06:32.123456Z",
  updatedAt: "2026-11-20T17:07:02Z",
  lastAttemptedAt: "2026-11-20T17:07:01Z",
  completedAt: null,
  expiresAt: "2026-11-28T17:06:32.123456Z",
};
const model = {
  provider: "conductorone",
  webhookId: wire.webhookId,
  id: wire.id,
  status: "WEBHOOK_STATE_ERROR",
  outcome: "pending",
  pendingUntil: new Date("2026-11-28T17:06:32.123Z"),
  createdAt: MADE,
  latestCompletedAt: new Date("2026-11-20T17:07:01Z"),
  attemptsCount: 3,
  expiresAt: new Date("2026-11-28T17:06:32.123Z"),
  source: { kind: "approvalStep", ref: "task-1" },
};
const { source, spec, ...plain } = wire;
const snakeCase = {
  id: wire.id,
  webhook_id: wire.webhookId,
  state: wire.state,
  attempts: "3",
  webhook_source: { approval_step: { ticket_id: "task-1" }, provision_step: null },
  webhook_spec: wire.spec,
  created_at: wire.createdAt,
  updated_at: wire.updatedAt,
  last_attempted_at: wire.lastAttemptedAt,
  expires_at: wire.expiresAt,
};

function decoded(row: unknown) {
  return decodeInstance(instanceRow.parse(row), "hook-of-the-list");
}

describe("a webhook instance", () => {
  it.each(["WEBHOOK_STATE_FATAL_ERROR", "WEBHOOK_STATE_SUCCESS"])(
    "that has ended in %s ended at its last change",
    (state) => {
      const ended = { ...wire, state, lastAttemptedAt: "2026-11-20T17:07:01Z", updatedAt: "2026-11-28T17:06:33Z" };
      expect(decoded(ended)?.latestCompletedAt).toEqual(new Date("2026-11-28T17:06:33Z"));
      expect(decoded({ ...ended, completedAt: wire.expiresAt })?.latestCompletedAt).toEqual(model.expiresAt);
      expect(decoded({ ...ended, updatedAt: null })?.latestCompletedAt).toEqual(model.latestCompletedAt);
    },
  );

  it.each<[string, unknown]>([
    ["on the wire", wire],
    ["as an SDK names it", { ...plain, webhookSource: source, webhookSpec: spec }],
    ["with names on both sides, one of them empty", { ...wire, webhookSource: null, webhook_source: undefined }],
    ["with dates already read", { ...wire, createdAt: MADE, expiresAt: new Date("2026-11-28T17:06:32.123Z") }],
  ])("reads the same %s", (_name, row) => {
    expect(decoded(row)).toEqual(model);
  });

  it("reads the same in snake_case", () => {
    expect(decoded(snakeCase)).toEqual(model);
  });

  it.each<[string, unknown, unknown]>([
    ["a test", { test: {} }, { kind: "test" }],
    ["a post action", { policyPostAction: { ticketId: "t" } }, { kind: "policyPostAction", ref: "t" }],
    ["an approval step", { approvalStep: { ticketId: "t" } }, { kind: "approvalStep", ref: "t" }],
    ["a provisioning step", { provisionStep: { ticketId: "t" }, test: null }, { kind: "provisionStep", ref: "t" }],
    [
      "an automation",
      { workflowStep: { workflowExecutionId: "9007199254740993", workflowStepId: "s" } },
      { kind: "workflowStep", ref: "9007199254740993" },
    ],
    ["an automation, by number", { workflowStep: { workflowExecutionId: 77 } }, { kind: "workflowStep", ref: "77" }],
    ["an automation without a number", { workflowStep: { workflowExecutionId: "0" } }, { kind: "workflowStep" }],
    ["a source of next year", { findingDispatch: { findingId: "f" } }, { kind: "findingDispatch" }],
    ["nothing", {}, undefined],
    ["null", null, undefined],
    ["a wrong type", "approvalStep", undefined],
  ])("tells its source: %s", (_name, given, expected) => {
    expect(decoded({ ...wire, source: given })?.source).toEqual(expected);
  });

  it("has nothing but an id: its time is in it, and its webhook is the one asked for", () => {
    const at = new Date("2026-11-20T17:06:32Z");
    const nulls = Object.fromEntries(Object.keys(wire).map((key) => [key, null]));
    expect(decoded({ ...nulls, id: idAt(at.getTime()) })).toMatchObject({
      webhookId: "hook-of-the-list",
      status: "WEBHOOK_STATE_UNSPECIFIED",
      outcome: "pending",
      createdAt: at,
      pendingUntil: new Date(at.getTime() + 8 * DAY_MS),
    });
  });

  it("without any time is none", () => {
    expect(decoded({ id: "x", state: "WEBHOOK_STATE_FATAL_ERROR" })).toBeUndefined();
  });

  it.each([8, 7])("whose state is the number %i keeps it, and claims no end", (state) => {
    expect(decoded({ ...wire, state })).toMatchObject({ status: String(state), outcome: "pending" });
  });

  it("whose state is 0 has none", () => {
    expect(decoded({ ...wire, state: 0 })?.status).toBe("WEBHOOK_STATE_UNSPECIFIED");
  });

  it("ignores an expiry that is not after its beginning", () => {
    const read = decoded({ ...wire, expiresAt: wire.createdAt });
    expect(read?.expiresAt).toBeUndefined();
    expect(read?.pendingUntil).toEqual(new Date(MADE.getTime() + 8 * DAY_MS));
  });

  it("that has expired ended then, not at its last attempt", () => {
    const row = instanceRow.parse({ ...wire, state: "WEBHOOK_STATE_WAITING_CALLBACK" });
    const { expiresAt, latestCompletedAt } = model;
    expect(decodeInstance(row, "h", expiresAt)?.latestCompletedAt).toEqual(expiresAt);
    expect(decodeInstance(row, "h", new Date(expiresAt.getTime() - 1))?.latestCompletedAt).toEqual(latestCompletedAt);
  });

  it("of a test never fails by time alone: its end cannot be read", () => {
    expect(decoded({ ...wire, source: { test: {} } })?.pendingUntil).toBeUndefined();
  });

  it("never throws, whatever is in it", () => {
    const value = fc.dictionary(fc.constantFrom(...Object.keys(wire), ...Object.keys(snakeCase)), fc.anything());
    fc.assert(
      fc.property(value, (row) => {
        const read = instanceRow.safeParse({ ...row, id: wire.id });
        expect(read.success).toBe(true);
        if (read.data) decodeInstance(read.data, "hook");
      }),
    );
  });
});

describe("a state", () => {
  const times = { createdAt: MADE, expiresAt: undefined };

  it.each([
    ["WEBHOOK_STATE_SUCCESS", "succeeded"],
    ["WEBHOOK_STATE_FATAL_ERROR", "failed"],
    ["fatal_error", "failed"],
    ["WEBHOOK_STATE_ERROR", "pending"],
    ["WEBHOOK_STATE_PENDING", "pending"],
    ["WEBHOOK_STATE_RUNNING", "pending"],
    ["WEBHOOK_STATE_WAITING_CALLBACK", "pending"],
    ["WEBHOOK_STATE_PROCESS_RESPONSE", "pending"],
    ["WEBHOOK_STATE_UNSPECIFIED", "pending"],
    ["WEBHOOK_STATE_OF_NEXT_YEAR", "pending"],
    ["", "pending"],
  ])("%s is %s", (state, outcome) => {
    expect(outcomeOf(state, times).outcome).toBe(outcome);
  });

  it("that is pending ends when it expires, else after 8 days", () => {
    const expiresAt = new Date("2026-11-22T00:00:00Z");
    for (const state of WEBHOOK_STATES) {
      const { outcome, pendingUntil } = outcomeOf(state, { createdAt: MADE, expiresAt });
      expect(pendingUntil).toEqual(outcome === "pending" ? expiresAt : undefined);
    }
    expect(outcomeOf("", times).pendingUntil).toEqual(new Date(MADE.getTime() + 8 * DAY_MS));
  });
});

describe("a webhook", () => {
  it("is named, and its address is redacted", () => {
    const row = {
      id: "h",
      displayName: "Grants",
      url: "https://u:planted@x.example/hook?token=planted",
      callbackTimeout: "691200s",
    };
    const read = webhookRow.parse(row);
    expect(read.callbackTimeout).toBe(8 * DAY_MS);
    const webhook = decodeWebhook(read);
    expect(webhook).toMatchObject({ provider: "conductorone", id: "h", name: "Grants", active: true, eventTypes: [] });
    expect(webhook.endpoint).toMatch(/^https:\/\/.*x\.example\/hook/);
    expect(JSON.stringify(webhook)).not.toContain("planted");
  });

  it("has no window of its own where that is zero", () => {
    expect(webhookRow.parse({ id: "h", callbackTimeout: "0s" }).callbackTimeout).toBeUndefined();
    expect(webhookRow.parse({ id: "h", callbackTimeout: "0.000s" }).callbackTimeout).toBeUndefined();
  });

  it.each([null, undefined, "", "  "])("without a name goes by its id (%j)", (displayName) => {
    expect(decodeWebhook(webhookRow.parse({ id: "h", displayName, callbackTimeout: "1h" }))).toMatchObject({
      name: "h",
    });
  });
});

describe("the time in an id", () => {
  it("is that of a KSUID", () => {
    const at = new Date("2026-11-20T17:06:32Z");
    expect(timeOfKsuid(idAt(at.getTime(), 12345))).toEqual(at);
    // Of https://github.com/segmentio/ksuid, and too old for an id of ConductorOne.
    expect(timeOfKsuid("0ujtsYcgvSTl8PAuAdqWYSMnLOv")).toBeUndefined();
  });

  it.each([
    "",
    "no-such-invocation",
    "000000000000000000000000000",
    "zzzzzzzzzzzzzzzzzzzzzzzzzzz",
    "0o5Fs0EELR0fUjHjbCnEtdUwQe",
  ])("is none where it cannot be one: %j", (id) => {
    expect(timeOfKsuid(id)).toBeUndefined();
  });
});
