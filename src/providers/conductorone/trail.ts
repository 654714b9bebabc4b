import { timeOfKsuid } from "./ksuid.ts";
import type { AuditRow, TaskRow } from "./schema.ts";

/** What an entry of a task's audit trail tells of a webhook. */
export interface TrailEvent {
  kind: "triggered" | "attempt" | "success" | "badResponse" | "fatalError";
  /** Approval steps have arms of their own; all others share one. */
  isApproval: boolean;
  at: Date;
  webhookId?: string;
  webhookName?: string;
  instanceId: string;
  error?: string;
  /** Whether the task was closed then. */
  isClosed: boolean;
}

/** An error of provisioning, which does not name its webhook instance. */
export interface ProvisionError {
  at: Date;
  error: string;
}

export interface Trail {
  /** Oldest first, each once. */
  events: TrailEvent[];
  provisionErrors: ProvisionError[];
}

/** Those arms that name an instance. */
const ARMS = [
  ["webhookTriggered", "triggered", false],
  ["webhookAttempt", "attempt", false],
  ["webhookSuccess", "success", false],
  ["webhookApprovalTriggered", "triggered", true],
  ["webhookApprovalAttempt", "attempt", true],
  ["webhookApprovalSuccess", "success", true],
  ["webhookApprovalBadResponse", "badResponse", true],
  ["webhookApprovalFatalError", "fatalError", true],
] as const satisfies readonly (readonly [keyof AuditRow, TrailEvent["kind"], boolean])[];

/** What happens to one instance within one instant happens in this order. */
const ORDER: Record<TrailEvent["kind"], number> = {
  triggered: 0,
  attempt: 1,
  badResponse: 2,
  fatalError: 3,
  success: 3,
};

/**
 * Puts a task's audits in order: they may come in any, and pages may repeat them. An entry without a time, and whose id tells
 * none, has no place in it and is left out.
 */
export function readTrail(audits: readonly AuditRow[]): Trail {
  const events = new Map<string, TrailEvent>();
  const provisionErrors = new Map<string, ProvisionError>();
  for (const audit of audits) {
    const at = audit.created ?? (audit.id === undefined ? undefined : timeOfKsuid(audit.id));
    if (!at) continue;
    if (audit.provisionError) {
      const error = audit.provisionError.error ?? "";
      provisionErrors.set(audit.id ?? JSON.stringify([at, error]), { at, error });
    }
    for (const [arm, kind, isApproval] of ARMS) {
      const { webhookId, webhookName, webhookInstanceId: instanceId, error } = audit[arm] ?? {};
      if (instanceId === undefined) continue;
      const isClosed = audit.currentState === "TASK_STATE_CLOSED";
      const event = { kind, isApproval, at, webhookId, webhookName, instanceId, error, isClosed };
      events.set(audit.id ?? JSON.stringify([kind, instanceId, at]), event);
    }
  }
  return {
    events: [...events.values()].sort((a, b) => a.at.getTime() - b.at.getTime() || ORDER[a.kind] - ORDER[b.kind]),
    provisionErrors: [...provisionErrors.values()].sort((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

/** The webhook instances that the steps of a task's policy name, and how provisioning ended there. */
export interface StepEnd {
  webhookId?: string;
  instanceId: string;
  failedAt?: Date;
  error?: string;
}

export function readStepEnds({ policy }: Pick<TaskRow, "policy">): StepEnd[] {
  const steps = [policy?.current, ...(policy?.history ?? []), ...(policy?.next ?? [])];
  return steps.flatMap((step) => {
    const { webhookId, webhookInstanceId: instanceId, errored, reassignedByError } = step?.provision ?? {};
    if (instanceId === undefined) return [];
    const ending = errored ?? reassignedByError;
    return [{ webhookId, instanceId, failedAt: ending?.erroredAt, error: ending?.description }];
  });
}
