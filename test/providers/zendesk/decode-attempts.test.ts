import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAttempts } from "../../../src/providers/zendesk/decode-attempts.ts";
import { attemptRow } from "../../../src/providers/zendesk/schema.ts";
import type { Attempt } from "../../../src/triage/model.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const KIB = 1024;

function attemptsOf(...rows: unknown[]): Attempt[] {
  return decodeAttempts(
    rows.map((row) => attemptRow.parse(row)),
    "01INV",
    NOW,
  );
}

describe("rows of attempts", () => {
  const model = {
    invocationId: "01INV",
    index: 0,
    status: "client error",
    outcome: "failed",
    statusCode: 422,
    response: { headers: [{ name: "Content-Type", value: "text/plain" }], body: "no such field", truncated: false },
    completedAt: new Date("2026-11-21T10:00:01Z"),
    maskedCount: 0,
  };
  const documented = {
    status: "client error",
    response_code: 422,
    response_headers: { "Content-Type": "text/plain" },
    response_body: "no such field",
    created_at: "2026-11-21T10:00:00Z",
    duration_ms: 1000,
  };
  const timed = { startedAt: new Date("2026-11-21T10:00:00Z"), durationMs: 1000 };
  const wireResponse = { headers: [{ key: "Content-Type", value: "text/plain" }], payload: "no such field" };
  const wire = {
    status: "client error",
    status_code: 422,
    response: wireResponse,
    completed_at: "2026-11-21T10:00:01Z",
  };

  it.each<[string, unknown, Partial<Attempt>]>([
    ["as recorded", wire, {}],
    ["as documented", documented, timed],
    ["of both", { ...documented, ...wire }, timed],
    ["with a duration and an end", { ...wire, duration_ms: 1000 }, timed],
    ["with a start and an end", { ...wire, created_at: "2026-11-21T10:00:00Z" }, timed],
    [
      "with nulls",
      { ...wire, request: null, error_message: null, duration_ms: null, response_headers: null, created_at: null },
      {},
    ],
    ["with wrong types", { ...wire, request: "x", error_message: 5, duration_ms: "long", response_headers: 7 }, {}],
    [
      "with headers as pairs",
      { ...wire, response: { ...wireResponse, headers: [["Content-Type", "text/plain"]] } },
      {},
    ],
    [
      "with headers named by name",
      { ...wire, response: { ...wireResponse, headers: [{ name: "Content-Type", value: "text/plain" }] } },
      {},
    ],
    [
      "with the code inside the response",
      { ...wire, status_code: undefined, response: { ...wireResponse, status_code: 422 } },
      {},
    ],
  ])("%s become the same model", (_name, row, differences) => {
    expect(attemptsOf(row)).toEqual([{ ...model, ...differences }]);
  });

  it("keep a body that came as JSON, as its text", () => {
    expect(attemptsOf({ response_body: { error: "bad" } })[0]?.response?.body).toBe('{"error":"bad"}');
  });

  it("keep every value of a header that came more than once", () => {
    expect(attemptsOf({ response_headers: { Via: ["a", "b"], Age: 5 } })[0]?.response?.headers).toEqual([
      { name: "Via", value: "a" },
      { name: "Via", value: "b" },
      { name: "Age", value: "5" },
    ]);
  });

  it("have no request and no response where nothing was sent", () => {
    const [attempt] = attemptsOf({ id: "01HOOK", status: "throttled", completed_at: "2026-11-21T11:50:00Z" });
    expect(attempt).toEqual({
      invocationId: "01INV",
      index: 0,
      status: "throttled",
      outcome: "pending",
      completedAt: new Date("2026-11-21T11:50:00Z"),
      maskedCount: 0,
    });
  });

  it("that were held back more than 15 minutes ago have failed", () => {
    expect(attemptsOf({ status: "throttled", completed_at: "2026-11-21T11:45:00Z" })[0]?.outcome).toBe("failed");
  });

  it.each([
    ["newest first", ["C 12:03", "B 12:02", "A 12:01"]],
    ["oldest first", ["A 12:01", "B 12:02", "C 12:03"]],
    ["newest first, in one second", ["C 12:01", "B 12:01", "A 12:01"]],
    ["newest first, one without a time", ["C 12:03", "B", "A 12:01"]],
    ["without any time", ["C", "B", "A"]],
  ])("that come %s are told from the oldest on", (_name, rows) => {
    const attempts = attemptsOf(
      ...rows.map((row) => {
        const [status, time] = row.split(" ");
        return { status, completed_at: time && `2026-11-20T${time}:00Z` };
      }),
    );
    expect(attempts.map(({ status, index }) => `${index}${status}`)).toEqual(["0A", "1B", "2C"]);
  });

  it("are redacted in headers, bodies and errors, and tell how much was masked", () => {
    const [attempt] = attemptsOf({
      status: "client error",
      error_message: "401 for Authorization: Bearer planted-one-abcdefgh",
      request: {
        headers: [{ key: "X-Zendesk-Webhook-Signature", value: "planted-two" }],
        payload: JSON.stringify({ password: "planted-three", requester: "planted-four@customer.example" }),
      },
      response: { headers: [{ key: "Set-Cookie", value: "sid=planted-five; Path=/" }], payload: "token=planted-six" },
    });
    expect(JSON.stringify(attempt)).not.toContain("planted");
    expect(attempt?.maskedCount).toBe(6);
  });

  it("keep 64 KiB of a body and say that it was cut", () => {
    const [long, longest, short] = attemptsOf(
      ...[100 * KIB, 10 * KIB * KIB, 64 * KIB].map((length) => ({
        response_body: "lorem ipsum ".repeat(length / 12 + 1).slice(0, length),
      })),
    ).reverse();
    expect(long?.response).toMatchObject({ truncated: true, body: expect.objectContaining({ length: 64 * KIB }) });
    expect(longest?.response).toMatchObject({ truncated: true, body: expect.objectContaining({ length: 64 * KIB }) });
    expect(short?.response?.truncated).toBe(false);
  });

  it("leak no part of a secret that a cut goes through", () => {
    const secret = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
    for (const edge of [64 * KIB, 256 * KIB]) {
      for (const shift of [1, 5, 20, 39]) {
        const body = `${"lorem ipsum ".repeat(edge).slice(0, edge - shift - 1)} ${secret} and ${"more ".repeat(100)}`;
        expect(attemptsOf({ response_body: body })[0]?.response?.body).not.toContain("ghp_");
      }
    }
  });

  it("never throw and never leak, whatever is in them", () => {
    const secret = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
    const anything = fc.oneof(
      { weight: 2, arbitrary: fc.anything() },
      fc.constant(secret),
      fc.constant({ authorization: `Bearer ${secret}` }),
      fc.string(),
    );
    const headers = fc.oneof(
      anything,
      fc.dictionary(fc.string(), anything),
      fc.array(fc.record({ key: fc.string(), value: anything })),
    );
    const message = fc.oneof(
      anything,
      fc.record({ headers, payload: anything, status_code: anything }, { requiredKeys: [] }),
    );
    const row = fc.record(
      {
        status: anything,
        status_code: anything,
        response_code: anything,
        error_message: anything,
        created_at: fc.oneof(anything, fc.date().map(String)),
        completed_at: fc.oneof(
          anything,
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        ),
        duration_ms: fc.oneof(anything, fc.double()),
        request: message,
        response: message,
        response_body: anything,
        response_headers: headers,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
        const attempts = attemptsOf(...rows);
        expect(attempts.map(({ index }) => index)).toEqual(rows.map((_, index) => index));
        expect(JSON.stringify(attempts)).not.toContain(secret);
        for (const at of attempts.flatMap(({ startedAt, completedAt }) => [startedAt, completedAt]))
          expect(at?.getTime()).not.toBeNaN();
      }),
    );
  });
});
