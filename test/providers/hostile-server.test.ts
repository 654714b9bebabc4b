import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { ForeignRedirectError, TimeOutError } from "../../src/providers/errors.ts";
import type { CallOptions, HttpRequest } from "../../src/providers/http.ts";
import { clientFor, failureOf, neverAborted, shownOf, TOKEN } from "./clients.ts";
import { answerJson, type Handler, type Loopback, startLoopback } from "./loopback.ts";

const READ: HttpRequest = { method: "GET", path: "/things" };
const servers: Loopback[] = [];

async function hostile(handle: Handler): Promise<Loopback> {
  const server = await startLoopback(handle);
  servers.push(server);
  return server;
}

async function failureAgainst(handle: Handler, options: Partial<CallOptions> = {}, request = READ) {
  const server = await hostile(handle);
  const { http, clock } = clientFor(server.url);
  const error = await failureOf(http.send(request, { signal: neverAborted(), ...options }));
  return { error, server, clock };
}

describe("a hostile server", () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it("that never sends headers ends in a time-out, tried again", async () => {
    const { error, server } = await failureAgainst(() => {}, { timeoutMs: 400, retry: { attempts: 2 } });
    expect(error).toBeInstanceOf(TimeOutError);
    expect(error).toMatchObject({ kind: "unavailable", timeoutMs: 400 });
    expect(server.requests).toHaveLength(2);
  });

  it("that never ends its body ends in a time-out, too", async () => {
    const { error } = await failureAgainst((_request, response) => response.writeHead(200).write('{"a":'), {
      timeoutMs: 400,
      retry: false,
    });
    expect(error).toBeInstanceOf(TimeOutError);
  });

  it("that sends without end is cut off at 32 MB", async () => {
    const chunk = Buffer.alloc(1024 * 1024, "x");
    const { error } = await failureAgainst((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const pump = () => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once("drain", pump);
      };
      pump();
    });
    expect(error.kind).toBe("unexpected_answer");
    expect(error.message).toContain("longer than 33554432 bytes");
  });

  it.each<[string, Handler]>([
    ["before it answers", (_request, response) => response.destroy()],
    [
      "in the middle of its body",
      (_request, response) => {
        response.writeHead(200, { "content-length": "1000" });
        response.write('{"a":');
        setImmediate(() => response.destroy());
      },
    ],
  ])("that cuts the connection %s is tried again, then unavailable", async (_name, handle) => {
    const { error, server } = await failureAgainst(handle, { retry: { attempts: 3 } });
    expect(error.kind).toBe("unavailable");
    expect(server.requests).toHaveLength(3);
  });

  it.each<[string, string, string, string]>([
    ["half a JSON", "application/json", '{"webhooks":[{"id":"01', "not JSON, application/json"],
    [
      "a page with status 200",
      "text/html; charset=utf-8",
      "<!doctype html><title>Sign in to Acme</title>",
      "Sign in to Acme",
    ],
    ["text with status 200", "text/plain", "maintenance", "maintenance"],
    ["nothing", "application/json", "", "not JSON"],
  ])("that answers %s makes an unexpected answer, once", async (_name, type, body, quoted) => {
    const { error, server } = await failureAgainst((_request, response) => {
      response.writeHead(200, { "content-type": type });
      response.end(body);
    });
    expect(error.kind).toBe("unexpected_answer");
    expect(error.message).toContain(quoted);
    expect(server.requests).toHaveLength(1);
  });

  it("whose gzip is garbage makes an unexpected answer", async () => {
    const { error } = await failureAgainst((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" });
      response.end("this was never compressed");
    });
    expect(error).toMatchObject({ kind: "unexpected_answer" });
    expect(error.message).toContain("Z_DATA_ERROR");
  });

  it("that compresses well is still read whole", async () => {
    const server = await hostile((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" });
      response.end(gzipSync(JSON.stringify({ ok: true })));
    });
    expect(await clientFor(server.url).http.send(READ, { signal: neverAborted() })).toEqual({ ok: true });
  });

  it.each(["GET", "POST"] as const)(
    "that redirects a %s elsewhere never gets the credentials there",
    async (method) => {
      const thief = await hostile((_request, response) => answerJson(response, { ok: true }));
      const location = `${thief.url}/things?token=abc`;
      const { error } = await failureAgainst(
        (_request, response) => response.writeHead(302, { location }).end(),
        {},
        { ...READ, method },
      );
      expect(error).toBeInstanceOf(ForeignRedirectError);
      expect(error).toMatchObject({ kind: "unexpected_answer", origin: thief.url });
      expect(error.message).toContain(thief.url);
      expect(thief.requests).toEqual([]);
      expect(shownOf(error)).not.toContain(TOKEN);
    },
  );

  it("that redirects a read on itself is followed three times, credentials and all", async () => {
    const server = await hostile(({ url }, response) => {
      const step = Number(url.split("/").at(-1)) || 0;
      if (step < 3) response.writeHead(307, { location: `/things/${step + 1}` }).end();
      else answerJson(response, { step });
    });
    const { http } = clientFor(server.url);
    expect(await http.send(READ, { signal: neverAborted() })).toEqual({ step: 3 });
    expect(server.requests.at(-1)?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(http.requestCount).toBe(4);
  });

  it.each<[string, HttpRequest["method"], string, string]>([
    ["in circles", "GET", "/things", "circles"],
    ["to nowhere", "GET", "http://", "nowhere"],
    ["to another protocol", "GET", "file:///etc/passwd", "nowhere"],
    ["a write", "POST", "/things", "a write with a redirect"],
  ])("that redirects %s makes an unexpected answer", async (_name, method, location, quoted) => {
    const { error, server } = await failureAgainst(
      (_request, response) => response.writeHead(301, { location }).end(),
      {},
      { ...READ, method },
    );
    expect(error.kind).toBe("unexpected_answer");
    expect(error.message).toContain(quoted);
    expect(server.requests.length).toBeLessThanOrEqual(4);
  });

  it.each([
    ["without Retry-After", {}],
    ["with Retry-After", { "retry-after": "20" }],
    ["with Retry-After: 0", { "retry-after": "0" }],
  ])("that answers 429 for ever %s is given up within 60 seconds", async (_name, headers) => {
    const { error, clock } = await failureAgainst((_request, response) =>
      response.writeHead(429, headers).end("Too many requests"),
    );
    expect(error.kind).toBe("rate_limited");
    expect(clock.waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(60_000);
  });

  it("that is slow is left at once when the signal is aborted", async () => {
    const controller = new AbortController();
    const server = await hostile(() => controller.abort(new Error("nobody waits any more")));
    const { http } = clientFor(server.url);
    await expect(http.send(READ, { signal: controller.signal })).rejects.toThrow("nobody waits any more");
  });
});
