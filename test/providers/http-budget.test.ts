import nock from "nock";
import pMap from "p-map";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBudget } from "../../src/collect/budget/shared-budget.ts";
import { createLog } from "../../src/ops/log.ts";
import type { Budget } from "../../src/providers/budget.ts";
import type { HttpClient, HttpRequest } from "../../src/providers/http.ts";
import type { Store } from "../../src/store/database.ts";
import { emptyStore, openEmptyStore } from "../store/databases.ts";
import { clientFor, failureOf, neverAborted } from "./clients.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

const BASE = "https://acme.example";
const READ: HttpRequest = { method: "GET", path: "/things" };
const SEARCH: HttpRequest = { method: "POST", path: "/search", body: {}, isRead: true };
const WRITE: HttpRequest = { method: "POST", path: "/things", body: {} };
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe("the HTTP client with a budget", () => {
  let store: Store;
  let clock: VirtualClock;
  let budget: Budget;
  let http: HttpClient;
  let startMs: number;

  beforeAll(async () => {
    // Another file of this worker may have taken it down.
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
    store = await openEmptyStore("PGlite");
  });
  beforeEach(async () => {
    await emptyStore(store);
    clock = virtualClock();
    startMs = clock.now().getTime();
    budget = createBudget({ store, provider: "acme", clock, log: createLog({ level: "silent", secrets: [] }) });
    http = clientFor(BASE, clock, budget).http;
  });
  afterEach(() => nock.cleanAll());
  afterAll(async () => {
    nock.enableNetConnect();
    nock.restore();
    await store.close();
  });

  function send(request = READ): Promise<unknown> {
    return http.send(request, { signal: neverAborted() });
  }

  function elapsedMs(): number {
    return clock.now().getTime() - startMs;
  }

  function limitedTo(limit: number, remaining?: number): Record<string, string> {
    const left = remaining === undefined ? undefined : { "x-rate-limit-remaining": String(remaining) };
    return { "x-rate-limit": String(limit), ...left };
  }

  it("sends no more reads a minute than the answers allow, searches included", async () => {
    nock(BASE).get("/things").thrice().reply(200, {}, limitedTo(2));
    nock(BASE).post("/search").twice().reply(200, {}, limitedTo(2));
    for (const request of [READ, SEARCH, READ, SEARCH, READ]) await send(request);
    expect(http.requestCount).toBe(5);
    expect(elapsedMs()).toBeGreaterThanOrEqual(2 * MINUTE);
    expect(elapsedMs()).toBeLessThan(2.1 * MINUTE);
  });

  it("pays for each try", async () => {
    nock(BASE).get("/things").thrice().reply(503, "busy").get("/things").reply(200, {}, limitedTo(100));
    await send();
    expect(budget.spare).toBe(96);
  });

  it("lets others' use of the account count", async () => {
    nock(BASE).get("/things").reply(200, {}, limitedTo(100, 30));
    await send();
    expect(budget.spare).toBe(30);
  });

  it.each([
    ["0", "0"],
    ["-5", "3"],
    ["1e9", "3"],
    ["ninety", "few"],
    ["99999999999", "1"],
  ])("learns nothing of a limit of %s with %s left", async (limit, remaining) => {
    const headers = { "x-rate-limit": limit, "x-rate-limit-remaining": remaining };
    nock(BASE).get("/things").reply(200, {}, headers);
    await send();
    expect(budget.spare).toBe(1_199);
  });

  it("pays nothing for writes, learns nothing from them, and holds none back", async () => {
    nock(BASE).get("/things").reply(200, {}, limitedTo(1));
    nock(BASE).post("/things").twice().reply(200, {}, limitedTo(20));
    nock(BASE).post("/things").reply(429, "slow down", limitedTo(20));
    await send();
    await send(WRITE);
    await send(WRITE);
    await failureOf(send(WRITE));
    expect(elapsedMs()).toBe(0);
    expect(budget.pausedUntil).toBeUndefined();
    clock.advance(MINUTE + SECOND);
    expect(budget.spare).toBe(1);
  });

  it("loses no patience with a provider while its own budget holds it back", async () => {
    nock(BASE).get("/things").reply(200, {}, limitedTo(1));
    nock(BASE).get("/things").thrice().reply(503, "busy").get("/things").reply(200, { back: true });
    await send();
    expect(await send()).toEqual({ back: true });
    expect(elapsedMs()).toBeGreaterThanOrEqual(4 * MINUTE);
  });

  it("ends a wait for the budget as soon as the signal is aborted, with its reason", async () => {
    nock(BASE).get("/things").reply(200, {}, limitedTo(1));
    await send();
    const impatient = new AbortController();
    const held = http.send(READ, { signal: impatient.signal });
    impatient.abort(new Error("no time"));
    await expect(held).rejects.toThrow("no time");
    expect(http.requestCount).toBe(1);
  });

  it("waits out a limit by the minute, also where no Retry-After says so", async () => {
    nock(BASE).get("/things").reply(200, {});
    nock(BASE).get("/things").times(4).reply(429, "slow down").get("/things").reply(200, { read: true });
    await send();
    expect(await send()).toEqual({ read: true });
    expect(clock.waits).toEqual([5, 10, 20, 30].map((seconds) => seconds * SECOND));
  });

  it.each([
    ["without saying for how long", {}],
    ["for 10 seconds at a time", { "retry-after": "10" }],
    ["for a minute at a time", { "retry-after": "60" }],
  ])("gives up within 45 seconds on a provider that only refuses, %s", async (_name, headers) => {
    nock(BASE).get("/things").times(50).reply(429, "slow down", headers);
    const errors = await Promise.all([send(), send(), send()].map(failureOf));
    expect(errors.map(({ kind, givenUp }) => [kind, givenUp])).toEqual(errors.map(() => ["rate_limited", true]));
    expect(elapsedMs()).toBeLessThanOrEqual(45 * SECOND);
  });

  it("asks nothing of a provider that wants to be left alone for long, and says until when", async () => {
    nock(BASE).get("/things").reply(429, "slow down", { "retry-after": "600" });
    await failureOf(send());
    const error = await failureOf(send({ ...READ, webhookId: "01HOOK" }));
    expect(error).toMatchObject({
      kind: "rate_limited",
      retryAt: new Date(startMs + 10 * MINUTE),
      webhookId: "01HOOK",
    });
    expect(error.told).toBe("acme wants to be asked again in 10 minutes, and was not asked before that.");
    expect(http.requestCount).toBe(1);
    nock(BASE).get("/things").reply(200, { back: true });
    clock.advance(10 * MINUTE);
    expect(await send()).toEqual({ back: true });
  });

  it.each<[string, (secondsLeft: number) => number]>([
    ["says when its minute ends", (secondsLeft) => secondsLeft],
    ["always says a minute", () => 60],
  ])(
    "reads all of a provider that tells no limit, allows 20 a minute and %s, six callers at once",
    async (_name, asked) => {
      clock.advance(20 * SECOND);
      const countByMinute = new Map<number, number>();
      nock(BASE)
        .get("/things")
        .times(400)
        .reply(() => {
          const nowMs = clock.now().getTime();
          const minute = Math.floor(nowMs / MINUTE);
          const count = (countByMinute.get(minute) ?? 0) + 1;
          countByMinute.set(minute, count);
          if (count <= 20) return [200, {}];
          const retryAfter = asked(Math.ceil(((minute + 1) * MINUTE - nowMs) / SECOND));
          return [429, "slow down", { "retry-after": String(retryAfter) }];
        });
      const answers = await pMap(Array.from({ length: 100 }), () => send(), { concurrency: 6 });
      expect(answers).toHaveLength(100);
      expect(http.requestCount).toBeLessThan(100 + 5 * 6);
      expect(elapsedMs()).toBeLessThan(10 * MINUTE);
    },
  );

  it("leaves a busy provider alone that says until when, other callers too", async () => {
    nock(BASE).get("/things").reply(503, "busy", { "retry-after": "20" });
    nock(BASE).get("/things").twice().reply(200, {});
    await failureOf(http.send(READ, { signal: neverAborted(), retry: false }));
    await Promise.all([send(), send()]);
    expect(elapsedMs()).toBe(20 * SECOND);
  });
});
