import type { Execution } from "../story/execution.ts";
import { duration, message, timestamp } from "./proto.ts";

export function executionState({ endMs, run }: Execution, nowMs: number): string {
  if (endMs > nowMs) return "AUTOMATION_EXECUTION_STATE_WAITING";
  return run.end.failure ? "AUTOMATION_EXECUTION_STATE_ERROR" : "AUTOMATION_EXECUTION_STATE_DONE";
}

/** `AutomationExecution`. Nothing in it tells what a webhook answered. */
export function shownExecution(execution: Execution, nowMs: number): Record<string, unknown> {
  const { id, automation, seed, createdAtMs, endMs } = execution;
  const isOver = endMs <= nowMs;
  return message(seed, {
    id,
    automationTemplateId: automation.id,
    state: executionState(execution, nowMs),
    createdAt: timestamp(createdAtMs),
    updatedAt: timestamp(isOver ? endMs : createdAtMs),
    completedAt: isOver ? timestamp(endMs) : undefined,
    deletedAt: undefined,
    duration: isOver ? duration(endMs - createdAtMs) : undefined,
    currentVersion: 3,
    isDraft: false,
    context: { context: { trigger: "user_created" } },
  });
}
