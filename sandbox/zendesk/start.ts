import { createServer, type Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { uuidOf } from "../scenario/ids.ts";
import { mix } from "../scenario/random.ts";
import type { Scenario, ScenarioWebhook } from "../scenario/scenario.ts";
import { createTimeline } from "../scenario/timeline.ts";
import { type Truth, truthOf } from "../scenario/truth.ts";
import { type Credentials, createAccess, SANDBOX_CREDENTIALS } from "./access.ts";
import { createApi, type SandboxEnv } from "./api.ts";
import { createControl } from "./control.ts";
import { createFaults, type FaultKind, type FaultOptions } from "./faults.ts";
import { createJournal, type JournalEntry, kindOfAuthorization } from "./journal.ts";
import { misbehave } from "./misbehave.ts";
import { createMishaps, type Mishaps } from "./mishaps.ts";
import { Refusal } from "./refusal.ts";
import { createRowSource } from "./row-source.ts";
import type { Shape } from "./shapes.ts";

export interface SandboxZendeskOptions {
  scenario: Scenario;
  /** A free one when absent. */
  port?: number;
  /** The real clock when absent. */
  now?: () => Date;
  /** `wire` when absent. */
  shape?: Shape;
  /** 100 when absent, as recorded; Infinity lifts it. */
  rateLimitPerMinute?: number;
  /** How a 429 says when to come back; `seconds` when absent. */
  retryAfterAs?: "seconds" | "http-date";
  /** Instead of `SANDBOX_CREDENTIALS`. */
  credentials?: Partial<Credentials>;
  /** The same as `credentials.accessToken`. */
  accessToken?: string;
  /** Real time before each answer. */
  latencyMs?: number;
}

/** A Zendesk on loopback. */
export interface SandboxZendesk extends Mishaps {
  /** Without a slash at the end. */
  url: string;
  /** Requests to /api and /oauth, oldest first; the last `JOURNAL_LENGTH` at most. */
  requests: readonly JournalEntry[];
  webhooks: readonly Readonly<ScenarioWebhook>[];
  /** Fails requests from now on. The fault added last wins. */
  fail(kind: FaultKind, options?: FaultOptions): void;
  /** Ends all faults. */
  heal(): void;
  /** What a perfect reader would say of the window, as of now. */
  truth(window: { from: Date; to: Date }): Truth;
  /** Ends hanging connections too. */
  close(): Promise<void>;
}

/** @throws when the port is taken. */
export async function startZendesk(options: SandboxZendeskOptions): Promise<SandboxZendesk> {
  const { scenario, port = 0, now = () => new Date(), latencyMs = 0 } = options;
  const credentials = { ...SANDBOX_CREDENTIALS, ...options.credentials };
  if (options.accessToken !== undefined) credentials.accessToken = options.accessToken;
  const timeline = createTimeline(scenario);
  const faults = createFaults();
  const journal = createJournal();
  const mishaps = createMishaps(timeline, now);
  let answered = 0;

  const app = new Hono<SandboxEnv>();
  app.route("/sandbox", createControl({ timeline, mishaps, faults, now }));

  app.use(async (c, next) => {
    const url = new URL(c.req.url);
    const entry = journal.add({
      at: now(),
      method: c.req.method,
      path: url.pathname + url.search,
      host: url.host,
      authorization: kindOfAuthorization(c.req.header("authorization")),
    });
    answered += 1;
    const requestId = uuidOf(mix(scenario.seed, answered));
    if (latencyMs > 0) await delay(latencyMs);
    const fault = faults.strike(url.pathname, url.searchParams);
    c.set("fault", fault?.kind);
    const faulty = fault && misbehave(fault, c.env, url);
    if (faulty === RESPONSE_ALREADY_SENT) return faulty;
    if (faulty) c.res = faulty;
    else await next();
    c.header("x-request-id", requestId);
    c.header("date", now().toUTCString());
    entry.status = c.res.status;
    return undefined;
  });

  app.route(
    "/",
    createApi({
      timeline,
      rows: createRowSource(timeline),
      access: createAccess(credentials, scenario.seed),
      now,
      shape: options.shape ?? "wire",
      rateLimitPerMinute: options.rateLimitPerMinute ?? 100,
      retryAfterAs: options.retryAfterAs ?? "seconds",
    }),
  );

  app.notFound((c) => c.json({ error: "InvalidEndpoint", description: "Not found" }, 404));
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(error.body, error.status);
    throw error;
  });

  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  const url = await listen(server, port);
  return {
    ...mishaps,
    url,
    requests: journal.entries,
    webhooks: timeline.webhooks,
    fail: (kind, faultOptions) => faults.add(kind, faultOptions),
    heal: () => faults.heal(),
    truth: (window) => truthOf(timeline, window, now()),
    close: () => close(server),
  };
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const taken = typeof address === "object" && address !== null ? address.port : port;
      resolve(`http://127.0.0.1:${taken}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
