import type { Run } from "./run.ts";

/** The words of `c1.api.webhooks.v1.WebhookInstance.state`. */
export type InstanceState = (typeof INSTANCE_STATES)[number];

/** https://github.com/ConductorOne/terraform-provider-conductorone, openapi.yaml */
export const INSTANCE_STATES = [
  "WEBHOOK_STATE_UNSPECIFIED",
  "WEBHOOK_STATE_PENDING",
  "WEBHOOK_STATE_RUNNING",
  "WEBHOOK_STATE_ERROR",
  "WEBHOOK_STATE_WAITING_CALLBACK",
  "WEBHOOK_STATE_PROCESS_RESPONSE",
  "WEBHOOK_STATE_SUCCESS",
  "WEBHOOK_STATE_FATAL_ERROR",
] as const;

/** In which state an instance is at an instant. */
export function stateAt(run: Run, nowMs: number): InstanceState {
  const { attempts, waitingFromMs, end } = run;
  if (end.atMs <= nowMs) return end.failure ? "WEBHOOK_STATE_FATAL_ERROR" : "WEBHOOK_STATE_SUCCESS";
  if (waitingFromMs !== undefined && waitingFromMs <= nowMs) return "WEBHOOK_STATE_WAITING_CALLBACK";
  const latest = attempts.findLast(({ startMs }) => startMs <= nowMs);
  if (!latest) return "WEBHOOK_STATE_PENDING";
  if (latest.endMs > nowMs) return "WEBHOOK_STATE_RUNNING";
  const answered = latest === attempts.at(-1) && end.failure?.cause.receiver !== "fails";
  return answered ? "WEBHOOK_STATE_PROCESS_RESPONSE" : "WEBHOOK_STATE_ERROR";
}

/** The attempts begun by an instant. */
export function attemptsAt(run: Run, nowMs: number): Run["attempts"] {
  return run.attempts.filter(({ startMs }) => startMs <= nowMs);
}
