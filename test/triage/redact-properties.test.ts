import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactBody, redactHeaders, redactText, redactUrl } from "../../src/triage/redact.ts";

describe("what tells the cause", () => {
  it("stays in any text of ids, dates, numbers and addresses", () => {
    const harmless = fc.oneof(
      fc.ulid(),
      fc.uuid(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.integer().map(String),
      fc.nat({ max: 999_999_999_999 }).map(String),
      fc.double({ noNaN: true }).map(String),
      fc.ipV4(),
      fc.stringMatching(/^[0-9a-f]{40}$/),
      fc.domain().map((host) => `https://${host}/v1/hooks?page=2`),
      fc.constantFrom("HTTP 502 Bad Gateway", "ETIMEDOUT", "status: terminated", '{"code":"rate_limited"}', "\n"),
    );
    fc.assert(
      fc.property(fc.array(harmless, { maxLength: 12 }), (parts) => {
        const text = parts.join(" ");
        expect(redactText(text)).toEqual({ text, maskedCount: 0 });
      }),
      { numRuns: 300 },
    );
  });
});

describe("headers", () => {
  it("are the same after a second time, with nothing masked", () => {
    const header = fc.record({
      name: fc.oneof(fc.string(), fc.constantFrom("Cookie", "set-cookie", "authorization", "x-token", "location")),
      value: fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("a", "=", ";", " ", ",", "Path", "Bearer ") })),
    });
    fc.assert(
      fc.property(fc.array(header), (headers) => {
        const once = redactHeaders(headers);
        expect(redactHeaders(once.headers)).toEqual({ headers: once.headers, maskedCount: 0 });
      }),
    );
  });
});

describe("bodies", () => {
  it("that are JSON stay JSON", () => {
    const secretNames = fc.constantFrom(
      "password",
      "token",
      "api_key",
      "pin",
      "session",
      "cookie",
      "authorization",
      "a",
      "b@c.de",
    );
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        fc.string({ unit: "binary" }),
        fc.string({
          unit: fc.constantFrom("\n", '"', "\\", "password", ":", "=", "a@b.cd", "Bearer abc123", "é", "{", "["),
        }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("node"), { maxLength: 4 }),
        fc.dictionary(fc.oneof(secretNames, fc.string()), tie("node"), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(tree, fc.boolean(), fc.nat(2), (value, nested, indent) => {
        const json = JSON.stringify(value, null, indent);
        const body = nested ? JSON.stringify({ body: json }) : json;
        expect(() => JSON.parse(redactBody(body, "application/json").text)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});

describe("any text", () => {
  const pieces = fc.constantFrom(
    '"password":"',
    "token=",
    "Authorization: ",
    "Bearer ",
    "Basic ",
    "Cookie: ",
    "[redacted]",
    "[e-mail]",
    "a@b.cd",
    "@",
    "://",
    "eyJabcdefgh.eyJ",
    "\\",
    '"',
    "'",
    "{",
    "[",
    "}",
    "]",
    ":",
    "=",
    ";",
    ",",
    " ",
    "\r\n",
    "%22",
    "%40",
    "&quot;",
    "<token>",
    "</",
    "4111111111111111",
    "secret",
    "\u0000",
    "\ud800",
    "é",
    "\\u0026",
    "-----BEGIN PRIVATE KEY-----",
    "-----END",
    "xoxb-abcdefgh",
    "hooks.slack.com/services/a/b/",
    "expired",
    "null",
    "123",
    "Path=/",
    "--pin ",
    "password ",
    " is ",
    "'a1b2c3'",
    "?key=",
    "\\u0026code=",
    '"key":"0123456789abcdef0123456789abcdef"',
    " -u a:b",
    "db://u:p@a/b@c",
    "hook.eu1.make.com/abc",
  );
  const wild = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.oneof(pieces, fc.string({ maxLength: 6 })), { maxLength: 24 }).map((parts) => parts.join("")),
  );

  it("never makes redaction throw, and is the same after a second time", () => {
    fc.assert(
      fc.property(wild, (text) => {
        const once = redactText(text);
        expect(redactText(once.text)).toEqual({ text: once.text, maskedCount: 0 });
        const url = redactUrl(text);
        expect(redactUrl(url)).toBe(url);
      }),
      { numRuns: 2000 },
    );
  });

  it("is the same after a second time where masks stand in a list", () => {
    const once = redactText("--pin [\\u0026code=password a@b.cd x");
    expect(redactText(once.text)).toEqual({ text: once.text, maskedCount: 0 });
  });

  const alnum = (length: number) => fc.stringMatching(new RegExp(`^[A-Za-z0-9]{${length}}$`));
  const secret = alnum(24).map((random) => `Z9q${random}`);
  const plant: ((secret: string) => string)[] = [
    (value) => `Authorization: Bearer ${value}`,
    (value) => `Bearer ${value}`,
    (value) => `{"password":"${value}"}`,
    (value) => `{"a":{"clientSecret": "${value}"}}`,
    (value) => JSON.stringify({ body: JSON.stringify({ api_key: value }) }),
    (value) => JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ token: [value] }) }) }),
    (value) => `?x=1&access_token=${value}&y=2`,
    (value) => `<ns:secret>${value}</ns:secret>`,
    (value) => `https://user:${value}@example.com/x`,
    (value) => `Cookie: a=${value}; b=2`,
    (value) => `Set-Cookie: sid=${value}; Path=/`,
    (value) => `x-api-key: ${value}`,
    (value) => `X-Slack-Signature: v0=${value}`,
    (value) => `${value}@example.com`,
    (value) => `${value}%40example.com`,
    (value) => `xoxb-1234-${value}`,
    (value) => `ghp_${value}abcdefgh`,
    (value) => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx${value}.${value}`,
    (value) => `secret-token:conductorone.com:v1:${value}`,
    (value) => `-----BEGIN PRIVATE KEY-----\n${value}\n-----END PRIVATE KEY-----`,
    (value) => `https://hooks.slack.com/services/T0/B0/${value}`,
    (value) => `password = '${value}'`,
    (value) => `Password '${value}' is wrong`,
    (value) => `The access token ${value} is invalid`,
    (value) => `https://x.example/cb?code=${value}&state=1`,
    (value) => `curl -u admin:${value} https://x.example`,
    (value) => `postgres://u:p@ss/${value}@db/x`,
  ];

  it("never shows a secret that was planted in it", () => {
    const around = fc.array(fc.oneof(fc.lorem({ maxCount: 3 }), fc.uuid(), fc.webUrl(), fc.integer().map(String)), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        around,
        secret,
        fc.constantFrom(...plant),
        around,
        fc.constantFrom(" ", "\n", "\r\n", "\t"),
        (a, value, put, b, gap) => {
          const { text, maskedCount } = redactText([...a, put(value), ...b].join(gap));
          expect(text).not.toContain(value);
          expect(maskedCount).toBeGreaterThan(0);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("redacts to the same text whatever the secret was", () => {
    fc.assert(
      fc.property(secret, secret, fc.constantFrom(...plant), (one, other, put) => {
        expect(redactText(put(one)).text).toBe(redactText(put(other)).text);
      }),
    );
  });
});
