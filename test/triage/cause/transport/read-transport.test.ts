import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTransport } from "../../../../src/triage/cause/transport/read-transport.ts";
import { GENERAL_RULES, SPECIFIC_RULES } from "../../../../src/triage/cause/transport/stages.ts";
import { CAUSE_CATEGORIES } from "../../../../src/triage/cause.ts";
import { CONNECTION_SAMPLES } from "./samples-connections.ts";
import { REQUEST_SAMPLES } from "./samples-requests.ts";
import { TLS_SAMPLES } from "./samples-tls.ts";

const SAMPLES = Object.entries({ ...CONNECTION_SAMPLES, ...TLS_SAMPLES, ...REQUEST_SAMPLES });
const RULES = [...SPECIFIC_RULES, ...GENERAL_RULES];

describe("the words of client libraries", () => {
  it.each(SAMPLES)("%s is told by every library in its own words", (id, texts) => {
    expect(texts.length).toBeGreaterThanOrEqual(5);
    const told = texts.map((text) => [text, readTransport(text)?.id]);
    expect(told).toEqual(texts.map((text) => [text, id]));
  });

  const EITHER = "x509: certificate has expired or is not yet valid";

  it.each([
    ["tls-certificate-expired", "likely", EITHER],
    ["tls-certificate-expired", "likely", `${EITHER}: `],
    ["tls-certificate-expired", "likely", `Post "https://hooks.acme.example/in": tls: failed to verify: ${EITHER}:`],
    ["tls-certificate-expired", "likely", `${EITHER}: current time`],
    ["tls-certificate-expired", "likely", "The server's certificate expired or is not valid yet"],
    [
      "tls-certificate-expired",
      "certain",
      `${EITHER}: current time 2026-11-02T03:04:05Z is after 2026-11-01T00:00:00Z`,
    ],
    [
      "tls-certificate-not-yet-valid",
      "certain",
      `${EITHER}: current time 2026-11-02T03:04:05Z is before 2026-12-01T00:00:00Z`,
    ],
  ])("tells %s, %s, where one sentence is for both ends of a certificate: %s", (id, sureness, text) => {
    expect(readTransport(text)).toMatchObject({ id, sureness });
  });

  it("shows no more of a path and an URL than their beginning", () => {
    const text = 'Post "https://hooks.acme.example/u/jane": open /home/jane/ca.pem: x509: certificate has expired';
    expect(readTransport(text)?.masked).toEqual([
      { kind: "url", example: "https://hooks.acme.example/…" },
      { kind: "path", example: "/ho…" },
    ]);
  });

  it("takes the innermost reason out of its wrappers", () => {
    const wrapped = [
      "TypeError: fetch failed: Error: certificate has expired",
      "request to https://hooks.acme.example/in failed, reason: certificate has expired",
      "HTTPSConnectionPool(host='hooks.acme.example', port=443): Max retries exceeded with url: /in (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1000)')))",
      "The SSL connection could not be established, see inner exception. The remote certificate is invalid because of errors in the certificate chain: NotTimeValid",
      "javax.net.ssl.SSLHandshakeException: PKIX path validation failed\n\tat sun.security.ssl.Alert.createSSLException(Alert.java:131)\n\tat io.netty.handler.timeout.ReadTimeoutHandler.run(ReadTimeoutHandler.java:9)\nCaused by: java.security.cert.CertPathValidatorException: validity check failed",
    ];
    for (const text of wrapped) expect([text, readTransport(text)?.id]).toEqual([text, "tls-certificate-expired"]);
  });

  it.each([
    ["tls-bad-ecpoint", "[SSL: BAD_ECPOINT] bad ecpoint (_ssl.c:1006)"],
    [
      "tls-bad-ecpoint",
      "00B8A6E1:error:0A000132:SSL routines:tls_process_ske_ecdhe:bad ecpoint:../ssl/statem/statem_clnt.c:2200:",
    ],
    ["tls-bad-ecpoint", "SSL_connect returned=1 errno=0 peeraddr=203.0.113.9:443 state=error: bad ecpoint"],
    ["tls-bad-ecpoint", "code: 'ERR_SSL_BAD_ECPOINT'"],
  ])("a reason of OpenSSL that no rule knows is one cause in every language: %s of %s", (id, text) => {
    expect(readTransport(text)).toMatchObject({ id, category: "tls" });
  });

  it.each([
    ["connect-refused", "[Errno 111]"],
    ["connect-refused", "SocketException (10061)"],
    ["connect-reset", "os error 54"],
    ["timeout-connect", "WinError 10060"],
    ["redirect-loop", "cURL error 47"],
    ["tls-unknown-authority", "curl: (60)"],
  ])("a bare number is read last: %s of %s", (id, text) => {
    expect(readTransport(text)).toMatchObject({ id, sureness: "likely" });
  });

  it("tells the receiver's word on our certificate from ours on the receiver's", () => {
    expect(readTransport("remote error: tls: expired certificate")?.id).toBe("tls-alert-certificate-expired");
    expect(readTransport("x509: certificate has expired")?.id).toBe("tls-certificate-expired");
  });

  it.each([
    "",
    " \n ",
    "42",
    "fetch failed",
    "Max retries exceeded",
    "An error occurred while sending the request.",
    "Request failed with status code 503",
    "504 Gateway Timeout",
    "upstream timed out (110: Connection timed out) while reading response header from upstream",
    "could not connect to server: Connection refused. Is PostgreSQL running on host db.acme.example?",
    "Lock wait timeout exceeded; try restarting transaction",
    "Ticket could not be created: subject is required",
    "Your session has expired, please sign in again",
    "Payment declined: card expired",
    "Invalid signature",
    "Order already exists",
    "Bad signature",
    "Invalid token",
    "Something went wrong. Try again",
    "Could not parse request body",
    "Authorization header missing",
    "Order was cancelled by user",
    "OutOfMemoryError: Java heap space",
    "disk quota exceeded while writing",
    "Temporary failure, please retry",
    "Your plan allows 5 webhooks",
    "The answer exceeds the limit of items in this order",
    "Message size exceeds quota of recipient mailbox",
    'response field "note" exceeds 500 characters',
    "Quantity exceeded 5",
    "Coupon is no longer valid",
    "Version is not supported by this plan",
    "invalid header row in CSV",
    "no error",
  ])("says nothing of a text that is about something else: %j", (text) => {
    expect(readTransport(text)).toBeUndefined();
  });
});

describe("what varies", () => {
  const host = fc
    .tuple(
      fc.constantFrom("timeout", "dns", "proxy-7", "tls", "reset", "hooks", "eof"),
      fc.constantFrom("acme", "refused", "expired"),
      fc.constantFrom("com", "io", "example", "internal"),
    )
    .map((labels) => labels.join("."));
  // 3128 is a proxy's.
  const port = fc
    .integer({ min: 1, max: 65_535 })
    .filter((number) => number !== 3128)
    .map(String);
  const address = fc.ipV4();
  const path = fc.constantFrom("/in", "/hooks/timeout", "/v2/expired-certificates/9", "/proxy/redirect");
  const TEMPLATES: readonly [string, (host: string, port: string, address: string, path: string) => string][] = [
    [
      "connect-refused",
      (h, p, a, q) => `Post "https://${h}:${p}${q}": dial tcp ${a}:${p}: connect: connection refused`,
    ],
    ["dns-not-found", (h) => `getaddrinfo ENOTFOUND ${h}`],
    ["connect-reset", (_h, p, a) => `read tcp ${a}:${p}->${a}:${p}: read: connection reset by peer`],
    ["connect-closed", (h, _p, _a, q) => `request to https://${h}${q} failed, reason: socket hang up`],
    [
      "timeout-response",
      (h, p, _a, q) =>
        `HTTPSConnectionPool(host='${h}', port=${p}): Max retries exceeded with url: ${q} (Caused by ReadTimeoutError("Read timed out. (read timeout=${p})"))`,
    ],
    ["tls-hostname-mismatch", (h) => `x509: certificate is valid for ${h}, not other.acme.example`],
    ["timeout-connect", (h, p, a) => `failed to connect to ${h}/${a} (port ${p}) after ${p}ms`],
    ["answer-truncated", (_h, p) => `cURL error 18: transfer closed with ${p} bytes remaining to read`],
  ];

  it.each(TEMPLATES)("%s stays whatever host, port, address and path", (id, template) => {
    fc.assert(
      fc.property(host, port, address, path, (h, p, a, q) => {
        expect(readTransport(template(h, p, a, q))?.id).toBe(id);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the table", () => {
  it("holds whole phrases with one bar between them", () => {
    for (const { any, and = [], not = [] } of RULES) {
      for (const line of [...any, ...and, ...not]) {
        const phrases = line.split("|").map((phrase) => phrase.trim());
        expect(phrases).not.toContain("");
        expect(phrases.join(" | ")).toBe(line);
      }
    }
  });

  it("describes each cause once and whole", () => {
    const told = new Map<string, unknown>();
    for (const { cause } of RULES) {
      expect(cause.id).toMatch(/^[a-z][a-z0-9-]{1,63}$/);
      expect(CAUSE_CATEGORIES).toContain(cause.category);
      expect(cause.title.length).toBeLessThan(140);
      expect(cause.nextStep).toMatch(/\{(?:receiver|provider|webhook)\}/);
      expect(told.get(cause.id) ?? cause).toEqual(cause);
      told.set(cause.id, cause);
    }
  });
});

describe("any text", () => {
  it("gets a reading or none, and the same each time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 1_000 }), (text) => {
        const reading = readTransport(text);
        expect(reading).toEqual(readTransport(text));
        if (reading) expect(CAUSE_CATEGORIES).toContain(reading.category);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["one long word", "a".repeat(1_000_000)],
    ["capitals in turn", "aB".repeat(500_000)],
    ["dots", ".".repeat(1_000_000)],
    ["labels", "a.".repeat(500_000)],
    ["colons", "1:".repeat(500_000)],
    ["the same words", "connection timed out ".repeat(50_000)],
    ["frames", "\n at x".repeat(150_000)],
    ["lone surrogates", "\ud800 connection refused \udc00".repeat(40_000)],
  ])("takes a few milliseconds at most, however hostile: %s", (_name, text) => {
    readTransport(text);
    const from = performance.now();
    readTransport(text);
    expect(performance.now() - from).toBeLessThan(50);
  });
});
