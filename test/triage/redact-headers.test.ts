import { describe, expect, it } from "vitest";
import { redactHeaders } from "../../src/triage/redact.ts";

describe("headers", () => {
  it("lose the values that give access and keep what tells the cause", () => {
    const { headers, maskedCount } = redactHeaders([
      { name: "Authorization", value: "Bearer abc" },
      { name: "Proxy-Authorization", value: "whatever it is" },
      { name: "Cookie", value: "a=b; theme=dark" },
      { name: "Set-Cookie", value: "sid=abc; Path=/; Secure, other=x; HttpOnly" },
      { name: "X-Zendesk-Webhook-Signature", value: "TmnyajSg=" },
      { name: "X-Zendesk-Webhook-Signature-Timestamp", value: "2026-11-21T06:00:00Z" },
      { name: "X-Hub-Signature-256", value: "sha256=abc" },
      { name: "Stripe-Signature", value: "t=1,v1=abc" },
      { name: "X-Api-Key-Primary", value: "abc" },
      { name: "X-Session-Handle", value: "abc" },
      { name: "Location", value: "https://u:p@h.example/x?token=abc" },
      { name: "Location", value: "https://x/cb?code=4/0AbCdEf" },
      { name: "Link", value: "<https://x/a?page=2&key=abc>; rel=next" },
      { name: "X-Request-Id", value: "9f86d081-884c-4d65-9a2f-eaa0c55ad015" },
      { name: "Retry-After", value: "30" },
      { name: "WWW-Authenticate", value: 'Bearer error="invalid_token"' },
    ]);
    expect(headers.map(({ value }) => value)).toEqual([
      "Bearer [redacted]",
      "[redacted]",
      "a=[redacted]; theme=[redacted]",
      "sid=[redacted]; Path=/; Secure, other=[redacted]; HttpOnly",
      "[redacted]",
      "2026-11-21T06:00:00Z",
      "[redacted]",
      "[redacted]",
      "[redacted]",
      "[redacted]",
      "https://[redacted]@h.example/x?token=[redacted]",
      "https://x/cb?code=[redacted]",
      "<https://x/a?page=2&key=[redacted]>; rel=next",
      "9f86d081-884c-4d65-9a2f-eaa0c55ad015",
      "30",
      'Bearer error="invalid_token"',
    ]);
    expect(maskedCount).toBe(15);
  });
});

describe("headers that people name themselves", () => {
  it.each(["X-Key", "X-Webhook-Key", "X-Passkey", "key", "XKEY", "X-Key-2"])("lose a key: %s", (name) => {
    expect(redactHeaders([{ name, value: "opensesame" }]).headers).toEqual([{ name, value: "[redacted]" }]);
  });

  it.each([
    "Idempotency-Key",
    "X-Idempotency-Key",
    "CF-Ray",
    "X-Request-Id",
    "Surrogate-Key",
    "X-Key-Id",
    "X-Keyboard",
  ])("keep what tells the cause: %s", (name) => {
    expect(redactHeaders([{ name, value: "5ed85d3a97912c0a-AMS" }]).maskedCount).toBe(0);
  });
});
