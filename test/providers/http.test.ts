import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { UnavailableError } from "../../src/providers/errors.ts";
import type { HttpRequest } from "../../src/providers/http.ts";
import { clientFor, failureOf, neverAborted, shownOf, TOKEN } from "./clients.ts";

const BASE = "https://acme.example";
const READ: HttpRequest = { method: "GET", path: "/things" };

describe("the HTTP client", () => {
  beforeAll(() => {
    // Another file of this worker may have taken it down.
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => nock.cleanAll());
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  it("says who it is, what it wants and with which credentials", async () => {
    const scope = nock(BASE, {
      reqheaders: {
        authorization: `Bearer ${TOKEN}`,
        accept: "application/json",
        "user-agent": /^hooktriage\/\d+\.\d+\.\d+/,
      },
    });
    scope.get("/things").query({ "filter[status]": "circuit broken" }).reply(200, { ok: true });
    const { http } = clientFor(BASE);
    const request = { ...READ, query: { "filter[status]": "circuit broken", sort: undefined } };
    expect(await http.send(request, { signal: neverAborted() })).toEqual({ ok: true });
    expect(http.requestCount).toBe(1);
  });

  it.each([
    [401, "authentication"],
    [403, "permission"],
    [404, "not_found"],
    [410, "not_found"],
    [422, "unexpected_answer"],
    [501, "unavailable"],
  ])("takes %i for %s, once and with advice", async (status, kind) => {
    nock(BASE).get("/things").reply(status, { error: "Nope", description: "not today" }, { "x-request-id": "req-7" });
    const { http } = clientFor(BASE);
    const error = await failureOf(http.send({ ...READ, webhookId: "01HOOK" }, { signal: neverAborted() }));
    expect(error).toMatchObject({
      kind,
      status,
      provider: "acme",
      webhookId: "01HOOK",
      requestId: "req-7",
      request: "GET /things",
    });
    expect(error.message).toBe(`acme, webhook 01HOOK: answered ${status} ("Nope: not today") (GET /things).`);
    expect(error.nextStep).toBe(`${kind === "unavailable" ? "Ask again in a few minutes. " : ""}advice: ${kind}`);
    expect(http.requestCount).toBe(1);
  });

  it.each([
    ["60", "60 s"],
    ["300", "5 minutes"],
    ["3600", "60 minutes"],
    ["86400", "24 hours"],
  ])("names the time in the next step when a 429 asks for %s seconds", async (asked, named) => {
    nock(BASE).get("/things").reply(429, "slow down", { "retry-after": asked });
    const { http } = clientFor(BASE);
    const error = await failureOf(http.send(READ, { signal: neverAborted(), retry: false }));
    expect(error.nextStep).toBe(`Ask again in ${named}. advice: rate_limited`);
    expect(error.told).toBe(`acme answered 429 ("slow down"), to be asked again in ${named}.`);
  });

  it.each([
    ["UND_ERR_SOCKET", "acme cut the connection."],
    ["ECONNREFUSED", "acme refuses connections."],
    ["ENOTFOUND", "acme could not be reached: its host name does not resolve."],
  ])("tells of %s in words", async (code, told) => {
    nock(BASE)
      .get("/things")
      .replyWithError(Object.assign(new Error("gone"), { code }));
    const error = await failureOf(clientFor(BASE).http.send(READ, { signal: neverAborted(), retry: false }));
    expect(error.told).toBe(told);
  });

  it.each([
    ["a host that does not resolve", "ENOTFOUND"],
    ["404 to what every account has", 404],
  ] as const)("doubts the address where there is %s", async (_, fault) => {
    const request = nock(BASE).get("/things");
    if (fault === 404) request.reply(404, "No such account");
    else request.replyWithError(Object.assign(new Error("gone"), { code: fault }));
    const error = await failureOf(clientFor(BASE).http.send(READ, { signal: neverAborted(), retry: false }));
    expect(error.nextStep).toBe("advice: wrong_address");
  });

  it.each([429, 500, 502, 503, 504])("tries a read again after %i", async (status) => {
    nock(BASE).get("/things").twice().reply(status, "busy").get("/things").reply(200, { ok: true });
    const { http, clock } = clientFor(BASE);
    expect(await http.send(READ, { signal: neverAborted() })).toEqual({ ok: true });
    expect(clock.waits).toEqual([250, 500]);
  });

  it("tries again after a dropped connection", async () => {
    nock(BASE)
      .get("/things")
      .replyWithError(Object.assign(new Error("gone"), { code: "ECONNRESET" }));
    nock(BASE).get("/things").reply(200, []);
    const { http } = clientFor(BASE);
    expect(await http.send(READ, { signal: neverAborted() })).toEqual([]);
    expect(http.requestCount).toBe(2);
  });

  it.each([429, 500, 503])("never tries a write again after %i", async (status) => {
    nock(BASE).post("/things", { name: "x" }).reply(status, "busy");
    const { http } = clientFor(BASE);
    const write: HttpRequest = { method: "POST", path: "/things", body: { name: "x" } };
    const error = await failureOf(http.send(write, { signal: neverAborted(), retry: { attempts: 5 } }));
    expect(error.status).toBe(status);
    expect(http.requestCount).toBe(1);
  });

  it.each([
    ["not at all", false, 1],
    ["as often as the call says", { attempts: 3 }, 3],
    ["eight times unless told", undefined, 8],
  ] as const)("tries again %s", async (_name, retry, expected) => {
    nock(BASE).get("/things").times(20).reply(503, "busy");
    const { http } = clientFor(BASE);
    const error = await failureOf(http.send(READ, { signal: neverAborted(), retry }));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(http.requestCount).toBe(expected);
  });

  it.each([
    ["in seconds", "7"],
    ["as a date", "Sat, 21 Nov 2026 12:00:07 GMT"],
  ])("waits as long as Retry-After says %s", async (_name, header) => {
    nock(BASE).get("/things").reply(429, "slow down", { "retry-after": header }).get("/things").reply(200, {});
    const { http, clock } = clientFor(BASE);
    await http.send(READ, { signal: neverAborted() });
    expect(clock.waits).toEqual([7_000]);
  });

  it("backs off by itself where Retry-After makes no sense", async () => {
    nock(BASE).get("/things").reply(429, "slow down", { "retry-after": "-3" }).get("/things").reply(200, {});
    const { http, clock } = clientFor(BASE);
    await http.send(READ, { signal: neverAborted() });
    expect(clock.waits).toEqual([250]);
  });

  it("sends nothing when the signal was aborted before", async () => {
    const { http } = clientFor(BASE);
    await expect(http.send(READ, { signal: AbortSignal.abort(new Error("too late")) })).rejects.toThrow("too late");
    expect(http.requestCount).toBe(0);
  });

  it("remembers the rate limit that reads are told, not that of writes", async () => {
    nock(BASE).get("/things").reply(200, {}, { "x-rate-limit": "100", "x-rate-limit-remaining": "93" });
    nock(BASE).post("/things").reply(200, {}, { "x-rate-limit": "20", "x-rate-limit-remaining": "19" });
    const { http, clock } = clientFor(BASE);
    expect(http.rateLimit).toBeUndefined();
    await http.send(READ, { signal: neverAborted() });
    await http.send({ ...READ, method: "POST", body: {} }, { signal: neverAborted() });
    expect(http.rateLimit).toEqual({ limitPerMinute: 100, remaining: 93, seenAt: clock.now() });
  });

  it.each([
    ["classic", { error: "RecordNotFound", description: "Not found" }, "RecordNotFound: Not found"],
    ["nested", { error: { title: "Forbidden", message: "no scope" } }, "Forbidden, no scope"],
    [
      "a list",
      { errors: [{ code: "Bad", title: "Bad", detail: "page size" }, "also this"] },
      "Bad, Bad, page size: also this",
    ],
    ["a message", { message: "no luck" }, "no luck"],
    ["OAuth", { error: "invalid_client", error_description: "unknown client" }, "invalid_client: unknown client"],
    ["another JSON", { status: "odd" }, '{"status":"odd"}'],
    ["text", "Too many   requests\n", "Too many requests"],
    ["a page", "<html><head><title>Sign in</title></head><body>x</body></html>", "Sign in"],
  ])("quotes an error whose body is %s", async (_name, body, quoted) => {
    nock(BASE).get("/things").reply(400, body);
    const error = await failureOf(clientFor(BASE).http.send(READ, { signal: neverAborted() }));
    expect(error.message).toContain(`("${quoted}")`);
  });

  it("keeps secrets out of errors, its own and those of the answer", async () => {
    const planted = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    const body = {
      error: `token ${TOKEN} is no good`,
      description: `Authorization: Bearer ${planted}, ask ann@acme.example`,
    };
    nock(BASE).get("/things").query(true).reply(403, body, { "x-request-id": TOKEN });
    const query = { access_token: planted, "page[after]": "MDFIQU5BMkI1RDVXOVhTSlMzTkU1U1FBMUosZGVzYw==" };
    const error = await failureOf(clientFor(BASE).http.send({ ...READ, query }, { signal: neverAborted() }));
    for (const secret of [TOKEN, planted, "ann@acme.example", "MDFIQU5B"]) expect(shownOf(error)).not.toContain(secret);
    expect(error.request).toContain("page[after]=…");
  });
});
