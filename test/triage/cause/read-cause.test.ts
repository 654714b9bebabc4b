import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../../src/triage/cause/evidence.ts";
import { readCause } from "../../../src/triage/cause/read-cause.ts";

const DENIED =
  "Egress proxying is denied to host 'hooks.acme.example:443': The destination address (10.1.2.3) was denied by rule 'Deny: Private Range'.";

describe("what the sender's proxy answers in the receiver's place", () => {
  it.each([
    ["the error", { statusCode: 407, errorMessage: DENIED }],
    ["the body", { statusCode: 407, response: { headers: [], body: DENIED, truncated: false } }],
    ["the error without a code", { errorMessage: DENIED }],
  ])("is the proxy's rule where %s says so", (_place, attempt) => {
    expect(readCause(evidenceOf(attempt))).toMatchObject({ id: "proxy-address-not-allowed", category: "blocked" });
  });

  it("is a question of credentials otherwise", () => {
    const asked = evidenceOf({ statusCode: 407, errorMessage: "Proxy Authentication Required" });
    expect(readCause(asked).category).toBe("auth");
  });

  it("is not looked for in what the receiver answered itself", () => {
    const own = evidenceOf({ statusCode: 403, response: { headers: [], body: DENIED, truncated: false } });
    expect(readCause(own).id).not.toBe("proxy-address-not-allowed");
  });
});
