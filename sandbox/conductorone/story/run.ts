import { mix, randomFrom } from "../../provider/random.ts";
import { fillerOf } from "../../provider/template.ts";
import { ksuidOf } from "../ksuid.ts";
import type { StoryCause } from "./cause.ts";
import type { StoryWebhook } from "./webhook.ts";

/** What a webhook was fired for. `id`: the task or the automation execution. */
export type RunSource =
  | { kind: "provisionStep" | "approvalStep" | "policyPostAction"; id: string }
  | { kind: "workflowStep"; id: string; stepId: string }
  | { kind: "test" };

/** One webhook instance from its first instant to its last, those that lie ahead included. */
export interface Run {
  id: string;
  webhook: StoryWebhook;
  seed: number;
  source: RunSource;
  createdAtMs: number;
  /** In time order. */
  attempts: RunAttempt[];
  /** Since when it is waited for a call back. */
  waitingFromMs?: number;
  end: RunEnd;
  expiresAtMs: number;
}

export interface RunAttempt {
  startMs: number;
  endMs: number;
}

export interface RunEnd {
  atMs: number;
  /** Absent when all went well. */
  failure?: { cause: StoryCause; error: string };
}

/** "random 3-15 s delay between attempts": https://www.conductorone.com/docs/product/admin/webhooks */
const GAP_MS = [3_000, 15_000] as const;
const START_MS = [200, 900] as const;
const SUCCESS_MS = [60, 1_400] as const;
const HANDLING_MS = [50, 400] as const;
/** How often a request that goes well goes wrong at first. */
const HICCUP_SHARE = 0.15;
const MOST_HICCUPS = 4;
const CALLBACK_MS = [4 * 60_000, 20 * 3_600_000] as const;

export interface RunStart {
  webhook: StoryWebhook;
  seed: number;
  source: RunSource;
  createdAtMs: number;
  /** Absent when it goes well. */
  cause?: StoryCause;
}

/** The course of one instance. The same arguments make the same course. */
export function runOf({ webhook, seed, source, createdAtMs, cause }: RunStart): Run {
  const random = randomFrom(mix(seed, 7));
  const hiccups = random.chance(HICCUP_SHARE) ? random.int(1, MOST_HICCUPS) : 0;
  const count = cause ? cause.attempts : hiccups + 1;
  const attempts: RunAttempt[] = [];
  let atMs = createdAtMs + random.int(...START_MS);
  for (let i = 0; i < count; i++) {
    const endMs = atMs + random.int(...(cause ? cause.attemptMs : SUCCESS_MS));
    attempts.push({ startMs: atMs, endMs });
    atMs = endMs + random.int(...GAP_MS);
  }
  const answeredMs = attempts.at(-1)?.endMs ?? atMs;
  const expiresAtMs = createdAtMs + webhook.callbackTimeoutMs;
  const run: Run = {
    id: ksuidOf(mix(seed, 1), createdAtMs),
    webhook,
    seed,
    source,
    createdAtMs,
    attempts,
    end: { atMs: answeredMs + random.int(...HANDLING_MS) },
    expiresAtMs,
  };
  if (cause?.receiver === "accepted") {
    run.waitingFromMs = answeredMs;
    run.end.atMs = expiresAtMs;
  } else if (!cause && webhook.callsBack && source.kind !== "test") {
    run.waitingFromMs = answeredMs;
    run.end.atMs = answeredMs + random.int(...CALLBACK_MS);
  }
  if (cause) {
    const fill = fillerOf({ seed: mix(seed, 8), at: new Date(answeredMs), endpoint: webhook.url });
    run.end.failure = { cause, error: fill(random.pick(cause.errors)) };
  }
  return run;
}
