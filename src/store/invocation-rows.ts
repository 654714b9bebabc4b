import type { Selectable } from "kysely";
import type { Invocation } from "../triage/model.ts";
import { storableText } from "./json-rows.ts";
import type { Tables } from "./tables.ts";

export type InvocationRow = Omit<Selectable<Tables["invocations"]>, "occurred_at">;

/** All columns that are written; `occurred_at` is the database's own. */
export const INVOCATION_COLUMNS = [
  "provider",
  "webhook_id",
  "id",
  "status",
  "outcome",
  "pending_until",
  "status_code",
  "event_type",
  "created_at",
  "latest_completed_at",
  "attempts_count",
  "expires_at",
  "source",
] as const satisfies (keyof InvocationRow)[];

export function toInvocationRow(invocation: Invocation): InvocationRow {
  const { source } = invocation;
  return {
    provider: storableText(invocation.provider),
    webhook_id: storableText(invocation.webhookId),
    id: storableText(invocation.id),
    status: storableText(invocation.status),
    outcome: invocation.outcome,
    pending_until: invocation.pendingUntil ?? null,
    status_code: invocation.statusCode ?? null,
    event_type: invocation.eventType === undefined ? null : storableText(invocation.eventType),
    created_at: invocation.createdAt,
    latest_completed_at: invocation.latestCompletedAt ?? null,
    attempts_count: invocation.attemptsCount ?? null,
    expires_at: invocation.expiresAt ?? null,
    source: source ? { kind: source.kind, ...optional("ref", source.ref), ...optional("name", source.name) } : null,
  };
}

export function fromInvocationRow(row: InvocationRow): Invocation {
  return {
    provider: row.provider,
    webhookId: row.webhook_id,
    id: row.id,
    status: row.status,
    outcome: row.outcome,
    createdAt: row.created_at,
    ...optional("pendingUntil", row.pending_until),
    ...optional("statusCode", row.status_code),
    ...optional("eventType", row.event_type),
    ...optional("latestCompletedAt", row.latest_completed_at),
    ...optional("attemptsCount", row.attempts_count),
    ...optional("expiresAt", row.expires_at),
    ...optional("source", row.source),
  };
}

/** `{ [key]: value }`, or nothing where the value is absent: the model leaves out what is not known. */
export function optional<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
  const part: { [P in K]?: V } = {};
  if (value !== null && value !== undefined) part[key] = value;
  return part;
}
