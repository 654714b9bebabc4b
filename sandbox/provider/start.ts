import { setTimeout as delay } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { serveFromHere } from "../from-here.ts";
import { listenOnLoopback, stopListening } from "../loopback.ts";
import type { Fault, Faults } from "./faults.ts";
import { createJournal, type Journal, type JournalEntry, kindOfAuthorization } from "./journal.ts";
import type { Exchange } from "./misbehave.ts";
import { mix } from "./random.ts";
import { uuidOf } from "./uuid.ts";

/** What a request has with it on its way through a sandbox. */
export interface SandboxEnv<Kind extends string> {
  Bindings: HttpBindings;
  Variables: { fault: Kind | undefined; requestId: string };
}

export interface ProviderParts<Kind extends string> {
  /** 0: any free one. */
  port: number;
  now: () => Date;
  /** Of the ids of requests. */
  seed: number;
  /** Before each answer. */
  latencyMs: number;
  /** How time passes before an answer; really when absent. */
  wait?: ((ms: number) => Promise<unknown>) | undefined;
  faults: Faults<Kind>;
  /** Below /sandbox, and neither recorded nor struck by faults. */
  control: Hono;
  api: Hono<SandboxEnv<Kind>>;
  /** The answer that a fault gives, or `undefined` for a fault that only changes what a right answer says. */
  misbehave(fault: Fault<Kind>, exchange: Exchange): Response | undefined;
  notFound(requestId: string): Response;
  /** The answer to what the API has thrown; `undefined` where that was no refusal. */
  refused(error: Error, requestId: string): Response | undefined;
  /** Names the header that has the request's id, where answers have one. */
  requestIdHeader?: string;
}

/** The kind of fault that keeps a right answer back until `heal`. */
export const HOLD = "hold";

/** A provider on loopback, as far as all of them are alike. */
export interface RunningProvider<Kind extends string> {
  /** Without a slash at the end. */
  url: string;
  /** Answers without a connection between; for requests that no fault strikes. */
  answer(request: Request): Promise<Response>;
  /** Requests other than those to /sandbox, oldest first; the last `JOURNAL_LENGTH` at most. */
  requests: readonly JournalEntry[];
  /** Calls it with every request that was answered, or never will be, from now on. Returns what ends that. */
  listen: Journal["listen"];
  /** Fails requests from now on. The fault added last wins. */
  fail: Faults<Kind>["add"];
  /** Ends all faults. */
  heal(): void;
  /** Ends hanging connections too. */
  close(): Promise<void>;
}

/** Starts what every provider has: a record of requests, faults, and handles for people. @throws when the port is taken. */
export async function startProvider<Kind extends string>(parts: ProviderParts<Kind>): Promise<RunningProvider<Kind>> {
  const { now, seed, latencyMs, wait = delay, faults, misbehave, requestIdHeader } = parts;
  const journal = createJournal();
  let answered = 0;

  const app = new Hono<SandboxEnv<Kind>>();
  app.route("/sandbox", parts.control);
  app.use(async (c, next) => {
    const url = new URL(c.req.url);
    const startedAtMs = performance.now();
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
    if (latencyMs > 0) await wait(latencyMs);
    const fault = faults.strike(url.pathname, url.searchParams);
    c.set("fault", fault?.kind);
    if (fault?.kind === HOLD) await faults.healed;
    const faulty = fault && misbehave(fault, { bindings: c.env, url, requestId });
    if (faulty === RESPONSE_ALREADY_SENT) {
      void journal.end(entry);
      return faulty;
    }
    if (faulty) c.res = faulty;
    else await next();
    if (requestIdHeader !== undefined) c.header(requestIdHeader, requestId);
    c.header("date", now().toUTCString());
    entry.status = c.res.status;
    entry.durationMs = performance.now() - startedAtMs;
    const { res } = c;
    await journal.end(entry, async () => ({ request: await c.req.text(), response: await res.clone().text() }));
    return undefined;
  });
  app.route("/", parts.api);
  app.notFound((c) => parts.notFound(c.get("requestId")));
  app.onError((error, c) => {
    const refused = parts.refused(error, c.get("requestId"));
    if (refused) return refused;
    throw error;
  });

  const server = serveFromHere(app.fetch, { hasPages: true });
  const url = await listenOnLoopback(server, parts.port);
  return {
    url,
    answer: async (request) => app.fetch(request),
    requests: journal.entries,
    listen: journal.listen,
    fail: faults.add,
    heal: faults.heal,
    close: () => stopListening(server),
  };
}
