import type { Truth, WebhookTruth } from "../../provider/truth.ts";
import { MOST_ATTEMPTS } from "./cause.ts";
import type { Run } from "./run.ts";
import { attemptsAt } from "./state.ts";
import { runsOf, type Story } from "./story.ts";

/** An attempt may take so long: https://www.conductorone.com/docs/product/admin/webhooks */
const ATTEMPT_TIMEOUT_MS = 30_000;

/**
 * What a perfect reader would say of a window. Ids are those of instances; where only a failed execution tells of one, it goes by the
 * execution's id. All are in the order of their creation.
 */
export interface ConductorOneTruth extends Truth {
  /** Tasks whose provisioning by webhook failed in the window, so that people have to do it by hand. */
  manual: string[];
  /** Tasks with an approval by webhook that failed in the window; their policies went on without it. */
  skipped: string[];
  /** Executions of automations that failed in the window. */
  failedExecutions: string[];
  /** Those of them whose automation does more than to run one webhook, so that nobody can say whether that was what failed. */
  unnamedExecutions: string[];
}

export interface TruthOptions {
  window: { from: Date; to: Date };
  nowMs: number;
  /** Whether there is an endpoint that lists instances: then those of automations and tests are known too, while they are listed. */
  instancesListed: boolean;
}

/**
 * Read from the story itself. What is not listed as an instance, or not any more, is what the audit trail tells: it belongs to the
 * window (`from` inclusive, `to` exclusive) by the entry that ends it; one that has not ended, by its latest entry. A policy
 * post-action that failed has no entry for its end: its fiftieth attempt is the last.
 */
export function truthOf(story: Story, { window, nowMs, instancesListed }: TruthOptions): ConductorOneTruth {
  const isIn = (atMs: number) => atMs <= nowMs && atMs >= window.from.getTime() && atMs < window.to.getTime();
  const truth: ConductorOneTruth = {
    webhooks: new Map(story.webhooks.map(({ id }) => [id, emptyTruth()])),
    totals: { failed: 0, pending: 0, succeeded: 0 },
    manual: [],
    skipped: [],
    failedExecutions: [],
    unnamedExecutions: [],
  };
  for (const run of story.runs(nowMs)) {
    const found = truth.webhooks.get(run.webhook.id);
    const isListed = instancesListed && isKept(run, nowMs);
    if (!found || !(isListed || isAudited(run))) continue;
    const told = isListed ? { ...run.end, knownFromMs: run.end.atMs } : toldEnd(run);
    if (told.atMs > nowMs || told.knownFromMs > nowMs) {
      const latestMs = attemptsAt(run, nowMs).at(-1)?.startMs ?? run.createdAtMs;
      if (!isIn(latestMs)) continue;
      found.pending.push(run.id);
      truth.totals.pending += 1;
    } else if (!isIn(told.atMs)) {
    } else if (told.failure) {
      addFailure(truth, found, run.id, told.failure.cause.name);
    } else {
      found.succeeded.push(run.id);
      truth.totals.succeeded += 1;
    }
  }
  for (const task of story.tasks(nowMs)) {
    const failed = runsOf(task).filter(({ end }) => end.failure && isIn(end.atMs));
    if (failed.some(({ source }) => source.kind === "provisionStep")) truth.manual.push(task.id);
    if (failed.some(({ source }) => source.kind === "approvalStep")) truth.skipped.push(task.id);
  }
  for (const { id, automation, run, endMs } of story.executions(nowMs)) {
    if (!run.end.failure || !isIn(endMs)) continue;
    truth.failedExecutions.push(id);
    const found = truth.webhooks.get(run.webhook.id);
    if (!automation.isOnlyStep) truth.unnamedExecutions.push(id);
    else if (found && !(instancesListed && isKept(run, nowMs)))
      addFailure(truth, found, id, run.end.failure.cause.name);
  }
  return truth;
}

function addFailure(truth: Truth, found: WebhookTruth, id: string, cause: string): void {
  found.failed.push(id);
  truth.totals.failed += 1;
  found.failedByCause.set(cause, [...(found.failedByCause.get(cause) ?? []), id]);
}

/** When and how the audit trail says that an instance ended, and since when a reader can be sure of it. */
function toldEnd({ source, attempts, end }: Run): Run["end"] & { knownFromMs: number } {
  if (source.kind !== "policyPostAction" || !end.failure) return { ...end, knownFromMs: end.atMs };
  const atMs = attempts[MOST_ATTEMPTS - 1]?.startMs ?? Number.POSITIVE_INFINITY;
  return { ...end, atMs, knownFromMs: atMs + ATTEMPT_TIMEOUT_MS };
}

/** The delivery history goes back as long as a callback is waited for: https://www.conductorone.com/docs/product/admin/webhooks */
export function isKept({ webhook, createdAtMs }: Run, nowMs: number): boolean {
  return createdAtMs >= nowMs - webhook.callbackTimeoutMs;
}

/** Only what is fired for a task has entries in an audit trail. */
function isAudited({ source }: Run): boolean {
  return source.kind !== "workflowStep" && source.kind !== "test";
}

function emptyTruth(): WebhookTruth {
  return { failed: [], pending: [], succeeded: [], failedByCause: new Map() };
}
