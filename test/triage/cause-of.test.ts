import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CAUSE_CATEGORIES } from "../../src/triage/cause.ts";
import { causeOf } from "../../src/triage/cause-of.ts";
import { diagnose } from "../../src/triage/diagnosis.ts";
import { anAttempt, anInvocation, aWebhook } from "./samples.ts";

const webhook = aWebhook({ endpoint: "https://hooks.example.com/in" });

describe("the cause of a row", () => {
  it.each([
    [401, "auth"],
    [403, "auth"],
    [404, "not_found"],
    [408, "timeout"],
    [410, "gone_or_moved"],
    [308, "gone_or_moved"],
    [413, "payload_too_large"],
    [422, "bad_request"],
    [429, "rate_limited"],
    [500, "server_error"],
    [502, "gateway"],
    [503, "gateway"],
    [504, "timeout"],
    [522, "timeout"],
    [525, "tls"],
    [530, "dns"],
    [799, "unknown"],
  ])("reads %i as %s", (statusCode, category) => {
    const cause = causeOf(anInvocation({ status: "terminated", statusCode }), webhook);
    expect(cause).toMatchObject({ id: `http-${statusCode}`, category });
  });

  it.each([
    ["timeout", "timeout"],
    ["circuit broken", "circuit_open"],
    ["Circuit_Broken", "circuit_open"],
    ["throttled", "rate_limited"],
    ["client error", "bad_request"],
    ["server error", "server_error"],
    ["terminated", "unknown"],
    ["a word nobody has seen", "unknown"],
    ["", "unknown"],
  ])("reads the status %j without a code as %s", (status, category) => {
    expect(causeOf(anInvocation({ status, statusCode: undefined }), webhook).category).toBe(category);
  });

  it("does not take a 200 of an earlier attempt for the reason of a termination", () => {
    const cause = causeOf(anInvocation({ status: "terminated", statusCode: 200 }), webhook);
    expect(cause).toMatchObject({ id: "status-terminated-200", category: "unknown" });
    expect(cause.title).toBe('The provider ended it as "terminated", although the receiver answered 200');
  });

  it("gives way to what an attempt told, and fills in the next step", () => {
    const invocation = anInvocation({ status: "terminated", statusCode: undefined });
    const attempt = anAttempt({ statusCode: undefined, errorMessage: "connect ECONNREFUSED 203.0.113.7:443" });
    const cause = causeOf(invocation, webhook, diagnose([attempt]));
    expect(cause).toMatchObject({ id: "connect-refused", category: "connect", sureness: "certain" });
    expect(cause.nextStep).toContain("hooks.example.com");
    expect(cause.nextStep).not.toMatch(/[{}]/);
  });

  it.each(["circuit broken", "throttled", "WEBHOOK_STATE_WAITING_CALLBACK"])(
    "of the status %j is told more surely than any attempt could",
    (status) => {
      const invocation = anInvocation({ status, statusCode: undefined });
      const told = diagnose([anAttempt({ statusCode: 500, response: { headers: [], body: "no", truncated: false } })]);
      expect(causeOf(invocation, webhook, told)).toEqual(causeOf(invocation, webhook));
      expect(causeOf(invocation, webhook).sureness).toBe("certain");
    },
  );

  it("is the provider's own time-out where its status says so and no attempt says more", () => {
    const timeOut = anInvocation({ status: "timeout", statusCode: 504 });
    const bare = diagnose([anAttempt({ statusCode: 504, status: "timeout" })]);
    expect(causeOf(timeOut, webhook, bare)).toMatchObject({ id: "status-timeout", sureness: "likely" });
    const told = diagnose([anAttempt({ statusCode: undefined, errorMessage: "connect ETIMEDOUT 203.0.113.7:443" })]);
    expect(causeOf(timeOut, webhook, told)).toMatchObject({ category: "timeout", sureness: "certain" });
  });

  it("is unsure where a code or a word is all that is known", () => {
    expect(causeOf(anInvocation({ statusCode: 503 }), webhook).sureness).toBe("unsure");
    expect(causeOf(anInvocation({ status: "terminated", statusCode: undefined }), webhook).sureness).toBe("unsure");
  });

  it("names the receiver in the next step", () => {
    const cause = causeOf(anInvocation({ status: "terminated", statusCode: 404 }), webhook);
    expect(cause.nextStep).toBe("Compare the webhook's URL with the routes that hooks.example.com serves now.");
  });

  it("does not blame the receiver for what the provider itself held back", () => {
    const cause = causeOf(anInvocation({ status: "throttled", statusCode: undefined }), webhook);
    expect(cause.id).toBe("status-throttled");
    expect(cause.nextStep).toMatch(/^The provider held it back: its own sending limit/);
    expect(cause.nextStep).not.toContain("hooks.example.com");
  });

  it("gives every row a category of the closed set and a stable id", () => {
    const rows = fc.record({
      status: fc.oneof(fc.string(), fc.constantFrom("constructor", "__proto__", "toString")),
      statusCode: fc.option(fc.integer(), { nil: undefined }),
    });
    fc.assert(
      fc.property(rows, fc.string(), (row, endpoint) => {
        const cause = causeOf(anInvocation(row), aWebhook({ endpoint }));
        expect(CAUSE_CATEGORIES).toContain(cause.category);
        expect(causeOf(anInvocation(row), webhook).id).toBe(cause.id);
      }),
    );
  });
});
