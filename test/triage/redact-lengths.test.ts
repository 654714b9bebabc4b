import { describe, expect, it } from "vitest";
import { redactText } from "../../src/triage/redact.ts";

describe("hostile lengths", () => {
  it.each([
    "a",
    "@",
    "a@",
    "eyJ",
    "eyJ.",
    '"password":"',
    '\\"password\\":\\"',
    "password='",
    "token=",
    '{"token":{',
    "token=[",
    "cookie: a=b;",
    "://",
    "%20@",
    "-----BEGIN PRIVATE KEY-----",
    "\\",
    '"',
    "token=,a",
    "Bearer ",
    "<token ",
    "token=&quot;",
    "Authorization: Digest a=b,",
    " ",
    "1",
    "%40",
    "%20@a.bc",
    "@a.bc",
    "x://",
    "x://u:p@",
    "password ",
    "password '",
    "password is ",
    "?key=",
    "?key=a",
    '"key":"',
    " -u a",
    " -u a:",
    "EAAa",
    "events.pagerduty.com/integration/",
  ])("take time in proportion: %j", (piece) => {
    const startedAt = performance.now();
    redactText(piece.repeat(Math.ceil(240_000 / piece.length)));
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it("of 10 MB are masked without running out of stack", () => {
    for (const piece of ["a", '{"id":1,"name":"x"},', "\\n"]) {
      expect(() => redactText(piece.repeat(Math.ceil(10_000_000 / piece.length)))).not.toThrow();
    }
    expect(redactText(`password=${"a".repeat(10_000_000)}`).text).toBe("password=[redacted]");
  });
});
