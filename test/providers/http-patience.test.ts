import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { RateLimitedError } from "../../src/providers/errors.ts";
import type { HttpRequest } from "../../src/providers/http.ts";
import { clientFor, failureOf, neverAborted } from "./clients.ts";
import { virtualClock } from "./virtual-clock.ts";

const BASE = "https://acme.example";
const READ: HttpRequest = { method: "GET", path: "/things" };

describe("the patience of the HTTP client", () => {
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

  it("gives up at once when the provider wants to be asked tomorrow, and says when", async () => {
    nock(BASE).get("/things").reply(429, "slow down", { "retry-after": "86400" });
    const { http, clock } = clientFor(BASE);
    const error = await failureOf(http.send(READ, { signal: neverAborted() }));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error.retryAt).toEqual(new Date("2026-11-22T12:00:00Z"));
    expect(error.givenUp).toBe(true);
    expect(clock.waits).toEqual([]);
  });

  it("waits out a limit per minute after a success, and gives up on a provider that then only refuses", async () => {
    nock(BASE).get("/things").reply(200, {});
    nock(BASE).get("/things").times(10).reply(429, "slow down", { "retry-after": "60" });
    const { http, clock } = clientFor(BASE);
    await http.send(READ, { signal: neverAborted() });
    const error = await failureOf(http.send(READ, { signal: neverAborted() }));
    expect(error.kind).toBe("rate_limited");
    expect(clock.waits).toEqual([60_000]);
  });

  it("gives up within 60 seconds of nothing but refusals, then tries once a call, and recovers", async () => {
    nock(BASE).get("/things").times(50).reply(429, "slow down", { "retry-after": "10" });
    const { http, clock } = clientFor(BASE);
    const startMs = clock.now().getTime();
    const error = await failureOf(http.send(READ, { signal: neverAborted(), retry: { attempts: 1000 } }));
    expect(error.givenUp).toBe(true);
    expect(clock.now().getTime() - startMs).toBeLessThan(60_000);
    clock.advance(10_000);
    const countBefore = http.requestCount;
    await failureOf(http.send(READ, { signal: neverAborted() }));
    expect(http.requestCount).toBe(countBefore + 1);
    nock.cleanAll();
    nock(BASE).get("/things").reply(200, {}).get("/things").reply(503).get("/things").reply(200, { back: true });
    await http.send(READ, { signal: neverAborted() });
    expect(await http.send(READ, { signal: neverAborted() })).toEqual({ back: true });
  });

  it("shares its patience between callers", async () => {
    nock(BASE).get("/things").times(100).reply(503, "busy");
    const { http, clock } = clientFor(BASE);
    const startMs = clock.now().getTime();
    const call = () => failureOf(http.send(READ, { signal: neverAborted(), retry: { attempts: 1000 } }));
    const errors = [...(await Promise.all([call(), call(), call()])), await call(), await call()];
    expect(errors.every(({ kind }) => kind === "unavailable")).toBe(true);
    expect(clock.now().getTime() - startMs).toBeLessThan(60_000);
  });

  it("ends a wait as soon as the signal is aborted, with what was wrong", async () => {
    nock(BASE).get("/things").reply(503, "busy");
    const controller = new AbortController();
    const clock = virtualClock();
    const { http } = clientFor(BASE, {
      ...clock,
      wait(ms, signal) {
        controller.abort(new Error("enough"));
        return clock.wait(ms, signal);
      },
    });
    await expect(http.send(READ, { signal: controller.signal })).rejects.toMatchObject({ status: 503, givenUp: true });
    expect(http.requestCount).toBe(1);
  });
});
