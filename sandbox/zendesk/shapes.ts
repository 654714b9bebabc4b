import { mix } from "../provider/random.ts";
import type { ScenarioAttempt } from "../scenario/attempts.ts";
import type { Delivery } from "../scenario/delivery.ts";
import { ulidOf } from "../scenario/ids.ts";
import type { Row } from "./row-source.ts";

/**
 * `wire`: what recorded traffic carries. `documented`: the other models that clients are written against. `mixed`: each row and each
 * attempt has the one, the other, or the fields of both.
 */
export type Shape = "wire" | "documented" | "mixed";

export function shownRow(row: Row, shape: Shape): Record<string, unknown> {
  switch (variantOf(shape, mix(row.delivery.seed, row.step))) {
    case "wire":
      return wireRow(row);
    case "documented":
      return documentedRow(row);
    case "both":
      return { ...documentedRow(row), ...wireRow(row) };
  }
}

/** @param step the attempt's position in time, 0 is the oldest. */
export function shownAttempt(
  attempt: ScenarioAttempt,
  delivery: Delivery,
  step: number,
  shape: Shape,
): Record<string, unknown> {
  switch (variantOf(shape, mix(delivery.seed, 50 + step))) {
    case "wire":
      return wireAttempt(attempt, delivery);
    case "documented":
      return documentedAttempt(attempt, delivery, step);
    case "both":
      return { ...documentedAttempt(attempt, delivery, step), ...wireAttempt(attempt, delivery) };
  }
}

/** ISO 8601 in UTC without a fraction, as Zendesk writes times. */
export function seconds(atMs: number): string {
  return new Date(Math.floor(atMs / 1000) * 1000).toISOString().replace(".000", "");
}

function variantOf(shape: Shape, seed: number): "wire" | "documented" | "both" {
  if (shape !== "mixed") return shape;
  return (["wire", "documented", "both"] as const)[seed % 3] ?? "both";
}

function wireRow({ delivery, outcome }: Row): Record<string, unknown> {
  return {
    id: delivery.id,
    ...codeOf("status_code", outcome.statusCode),
    status: outcome.status,
    latest_completed_at: seconds(outcome.completedAtMs),
  };
}

function documentedRow({ delivery, outcome, step }: Row): Record<string, unknown> {
  return {
    id: delivery.id,
    webhook_id: delivery.webhookId,
    status: outcome.status,
    created_at: seconds(delivery.createdAtMs),
    latest_completed_at: seconds(outcome.completedAtMs),
    event_type: delivery.eventType,
    attempts_count: step + 1,
  };
}

/** The id is the webhook's, for every attempt. */
function wireAttempt({ outcome, request, response }: ScenarioAttempt, delivery: Delivery): Record<string, unknown> {
  return {
    id: delivery.webhookId,
    invocation_id: delivery.id,
    ...codeOf("status_code", outcome.statusCode),
    status: outcome.status,
    ...(request ? { request } : {}),
    ...(response ? { response } : {}),
    completed_at: seconds(outcome.completedAtMs),
  };
}

function documentedAttempt(attempt: ScenarioAttempt, delivery: Delivery, step: number): Record<string, unknown> {
  const { outcome, response } = attempt;
  return {
    id: ulidOf(delivery.seed, step, outcome.completedAtMs),
    invocation_id: delivery.id,
    status: outcome.status,
    ...codeOf("response_code", outcome.statusCode),
    ...(response
      ? {
          response_body: response.payload,
          response_headers: Object.fromEntries(response.headers.map(({ key, value }) => [key, value])),
        }
      : {}),
    ...(attempt.errorMessage === undefined ? {} : { error_message: attempt.errorMessage }),
    created_at: seconds(outcome.completedAtMs - attempt.durationMs),
    duration_ms: attempt.durationMs,
  };
}

function codeOf(key: string, code: number | undefined): Record<string, number> {
  return code === undefined ? {} : { [key]: code };
}
