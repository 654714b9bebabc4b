import { type Context, Hono } from "hono";
import type { SandboxEnv } from "../provider/start.ts";
import { answerOf, attemptsOf } from "../scenario/attempts.ts";
import { SUCCESS } from "../scenario/causes/cause.ts";
import { causeNamed } from "../scenario/causes/index.ts";
import { RETENTION_MS } from "../scenario/retention.ts";
import type { ScenarioWebhook } from "../scenario/scenario.ts";
import type { Timeline } from "../scenario/timeline.ts";
import type { Access } from "./access.ts";
import type { FaultKind } from "./faults.ts";
import { listInvocations } from "./list-invocations.ts";
import { incidentsAt, listWebhooks, shownWebhook } from "./list-webhooks.ts";
import { envelopeOf, linksOf } from "./page.ts";
import { createRateLimit } from "./rate-limit.ts";
import { notFound, Refusal } from "./refusal.ts";
import type { RowSource } from "./row-source.ts";
import { type Shape, shownAttempt, shownRow } from "./shapes.ts";

export interface ApiParts {
  timeline: Timeline;
  rows: RowSource;
  access: Access;
  now: () => Date;
  shape: Shape;
  rateLimitPerMinute: number;
  retryAfterAs: "seconds" | "http-date";
}

/** POST /webhooks/test has a limit of its own: recorded answers say `x-rate-limit: 20`. */
const TEST_LIMIT_PER_MINUTE = 20;

/** The part of Zendesk's Webhooks API that a reader of failures needs, as recorded traffic shows it. */
export function createApi(parts: ApiParts): Hono<SandboxEnv<FaultKind>> {
  const { timeline, rows, access, now, shape } = parts;
  const api = new Hono<SandboxEnv<FaultKind>>();
  const limit = createRateLimit(parts.rateLimitPerMinute);
  const testLimit = createRateLimit(
    parts.rateLimitPerMinute === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : TEST_LIMIT_PER_MINUTE,
  );

  api.use("/api/*", async (c, next) => {
    const at = now();
    access.check(c.req.header("authorization"), c.req.method === "GET" ? "read" : "write", at.getTime());
    const applied = c.req.path === "/api/v2/webhooks/test" ? testLimit : limit;
    const { remaining, retryAfterSeconds } = applied.take(at.getTime());
    if (retryAfterSeconds === undefined) await next();
    else c.res = tooMany(at, retryAfterSeconds, parts.retryAfterAs);
    c.header("x-rate-limit", String(applied.limit));
    c.header("x-rate-limit-remaining", String(remaining));
    return undefined;
  });

  api.post("/oauth/tokens", async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined);
    return c.json(access.grant(body, now().getTime()));
  });

  api.post("/api/v2/webhooks/test", async (c) => {
    const id = c.req.query("webhook_id");
    const webhook = id === undefined ? undefined : webhookOf(timeline, id);
    const body: unknown = await c.req.json().catch(() => undefined);
    if (typeof body !== "object" || body === null || !("request" in body)) {
      throw new Refusal(400, { error: "InvalidParameter", description: "request is missing" });
    }
    return c.json({ response: webhook ? testAnswer(webhook, now()) : { headers: [], status_code: 404, payload: "" } });
  });

  api.get("/api/v2/webhooks", (c) => {
    const page = listWebhooks(timeline.webhooks, queryOf(c));
    return c.json(
      { ...envelopeOf(page, c.req.path), webhooks: page.items.map(shownWebhook) },
      200,
      linksOf(page, c.req.path),
    );
  });

  api.get("/api/v2/webhooks/:id", (c) => c.json({ webhook: shownWebhook(webhookOf(timeline, c.req.param("id"))) }));

  api.get("/api/v2/webhooks/:id/invocations", (c) => {
    const webhook = webhookOf(timeline, c.req.param("id"));
    const query = queryOf(c);
    const loops = c.get("fault") === "cursor-loop";
    if (loops) query.delete("page[after]");
    const page = listInvocations(rows, webhook.id, query, now());
    if (loops) Object.assign(page, { hasMore: true, afterCursor: LOOPING_CURSOR });
    const shown = page.items.map((row) => shownRow(row, shape));
    if (c.get("fault") === "unknown-status") for (const row of shown) row.status = "quarantined";
    return c.json({ ...envelopeOf(page, c.req.path), invocations: shown }, 200, linksOf(page, c.req.path));
  });

  api.get("/api/v2/webhooks/:id/invocations/:invocation/attempts", (c) => {
    const webhook = webhookOf(timeline, c.req.param("id"));
    const delivery = timeline.find(webhook.id, c.req.param("invocation"));
    const nowMs = now().getTime();
    const attempts = delivery ? attemptsOf(timeline.scenario, webhook, delivery, nowMs) : [];
    const latestMs = attempts.at(-1)?.outcome.completedAtMs;
    if (!delivery || latestMs === undefined || latestMs < nowMs - RETENTION_MS) throw notFound();
    return c.json({
      attempts: attempts.map((attempt, step) => shownAttempt(attempt, delivery, step, shape)).reverse(),
    });
  });

  return api;
}

/** The same for ever, and well formed. */
const LOOPING_CURSOR = Buffer.from("01HANA2B5D5W9XSJS3NE5SQA1J,desc").toString("base64");

function webhookOf(timeline: Timeline, id: string): Readonly<ScenarioWebhook> {
  const webhook = timeline.webhook(id);
  if (!webhook) throw notFound();
  return webhook;
}

function queryOf(c: Context): URLSearchParams {
  return new URL(c.req.url).searchParams;
}

function tooMany(at: Date, seconds: number, as: ApiParts["retryAfterAs"]): Response {
  const retryAfter = as === "seconds" ? String(seconds) : new Date(at.getTime() + seconds * 1000).toUTCString();
  return new Response("Number of allowed API requests per minute exceeded", {
    status: 429,
    headers: { "content-type": "text/plain; charset=utf-8", "retry-after": retryAfter },
  });
}

/** What the receiver says right now: its newest incident's answer, or that all is well. */
function testAnswer(webhook: Readonly<ScenarioWebhook>, at: Date): Record<string, unknown> {
  const incident = incidentsAt(webhook, at)[0];
  const cause = incident?.cause === undefined ? SUCCESS : causeNamed(incident.cause);
  const step = cause.course.findLast(({ answered }) => answered);
  if (!step || !cause.response) return { headers: [], status_code: 504, payload: "" };
  const { headers, payload } = answerOf(cause.response, webhook.endpoint, at, at.getTime());
  return { headers, status_code: step.statusCode, payload };
}
