import { mix, seedOf } from "../../provider/random.ts";
import { ksuidOf } from "../ksuid.ts";
import type { Run } from "../story/run.ts";
import type { Step, Task } from "../story/task.ts";
import { message, oneOf, timestamp } from "./proto.ts";

/** An entry of a task's audit trail: one member of the oneof `typ` of `c1.api.task.v1.TaskAuditView`. */
export interface AuditEntry {
  atMs: number;
  typ: string;
  value: Record<string, unknown>;
  isError?: boolean;
}

/** What is null beside the member that is set, by chance. */
const OTHER_TYPES = ["comment", "webhookAttempt", "webhookApprovalFatalError", "provisionError", "stateChange"];

/** The whole trail of a task as of `nowMs`, oldest first. */
export function auditsOf(task: Task, nowMs: number): AuditEntry[] {
  const entries: AuditEntry[] = [{ atMs: task.createdAtMs, typ: "taskCreated", value: {} }];
  for (const step of task.steps) entries.push(...entriesOfStep(task, step));
  const outcome = task.granted ? "GRANT_OUTCOME_GRANTED" : "GRANT_OUTCOME_DENIED";
  entries.push({ atMs: task.closedAtMs, typ: "grantOutcome", value: { outcome } });
  if (task.postAction) entries.push(...entriesOfRun(task.postAction, "webhook"));
  if (task.seed % 4 === 0) entries.push(commentOn(task));
  return entries.filter(({ atMs }) => atMs <= nowMs).sort((a, b) => a.atMs - b.atMs);
}

export function shownAudit(task: Task, { atMs, typ, value, isError }: AuditEntry): Record<string, unknown> {
  const seed = mix(seedOf(task.id, typ), atMs >>> 0);
  return {
    ...message(seed, {
      id: ksuidOf(seed, atMs),
      ticketId: task.id,
      userId: undefined,
      created: timestamp(atMs),
      currentState: atMs >= task.closedAtMs ? "TASK_STATE_CLOSED" : "TASK_STATE_OPEN",
      eventType: isError ? "TASK_AUDIT_EVENT_TYPE_ERROR" : "TASK_AUDIT_EVENT_TYPE_NEUTRAL",
      source: "SOURCE_C1",
      workflowStep: undefined,
      metadata: undefined,
    }),
    ...oneOf(seed, typ, value, OTHER_TYPES),
  };
}

function entriesOfStep(task: Task, step: Step): AuditEntry[] {
  const begun: AuditEntry = {
    atMs: step.startMs,
    typ: "policyEvaluationStep",
    value: { comment: `${step.kind} begins` },
  };
  if (step.run)
    return [
      begun,
      ...entriesOfRun(step.run, step.kind === "approval" ? "webhookApproval" : "webhook"),
      ...fallback(task, step),
    ];
  if (step.by === "connector") {
    return [
      begun,
      { atMs: step.startMs + 500, typ: "connectorActionsStart", value: {} },
      { atMs: step.doneMs, typ: "connectorActionsEnd", value: { success: true } },
    ];
  }
  const action = step.kind === "approval" ? "TASK_ACTION_TYPE_APPROVE" : "TASK_ACTION_TYPE_PROVISION_COMPLETE";
  return [begun, { atMs: step.doneMs, typ: "actionSubmitted", value: { action, policyStepId: step.id } }];
}

function entriesOfRun(run: Run, prefix: "webhook" | "webhookApproval"): AuditEntry[] {
  const value = message(mix(run.seed, 13), {
    webhookId: run.webhook.id,
    webhookInstanceId: run.id,
    webhookName: run.seed % 5 === 0 ? undefined : run.webhook.name,
    webhookUrl: run.seed % 7 === 0 ? undefined : run.webhook.url,
  });
  const entries: AuditEntry[] = [
    { atMs: run.createdAtMs, typ: `${prefix}Triggered`, value },
    ...run.attempts.map(({ startMs }) => ({ atMs: startMs, typ: `${prefix}Attempt`, value })),
  ];
  const { atMs, failure } = run.end;
  if (!failure) entries.push({ atMs, typ: `${prefix}Success`, value });
  // There is no such entry for the webhooks of provisioning steps and post-actions.
  else if (prefix === "webhookApproval") {
    const typ = failure.cause.receiver === "answered" ? "webhookApprovalBadResponse" : "webhookApprovalFatalError";
    entries.push({ atMs, typ, value: { ...value, error: failure.error }, isError: true });
  }
  return entries;
}

/** A failed provisioning step is given to people: the only entries that tell of it name no webhook. */
function fallback(task: Task, { id, kind, run }: Step): AuditEntry[] {
  if (kind !== "provision" || !run?.end.failure) return [];
  const { atMs, failure } = run.end;
  const next = task.steps.at(-1);
  return [
    { atMs, typ: "provisionError", value: { error: failure.error }, isError: true },
    {
      atMs: atMs + 400,
      typ: "provisionReassigned",
      value: message(run.seed, {
        oldPolicyStepId: id,
        newPolicyStepId: next?.id,
        newUsers: [ksuidOf(mix(run.seed, 14), task.createdAtMs)],
        users: undefined,
      }),
    },
  ];
}

function commentOn(task: Task): AuditEntry {
  return { atMs: task.createdAtMs + 900, typ: "comment", value: { comment: task.justification } };
}
