import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categoryOf, categoryOfCode } from "../../../src/triage/cause/words.ts";
import { CAUSE_CATEGORIES } from "../../../src/triage/cause.ts";

const said = (words: string, more: { isPage?: boolean; hasFault?: boolean } = {}) => ({
  words,
  isPage: false,
  hasFault: false,
  ...more,
});

describe("a category", () => {
  it.each([
    [500, "SQLSTATE[HY000] [2002] Connection refused", "server_error"],
    [500, "Lock wait timeout exceeded", "server_error"],
    [400, "UNABLE_TO_LOCK_ROW", "server_error"],
    [503, "connection refused by upstream", "gateway"],
    [503, "The circuit breaker for orders is open", "circuit_open"],
    [503, "upstream connect error. reset reason: overflow", "circuit_open"],
    [400, "timestamp_outside_tolerance", "auth"],
    [400, "No signatures found matching the payload", "auth"],
    [422, "CSRF token missing", "auth"],
    [419, "Page expired", "auth"],
    [403, "Your request was blocked by our firewall", "blocked"],
    [503, "Your access to this site has been limited", "blocked"],
    [400, "The workflow is disabled", "platform_quota_or_sleep"],
    [400, "Queue is full.", "platform_quota_or_sleep"],
    [403, "index is read-only", "platform_quota_or_sleep"],
    [403, "API rate limit exceeded for you", "rate_limited"],
    [503, "Function was throttled", "rate_limited"],
    [404, "a request that exceeds the request content length", "payload_too_large"],
    [200, "the endpoint returned HTTP error 413", "payload_too_large"],
    [400, "Bad Request: chat not found", "not_found"],
    [500, "unknown domain: shop", "not_found"],
    [400, "Invalid HTTP_HOST header", "bad_request"],
    [403, "not configured to allow the HTTP request method that was used", "bad_request"],
    [404, "Unknown Webhook", "gone_or_moved"],
    [503, "name resolution failed", "dns"],
    [404, "tunnel abc is offline", "gateway"],
  ])("of %i %s is %s", (code, words, category) => {
    expect(categoryOf(code, said(words))).toBe(category);
  });

  it("of a forbidding page is another than of an answer for programs", () => {
    expect(categoryOf(403, said("Forbidden", { isPage: true }))).toBe("blocked");
    expect(categoryOf(403, said("Forbidden"))).toBe("auth");
  });

  it("of a field that is wrong is a bad request", () => {
    expect(categoryOf(422, said("nope", { hasFault: true }))).toBe("bad_request");
  });

  it("is one of the known ones for any code and any words", () => {
    const anyCode = fc.option(fc.integer({ min: -1, max: 1200 }), { nil: undefined });
    fc.assert(
      fc.property(anyCode, fc.string({ unit: "binary", maxLength: 200 }), fc.boolean(), (code, words, isPage) => {
        expect(CAUSE_CATEGORIES).toContain(categoryOf(code, said(words, { isPage })));
        expect(CAUSE_CATEGORIES).toContain(categoryOfCode(code));
      }),
    );
  });
});
