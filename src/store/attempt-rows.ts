import type { Selectable } from "kysely";
import type { Attempt } from "../triage/model.ts";
import { optional } from "./invocation-rows.ts";
import type { RefColumns } from "./refs.ts";
import type { Tables } from "./tables.ts";

export type AttemptRow = Selectable<Tables["attempts"]>;

export const ATTEMPT_COLUMNS = [
  "provider",
  "webhook_id",
  "invocation_id",
  "index",
  "status",
  "outcome",
  "status_code",
  "request",
  "response",
  "error_message",
  "started_at",
  "completed_at",
  "duration_ms",
  "masked_count",
] as const satisfies (keyof AttemptRow)[];

export function toAttemptRow(key: RefColumns, attempt: Attempt): AttemptRow {
  return {
    ...key,
    index: attempt.index,
    status: attempt.status,
    outcome: attempt.outcome,
    status_code: attempt.statusCode ?? null,
    request: attempt.request ?? null,
    response: attempt.response ?? null,
    error_message: attempt.errorMessage ?? null,
    started_at: attempt.startedAt ?? null,
    completed_at: attempt.completedAt ?? null,
    duration_ms: attempt.durationMs ?? null,
    masked_count: attempt.maskedCount,
  };
}

export function fromAttemptRow(row: AttemptRow): Attempt {
  return {
    invocationId: row.invocation_id,
    index: row.index,
    status: row.status,
    outcome: row.outcome,
    maskedCount: row.masked_count,
    ...optional("statusCode", row.status_code),
    ...optional("request", row.request),
    ...optional("response", row.response),
    ...optional("errorMessage", row.error_message),
    ...optional("startedAt", row.started_at),
    ...optional("completedAt", row.completed_at),
    ...optional("durationMs", row.duration_ms),
  };
}
