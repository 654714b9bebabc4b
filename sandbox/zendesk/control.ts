import { Hono } from "hono";
import { z } from "zod";
import { fieldsOf } from "../fields.ts";
import { CAUSES } from "../scenario/causes/index.ts";
import type { Timeline } from "../scenario/timeline.ts";
import type { SandboxEnv } from "./api.ts";
import { FAULT_KINDS, type Faults } from "./faults.ts";
import { incidentsAt } from "./list-webhooks.ts";
import type { Mishaps } from "./mishaps.ts";

const BREAK = z.strictObject({ webhookId: z.string(), cause: z.string() });
const HEAL = z.strictObject({ webhookId: z.string().optional() });
const STORM = z.strictObject({
  webhookId: z.string(),
  cause: z.string(),
  count: z.coerce.number().int().min(1).max(100_000),
});
const TRIP = z.strictObject({ webhookId: z.string() });
const FAIL = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  times: z.coerce.number().int().min(1).optional(),
  retryAfter: z.union([z.number(), z.string()]).optional(),
});

export interface ControlParts {
  timeline: Timeline;
  mishaps: Mishaps;
  faults: Faults;
  now: () => Date;
}

/** The sandbox's own handles, for a person with curl: form fields or JSON. None of this exists at Zendesk. */
export function createControl({ timeline, mishaps, faults, now }: ControlParts): Hono<SandboxEnv> {
  const control = new Hono<SandboxEnv>();

  control.get("/webhooks", (c) => {
    const webhooks = timeline.webhooks.map((webhook) => ({
      id: webhook.id,
      name: webhook.name,
      active: webhook.active,
      failing: incidentsAt(webhook, now()).map(({ cause }) => cause),
    }));
    return c.json({ webhooks });
  });

  control.get("/causes", (c) => c.json({ causes: CAUSES.map(({ name, category }) => ({ name, category })) }));

  control.post("/break", async (c) => {
    const { webhookId, cause } = BREAK.parse(await fieldsOf(c));
    mishaps.breakEndpoint(webhookId, cause);
    return c.json({ ok: true });
  });

  control.post("/storm", async (c) => {
    const { webhookId, cause, count } = STORM.parse(await fieldsOf(c));
    mishaps.startStorm(webhookId, cause, count);
    return c.json({ ok: true });
  });

  control.post("/trip", async (c) => {
    const { webhookId } = TRIP.parse(await fieldsOf(c));
    mishaps.tripCircuit(webhookId);
    return c.json({ ok: true });
  });

  control.post("/heal", async (c) => {
    const { webhookId } = HEAL.parse(await fieldsOf(c));
    if (webhookId === undefined) faults.heal();
    else mishaps.healEndpoint(webhookId);
    return c.json({ ok: true });
  });

  control.post("/fail", async (c) => {
    const { kind, times, retryAfter } = FAIL.parse(await fieldsOf(c));
    faults.add(kind, {
      ...(times === undefined ? {} : { times }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });
    return c.json({ ok: true });
  });

  control.onError((error, c) => {
    const wrong = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    return c.json({ ok: false, error: wrong }, 400);
  });
  return control;
}
