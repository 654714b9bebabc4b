import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mask } from "../../../src/triage/cause/mask.ts";
import { readAnswer } from "./samples.ts";
import { VARYING } from "./varying.ts";

describe("masking", () => {
  it.each([
    ["No order 7f3a9c21d0 at 10.0.0.7:443", "No order <id> at <ip>"],
    ["Failed after 30.5s on Mon, 02 Feb 2026 10:11:12 GMT", "Failed after <duration> on <time>"],
    ["Cannot POST /hooks/42/in", "Cannot POST <path>"],
    ["route api/v2/callback is gone", "route <path> is gone"],
    ["disconnect/reset before headers", "disconnect/reset before headers"],
    ["index [orders-2024] is closed, user 'jo hn' too", "index [<id>] is closed, user '<id>' too"],
    ["Field 'customer_name' and \"order.total\" stay", "Field 'customer_name' and \"order.total\" stay"],
    ["ERR_NGROK_3200, H12, ORA-00942 and error 10015 stay", "ERR_NGROK_3200, H12, ORA-00942 and error 10015 stay"],
    ["nginx/1.18.0 says application/json", "nginx/<version> says application/json"],
    ["limit for xxx.xxx.xxx.xxx and ****1234", "limit for <id>"],
  ])("of %s gives %s", (text, masked) => {
    expect(mask(text).text).toBe(masked);
  });

  it.each([
    ["user 'Jane Q. Doe' is unknown", { kind: "id", example: "Jan…" }],
    ["user 'Jo' is unknown", { kind: "id", example: "J…" }],
    ["login hunter2hunter2x9 refused", { kind: "id", example: "hun…" }],
    ["no account for jane.doe@acme.example", { kind: "email", example: "jan…" }],
    ["cannot read /home/jane.doe/secret.pem", { kind: "path", example: "/ho…" }],
    ["cannot read C:\\Users\\Jane\\secret.pem", { kind: "path", example: "C:\\…" }],
    ["GET https://jane:hunter2@api.acme.example:8443/users/jane", "https://api.acme.example:8443/…"],
    ["GET https://api.acme.example failed", "https://api.acme.example"],
    ["user '😀😀😀😀' is unknown", { kind: "id", example: "😀😀😀…" }],
  ])("shows no more than the beginning of what may be personal: %s", (text, part) => {
    const expected = typeof part === "string" ? { kind: "url", example: part } : part;
    expect(mask(text).masked).toEqual([expected]);
  });

  it("tells each kind once, with an example", () => {
    expect(mask("a 10.0.0.1 b 10.0.0.2 c 2026-01-01").masked).toEqual([
      { kind: "time", example: "2026-01-01" },
      { kind: "ip", example: "10.0.0.1" },
    ]);
  });
});

describe("a signature does not change with", () => {
  it.each(Object.entries(VARYING))("%s", (_, varying) => {
    fc.assert(
      fc.property(varying, varying, (one, other) => {
        const read = (value: string) => [
          readAnswer({ code: 409, body: { message: `The ledger entry ${value} is closed already` } }).id,
          readAnswer({ code: 409, body: `The ledger entry "${value}" is closed already` }).id,
          readAnswer({
            code: 500,
            body: `<title>Ledger broke</title><h1>Ledger broke</h1><p>Entry (${value}) could not be booked.</p>`,
          }).id,
          readAnswer({ code: 502, error: `The ledger did not answer for ${value}: no luck` }).id,
        ];
        expect(read(one)).toEqual(read(other));
      }),
      { numRuns: 40 },
    );
  });
});

describe("a signature changes with", () => {
  const name = fc.stringMatching(/^[a-z]{3,8}_[a-z]{3,8}$/);

  it("the name of a field", () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        const read = (field: string) => readAnswer({ code: 422, body: { errors: { [field]: ["is required"] } } }).id;
        expect(read(one) === read(other)).toBe(one === other);
      }),
      { numRuns: 100 },
    );
  });

  it("an error code", () => {
    const code = fc.tuple(
      fc.constantFrom("card", "ledger", "parcel", "depot"),
      fc.constantFrom("lost", "shut", "stolen", "frozen"),
    );
    fc.assert(
      fc.property(code, code, (one, other) => {
        const read = (parts: string[]) =>
          readAnswer({ code: 400, body: { error: { code: parts.join("_"), message: "No" } } }).id;
        expect(read(one) === read(other)).toBe(one.join() === other.join());
      }),
      { numRuns: 40 },
    );
  });

  it("the name of a rule", () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        const read = (rule: string) => readAnswer({ code: 403, body: `Blocked by rule '${rule}'` }).id;
        expect(read(one) === read(other)).toBe(one === other);
      }),
      { numRuns: 40 },
    );
  });
});
