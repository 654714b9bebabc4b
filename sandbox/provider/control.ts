import { Hono } from "hono";
import { z } from "zod";
import type { Faults } from "./faults.ts";
import { fieldsOf } from "./fields.ts";

/** Things that go wrong, or right again, with a webhook's receiver. All throw RangeError for unknown names. */
export interface ReceiverMishaps {
  breakReceiver(webhookId: string, cause: string): void;
  healReceiver(webhookId: string): void;
  startStorm(webhookId: string, cause: string, count: number): void;
}

export interface ControlParts<Kind extends string> {
  /** Each with what fails there at the moment. */
  webhooks(): readonly Record<string, unknown>[];
  /** By name, with what helps to choose one. */
  causes: readonly ({ name: string } & Record<string, unknown>)[];
  faultKinds: readonly Kind[];
  faults: Faults<Kind>;
  mishaps: ReceiverMishaps;
  /** The most failures of one storm. */
  largestStorm: number;
}

/** A sandbox's own handles, for a person with curl: form fields or JSON. Nothing of this exists at a provider. */
export function createControl<Kind extends string>(parts: ControlParts<Kind>): Hono {
  const { webhooks, causes, faultKinds, faults, mishaps, largestStorm } = parts;
  const storm = z.strictObject({
    webhookId: z.string(),
    cause: z.string(),
    count: z.coerce.number().int().min(1).max(largestStorm),
  });
  const fail = z.strictObject({
    kind: z.enum(faultKinds),
    times: z.coerce.number().int().min(1).optional(),
    retryAfter: z.union([z.number(), z.string()]).optional(),
  });
  const control = new Hono();

  control.get("/webhooks", (c) => c.json({ webhooks: webhooks() }));
  control.get("/causes", (c) => c.json({ causes }));
  control.get("/faults", (c) => c.json({ faults: faultKinds, active: faults.active() }));

  control.post("/break", async (c) => {
    const { webhookId, cause } = BREAK.parse(await fieldsOf(c));
    mishaps.breakReceiver(webhookId, cause);
    return c.json({ ok: true });
  });

  control.post("/storm", async (c) => {
    const { webhookId, cause, count } = storm.parse(await fieldsOf(c));
    mishaps.startStorm(webhookId, cause, count);
    return c.json({ ok: true });
  });

  control.post("/heal", async (c) => {
    const { webhookId } = HEAL.parse(await fieldsOf(c));
    if (webhookId === undefined) faults.heal();
    else mishaps.healReceiver(webhookId);
    return c.json({ ok: true });
  });

  control.post("/fail", async (c) => {
    const { kind, times, retryAfter } = fail.parse(await fieldsOf(c));
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

const BREAK = z.strictObject({ webhookId: z.string(), cause: z.string() });
const HEAL = z.strictObject({ webhookId: z.string().optional() });
