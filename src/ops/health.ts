import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { redactText } from "../triage/redact.ts";
import type { Metrics } from "./metrics.ts";

/** What the process needs to do its work, by name, and whether it has it. */
export type Readiness = Record<string, Check>;

export interface Check {
  ok: boolean;
  detail?: string;
}

export interface HealthOptions {
  /** 0: nothing is started. */
  port: number;
  /** All interfaces unless given: in a container, probes come from outside. */
  host?: string;
  ready: () => Promise<Readiness>;
  metrics: Pick<Metrics, "registry">;
}

export interface HealthServer {
  /** Where it listens, `undefined` when it was not started. */
  readonly port: number | undefined;
  close(): Promise<void>;
}

/** A probe that hears nothing for this long takes the process for dead, so it hears a no before that. Milliseconds. */
const READY_TIMEOUT_MS = 4_000;
/** So that one check that hangs hides no other. Milliseconds. */
const CHECK_TIMEOUT_MS = 3_000;

/**
 * Serves `/healthz` (the process is alive), `/readyz` (200 or 503, with each check) and `/metrics` (Prometheus). Rejects where
 * the port cannot be had.
 */
export async function startHealthServer(options: HealthOptions): Promise<HealthServer> {
  if (options.port === 0) return { port: undefined, close: async () => {} };
  const server = createServer((request, response) => {
    answer(request.method ?? "", request.url ?? "", response, options).catch((error) => {
      send(response, 500, "text/plain", describe(error));
    });
  });
  server.listen(options.port, options.host);
  await once(server, "listening");
  return { port: options.port, close: () => close(server) };
}

/** Makes all checks at once. A check is a no when it throws, which says why, or hangs. */
export async function checkAll(
  checks: Record<string, () => unknown>,
  timeoutMs = CHECK_TIMEOUT_MS,
): Promise<Readiness> {
  async function make(check: () => unknown): Promise<Check> {
    await check();
    return { ok: true };
  }
  const made = Object.entries(checks).map(async ([name, check]) => {
    return [name, await withinTime(() => make(check), timeoutMs)] as const;
  });
  return Object.fromEntries(await Promise.all(made));
}

async function answer(method: string, url: string, response: ServerResponse, options: HealthOptions): Promise<void> {
  const path = url.split("?", 1)[0];
  if (path !== "/healthz" && path !== "/readyz" && path !== "/metrics")
    return send(response, 404, "text/plain", "not found");
  if (method !== "GET" && method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    return send(response, 405, "text/plain", "method not allowed");
  }
  if (path === "/healthz") return send(response, 200, "application/json", JSON.stringify({ ok: true }));
  if (path === "/metrics") {
    const { registry } = options.metrics;
    return send(response, 200, registry.contentType, await registry.metrics());
  }
  const checks = await readiness(options.ready);
  const ok = Object.values(checks).every((check) => check.ok);
  return send(response, ok ? 200 : 503, "application/json", JSON.stringify({ ok, checks }));
}

/** As what is asked says; what throws or hangs is a no. */
async function readiness(ready: () => Promise<Readiness>): Promise<Readiness> {
  const result = await withinTime(ready, READY_TIMEOUT_MS);
  return isCheck(result) ? { checks: result } : result;
}

function isCheck(result: Readiness | Check): result is Check {
  return typeof result.ok === "boolean";
}

async function withinTime<Result>(ask: () => Promise<Result>, timeoutMs: number): Promise<Result | Check> {
  const timeout = Promise.withResolvers<Check>();
  const timer = setTimeout(() => {
    timeout.resolve({ ok: false, detail: `no answer within ${timeoutMs / 1000} s` });
  }, timeoutMs);
  try {
    return await Promise.race([ask(), timeout.promise]);
  } catch (error) {
    return { ok: false, detail: describe(error) };
  } finally {
    clearTimeout(timer);
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}

function describe(error: unknown): string {
  return redactText(error instanceof Error ? error.message : String(error)).text;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
