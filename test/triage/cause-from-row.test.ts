import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CAUSE_CATEGORIES } from "../../src/triage/cause.ts";
import { causeFromRow } from "../../src/triage/cause-from-row.ts";
import { anAttempt, anInvocation, aWebhook } from "./samples.ts";

const webhook = aWebhook({ endpoint: "https://hooks.example.com/in" });

describe("the cause from a row", () => {
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
    const cause = causeFromRow(anInvocation({ status: "terminated", statusCode }), webhook);
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
    expect(causeFromRow(anInvocation({ status, statusCode: undefined }), webhook).category).toBe(category);
  });

  it("does not take a 200 of an earlier attempt for the reason of a termination", () => {
    const cause = causeFromRow(anInvocation({ status: "terminated", statusCode: 200 }), webhook);
    expect(cause).toMatchObject({ id: "status-terminated-200", category: "unknown" });
    expect(cause.title).toBe('The provider ended it as "terminated", although the receiver answered 200');
  });

  it("takes the code from the last attempt where the row has none", () => {
    const invocation = anInvocation({ status: "terminated", statusCode: undefined });
    expect(causeFromRow(invocation, webhook, anAttempt({ statusCode: 503 })).id).toBe("http-503");
  });

  it("names the receiver in the next step", () => {
    const cause = causeFromRow(anInvocation({ status: "terminated", statusCode: 404 }), webhook);
    expect(cause.nextStep).toBe("Compare the webhook's URL with the routes that hooks.example.com serves now.");
  });

  it("does not blame the receiver for what the provider itself held back", () => {
    const cause = causeFromRow(anInvocation({ status: "throttled", statusCode: undefined }), webhook);
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
        const cause = causeFromRow(anInvocation(row), aWebhook({ endpoint }));
        expect(CAUSE_CATEGORIES).toContain(cause.category);
        expect(causeFromRow(anInvocation(row), webhook).id).toBe(cause.id);
      }),
    );
  });
});
