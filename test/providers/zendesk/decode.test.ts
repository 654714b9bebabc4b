import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeInvocation, decodeWebhook, onlyEventType } from "../../../src/providers/zendesk/decode.ts";
import { invocationRow, webhookRow } from "../../../src/providers/zendesk/schema.ts";
import type { Invocation } from "../../../src/triage/model.ts";
import { HOOK } from "./small-zendesk.ts";

const BASE = "https://acme.zendesk.com";
/** Made at CREATED. */
const ID = "01HANA2B5D5W9XSJS3NE5SQA1J";
const CREATED = new Date("2023-09-18T23:30:04.077Z");

function invocationOf(row: unknown, eventType?: string): Invocation | undefined {
  const read = invocationRow.safeParse(row);
  return read.success ? decodeInvocation(read.data, HOOK, eventType) : undefined;
}

describe("a row of invocations", () => {
  const wire = { id: ID, status_code: 403, status: "terminated", latest_completed_at: "2023-09-18T23:38:14Z" };
  const model = {
    provider: "zendesk",
    webhookId: HOOK,
    id: ID,
    status: "terminated",
    outcome: "failed",
    statusCode: 403,
    createdAt: CREATED,
    latestCompletedAt: new Date("2023-09-18T23:38:14Z"),
  };

  it.each<[string, unknown, Partial<Invocation>]>([
    ["as recorded", wire, {}],
    [
      "as documented",
      {
        id: ID,
        webhook_id: HOOK,
        status: "terminated",
        response_code: 403,
        created_at: "2023-09-18T23:30:04.077Z",
        latest_completed_at: "2023-09-18T23:38:14Z",
        event_type: "user.deleted",
        attempts_count: 2,
      },
      { eventType: "user.deleted", attemptsCount: 2 },
    ],
    [
      "of both",
      { ...wire, attempts_count: 2, created_at: "2023-09-18T23:30:00Z" },
      { attemptsCount: 2, createdAt: new Date("2023-09-18T23:30:00Z") },
    ],
    [
      "without a code, for nothing was sent",
      { ...wire, status_code: undefined, status: "circuit broken" },
      { status: "circuit broken", statusCode: undefined },
    ],
    ["with nulls", { ...wire, created_at: null, event_type: null, attempts_count: null, webhook_id: null }, {}],
    [
      "with wrong types",
      { ...wire, created_at: 12, event_type: {}, attempts_count: "two", webhook_id: [], response_code: "x" },
      {},
    ],
    ["with fields of next year", { ...wire, region: "eu", nested: { a: 1 } }, {}],
    ["with a code as text", { ...wire, status_code: "403" }, {}],
    ["with an impossible code", { ...wire, status_code: 0 }, { statusCode: undefined }],
    [
      "with times of nanoseconds",
      { ...wire, latest_completed_at: "2023-09-18T23:38:14.123456789Z" },
      { latestCompletedAt: new Date("2023-09-18T23:38:14.123Z") },
    ],
    ["with a time without a zone, which is UTC", { ...wire, latest_completed_at: "2023-09-18 23:38:14" }, {}],
    ["with a time that is none", { ...wire, latest_completed_at: "soon" }, { latestCompletedAt: undefined }],
    [
      "with a time of another age",
      { ...wire, latest_completed_at: "9999-01-01T00:00:00Z" },
      { latestCompletedAt: undefined },
    ],
    [
      "without a status",
      { ...wire, status: undefined, status_code: undefined },
      { status: "unknown", outcome: "pending", statusCode: undefined, pendingUntil: new Date("2023-09-18T23:53:14Z") },
    ],
  ])("%s becomes the same model", (_name, row, differences) => {
    expect(invocationOf(row)).toEqual({ ...model, ...differences });
  });

  it.each<[string, unknown, string]>([
    ["from created_at", { id: ID, created_at: "2023-09-01T00:00:00Z" }, "2023-09-01T00:00:00.000Z"],
    ["else from its id", { id: ID, latest_completed_at: "2023-09-18T23:38:14Z" }, CREATED.toISOString()],
    ["from its id in lower case as well", { id: ID.toLowerCase() }, CREATED.toISOString()],
    [
      "else from latest_completed_at",
      { id: "8350205582", latest_completed_at: "2023-09-18T23:38:14Z" },
      "2023-09-18T23:38:14.000Z",
    ],
    [
      "else not from an id of another age",
      { id: "7ZZZZZZZZZZZZZZZZZZZZZZZZZ", latest_completed_at: "2023-09-18T23:38:14Z" },
      "2023-09-18T23:38:14.000Z",
    ],
  ])("was created at the time %s", (_name, row, expected) => {
    expect(invocationOf(row)?.createdAt.toISOString()).toBe(expected);
  });

  it("keeps a number for an id as text", () => {
    expect(invocationOf({ id: 8350205582, created_at: "2023-09-01T00:00:00Z" })?.id).toBe("8350205582");
  });

  it.each([
    [null],
    ["x"],
    [[]],
    [{}],
    [{ id: null }],
    [{ id: "" }],
    [{ id: {} }],
    [{ id: "no-time-anywhere" }],
    [{ id: "x".repeat(5_000) }],
  ])("that is %j is none", (row) => {
    expect(invocationOf(row)).toBeUndefined();
  });

  it("takes the event type of its webhook where it has none itself", () => {
    expect(invocationOf(wire, "zen:event-type:user.deleted")?.eventType).toBe("zen:event-type:user.deleted");
  });

  it("never throws, always gives real dates and never a planted secret", () => {
    const secret = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
    const anything = fc.oneof(fc.anything(), fc.constant(secret), fc.constant(`Bearer ${secret}`), fc.string());
    const keys = [
      "status",
      "status_code",
      "response_code",
      "created_at",
      "latest_completed_at",
      "event_type",
      "attempts_count",
      "webhook_id",
    ];
    const record = Object.fromEntries(keys.map((key) => [key, anything]));
    fc.assert(
      fc.property(fc.record(record, { requiredKeys: [] }), (fields) => {
        const invocation = invocationOf({ ...fields, id: ID });
        expect(invocation?.createdAt.toISOString()).toMatch(/^20\d\d-/);
        expect(JSON.stringify(invocation)).not.toContain(secret);
      }),
    );
  });
});

describe("a row of webhooks", () => {
  function webhookOf(row: Record<string, unknown>) {
    return decodeWebhook(webhookRow.parse({ id: HOOK, ...row }), BASE);
  }

  it("becomes a webhook with its page", () => {
    const row = {
      name: "Orders",
      status: "active",
      endpoint: "https://api.acme.example/hooks",
      subscriptions: ["conditional_ticket_events"],
    };
    expect(webhookOf(row)).toEqual({
      provider: "zendesk",
      id: HOOK,
      name: "Orders",
      endpoint: "https://api.acme.example/hooks",
      active: true,
      eventTypes: ["conditional_ticket_events"],
      adminUrl: `${BASE}/admin/apps-integrations/webhooks/webhooks/${HOOK}`,
    });
  });

  it.each([
    ["without anything but an id", {}, { name: HOOK, endpoint: undefined, active: true, eventTypes: [] }],
    ["that is switched off", { status: "inactive" }, { active: false }],
    [
      "with wrong types",
      { name: 7, status: [], endpoint: {}, subscriptions: "all" },
      { name: HOOK, active: true, eventTypes: [] },
    ],
    ["with odd subscriptions", { subscriptions: ["a", null, 3, "b"] }, { eventTypes: ["a", "b"] }],
    ["with a blank name", { name: "  " }, { name: HOOK }],
  ])("%s is one all the same", (_name, row, expected) => {
    expect(webhookOf(row)).toMatchObject(expected);
  });

  it("shows no credentials of its endpoint", () => {
    const { endpoint } = webhookOf({ endpoint: "https://bot:planted-pw@api.acme.example/in?token=planted-token&x=1" });
    expect(endpoint).toContain("api.acme.example/in");
    expect(endpoint).not.toContain("planted");
  });

  it.each([
    [["zen:event-type:user.deleted"], "zen:event-type:user.deleted"],
    [["a", "b"], undefined],
    [["zen:event-type:user.*"], undefined],
    [[], undefined],
  ])("subscribed to %j is sent for %s only", (subscriptions, expected) => {
    expect(onlyEventType(webhookOf({ subscriptions }))).toBe(expected);
  });
});
