import type { Hono } from "hono";
import { z } from "zod";
import { createControl } from "../provider/control.ts";
import type { Faults } from "../provider/faults.ts";
import { fieldsOf } from "../provider/fields.ts";
import { CAUSES } from "../scenario/causes/index.ts";
import type { Timeline } from "../scenario/timeline.ts";
import { FAULT_KINDS, type FaultKind } from "./faults.ts";
import { incidentsAt } from "./list-webhooks.ts";
import type { Mishaps } from "./mishaps.ts";

const TRIP = z.strictObject({ webhookId: z.string() });

export interface ControlParts {
  timeline: Timeline;
  mishaps: Mishaps;
  faults: Faults<FaultKind>;
  now: () => Date;
}

/** What every provider's sandbox has, and Zendesk's circuit breaker. */
export function createZendeskControl({ timeline, mishaps, faults, now }: ControlParts): Hono {
  const control = createControl({
    webhooks: () =>
      timeline.webhooks.map((webhook) => ({
        id: webhook.id,
        name: webhook.name,
        active: webhook.active,
        failing: incidentsAt(webhook, now()).map(({ cause }) => cause),
      })),
    causes: CAUSES.map(({ name, category }) => ({ name, category })),
    faultKinds: FAULT_KINDS,
    faults,
    mishaps: {
      breakReceiver: mishaps.breakEndpoint,
      healReceiver: mishaps.healEndpoint,
      startStorm: mishaps.startStorm,
    },
    largestStorm: 100_000,
  });
  control.post("/trip", async (c) => {
    const { webhookId } = TRIP.parse(await fieldsOf(c));
    mishaps.tripCircuit(webhookId);
    return c.json({ ok: true });
  });
  return control;
}
