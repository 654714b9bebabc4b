import type { z } from "zod";
import type { SEARCH_TASKS } from "./requests.ts";
import type { NumberedTask, Task } from "./story/task.ts";
import { currentStep, grantOutcome } from "./wire/task.ts";

/**
 * The tasks that a search finds, newest first unless asked otherwise. `stepApprovalTypes` and `currentStep` look at the step that is
 * worked on now, never at those that are done: https://github.com/ConductorOne/conductorone-sdk-typescript, TaskSearchRequest.
 */
export function searchTasks(
  tasks: readonly NumberedTask[],
  query: z.infer<typeof SEARCH_TASKS>,
  nowMs: number,
): NumberedTask[] {
  const found = tasks.filter((task) => isFound(task, query, nowMs));
  return query.sortBy === "TASK_SEARCH_SORT_BY_CREATED_AT" ? found : found.reverse();
}

const STEPS: Readonly<Record<string, string>> = {
  TASK_SEARCH_CURRENT_STEP_APPROVAL: "approval",
  TASK_SEARCH_CURRENT_STEP_PROVISION: "provision",
};

function isFound(task: NumberedTask, query: z.infer<typeof SEARCH_TASKS>, nowMs: number): boolean {
  const { createdAfter, createdBefore, refs, excludeIds } = query;
  if (createdAfter && task.createdAtMs < Date.parse(createdAfter)) return false;
  if (createdBefore && task.createdAtMs >= Date.parse(createdBefore)) return false;
  if (refs && refs.length > 0 && !refs.some(({ id }) => id === task.id)) return false;
  if (excludeIds?.includes(task.id)) return false;
  if (query.query && !task.title.toLowerCase().includes(query.query.toLowerCase()) && task.numericId !== query.query) {
    return false;
  }
  const state = task.closedAtMs <= nowMs ? "TASK_STATE_CLOSED" : "TASK_STATE_OPEN";
  const step = currentStep(task, nowMs);
  const wantedStep = STEPS[query.currentStep ?? ""];
  if (wantedStep !== undefined && step?.kind !== wantedStep) return false;
  return (
    isAmong(query.taskStates, state) &&
    isAmong(query.grantOutcomes, grantOutcome(task, nowMs)) &&
    isAmong(query.stepApprovalTypes, approvalType(step))
  );
}

function isAmong(wanted: readonly string[] | null | undefined, value: string): boolean {
  return !wanted || wanted.length === 0 || wanted.includes(value);
}

function approvalType(step: Task["steps"][number] | undefined): string {
  if (step?.kind !== "approval") return "none";
  return step.by === "webhook" ? "STEP_APPROVAL_TYPE_WEBHOOK" : "STEP_APPROVAL_TYPE_MANAGER";
}
