import { Hono } from "hono";
import type { SandboxEnv } from "../provider/start.ts";
import type { FaultKind } from "./faults.ts";
import type { Story } from "./story/story.ts";
import type { NumberedTask, Step } from "./story/task.ts";

/** Where a task has its page, so that links lead somewhere: https://github.com/ConductorOne/cone/blob/main/cmd/cone/task.go */
export function createTaskPages(story: Story, now: () => Date): Hono<SandboxEnv<FaultKind>> {
  return new Hono<SandboxEnv<FaultKind>>().get("/task/:name", (c) => {
    const nowMs = now().getTime();
    const name = c.req.param("name");
    const task = story.tasks(nowMs).find(({ id, numericId }) => name === numericId || name === id);
    return task ? c.text(pageOf(task, nowMs)) : c.text(`There is no access request ${name}.\n`, 404);
  });
}

const KINDS: Readonly<Record<Step["kind"], string>> = { approval: "approval", provision: "provisioning" };

function pageOf(task: NumberedTask, nowMs: number): string {
  const end = task.closedAtMs > nowMs ? "open" : task.granted ? "granted" : "denied";
  const steps = task.steps.filter(({ startMs }) => startMs <= nowMs);
  const lines = [
    `Access request ${task.numericId}: ${task.title}`,
    `${end}, made ${timeOf(task.createdAtMs)}`,
    "",
    ...steps.map((step) => `${timeOf(step.startMs)}  ${KINDS[step.kind]} by ${doer(step)}: ${endOf(step, nowMs)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function doer({ by, run }: Step): string {
  if (by === "webhook") return `the webhook ${run?.webhook.name ?? ""}`;
  return by === "hand" ? "hand" : `a ${by}`;
}

function endOf({ doneMs, outcome, run }: Step, nowMs: number): string {
  if (doneMs > nowMs) return "under way";
  return run?.end.failure ? `failed, ${run.end.failure.error}` : outcome;
}

function timeOf(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
