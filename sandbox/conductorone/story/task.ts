import { mix, type Random, randomFrom } from "../../provider/random.ts";
import { ksuidOf } from "../ksuid.ts";
import { type Begin, instantsOf } from "./begin.ts";
import type { Run } from "./run.ts";
import type { StoryWebhook } from "./webhook.ts";

/** An access request from its first instant to its last, those that lie ahead included. */
export interface Task {
  id: string;
  seed: number;
  createdAtMs: number;
  closedAtMs: number;
  granted: boolean;
  title: string;
  justification: string;
  /** In time order. */
  steps: Step[];
  postAction?: Run;
}

export interface NumberedTask extends Task {
  /** For people: `int64` as a string, counted up in the order in which tasks are made. */
  numericId: string;
}

/** A step of the task's policy. */
export interface Step {
  id: string;
  kind: "approval" | "provision";
  /** `hand`: the manual provisioning that a failed one falls back to. */
  by: "manager" | "webhook" | "connector" | "hand";
  startMs: number;
  doneMs: number;
  outcome: "approved" | "denied" | "completed" | "errored";
  run?: Run;
}

export interface TaskPlan {
  webhook: StoryWebhook;
  seed: number;
  begin: Begin;
  /** Makes an instance for the task; `seed` tells two of one task apart. */
  fire(webhook: StoryWebhook, source: Run["source"], atMs: number, seed: number): Run;
  /** What provisions some of the approved requests; absent where nothing does. */
  provisioner?: StoryWebhook;
}

/** The longest time from a request to its first webhook. Milliseconds. */
export const LONGEST_LEAD_MS = 50 * 60_000;

type LeadsMs = Readonly<Record<StoryWebhook["use"], readonly [min: number, max: number]>>;
/** From a request to its webhook: managers take their time. */
const LEADS_MS: LeadsMs = {
  approvalStep: [2_000, 20_000],
  provisionStep: [60_000, LONGEST_LEAD_MS],
  policyPostAction: [60_000, LONGEST_LEAD_MS],
  workflowStep: [60_000, LONGEST_LEAD_MS],
};
/** The same where it is approved at once; before a post-action comes the provisioning. */
const PROMPT_LEADS_MS: LeadsMs = {
  approvalStep: [2_000, 20_000],
  provisionStep: [2_000, 20_000],
  policyPostAction: [25_000, 45_000],
  workflowStep: [2_000, 20_000],
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PEOPLE = ["Ada Abara", "Bruno Berg", "Chidi Castillo", "Fatima Fontaine", "Grace Haddad", "Jonas Jansen"];
const ROLES = ["VPN", "Payroll viewer", "Badge zone B", "GitHub admin", "Snowflake analyst", "PagerDuty responder"];
const REASONS = [
  "Joins the team on Monday",
  "On call next week",
  "<!here> *urgent*, see <https://evil.example|ticket>",
  "",
];

/** The same plan makes the same task. */
export function taskOf({ webhook, seed, begin, fire, provisioner }: TaskPlan): Task {
  const random = randomFrom(mix(seed, 2));
  const leads = "madeAtMs" in begin ? PROMPT_LEADS_MS : LEADS_MS;
  const { createdAtMs, firesAtMs } = instantsOf(begin, random.int(...leads[webhook.use]));
  const id = ksuidOf(mix(seed, 3), createdAtMs);
  const task: Task = {
    id,
    seed,
    createdAtMs,
    closedAtMs: Number.POSITIVE_INFINITY,
    granted: true,
    title: `${random.pick(ROLES)} for ${random.pick(PEOPLE)}`,
    justification: random.pick(REASONS),
    steps: [],
  };
  const add = stepAdder(task);
  if (webhook.use === "approvalStep") {
    const run = fire(webhook, { kind: "approvalStep", id }, firesAtMs, mix(seed, 4));
    approveByWebhook(task, run, random, add, () => {
      if (!provisioner || !random.chance(0.3)) return undefined;
      return (atMs) => fire(provisioner, { kind: "provisionStep", id }, atMs, mix(seed, 5));
    });
  } else if (webhook.use === "provisionStep") {
    add({ kind: "approval", by: "manager", startMs: createdAtMs, doneMs: firesAtMs - 500, outcome: "approved" });
    provisionByWebhook(fire(webhook, { kind: "provisionStep", id }, firesAtMs, mix(seed, 4)), random, add);
  } else {
    add({ kind: "approval", by: "manager", startMs: createdAtMs, doneMs: firesAtMs - 20_000, outcome: "approved" });
    add({
      kind: "provision",
      by: "connector",
      startMs: firesAtMs - 19_000,
      doneMs: firesAtMs - 1_000,
      outcome: "completed",
    });
    task.postAction = fire(webhook, { kind: "policyPostAction", id }, firesAtMs, mix(seed, 4));
  }
  task.closedAtMs = (task.steps.at(-1)?.doneMs ?? firesAtMs) + 300;
  return task;
}

type AddStep = (step: Omit<Step, "id">) => void;

function stepAdder(task: Task): AddStep {
  return (step) => {
    task.steps.push({ id: ksuidOf(mix(task.seed, 20 + task.steps.length), step.startMs), ...step });
  };
}

/** "policy continues processing" when the webhook fails: https://www.conductorone.com/docs/product/admin/webhooks */
function approveByWebhook(
  task: Task,
  run: Run,
  random: Random,
  add: AddStep,
  provisioning: () => ((atMs: number) => Run) | undefined,
): void {
  const failed = run.end.failure !== undefined;
  task.granted = failed || random.chance(0.92);
  const outcome = failed ? "errored" : task.granted ? "approved" : "denied";
  add({ kind: "approval", by: "webhook", startMs: run.createdAtMs - 300, doneMs: run.end.atMs, outcome, run });
  if (!task.granted) return;
  let atMs = run.end.atMs + 1_000;
  if (failed) {
    const doneMs = atMs + random.int(20 * MINUTE_MS, 20 * HOUR_MS);
    add({ kind: "approval", by: "manager", startMs: atMs, doneMs, outcome: "approved" });
    atMs = doneMs + 1_000;
  }
  const fire = provisioning();
  if (fire) provisionByWebhook(fire(atMs + 500), random, add);
  else
    add({
      kind: "provision",
      by: "connector",
      startMs: atMs,
      doneMs: atMs + random.int(5_000, 60_000),
      outcome: "completed",
    });
}

/** "falls back to manual provisioning": the same page. */
function provisionByWebhook(run: Run, random: Random, add: AddStep): void {
  const outcome = run.end.failure ? "errored" : "completed";
  add({ kind: "provision", by: "webhook", startMs: run.createdAtMs - 300, doneMs: run.end.atMs, outcome, run });
  if (!run.end.failure) return;
  const startMs = run.end.atMs + 1_000;
  const doneMs = startMs + random.int(HOUR_MS, 40 * HOUR_MS);
  add({ kind: "provision", by: "hand", startMs, doneMs, outcome: "completed" });
}
