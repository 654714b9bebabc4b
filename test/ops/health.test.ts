import { afterEach, describe, expect, it } from "vitest";
import { checkAll, type HealthServer, type Readiness, startHealthServer } from "../../src/ops/health.ts";
import { createMetrics } from "../../src/ops/metrics.ts";
import { freePort } from "../ports.ts";

const open: HealthServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(ready: () => Promise<Readiness> = async () => ({})) {
  const metrics = createMetrics();
  const port = await freePort();
  const server = await startHealthServer({ port, host: "127.0.0.1", ready, metrics });
  open.push(server);
  return {
    metrics,
    server,
    port,
    get: (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init),
  };
}

describe("the health server", () => {
  it("says that the process is alive, whatever else fails", async () => {
    const { get } = await start(() => Promise.reject(new Error("down")));
    const response = await get("/healthz?from=probe");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true });
  });

  it.each([
    [{ store: { ok: true } }, 200, true],
    [{ store: { ok: true }, slack: { ok: false, detail: "no socket" } }, 503, false],
  ])("says whether it is ready, check by check", async (checks, status, ok) => {
    const { get } = await start(async () => checks);
    const response = await get("/readyz");
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ ok, checks });
  });

  it("takes a check that throws for a no, and shows no secret of it", async () => {
    const { get } = await start(() => Promise.reject(new Error("no answer from postgres://u:hunter2@db/x")));
    const response = await get("/readyz");
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      ok: false,
      checks: { checks: { ok: false, detail: "no answer from postgres://[redacted]@db/x" } },
    });
  });

  it("makes all checks, and none that throws or hangs hides another", async () => {
    const { get } = await start(() =>
      checkAll(
        {
          database: () => Promise.resolve("rows"),
          slack: () => {
            throw new Error("no connection since 09:00 with xoxb-1234-hunter2");
          },
          queue: () => new Promise(() => {}),
        },
        20,
      ),
    );
    const response = await get("/readyz");
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      ok: false,
      checks: {
        database: { ok: true },
        slack: { ok: false, detail: "no connection since 09:00 with [redacted]" },
        queue: { ok: false, detail: "no answer within 0.02 s" },
      },
    });
  });

  it("serves the metrics", async () => {
    const { get, metrics } = await start();
    metrics.providerRequests.inc({ provider: "zendesk", outcome: "ok" });
    metrics.ackSeconds.observe({ kind: "command" }, 0.01);
    const response = await get("/metrics");
    const text = await response.text();
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(text).toContain('hooktriage_provider_requests_total{provider="zendesk",outcome="ok"} 1');
    expect(text).toContain('hooktriage_ack_seconds_count{kind="command"} 1');
    expect(text).toContain("process_resident_memory_bytes");
  });

  it.each([
    ["/", "GET", 404],
    ["/metricsx", "GET", 404],
    ["/healthz", "POST", 405],
    ["/healthz", "HEAD", 200],
  ])("answers %s %s with %i", async (path, method, status) => {
    const { get } = await start();
    expect((await get(path, { method })).status).toBe(status);
  });

  it("is not started on port 0", async () => {
    const server = await startHealthServer({ port: 0, ready: async () => ({}), metrics: createMetrics() });
    expect(server.port).toBeUndefined();
    await server.close();
  });

  it("cannot be started where the port is taken", async () => {
    const { port } = await start();
    const again = startHealthServer({ port, host: "127.0.0.1", ready: async () => ({}), metrics: createMetrics() });
    await expect(again).rejects.toThrow("EADDRINUSE");
  });

  it("gives its port free when it is closed, kept connections or not", async () => {
    const { get, server } = await start();
    await (await get("/healthz")).text();
    await server.close();
    await expect(get("/healthz")).rejects.toThrow();
    open.length = 0;
  });
});
