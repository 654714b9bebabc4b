import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../../../src/triage/cause/evidence.ts";
import { readCause } from "../../../../src/triage/cause/read-cause.ts";
import { CAUSE_CATEGORIES, type CauseCategory } from "../../../../src/triage/cause.ts";
import { evidenceOfForm, type Form } from "./form.ts";
import { KINDS_1 } from "./kinds-1.ts";
import { KINDS_2 } from "./kinds-2.ts";
import { KINDS_3 } from "./kinds-3.ts";
import { KINDS_4 } from "./kinds-4.ts";
import { KINDS_5 } from "./kinds-5.ts";
import { KINDS_6 } from "./kinds-6.ts";

const KINDS = [...KINDS_1, ...KINDS_2, ...KINDS_3, ...KINDS_4, ...KINDS_5, ...KINDS_6];

function idsOf(forms: readonly Form[]): string[] {
  return forms.map((form) => readCause(evidenceOfForm(form)).id);
}

describe("one cause", () => {
  it.each(KINDS)("%s is told by every form of its answer", (id, forms) => {
    expect(idsOf(forms)).toEqual(forms.map(() => id));
  });

  it("stays apart from every other", () => {
    const ids = KINDS.map(([id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(KINDS)("%s has a title for people", (_, forms) => {
    for (const form of forms) {
      const { title } = readCause(evidenceOfForm(form));
      expect(title).toMatch(/^[^a-z]|^(?:hapi|nginx|gunicorn|n8n|ngrok|rack-attack|aiohttp|lighttpd)/);
      expect(title).not.toMatch(/[{}]|\bnull\b|\bundefined\b(?! \()|: (?:false|true)\b|[0-9a-f]{12}/);
    }
  });

  const BARE = [
    "HTTP 404",
    "404 Not Found",
    "HTTP/1.1 404 Not Found",
    "HTTP Error 404: Not Found",
    "Request failed with status code 404",
    "Response code 404 (Not Found)",
    "404 Client Error: Not Found for url: https://hooks.example.com/in?a=1",
    "Response status code does not indicate success: 404 (Not Found).",
    "The remote server returned an error: (404) Not Found.",
    "Server returned HTTP response code: 404 for URL: https://hooks.example.com/in",
    "Client error: `POST https://hooks.example.com/in` resulted in a `404 Not Found` response",
    "POST https://hooks.example.com/in returned 404",
    "404 Not Found: [no body]",
    "Received 404 response from https://hooks.example.com/in",
    "the server responded with a status of 404",
    "hooks.example.com responded with 404",
    "webhook failed after 50 attempts: unexpected status code 404 Not Found",
    "webhook stopped: receiver answered 404 Not Found",
    "[404 Not Found] during [POST] to [https://hooks.example.com/in] [Hook#send(Event)]: []",
    "file_get_contents(https://hooks.example.com/in): Failed to open stream: HTTP request failed! HTTP/1.1 404 Not Found",
    "Webhook returned HTTP 404 (Not Found) in 231ms",
    "curl: (22) The requested URL returned error: 404 Not Found",
  ];
  it.each(BARE)("is the code alone where a client says no more: %s", (logged) => {
    expect(idsOf([{ code: 404, logged }, { logged }])).toEqual(["http-404", "http-404"]);
  });

  it.each([
    "Request failed with status code 404: no inbox of this name",
    "404 Client Error: Not Found for url: https://hooks.example.com/in: the inbox was closed",
    "upstream answered 404",
  ])("is more than the code where a client says more: %s", (logged) => {
    expect(idsOf([{ code: logged.startsWith("upstream") ? 502 : 404, logged }])).not.toEqual(["http-404"]);
  });

  it("does not depend on who passed the answer on", () => {
    const passed: readonly Record<string, string>[] = [
      { Server: "cloudflare", "CF-RAY": "8f1d2c3b4a5e6f70-AMS" },
      { Server: "nginx/1.24.0" },
      { Via: "1.1 varnish" },
    ];
    for (const body of [
      "<html><head><title>The page you were looking for doesn’t exist (404 Not found)</title></head></html>",
      '{"error":"the order is closed"}',
      "CircuitBreaker 'stock' is OPEN and does not permit further calls",
    ])
      for (const headers of passed) expect(idsOf([{ code: 503, body, headers }])).toEqual(idsOf([{ code: 503, body }]));
  });

  const SPOKEN: readonly (readonly [string, CauseCategory, Form])[] = [
    [
      "no inbox of that name is no wrong key",
      "not_found",
      { code: 404, body: { error: "no integration with key in_4f" } },
    ],
    ["a quota of the minute is a rate", "rate_limited", { code: 429, body: "quota of 60 requests per minute used up" }],
    [
      "a name that is not there, in what was read, is a wrong payload",
      "bad_request",
      { code: 422, body: { error: "assignee: no such user" } },
    ],
    [
      "a limit of bytes a second is a rate",
      "rate_limited",
      { code: 429, body: "over 4096 bytes/sec, upgrade the plan" },
    ],
    [
      "a Worker over its plan's CPU time is over a quota",
      "platform_quota_or_sleep",
      { code: 503, body: "error code: 1102" },
    ],
    [
      "a store that the app waits for is the app's",
      "server_error",
      { code: 500, body: "orders.find() buffering timed out" },
    ],
    [
      "a balancer without a peer is no refusal",
      "gateway",
      { code: 503, body: { message: "no healthy peer left" }, headers: { "X-Kong-Response-Latency": "2" } },
    ],
  ];
  it.each(SPOKEN)("has the category of what is said: %s", (_, category, form) => {
    expect(readCause(evidenceOfForm(form)).category).toBe(category);
  });

  it("is as unsure as the code where a sender counts its attempts, and the body's where one follows", () => {
    const logged = "webhook failed after 50 attempts: unexpected status code 401 Unauthorized";
    expect(readCause(evidenceOfForm({ logged }))).toMatchObject({
      id: "http-401",
      category: "auth",
      sureness: "unsure",
    });
    const body = { error: "the hook was closed" };
    const told = [
      { logged: `${logged}: ${JSON.stringify(body)}` },
      { logged: `webhook failed after 3 attempts: unexpected status code 401 Unauthorized: ${JSON.stringify(body)}` },
      { code: 401, body },
    ];
    expect(new Set(idsOf(told)).size).toBe(1);
    expect(idsOf(told)).not.toContain("http-401");
  });

  it("is told by the code of OAuth and not by the time in its description", () => {
    const readings = ["2026-03-01T10:00:00Z", "2026-04-02T11:30:00Z"].map((time) =>
      readCause(
        evidenceOfForm({
          code: 401,
          body: { error: "invalid_token", error_description: `The access token expired at ${time}` },
        }),
      ),
    );
    for (const { id, title, nextStep } of readings) {
      expect(id).toBe("oauth-invalid-token");
      expect(`${title} ${nextStep}`).not.toContain("<");
      expect(nextStep).toMatch(/^Give \{webhook\} a new access token/);
    }
  });

  it("names no product where many answer in its form", () => {
    const errors = [{ resource: "Issue", field: "due_date", code: "invalid" }];
    const { title } = readCause(evidenceOfForm({ code: 422, body: { message: "Validation failed", errors } }));
    expect(title).toBe("The receiver answered 422: due_date: not accepted");
  });

  it("shows an ellipsis for what was masked", () => {
    const body = { type: "about:blank", title: "Bad Request", status: 400, detail: "/ticket/locale must be string" };
    const { title } = readCause(evidenceOfForm({ code: 400, body }));
    expect(title).toBe("The receiver answered 400: ticket.locale: must be string");
  });

  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.json(),
    fc.constantFrom(
      '{"timestamp":1,"status":418,"error":"x","path":"/"}',
      '{"errors":[{"message":"m","extensions":{"code":"BAD_USER_INPUT"}}]}',
      '{"ok":false,"error":"false"}',
      '{"errorMessages":["null"]}',
    ),
  );
  it("has a category of the closed set, whatever the evidence", () => {
    const anyCode = fc.option(fc.integer({ min: 100, max: 999 }), { nil: undefined });
    fc.assert(
      fc.property(anyCode, anyText, anyText, (code, body, errorMessage) => {
        const reading = readCause(
          evidenceOf({
            ...(code === undefined ? {} : { statusCode: code }),
            errorMessage,
            response: { headers: [], body, truncated: false },
          }),
        );
        expect(CAUSE_CATEGORIES).toContain(reading.category);
        expect(reading.id).toMatch(/^[a-z0-9-]{1,64}$/);
      }),
      { numRuns: 300 },
    );
  });

  it("is read in bounded time from ten megabytes of what a sender logged", () => {
    const errorMessage = "upstream said no at hooks.example.com: ".repeat(256_000);
    const start = performance.now();
    readCause(evidenceOf({ statusCode: 502, errorMessage }));
    expect(performance.now() - start).toBeLessThan(50);
  });
});
