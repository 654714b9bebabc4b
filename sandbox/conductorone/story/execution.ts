import { mix } from "../../provider/random.ts";
import { ksuidOf } from "../ksuid.ts";
import { type Automation, automationFor } from "./automation.ts";
import { type Begin, instantsOf } from "./begin.ts";
import type { Run } from "./run.ts";
import type { StoryWebhook } from "./webhook.ts";

/** One execution of an automation that runs a webhook. */
export interface Execution {
  /** `int64` as a string; sorts by time. */
  id: string;
  automation: Automation;
  seed: number;
  createdAtMs: number;
  run: Run;
  endMs: number;
}

const ID_EPOCH_MS = 1_500_000_000_000;
const LEAD_MS = 1_500;

export function executionOf(
  webhook: StoryWebhook,
  seed: number,
  begin: Begin,
  fire: (source: Run["source"], atMs: number) => Run,
): Execution {
  const { createdAtMs, firesAtMs } = instantsOf(begin, LEAD_MS);
  const id = String((BigInt(createdAtMs - ID_EPOCH_MS) << 20n) | BigInt(mix(seed, 6) & 0xfffff));
  const run = fire({ kind: "workflowStep", id, stepId: ksuidOf(mix(seed, 9), createdAtMs) }, firesAtMs);
  return { id, automation: automationFor(webhook, seed), seed, createdAtMs, run, endMs: run.end.atMs + 400 };
}
