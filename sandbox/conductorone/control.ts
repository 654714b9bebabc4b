import { Hono } from "hono";
import { z } from "zod";
import { fieldsOf } from "../fields.ts";
import type { SandboxEnv } from "./api.ts";
import { FAULT_KINDS, type Faults } from "./faults.ts";
import type { Mishaps } from "./mishaps.ts";
import { STORY_CAUSES } from "./story/cause.ts";
import type { Story } from "./story/story.ts";

const BREAK = z.strictObject({ webhookId: z.string(), cause: z.string() });
const HEAL = z.strictObject({ webhookId: z.string().optional() });
const STORM = z.strictObject({
  webhookId: z.string(),
  cause: z.string(),
  count: z.coerce.number().int().min(1).max(10_000),
});
const FAIL = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  times: z.coerce.number().int().min(1).optional(),
  retryAfter: z.string().optional(),
});

export interface ControlParts {
  story: Story;
  mishaps: Mishaps;
  faults: Faults;
  now: () => Date;
}

/** The sandbox's own handles, for a person with curl: form fields or JSON. None of this exists at ConductorOne. */
export function createControl({ story, mishaps, faults, now }: ControlParts): Hono<SandboxEnv> {
  const control = new Hono<SandboxEnv>();

  control.get("/webhooks", (c) => {
    const nowMs = now().getTime();
    const webhooks = story.webhooks.map(({ id, name, use, incidents }) => {
      const going = incidents.filter(({ fromMs, toMs }) => fromMs <= nowMs && (toMs === undefined || toMs > nowMs));
      return { id, name, use, failing: going.map(({ cause }) => cause) };
    });
    return c.json({ webhooks });
  });

  control.get("/causes", (c) => c.json({ causes: STORY_CAUSES.map(({ name, category }) => ({ name, category })) }));
  control.get("/faults", (c) => c.json({ faults: FAULT_KINDS }));

  control.post("/break", async (c) => {
    const { webhookId, cause } = BREAK.parse(await fieldsOf(c));
    mishaps.breakReceiver(webhookId, cause);
    return c.json({ ok: true });
  });

  control.post("/storm", async (c) => {
    const { webhookId, cause, count } = STORM.parse(await fieldsOf(c));
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
