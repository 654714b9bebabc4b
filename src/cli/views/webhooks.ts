import { overallState } from "../../triage/coverage.ts";
import type { WebhookHealth, WebhooksAnswer } from "../../triage/issue.ts";
import { healthOf, worstFirst } from "../../triage/webhook-health.ts";
import { frameLines } from "./frame.ts";
import { counted, formatInstant, idText, table, webhookName } from "./text.ts";

const HEAD = ["WEBHOOK", "PROVIDER", "HEALTH", "FAILED", "OF", "LAST FAILURE", "ID"];

/** Webhooks and how they fare: worst first. */
export function webhooksText(answer: WebhooksAnswer, timeZone: string): string {
  const rows = worstFirst(answer.webhooks).map((health) => row(health, timeZone));
  const lines = [titleOf(answer), ...frameLines(answer, timeZone)];
  if (rows.length > 0) lines.push("", ...table([HEAD, ...rows]));
  return lines.join("\n");
}

function titleOf({ webhooks, coverage }: WebhooksAnswer): string {
  const isUnknown = webhooks.length === 0 && coverage.length > 0 && overallState(coverage) === "unknown";
  return isUnknown ? "Unknown: the webhooks could not be read" : counted(webhooks.length, "webhook");
}

function row(health: WebhookHealth, timeZone: string): string[] {
  const { webhook, failed, succeeded, pending, lastFailureAt, coverage } = health;
  const total = failed + succeeded + pending;
  // Unknown is never zero.
  const isUnknown = coverage.state === "unknown" && total === 0;
  return [
    webhookName(webhook),
    webhook.provider,
    healthOf(health),
    isUnknown ? "?" : String(failed),
    isUnknown ? "?" : String(total),
    lastFailureAt ? formatInstant(lastFailureAt, timeZone) : "-",
    idText(webhook.id),
  ];
}
