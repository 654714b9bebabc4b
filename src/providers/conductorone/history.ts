import type { Attempt, Invocation } from "../../triage/model.ts";
import { redactedExcerpt } from "../excerpt.ts";
import { CONDUCTORONE, type Source, word } from "./decode.ts";
import { timeOfKsuid } from "./ksuid.ts";
import type { AuditRow, TaskRow } from "./schema.ts";
import { expiredAt, outcomeOf, type WebhookState } from "./state.ts";
import { type ProvisionError, readStepEnds, readTrail, type StepEnd, type TrailEvent } from "./trail.ts";

/** One webhook instance as the public API lets it be rebuilt. */
export interface InstanceHistory {
  invocation: Invocation;
  /** Oldest first. */
  attempts: Attempt[];
  /** Its webhook's name then, where the trail has it. */
  webhookName?: string;
}

export interface TaskHistory {
  task: Pick<TaskRow, "id" | "policy">;
  audits: readonly AuditRow[];
  /** How long a webhook waits for its end, in milliseconds, for those that say. */
  callbackMsOf(webhookId: string): number | undefined;
  /** When it is read: what has expired by then has its end there. Unset, nothing is taken for expired. */
  now?: Date;
}

export interface TaskReading {
  histories: InstanceHistory[];
  /** Instances that the task tells of, and whose webhook or time it does not: what became of them is not known. */
  unreadable: number;
}

/** https://www.conductorone.com/docs/product/admin/webhooks */
const MOST_ATTEMPTS = 50;
/** An attempt takes at most 30 s. */
const END_FOLLOWS_WITHIN_MS = 60_000;
/** A receiver's answer is taken first, and then what it says: that provisioning has failed, perhaps. */
const ANSWER_TELLS_WITHIN_MS = 60_000;
/** The step and the trail tell of one error at about the same time. */
const STEP_TELLS_WITHIN_MS = 60_000;
const ERROR_LIMITS = { readChars: 16 * 1024, keptChars: 2_000 };

interface Instance {
  id: string;
  events: TrailEvent[];
  step?: StepEnd;
  provisionError?: ProvisionError;
}

interface End {
  state: Extract<WebhookState, "WEBHOOK_STATE_SUCCESS" | "WEBHOOK_STATE_FATAL_ERROR">;
  at: Date;
}

/**
 * Rebuilds the webhook instances of one task from its audit trail and the steps of its policy.
 *
 * Certain: which instance was triggered, attempted, answered, and, of approval steps, that and why it failed.
 * Inferred: to which instance an error of provisioning belongs (see `joinProvisionErrors`); that a bad response is the end unless
 * something follows; the state of an instance without an end (one attempt: running; more: the ones before have failed); that what
 * is sent on a closed task is a policy's post action, since provisioning ends before a task is closed; that its fiftieth attempt
 * was its end, since the trail has no entry for that.
 */
export function readInstances(history: TaskHistory): TaskReading {
  const { task, audits } = history;
  const trail = readTrail(audits);
  const instances = new Map<string, Instance>();
  for (const event of trail.events) instanceIn(instances, event.instanceId).events.push(event);
  for (const step of readStepEnds(task)) instanceIn(instances, step.instanceId).step = step;
  joinProvisionErrors([...instances.values()], trail.provisionErrors);
  const told = [...instances.values()].filter(({ events, step }) => events.length > 0 || step?.failedAt !== undefined);
  const histories = [...instances.values()].flatMap((instance) => rebuilt(instance, history) ?? []);
  const readable = new Set(histories.map(({ invocation }) => invocation.id));
  return { histories, unreadable: told.filter(({ id }) => !readable.has(id)).length };
}

function instanceIn(instances: Map<string, Instance>, id: string): Instance {
  const known = instances.get(id) ?? { id, events: [] };
  instances.set(id, known);
  return known;
}

/**
 * An error of provisioning belongs to the instance whose step says so, else to the nearest one before it that provisions, whose
 * step tells no time, that has no error yet, and is not tried again: what goes on has not ended. One that succeeded a moment before
 * has brought an answer that says so, and stays what it is; what ended earlier has no part in it. An error with no such instance
 * comes from provisioning of another kind, without a webhook.
 */
function joinProvisionErrors(instances: readonly Instance[], errors: readonly ProvisionError[]): void {
  const provisioning = instances.filter(({ events, step }) =>
    events.length === 0 ? step !== undefined : events.every(({ isApproval }) => !isApproval),
  );
  const joined = joinTold(provisioning, errors);
  const untold = provisioning.filter(({ step }) => step?.failedAt === undefined);
  for (const error of errors.filter((candidate) => !joined.has(candidate))) {
    const before = untold.filter(
      (instance) =>
        instance.provisionError === undefined &&
        startMs(instance) <= error.at.getTime() &&
        !instance.events.some(({ kind, at }) => kind === "attempt" && at > error.at) &&
        mayYetFail(instance, error.at.getTime()),
    );
    const nearest = before.sort((a, b) => lastMs(b) - lastMs(a))[0];
    if (nearest) nearest.provisionError = error;
  }
}

/** Those that the time of a step confirms, the closest pairs first. */
function joinTold(instances: readonly Instance[], errors: readonly ProvisionError[]): Set<ProvisionError> {
  const pairs = instances.flatMap((instance) => {
    const failedAt = instance.step?.failedAt;
    if (!failedAt) return [];
    return errors.map((error) => ({ instance, error, apartMs: Math.abs(failedAt.getTime() - error.at.getTime()) }));
  });
  const joined = new Set<ProvisionError>();
  for (const { instance, error, apartMs } of pairs.sort((a, b) => a.apartMs - b.apartMs)) {
    if (apartMs > STEP_TELLS_WITHIN_MS || instance.provisionError || joined.has(error)) continue;
    instance.provisionError = error;
    joined.add(error);
  }
  return joined;
}

/** Unless it succeeded, or if it did so a moment ago. */
function mayYetFail({ events }: Instance, atMs: number): boolean {
  const success = events.find(({ kind }) => kind === "success");
  if (!success) return true;
  const agoMs = atMs - success.at.getTime();
  return agoMs >= 0 && agoMs <= ANSWER_TELLS_WITHIN_MS;
}

function startMs({ id, events, step }: Instance): number {
  return (events[0]?.at ?? timeOfKsuid(id) ?? step?.failedAt)?.getTime() ?? Number.POSITIVE_INFINITY;
}

function lastMs(instance: Instance): number {
  return instance.events.at(-1)?.at.getTime() ?? startMs(instance);
}

function rebuilt(instance: Instance, history: TaskHistory): InstanceHistory | undefined {
  const { id, events, step } = instance;
  const { task, callbackMsOf, now } = history;
  const webhookId = events.find((event) => event.webhookId !== undefined)?.webhookId ?? step?.webhookId;
  const triggered = events.find(({ kind }) => kind === "triggered");
  const createdAt = triggered?.at ?? timeOfKsuid(id) ?? events[0]?.at ?? step?.failedAt;
  if (webhookId === undefined || !createdAt) return undefined;
  const tries = events.filter(({ kind }) => kind === "attempt");
  const end = endOf(instance);
  const status = end?.state ?? stateWithoutEnd(tries.length);
  const callbackMs = callbackMsOf(webhookId);
  const expiresAt = callbackMs === undefined ? undefined : new Date(createdAt.getTime() + callbackMs);
  const { outcome, pendingUntil: windowEnd } = outcomeOf(status, { createdAt, expiresAt });
  const spentAt = lastTryOf(events)?.at;
  // All attempts are spent, so the entry for the end is either about to come or missing.
  const spentUntil = spentAt && new Date(spentAt.getTime() + END_FOLLOWS_WITHIN_MS);
  const pendingUntil = windowEnd && (spentUntil ?? windowEnd);
  const invocation: Invocation = {
    provider: CONDUCTORONE,
    webhookId,
    id,
    status,
    outcome,
    pendingUntil,
    createdAt,
    latestCompletedAt: end?.at ?? expiredAt(pendingUntil, now) ?? tries.at(-1)?.at,
    // With gaps in the trail the number is not known.
    attemptsCount: tries.length > 0 ? tries.length : end ? undefined : 0,
    expiresAt,
    source: { kind: sourceKind(instance), ref: task.id },
  };
  const webhookName = events.findLast((event) => event.webhookName !== undefined)?.webhookName;
  return {
    invocation,
    attempts: attemptsOf(instance, invocation, end),
    ...(webhookName === undefined ? {} : { webhookName: word(webhookName) }),
  };
}

/** What ended it, if anything did: the latest of what says so. */
function endOf({ events, step, provisionError }: Instance): End | undefined {
  const ends = events.flatMap(({ kind, at }, index): End[] => {
    if (kind === "success") return [{ state: "WEBHOOK_STATE_SUCCESS", at }];
    if (kind === "fatalError") return [{ state: "WEBHOOK_STATE_FATAL_ERROR", at }];
    const isLast = !events.slice(index + 1).some((later) => later.kind === "attempt");
    return kind === "badResponse" && isLast ? [{ state: "WEBHOOK_STATE_FATAL_ERROR", at }] : [];
  });
  const told = ends.at(-1);
  if (told) return told;
  const spentAt = isPostAction(events) ? lastTryOf(events)?.at : undefined;
  const failedAt = provisionError?.at ?? step?.failedAt ?? spentAt;
  return failedAt && { state: "WEBHOOK_STATE_FATAL_ERROR", at: failedAt };
}

/** The fiftieth, after which there is none. */
function lastTryOf(events: readonly TrailEvent[]): TrailEvent | undefined {
  return events.filter(({ kind }) => kind === "attempt")[MOST_ATTEMPTS - 1];
}

function isPostAction(events: readonly TrailEvent[]): boolean {
  return events.length > 0 && events.every(({ isClosed, isApproval }) => isClosed && !isApproval);
}

/** A second attempt proves that the first failed; one alone may still be under way, or wait for its callback. */
function stateWithoutEnd(tries: number): WebhookState {
  if (tries === 0) return "WEBHOOK_STATE_PENDING";
  return tries === 1 ? "WEBHOOK_STATE_RUNNING" : "WEBHOOK_STATE_ERROR";
}

function sourceKind({ events, step, provisionError }: Instance): Source["kind"] {
  if (events.some(({ isApproval }) => isApproval)) return "approvalStep";
  if (step || provisionError) return "provisionStep";
  return isPostAction(events) ? "policyPostAction" : "provisionStep";
}

/** One for each that the trail has; an end without any gets one of its own, so that its reason is not lost. */
function attemptsOf(
  { id, events, step, provisionError }: Instance,
  invocation: Invocation,
  end: End | undefined,
): Attempt[] {
  const tries = events.filter(({ kind }) => kind === "attempt");
  const errors = events.flatMap(({ error, at }) => (error === undefined ? [] : [{ at, error }]));
  if (end?.state === "WEBHOOK_STATE_FATAL_ERROR" && errors.length === 0) {
    const error = provisionError?.error || step?.error;
    if (error) errors.push({ at: end.at, error });
  }
  const times: { startedAt?: Date; completedAt?: Date }[] = tries.map(({ at }) => ({ startedAt: at }));
  if (times.length === 0 && end) times.push({ completedAt: end.at });
  return times.map((time, index) => {
    const next = times[index + 1]?.startedAt;
    const told = errors.filter(({ at }) => {
      const isAfter = index === 0 || at >= (time.startedAt ?? at);
      return isAfter && (next === undefined || at < next);
    });
    const error = told.at(-1);
    const excerpt = error && redactedExcerpt(error.error, ERROR_LIMITS);
    const isLast = next === undefined;
    return {
      invocationId: id,
      index,
      status: isLast ? invocation.status : "WEBHOOK_STATE_ERROR",
      outcome: isLast ? invocation.outcome : "failed",
      errorMessage: excerpt?.text,
      ...time,
      maskedCount: excerpt?.maskedCount ?? 0,
    };
  });
}
