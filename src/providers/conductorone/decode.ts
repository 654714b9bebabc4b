import type { Invocation, Webhook } from "../../triage/model.ts";
import { redactText, redactUrl } from "../../triage/redact.ts";
import { timeOfKsuid } from "./ksuid.ts";
import type { ExecutionRow, InstanceRow, WebhookRow } from "./schema.ts";
import { expiredAt, expiryOf, outcomeOf } from "./state.ts";

/** ConductorOne's name in the domain. */
export const CONDUCTORONE = "conductorone";

const LONGEST_WORD = 200;
/** Sources that name a task: the API's own word for it is ticket. */
const TASK_SOURCES = ["approvalStep", "provisionStep", "policyPostAction"] as const;
const UNKNOWN_STATE = "WEBHOOK_STATE_UNSPECIFIED";

export type Source = NonNullable<Invocation["source"]>;

export function decodeWebhook({ id, displayName, url }: WebhookRow): Webhook {
  return {
    provider: CONDUCTORONE,
    id,
    name: displayName === undefined ? id : redactText(displayName).text,
    endpoint: url === undefined ? undefined : redactUrl(url),
    // There is no switch on a webhook: it is there, or it is deleted and not listed.
    active: true,
    // What a webhook is sent for stands in the policies and automations that use it.
    eventTypes: [],
  };
}

/**
 * A `WebhookInstance`. `undefined` where there is no time to place it by. `webhookId` where the row has none of its own. `now`: when
 * it is read, so that what has expired by then has its end there.
 */
export function decodeInstance(row: InstanceRow, webhookId: string, now?: Date): Invocation | undefined {
  const { createdAt, lastAttemptedAt, completedAt, updatedAt } = row;
  const madeAt = createdAt ?? timeOfKsuid(row.id) ?? lastAttemptedAt ?? completedAt ?? updatedAt;
  return madeAt && decodeInstanceMadeAt(madeAt, row, webhookId, now);
}

/** The same where one knows when it was made. A test's end cannot be read, so time alone never makes a failure of it. */
export function decodeInstanceMadeAt(createdAt: Date, row: InstanceRow, webhookId: string, now?: Date): Invocation {
  const { id } = row;
  const expiresAt = expiryOf(row.expiresAt, createdAt);
  const status = row.state === undefined ? UNKNOWN_STATE : word(row.state);
  const source = decodeSource(row.source);
  const { outcome, pendingUntil: windowEnd } = outcomeOf(status, { createdAt, expiresAt });
  const pendingUntil = source?.kind === "test" ? undefined : windowEnd;
  // Its end is the last that happens to an instance.
  const endedAt = outcome === "pending" ? undefined : row.updatedAt;
  return {
    provider: CONDUCTORONE,
    webhookId: row.webhookId ?? webhookId,
    id,
    status,
    outcome,
    pendingUntil,
    createdAt,
    // An end that is not told is at its expiry, or else at the last attempt: as far as one can see.
    latestCompletedAt: row.completedAt ?? expiredAt(pendingUntil, now) ?? endedAt ?? row.lastAttemptedAt,
    attemptsCount: row.attempts,
    expiresAt,
    source,
  };
}

/** The one arm that is set; of an arm that is not known, its name. */
export function decodeSource(source: InstanceRow["source"]): Source | undefined {
  const [kind, value] = Object.entries(source ?? {}).find(([, arm]) => typeof arm === "object" && arm !== null) ?? [];
  if (kind === undefined) return undefined;
  const fields = new Map(Object.entries(value ?? {}));
  const taskId = refOf(fields.get("ticketId") ?? fields.get("ticket_id"));
  const executionId = refOf(fields.get("workflowExecutionId") ?? fields.get("workflow_execution_id"));
  const ref = isOfTask({ kind }) ? taskId : (executionId ?? taskId);
  return ref === undefined ? { kind: word(kind) } : { kind: word(kind), ref };
}

/** The task behind a source, where it is one. */
export function taskOf(source: Source | undefined): string | undefined {
  return source && isOfTask(source) ? source.ref : undefined;
}

/** Whether a task made ConductorOne send, so that it has a trail. */
export function isOfTask({ kind }: Source): boolean {
  return TASK_SOURCES.some((known) => known === kind);
}

/** With the number by which people know its task; what is no number is no name. */
export function named(invocation: Invocation, numberOf: (taskId: string) => string | undefined): Invocation {
  const task = taskOf(invocation.source);
  const name = task === undefined ? undefined : numberOf(task);
  if (!invocation.source || name === undefined || !/^\d{1,19}$/.test(name)) return invocation;
  return { ...invocation, source: { ...invocation.source, name } };
}

/** A failed run of an automation whose only step is the webhook. */
export function decodeExecution(row: ExecutionRow, webhookId: string): Invocation | undefined {
  const createdAt = row.createdAt ?? row.completedAt ?? row.updatedAt;
  if (!createdAt) return undefined;
  return {
    provider: CONDUCTORONE,
    webhookId,
    id: row.id,
    status: row.state === undefined ? "AUTOMATION_EXECUTION_STATE_ERROR" : word(row.state),
    outcome: "failed",
    createdAt,
    latestCompletedAt: row.completedAt ?? row.updatedAt,
    source: { kind: "workflowStep", ref: row.id },
  };
}

/** Runs do not tell the id of their webhook instance, so their invocations go by the run's own: an int64, no KSUID. */
export function isExecutionId(invocationId: string): boolean {
  return /^\d{1,19}$/.test(invocationId);
}

/** ConductorOne's words are short; what is not may hold anything. */
export function word(text: string): string {
  return redactText(text.slice(0, 16 * LONGEST_WORD).trim()).text.slice(0, LONGEST_WORD);
}

/** An id, as text or number; 0 and empty are protobuf's way of saying none. */
function refOf(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint") return undefined;
  const ref = word(String(value));
  return ref === "" || ref === "0" ? undefined : ref;
}
