import { createServer, type Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { uuidOf } from "../scenario/ids.ts";
import { mix } from "../scenario/random.ts";
import { createJournal, type JournalEntry, kindOfAuthorization } from "../zendesk/journal.ts";
import { createAccess } from "./access.ts";
import { createApi, type SandboxEnv } from "./api.ts";
import { createControl } from "./control.ts";
import { credentialsOf } from "./credentials.ts";
import { createFaults, type FaultKind, type FaultOptions } from "./faults.ts";
import { misbehave } from "./misbehave.ts";
import { createMishaps, type Mishaps } from "./mishaps.ts";
import { OAuthRefusal, Refusal } from "./refusal.ts";
import { createStory } from "./story/story.ts";
import { type ConductorOneTruth, truthOf } from "./story/truth.ts";
import type { StoryWebhook } from "./story/webhook.ts";

export interface SandboxConductorOneOptions {
  seed: number;
  /** The story is made so that the first instant of this clock is its present; it goes on with the clock. */
  now: () => Date;
  /** A free one when absent. */
  port?: number;
  /** A path below /api/v1 with `{webhookId}`, such as `webhooks/{webhookId}/instances`; most tenants have none. */
  instancesPath?: string;
  /** How far the server's clock is ahead of `now`. */
  clockAheadMs?: number;
  /** Nobody may test a webhook. */
  readOnly?: boolean;
  /** Real time before each answer. */
  latencyMs?: number;
}

/** A ConductorOne on loopback. */
export interface SandboxConductorOne {
  /** Without a slash at the end. */
  url: string;
  clientId: string;
  clientSecret: string;
  /** A bearer token that never expires. */
  accessToken: string;
  /** Requests to /api and /auth, oldest first; the last `JOURNAL_LENGTH` at most. */
  requests: readonly JournalEntry[];
  webhooks: readonly Readonly<StoryWebhook>[];
  mishaps: Mishaps;
  /** Fails requests from now on. The fault added last wins. */
  fail(kind: FaultKind, options?: FaultOptions): void;
  /** Ends all faults. */
  heal(): void;
  /** What a perfect reader would say of the window, as of now. */
  truth(window: { from: Date; to: Date }): ConductorOneTruth;
  /** Ends hanging connections too. */
  close(): Promise<void>;
}

/** @throws when the port is taken. */
export async function startConductorOne(options: SandboxConductorOneOptions): Promise<SandboxConductorOne> {
  const { seed, port = 0, instancesPath, clockAheadMs = 0, readOnly = false, latencyMs = 0 } = options;
  const now = () => new Date(options.now().getTime() + clockAheadMs);
  const story = createStory(seed, Math.floor(now().getTime() / 1000) * 1000);
  const credentials = credentialsOf(seed);
  const faults = createFaults();
  const journal = createJournal();
  const mishaps = createMishaps(story, now);
  let answered = 0;

  const app = new Hono<SandboxEnv>();
  app.route("/sandbox", createControl({ story, mishaps, faults, now }));

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
    const requestId = uuidOf(mix(seed, answered));
    c.set("requestId", requestId);
    if (latencyMs > 0) await delay(latencyMs);
    const fault = faults.strike(url.pathname);
    c.set("fault", fault?.kind);
    const faulty = fault && misbehave(fault, c.env, { url, requestId });
    if (faulty === RESPONSE_ALREADY_SENT) return faulty;
    if (faulty) c.res = faulty;
    else await next();
    c.header("date", now().toUTCString());
    entry.status = c.res.status;
    return undefined;
  });

  app.route("/", createApi({ story, access: createAccess({ credentials, seed, readOnly }), now, instancesPath }));

  app.notFound((c) => c.json(new Refusal(5, "not found").body(c.get("requestId")), 404));
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(error.body(c.get("requestId")), error.status);
    if (error instanceof OAuthRefusal) return c.json(error.body(), error.status);
    throw error;
  });

  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  const url = await listen(server, port);
  return {
    url,
    clientId: credentials.clientId,
    clientSecret: credentials.clientSecret,
    accessToken: credentials.accessToken,
    requests: journal.entries,
    webhooks: story.webhooks,
    mishaps,
    fail: (kind, faultOptions) => faults.add(kind, faultOptions),
    heal: () => faults.heal(),
    truth: (window) => truthOf(story, { window, nowMs: now().getTime(), instancesListed: instancesPath !== undefined }),
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
