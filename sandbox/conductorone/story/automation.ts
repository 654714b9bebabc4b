import { mix, seedOf } from "../../provider/random.ts";
import { ksuidOf } from "../ksuid.ts";
import type { StoryWebhook } from "./webhook.ts";

/** An automation that runs a webhook. */
export interface Automation {
  id: string;
  name: string;
  webhook: StoryWebhook;
  /** Whether running it is all that the automation does: then a failed execution tells which webhook failed. */
  isOnlyStep: boolean;
  createdAtMs: number;
}

/** Before anything that the story tells. */
const MADE_MS = 1_750_000_000_000;
/** One of so many executions is of the automation that does more. */
const SHARE_OF_MORE = 4;

/** The two automations that run a webhook. */
export function automationsOf(webhook: StoryWebhook): [only: Automation, more: Automation] {
  const parts = { webhook, createdAtMs: MADE_MS };
  return [
    {
      ...parts,
      id: ksuidOf(seedOf(webhook.id, "only"), MADE_MS),
      name: `${webhook.name} for joiners`,
      isOnlyStep: true,
    },
    { ...parts, id: ksuidOf(seedOf(webhook.id, "more"), MADE_MS), name: "Mover checklist", isOnlyStep: false },
  ];
}

/** Which of them an execution of this seed is of. */
export function automationFor(webhook: StoryWebhook, seed: number): Automation {
  const [only, more] = automationsOf(webhook);
  return mix(seed, 18) % SHARE_OF_MORE === 0 ? more : only;
}
