import { windowOf } from "../../triage/window.ts";
import type { Clock } from "../clock.ts";
import { reachedByBoth } from "../clocks.ts";
import { NotFoundError, PermissionError, ProviderError, UnexpectedAnswerError } from "../errors.ts";
import type { ConductorOneClient } from "./client.ts";
import { END_OF_TIME_MS, type Gap } from "./gap.ts";
import { type InstanceHistory, readInstances } from "./history.ts";
import type { AuditRow } from "./schema.ts";
import { isShared } from "./shared-for.ts";
import { type KnownTask, UPDATE_MARGIN_MS } from "./tasks.ts";

/** What the trail of a task told. */
export interface TaskTrail {
  histories: InstanceHistory[];
  /** For entries that are missing in it. */
  gap: Gap | undefined;
  /** What came later is not in it, by the clock that is behind; `undefined` where nothing can have come. */
  knownUntilMs: number | undefined;
}

export interface Trails {
  /** The trail as it was read a moment ago, and not before `toMs`, or is read now. Throws the provider's errors. */
  read(task: KnownTask, toMs: number, signal: AbortSignal): Promise<TaskTrail>;
  /** How many trails are kept. */
  readonly size: number;
}

export interface TrailsParts {
  client: ConductorOneClient;
  clock: Pick<Clock, "now">;
  /** How long a webhook waits for its end, in milliseconds, for those that say. */
  callbackMsOf(webhookId: string): number | undefined;
  /** How much is kept: trails, instances and attempts, of about 200 bytes each. */
  most?: number;
}

interface KnownTrail {
  /** By our clock. */
  readAtMs: number;
  /** By the clock that is behind. */
  reachedMs: number;
  task: KnownTask;
  histories: InstanceHistory[];
  gap: Gap | undefined;
  weight: number;
}

const MINUTE_MS = 60_000;
/** A task whose webhooks have all ended moves on before it sends again; its trail is read again all the same after so long. */
const UNCHANGED_FOR_MS = 15 * MINUTE_MS;
/** After a task was closed, its post actions go on for up to 50 attempts of at most 45 s. */
const SETTLED_AFTER_MS = 60 * MINUTE_MS;
const MOST_KEPT = 200_000;
const AUDITS = { method: "POST", path: "/api/v1/task/audits" } as const;

/**
 * The audit trails of tasks, kept for as long as they would read the same; those that were not asked for the longest go first. The
 * trail of every task is read, whatever its policy shows: post actions are no step of it.
 */
export function createTrails({ client, clock, callbackMsOf, most = MOST_KEPT }: TrailsParts): Trails {
  const trails = new Map<string, KnownTrail>();
  let kept = 0;

  function drop(taskId: string): void {
    kept -= trails.get(taskId)?.weight ?? 0;
    trails.delete(taskId);
  }

  function keep(known: KnownTrail): void {
    drop(known.task.id);
    trails.set(known.task.id, known);
    kept += known.weight;
    for (const taskId of trails.keys()) {
      if (kept <= most) return;
      drop(taskId);
    }
  }

  async function readNow(task: KnownTask, signal: AbortSignal): Promise<KnownTrail> {
    const readAtMs = clock.now().getTime();
    const audits: AuditRow[] = [];
    let skipped = 0;
    for await (const { rows, skippedRows } of client.auditPages(task.id, { signal })) {
      skipped += skippedRows;
      audits.push(...rows.filter(tellsOfWebhooks));
    }
    const reachedMs = reachedByBoth(readAtMs, client.clockReading);
    const { histories, unreadable } = readInstances({ task, audits, callbackMsOf, now: new Date(reachedMs) });
    skipped += unreadable;
    const nonsense = `listed ${skipped} ${skipped === 1 ? "entry" : "entries"} of a task that cannot be read`;
    const gap = skipped === 0 ? undefined : gapOf(task, client.faultsOf(AUDITS).nonsense(nonsense));
    const weight = histories.reduce((sum, { attempts }) => sum + 1 + attempts.length, 1);
    return { readAtMs, reachedMs, task, histories, gap, weight };
  }

  return {
    async read(task, toMs, signal) {
      const nowMs = clock.now().getTime();
      const before = trails.get(task.id);
      const known = before && trustIn(before, task, toMs, nowMs) !== "none" ? before : await readNow(task, signal);
      keep(known);
      const { histories, gap, reachedMs } = known;
      return { histories, gap, knownUntilMs: trustIn(known, task, toMs, nowMs) === "lasting" ? undefined : reachedMs };
    },
    get size() {
      return trails.size;
    },
  };
}

/**
 * For a task whose trail ends in an error. Throws what says nothing of this task alone: one that ends so each time must not hide
 * all others. A task that is gone has no trail to miss.
 */
export function gapAfter(error: unknown, task: KnownTask): Gap | undefined {
  if (error instanceof NotFoundError) return undefined;
  const isOfThisTask = error instanceof UnexpectedAnswerError || error instanceof PermissionError;
  const isLasting = error instanceof ProviderError && error.mostTries !== undefined;
  if (!(error instanceof ProviderError) || !(isOfThisTask || isLasting)) throw error;
  return gapOf(task, error);
}

/** Whatever the task did it did between its making and a while after its end. */
function gapOf({ state, createdAt, updatedAt }: KnownTask, fault: ProviderError): Gap {
  const isOver = state === "TASK_STATE_CLOSED" && updatedAt !== undefined;
  const toMs = isOver ? updatedAt.getTime() + UPDATE_MARGIN_MS : END_OF_TIME_MS;
  return { part: windowOf(createdAt?.getTime() ?? 0, toMs), fault };
}

/** For how long a trail that was read reads the same, as far as the task itself tells. */
function trustIn(known: KnownTrail, now: KnownTask, toMs: number, nowMs: number): "none" | "for a moment" | "lasting" {
  const { readAtMs, reachedMs, task: then, histories } = known;
  const ageMs = nowMs - readAtMs;
  const forMoment = isShared({ readAtMs, toMs, nowMs }) ? "for a moment" : "none";
  const updatedMs = now.updatedAt?.getTime();
  if (updatedMs === undefined || updatedMs !== then.updatedAt?.getTime() || now.state !== then.state)
    return now === then ? forMoment : "none";
  const isSettled = reachedMs - updatedMs > SETTLED_AFTER_MS;
  if (!isSettled || histories.some(({ invocation }) => invocation.outcome === "pending")) return forMoment;
  return now.state === "TASK_STATE_CLOSED" || Math.abs(ageMs) < UNCHANGED_FOR_MS ? "lasting" : "none";
}

/** Trails hold comments and much else; what is not needed is not kept. */
function tellsOfWebhooks(audit: AuditRow): boolean {
  return (
    audit.provisionError !== undefined ||
    audit.webhookTriggered !== undefined ||
    audit.webhookAttempt !== undefined ||
    audit.webhookSuccess !== undefined ||
    audit.webhookApprovalTriggered !== undefined ||
    audit.webhookApprovalAttempt !== undefined ||
    audit.webhookApprovalSuccess !== undefined ||
    audit.webhookApprovalBadResponse !== undefined ||
    audit.webhookApprovalFatalError !== undefined
  );
}
