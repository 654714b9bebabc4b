import { seedOf } from "../../provider/random.ts";
import type { Run } from "../story/run.ts";
import { attemptsAt, stateAt } from "../story/state.ts";
import type { StoryWebhook } from "../story/webhook.ts";
import { duration, message, oneOf, timestamp } from "./proto.ts";

/** `c1.api.webhooks.v1.Webhook`: https://github.com/ConductorOne/terraform-provider-conductorone, openapi.yaml */
export function shownWebhook(webhook: Readonly<StoryWebhook>): Record<string, unknown> {
  return message(seedOf(webhook.id), {
    id: webhook.id,
    displayName: webhook.name,
    description: webhook.description,
    url: webhook.url,
    callbackTimeout: webhook.callsBack ? duration(webhook.callbackTimeoutMs) : undefined,
    createdAt: timestamp(webhook.createdAtMs),
    updatedAt: timestamp(webhook.createdAtMs + 90_000),
    deletedAt: undefined,
  });
}

const SOURCES = ["test", "policyPostAction", "approvalStep", "provisionStep", "workflowStep"] as const;

/** `c1.api.webhooks.v1.WebhookInstance`, as it is at `nowMs`. */
export function shownInstance(run: Run, nowMs: number): Record<string, unknown> {
  const begun = attemptsAt(run, nowMs);
  const lastMs = begun.at(-1)?.startMs;
  const isOver = run.end.atMs <= nowMs;
  return message(run.seed, {
    id: run.id,
    webhookId: run.webhook.id,
    state: stateAt(run, nowMs),
    attempts: begun.length,
    source: shownSource(run),
    spec: { destination: run.webhook.url },
    createdAt: timestamp(run.createdAtMs),
    updatedAt: timestamp(isOver ? run.end.atMs : (lastMs ?? run.createdAtMs)),
    lastAttemptedAt: lastMs === undefined ? undefined : timestamp(lastMs),
    completedAt: isOver ? timestamp(run.end.atMs) : undefined,
    expiresAt: timestamp(run.expiresAtMs),
  });
}

function shownSource({ seed, source }: Run): Record<string, unknown> {
  switch (source.kind) {
    case "test":
      return oneOf(seed, "test", {}, SOURCES);
    case "workflowStep":
      return oneOf(seed, "workflowStep", { workflowExecutionId: source.id, workflowStepId: source.stepId }, SOURCES);
    default:
      return oneOf(seed, source.kind, { ticketId: source.id }, SOURCES);
  }
}
