import type { Webhook } from "../../triage/model.ts";
import { CONDUCTORONE } from "./decode.ts";
import type { Scan } from "./scan.ts";

/** The webhooks that trails and runs tell of: of one that was deleted nothing else does. */
export interface SeenWebhooks {
  note(scan: Pick<Scan, "histories" | "runs">): void;
  /** By the name that they had last, as far as that was told. */
  webhooks(): Webhook[];
}

export function createSeenWebhooks(): SeenWebhooks {
  const names = new Map<string, { name: string | undefined; madeAt: Date }>();
  const noted = new WeakSet<object>();

  function noteOne(id: string, name: string | undefined, madeAt: Date): void {
    const known = names.get(id);
    if (known?.name !== undefined && (name === undefined || known.madeAt >= madeAt)) return;
    names.set(id, { name, madeAt });
  }

  return {
    note(scan) {
      // One scan serves many webhooks.
      if (noted.has(scan)) return;
      noted.add(scan);
      for (const { invocation, webhookName } of scan.histories)
        noteOne(invocation.webhookId, webhookName, invocation.createdAt);
      for (const { webhookId, createdAt } of scan.runs) noteOne(webhookId, undefined, createdAt);
    },
    webhooks: () =>
      [...names].map(([id, { name = id }]) => ({ provider: CONDUCTORONE, id, name, active: false, eventTypes: [] })),
  };
}
