import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STORY_CAUSES } from "../../sandbox/conductorone/story/cause.ts";
import { CAUSE_CATEGORIES } from "../../src/triage/cause.ts";
import { causeOf } from "../../src/triage/cause-of.ts";
import { diagnose } from "../../src/triage/diagnosis.ts";
import { anAttempt, anInvocation, aWebhook } from "./samples.ts";

const webhook = aWebhook({ provider: "conductorone", endpoint: "https://hooks.example.com/c1" });

/** What is said of an invocation that ConductorOne gave up, by the error text of its last attempt. */
function causeFrom(errorMessage: string | undefined, status = "WEBHOOK_STATE_FATAL_ERROR") {
  const invocation = anInvocation({ provider: "conductorone", status, statusCode: undefined });
  const attempt = anAttempt({ statusCode: undefined, ...(errorMessage === undefined ? {} : { errorMessage }) });
  return causeOf(invocation, webhook, diagnose([attempt]));
}

describe("the cause from an error text", () => {
  it.each([
    ["webhook returned status code 503", 503],
    ["unexpected status code: 502", 502],
    ["non-2xx response: 500", 500],
    ["received HTTP 404 from the receiver", 404],
    ["HTTP/1.1 410 Gone", 410],
    ["HTTP/2 429", 429],
    ["http status 401", 401],
    ["got 403", 403],
    ["the endpoint responded with 422", 422],
    ['server replied with status="504"', 504],
    ["503 Service Unavailable", 503],
    ["error: 413 Request Entity Too Large (after 3 attempts)", 413],
    ["response code 400, giving up after 50 attempts", 400],
    ["returned a 301", 301],
    ["status_code=500", 500],
    // The code says more than the words around it.
    ["HTTP 504: upstream timed out", 504],
  ])("reads the code of %j", (text, code) => {
    expect(causeFrom(text).title).toContain(String(code));
  });

  it.each([
    ['Post "https://hooks.example.com/c1": dial tcp: lookup hooks.example.com: no such host', "dns"],
    ["lookup hooks.example.com on 10.0.0.2:53: server misbehaving", "dns"],
    ["lookup hooks.example.com: i/o timeout", "dns"],
    ["getaddrinfo ENOTFOUND hooks.example.com", "dns"],
    ["could not resolve host", "dns"],
    ["x509: certificate has expired or is not yet valid", "tls"],
    ["tls: failed to verify certificate: x509: certificate signed by unknown authority", "tls"],
    ["remote error: tls: handshake failure", "tls"],
    ["self-signed certificate in certificate chain", "tls"],
    ["net/http: TLS handshake timeout", "timeout"],
    ["context deadline exceeded (Client.Timeout exceeded while awaiting headers)", "timeout"],
    ["dial tcp 203.0.113.7:443: i/o timeout", "timeout"],
    ["the request timed out after 30 s", "timeout"],
    ["request timeout", "timeout"],
    ["callback was not received before it expired", "timeout"],
    ["timed out waiting for callback", "timeout"],
    ["dial tcp 203.0.113.7:443: connect: connection refused", "connect"],
    ["read tcp 10.0.0.1:5000->203.0.113.7:443: read: connection reset by peer", "connect"],
    ["connect EHOSTUNREACH 203.0.113.7:443", "connect"],
    ["dial tcp 203.0.113.7:443: connect: no route to host", "connect"],
    ['Post "https://hooks.example.com/c1": EOF', "connect"],
    ["destination address is not allowed: private ip address", "blocked"],
    ["stopped after 10 redirects", "gone_or_moved"],
    ["rate limit exceeded", "rate_limited"],
    ["it did not work", "unknown"],
  ])("reads %j as %s", (text, category) => {
    expect(causeFrom(text)).toMatchObject({ category });
  });

  it.each([
    "got 500 bytes of nonsense",
    "received 404 entries",
    "no answer from 10.0.0.1:443",
    "attempt 500 of 500 was no good",
    "gave up after 302 s",
    "order 404 is odd",
    "it went well: status 200",
  ])("takes no number of %j for a code", (text) => {
    expect(causeFrom(text).id).not.toMatch(/^http-/);
  });

  it.each([
    "invalid response: missing version",
    'invalid response document: proto: (line 1:2): unknown field "decision"',
    "failed to parse response body: invalid character '<' looking for beginning of value",
    "json: cannot unmarshal string into Go value of type webhook.Response",
  ])("reads %j as an answer that could not be used", (text) => {
    expect(causeFrom(text)).toMatchObject({ id: "answer-not-usable", category: "unknown" });
    expect(causeFrom(text).nextStep).toContain('"version": "v1"');
  });

  it.each([
    ['Post "https://dns.example.com/tls/timeout": connection refused', "connect"],
    ["dial tcp dns.example.com:443: connect: connection refused", "connect"],
    ["ssl.example.com took it and nothing came of it", "unknown"],
  ])("is not misled by the names in %j", (text, category) => {
    expect(causeFrom(text).category).toBe(category);
  });

  it.each(STORY_CAUSES.flatMap(({ errors, category }) => errors.map((error) => [error, category] as const)))(
    "reads the sandbox's %j as %s",
    (text, category) => expect(causeFrom(text).category).toBe(category),
  );

  it("says what happened and what to do, with the receiver's name", () => {
    expect(causeFrom("webhook callback was not received before the callback timeout")).toEqual({
      id: "callback-missing",
      category: "timeout",
      title: "The receiver took it and never called back",
      nextStep:
        "Check why hooks.example.com answered 202 and then posted nothing to the callback URL before its time was over.",
      signature: "callback-missing",
      sureness: "certain",
    });
    expect(causeFrom("dial tcp 203.0.113.7:443: connect: connection refused")).toMatchObject({
      category: "connect",
      title: "The receiver refused the connection",
      nextStep: expect.stringContaining("hooks.example.com"),
    });
  });

  it("tells a text that it cannot read, unsure, and where the answer is to be seen", () => {
    const cause = causeFrom("it did  not\nwork");
    expect(cause).toMatchObject({ title: expect.stringContaining("it did not work"), sureness: "unsure" });
    expect(cause.nextStep).toBe(
      "Look at what the receiver answered in ConductorOne: Admin > Settings > Webhooks, View history of this webhook.",
    );
  });

  it("takes texts that differ in numbers and addresses for one cause", () => {
    const [one, other, another] = [
      "the widget broke at https://a.example/1 (7 of 9)",
      "the widget broke at https://b.example/2 (8 of 9)",
      "the gadget broke",
    ].map((text) => causeFrom(text).id);
    expect(other).toBe(one);
    expect(another).not.toBe(one);
  });

  it.each([
    ["WEBHOOK_STATE_FATAL_ERROR", undefined, "ConductorOne gave up and does not tell why"],
    ["WEBHOOK_STATE_FATAL_ERROR", " – ", "ConductorOne gave up and does not tell why"],
    ["WEBHOOK_STATE_ERROR", undefined, "The last attempt failed, and ConductorOne does not tell why"],
    ["WEBHOOK_STATE_WAITING_CALLBACK", "status code 500", "The receiver took it and never called back"],
    ["WEBHOOK_STATE_RUNNING", undefined, "ConductorOne began and tells of no end"],
    [
      "AUTOMATION_EXECUTION_STATE_ERROR",
      undefined,
      "An automation that sends to it failed, and ConductorOne does not tell why",
    ],
    ["WEBHOOK_STATE_SOMETHING_NEW", undefined, 'The provider ended it as "webhook state something new"'],
  ])("reads %s with the text %j by the state alone", (status, text, title) => {
    expect(causeFrom(text, status).title).toBe(title);
  });

  it("serves for every provider that logs one", () => {
    const zendesk = anInvocation({ status: "terminated", statusCode: undefined });
    const attempt = anAttempt({ statusCode: undefined, errorMessage: "connect ECONNREFUSED 203.0.113.7:443" });
    expect(causeOf(zendesk, aWebhook(), diagnose([attempt])).category).toBe("connect");
  });

  it("reads any text, at once, to the same cause each time", () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom("lookup ", "response ").map((word) => word.repeat(5_000)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const cause = causeFrom(text);
        expect(CAUSE_CATEGORIES).toContain(cause.category);
        expect(cause.title).not.toBe("");
        expect(causeFrom(text)).toEqual(cause);
      }),
    );
  });
});
