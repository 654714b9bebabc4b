import { mix, seedOf } from "../../provider/random.ts";
import { ksuidOf } from "../ksuid.ts";
import type { NumberedTask, Step, Task } from "../story/task.ts";
import { auditsOf } from "./audits.ts";
import { message, timestamp } from "./proto.ts";

/** `taskView` of `c1.api.task.v1`, as it is at `nowMs`. */
export function shownTask(task: NumberedTask, nowMs: number): Record<string, unknown> {
  const isClosed = task.closedAtMs <= nowMs;
  const userId = ksuidOf(mix(task.seed, 15), 1_740_000_000_000);
  return {
    task: message(task.seed, {
      id: task.id,
      numericId: task.numericId,
      displayName: task.title,
      description: task.justification,
      state: isClosed ? "TASK_STATE_CLOSED" : "TASK_STATE_OPEN",
      processing: isClosed ? "TASK_PROCESSING_TYPE_DONE" : "TASK_PROCESSING_TYPE_WAITING",
      userId,
      createdByUserId: userId,
      createdAt: timestamp(task.createdAtMs),
      updatedAt: timestamp(auditsOf(task, nowMs).at(-1)?.atMs ?? task.createdAtMs),
      deletedAt: undefined,
      type: {
        grant: {
          appEntitlementId: ksuidOf(seedOf(task.title), 1_740_000_000_000),
          identityUserId: userId,
          outcome: grantOutcome(task, nowMs),
        },
      },
      policy: {
        current: shownCurrent(task, nowMs),
        history: doneSteps(task, nowMs).map((step) => shownStep(task, step, nowMs)),
        next: undefined,
      },
      commentCount: task.seed % 4 === 0 ? 1 : 0,
      externalRefs: undefined,
      insightIds: undefined,
      emergencyAccess: false,
    }),
    appPath: undefined,
    userPath: undefined,
  };
}

/** The step that is worked on at `nowMs`. */
export function currentStep(task: Task, nowMs: number): Step | undefined {
  return task.steps.find(({ startMs, doneMs }) => startMs <= nowMs && doneMs > nowMs);
}

export function grantOutcome(task: Task, nowMs: number): string {
  if (task.closedAtMs > nowMs) return "GRANT_OUTCOME_IN_PROGRESS";
  return task.granted ? "GRANT_OUTCOME_GRANTED" : "GRANT_OUTCOME_DENIED";
}

function doneSteps(task: Task, nowMs: number): Step[] {
  return task.steps.filter(({ doneMs }) => doneMs <= nowMs);
}

function shownCurrent(task: Task, nowMs: number): Record<string, unknown> | null {
  const step = currentStep(task, nowMs);
  return step ? shownStep(task, step, nowMs) : null;
}

/** `c1.api.policy.v1.PolicyStepInstance`. */
function shownStep(task: Task, step: Step, nowMs: number): Record<string, unknown> {
  const isDone = step.doneMs <= nowMs;
  return {
    id: step.id,
    state: isDone ? "POLICY_STEP_STATE_DONE" : "POLICY_STEP_STATE_ACTIVE",
    [step.kind]: step.kind === "approval" ? shownApproval(step, isDone) : shownProvision(task, step, isDone),
  };
}

function shownApproval(step: Step, isDone: boolean): Record<string, unknown> {
  const { run } = step;
  return message(mix(run?.seed ?? 1, 16), {
    approval: run ? { webhookApproval: { webhookId: run.webhook.id } } : { managerApproval: {} },
    approved: isDone && step.outcome === "approved" ? { approvedAt: timestamp(step.doneMs) } : undefined,
    denied: isDone && step.outcome === "denied" ? { deniedAt: timestamp(step.doneMs) } : undefined,
    skipped: isDone && step.outcome === "errored" ? { skippedAt: timestamp(step.doneMs) } : undefined,
  });
}

function shownProvision(task: Task, step: Step, isDone: boolean): Record<string, unknown> {
  const { run, by } = step;
  const next = task.steps[task.steps.indexOf(step) + 1];
  const failure = isDone ? run?.end.failure : undefined;
  return message(mix(run?.seed ?? 2, 17), {
    state: `PROVISION_INSTANCE_STATE_${isDone ? "DONE" : run ? "WEBHOOK_WAITING" : "WAITING"}`,
    webhookId: run?.webhook.id,
    webhookInstanceId: run?.id,
    provision: {
      provisionPolicy:
        by === "webhook"
          ? { webhook: { webhookId: run?.webhook.id } }
          : by === "hand"
            ? { manual: {} }
            : { connector: {} },
    },
    completed: isDone && !failure ? { completedAt: timestamp(step.doneMs) } : undefined,
    reassignedByError: failure
      ? {
          description: failure.error,
          errorCode: "PEC-1",
          erroredAt: timestamp(step.doneMs),
          reassignedAt: timestamp(step.doneMs + 400),
          ...(next ? { newPolicyStepId: next.id } : {}),
        }
      : undefined,
    cancelled: undefined,
    errored: undefined,
  });
}
