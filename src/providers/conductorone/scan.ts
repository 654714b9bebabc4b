import pMap from "p-map";
import type { Log } from "../../ops/log.ts";
import type { Invocation } from "../../triage/model.ts";
import type { Clock } from "../clock.ts";
import { NotFoundError, PermissionError, ProviderError, UnexpectedAnswerError } from "../errors.ts";
import { createAutomations } from "./automations.ts";
import type { ConductorOneClient } from "./client.ts";
import { CONDUCTORONE } from "./decode.ts";
import { type InstanceHistory, readInstances } from "./history.ts";
import type { AuditRow } from "./schema.ts";
import { SharedWork } from "./shared-work.ts";
import { createTaskBook, type KnownTask } from "./tasks.ts";

/** All webhook instances that the tasks of an account tell of. */
export interface Scan {
  histories: readonly InstanceHistory[];
  /** Failed runs of automations whose webhook can be named. */
  runs: readonly Invocation[];
  /** What happened later was not asked for. */
  startedAt: Date;
  /** Why something may be missing, and nobody knows when it happened: the first reason of perhaps more. */
  fault: ProviderError | undefined;
}

export interface Scanner {
  /** What happened from `from` on and before `to`, for all webhooks at once. Questions at the same time share one scan. */
  scan(window: { from: Date; to: Date }, signal: AbortSignal): Promise<Scan>;
  /** The instance as its task's trail has it now. `task`: where to look, if that is known; `madeAt`: when it was made, if that is. */
  find(
    instanceId: string,
    hint: { task?: string | undefined; madeAt?: Date | undefined },
    signal: AbortSignal,
  ): Promise<InstanceHistory | undefined>;
  /** The number under which a task has its page. */
  pageNumberOf(taskId: string): string | undefined;
}

const MINUTE_MS = 60_000;
/** A scan serves the webhooks of one question, which come one after another. */
const SHARED_FOR_MS = MINUTE_MS;
/** A task whose webhooks have all ended moves on before it sends again; its trail is read again all the same after so long. */
const UNCHANGED_FOR_MS = 15 * MINUTE_MS;
/** After a task was closed, its post actions go on for up to 50 attempts of at most 45 s. */
const SETTLED_AFTER_MS = 60 * MINUTE_MS;
const READS_AT_ONCE = 6;
/** Trails that are kept, in number: the oldest go first. */
const MOST_TRAILS = 20_000;
const FIND_WITHIN_MS = 24 * 60 * MINUTE_MS;

interface KnownTrail {
  readAtMs: number;
  task: KnownTask;
  histories: InstanceHistory[];
  /** Why entries are missing in it. */
  fault: ProviderError | undefined;
}

interface KnownScan {
  fromMs: number;
  toMs: number;
  startedMs: number;
  work: SharedWork<Scan>;
}

export interface ScannerParts {
  client: ConductorOneClient;
  clock: Pick<Clock, "now">;
  /** How long a webhook waits for its end, in milliseconds, for those that say. */
  callbackMsOf(webhookId: string): number | undefined;
  log?: Pick<Log, "warn"> | undefined;
}

export function createScanner({ client, clock, callbackMsOf, log }: ScannerParts): Scanner {
  const automations = createAutomations(client, clock);
  const book = createTaskBook(client, clock);
  const trails = new Map<string, KnownTrail>();
  let scans: KnownScan[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  async function readTrail(task: KnownTask, signal: AbortSignal): Promise<KnownTrail> {
    const nowMs = clock.now().getTime();
    let known = trails.get(task.id);
    if (!known || !isStillTrue(known, task, nowMs)) {
      const audits: AuditRow[] = [];
      let skipped = 0;
      for await (const { rows, skippedRows } of client.auditPages(task.id, { signal })) {
        skipped += skippedRows;
        audits.push(...rows.filter(tellsOfWebhooks));
      }
      const { histories, unreadable } = readInstances({ task, audits, callbackMsOf, now: clock.now() });
      skipped += unreadable;
      const faults = client.faultsOf({ method: "POST", path: "/api/v1/task/audits" });
      const fault =
        skipped === 0 ? undefined : faults.nonsense(`listed ${skipped} entries of a task that cannot be read`);
      known = { readAtMs: nowMs, task, histories, fault };
      trails.delete(task.id);
      trails.set(task.id, known);
      if (trails.size > MOST_TRAILS) trails.delete(trails.keys().next().value ?? "");
    }
    return known;
  }

  async function run(fromMs: number, toMs: number, startedAt: Date, signal: AbortSignal): Promise<Scan> {
    await book.refresh(fromMs, signal);
    const touched = book.touched(fromMs, toMs);
    const errors: ProviderError[] = [];
    let gap: ProviderError | undefined;
    const histories = await pMap(
      touched,
      async (task) => {
        try {
          const trail = await readTrail(task, signal);
          gap ??= trail.fault;
          return trail.histories;
        } catch (error) {
          return noteUnreadable(error, errors);
        }
      },
      { concurrency: READS_AT_ONCE, signal },
    );
    const [first] = errors;
    if (first && errors.length === touched.length) throw first;
    if (first) log?.warn({ provider: CONDUCTORONE, unread: errors.length }, first.message);
    const { invocations, unnamed, trouble, listedUntil, fault } = await automations.failedRuns(
      new Date(fromMs),
      signal,
    );
    if (fault) log?.warn({ provider: CONDUCTORONE }, fault.message);
    if (trouble !== undefined) log?.warn({ provider: CONDUCTORONE }, trouble);
    if (unnamed > 0)
      log?.warn({ provider: CONDUCTORONE, unnamed }, "left out failed automations whose webhook is not told");
    const readUntil = [startedAt, listedUntil, book.listedUntil ?? startedAt].map((time) => time.getTime());
    return {
      histories: histories.flat(),
      runs: invocations,
      startedAt: new Date(Math.min(...readUntil)),
      fault: first ?? gap ?? book.fault ?? fault,
    };
  }

  /** One after another: the next one finds most of what it needs in the book and the trails of the one before. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = turn.then(work, work);
    turn = result.catch(() => {});
    return result;
  }

  function sharedScan(fromMs: number, toMs: number): KnownScan {
    const startedAt = clock.now();
    const startedMs = startedAt.getTime();
    scans = scans.filter((scan) => !scan.work.isAbandoned && Math.abs(startedMs - scan.startedMs) < SHARED_FOR_MS);
    const shared = scans.find((scan) => scan.fromMs <= fromMs && toMs <= scan.toMs);
    if (shared) return shared;
    const work = new SharedWork((signal) => inTurn(() => run(fromMs, toMs, startedAt, signal)));
    const scan = { fromMs, toMs, startedMs, work };
    scans.push(scan);
    return scan;
  }

  return {
    async scan({ from, to }, signal) {
      const scan = sharedScan(from.getTime(), to.getTime());
      try {
        return await scan.work.join(signal);
      } catch (error) {
        // What failed is not kept for those who ask next.
        if (!signal.aborted) scans = scans.filter((kept) => kept !== scan);
        throw error;
      }
    },
    async find(instanceId, { task: taskId, madeAt }, signal) {
      if (taskId !== undefined) {
        const task = book.get(taskId) ?? (await client.getTask(taskId, { signal }));
        return named((await readTrail(task, signal)).histories, instanceId);
      }
      if (!madeAt) return undefined;
      const fromMs = madeAt.getTime() - MINUTE_MS;
      await inTurn(() => book.refresh(fromMs, signal));
      // A task that triggers a webhook is often made shortly before, so the latest made are the likeliest.
      const candidates = book.touched(fromMs, madeAt.getTime() + FIND_WITHIN_MS);
      for (let at = 0; at < candidates.length; at += READS_AT_ONCE) {
        const some = candidates.slice(at, at + READS_AT_ONCE);
        const read = await pMap(some, (task) => readTrail(task, signal));
        const found = named(
          read.flatMap(({ histories }) => histories),
          instanceId,
        );
        if (found) return found;
      }
      return undefined;
    },
    pageNumberOf: (taskId) => book.get(taskId)?.numericId,
  };
}

/** One task that ends in the same error each time must not hide all others; a task that is gone has no trail to miss. */
function noteUnreadable(error: unknown, errors: ProviderError[]): InstanceHistory[] {
  if (error instanceof NotFoundError) return [];
  const isOfThisTask = error instanceof UnexpectedAnswerError || error instanceof PermissionError;
  const isLasting = error instanceof ProviderError && error.mostTries !== undefined;
  if (!(error instanceof ProviderError) || !(isOfThisTask || isLasting)) throw error;
  errors.push(error);
  return [];
}

function named(histories: readonly InstanceHistory[], instanceId: string): InstanceHistory | undefined {
  return histories.find(({ invocation }) => invocation.id === instanceId);
}

/** Whether a trail that was read would read the same now, as far as the task itself tells. */
function isStillTrue({ readAtMs, task: then, histories }: KnownTrail, now: KnownTask, nowMs: number): boolean {
  const ageMs = nowMs - readAtMs;
  if (ageMs < 0) return false;
  const updatedMs = now.updatedAt?.getTime();
  if (updatedMs === undefined || updatedMs !== then.updatedAt?.getTime() || now.state !== then.state)
    return ageMs < SHARED_FOR_MS && now === then;
  if (histories.some(({ invocation }) => invocation.outcome === "pending")) return ageMs < SHARED_FOR_MS;
  if (now.state === "TASK_STATE_CLOSED" && readAtMs - updatedMs > SETTLED_AFTER_MS) return true;
  return ageMs < (readAtMs - updatedMs > SETTLED_AFTER_MS ? UNCHANGED_FOR_MS : SHARED_FOR_MS);
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
