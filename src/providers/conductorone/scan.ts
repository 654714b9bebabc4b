import pMap from "p-map";
import type { Log } from "../../ops/log.ts";
import type { Invocation } from "../../triage/model.ts";
import type { Clock } from "../clock.ts";
import type { ProviderError } from "../errors.ts";
import type { Automations } from "./automations.ts";
import type { ConductorOneClient } from "./client.ts";
import { reachedByBoth } from "./clocks.ts";
import { CONDUCTORONE } from "./decode.ts";
import type { Gap } from "./gap.ts";
import type { InstanceHistory } from "./history.ts";
import { SharedWork } from "./shared-work.ts";
import { createTaskBook } from "./tasks.ts";
import { createTrails, gapAfter } from "./trails.ts";

/** All webhook instances that the tasks of an account tell of. */
export interface Scan {
  histories: readonly InstanceHistory[];
  /** Failed runs of automations whose webhook can be named. */
  runs: readonly Invocation[];
  /** What happened later was not asked for, or their clock had not reached it: the earliest of all that was read. */
  startedAt: Date;
  /** Parts of time of which something is missing, those that the scan did not ask for included. */
  gaps: readonly Gap[];
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
  /** What cannot be read and is not held against any part of time, as sentences for people. */
  notes(): string[];
  /** Ends what goes on after those who asked have left. Nobody may ask afterwards. */
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
/** A scan serves the webhooks of one question, which come one after another. */
const SHARED_FOR_MS = MINUTE_MS;
const READS_AT_ONCE = 6;
const FIND_WITHIN_MS = 24 * 60 * MINUTE_MS;

interface KnownScan {
  fromMs: number;
  toMs: number;
  startedMs: number;
  work: SharedWork<Scan>;
}

export interface ScannerParts {
  client: ConductorOneClient;
  automations: Automations;
  clock: Pick<Clock, "now">;
  /** How long a webhook waits for its end, in milliseconds, for those that say. */
  callbackMsOf(webhookId: string): number | undefined;
  log?: Pick<Log, "warn"> | undefined;
}

export function createScanner({ client, automations, clock, callbackMsOf, log }: ScannerParts): Scanner {
  const book = createTaskBook(client, clock);
  const trails = createTrails({ client, clock, callbackMsOf });
  let scans: KnownScan[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  async function run(fromMs: number, toMs: number, startedAt: Date, signal: AbortSignal): Promise<Scan> {
    await book.refresh(fromMs, signal);
    const knownUntilMs: number[] = [book.listedUntil?.getTime() ?? startedAt.getTime()];
    const touched = book.touched(fromMs, toMs);
    const gaps = book.gaps();
    const failed: Gap[] = [];
    const histories = await pMap(
      touched,
      async (task) => {
        try {
          const trail = await trails.read(task, signal);
          if (trail.gap) gaps.push(trail.gap);
          if (trail.knownUntilMs !== undefined) knownUntilMs.push(trail.knownUntilMs);
          return trail.histories;
        } catch (error) {
          const gap = gapAfter(error, task);
          if (gap) failed.push(gap);
          return [];
        }
      },
      { concurrency: READS_AT_ONCE, signal },
    );
    const [first] = failed;
    if (first && failed.length === touched.length) throw first.fault;
    if (first) log?.warn({ provider: CONDUCTORONE, unread: failed.length }, first.fault.message);
    const { invocations, unnamed, trouble, listedUntil, fault } = await automations.failedRuns(
      new Date(fromMs),
      signal,
    );
    if (fault) log?.warn({ provider: CONDUCTORONE }, fault.message);
    if (trouble !== undefined) log?.warn({ provider: CONDUCTORONE }, trouble);
    if (unnamed.length > 0)
      log?.warn(
        { provider: CONDUCTORONE, unnamed: unnamed.length },
        "left out failed automations whose webhook is not told",
      );
    for (const at of [startedAt, listedUntil]) knownUntilMs.push(reachedByBoth(at.getTime(), client.clockReading));
    return {
      histories: histories.flat(),
      runs: invocations,
      startedAt: new Date(earliest(knownUntilMs)),
      gaps: [...gaps, ...failed],
      fault,
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
    // Not in turn: a person waits for it, and a scan may take minutes.
    async find(instanceId, { task: taskId, madeAt }, signal) {
      signal.throwIfAborted();
      if (taskId !== undefined) {
        const task = book.get(taskId) ?? (await client.getTask(taskId, { signal }));
        return named((await trails.read(task, signal)).histories, instanceId);
      }
      if (!madeAt) return undefined;
      const fromMs = madeAt.getTime() - MINUTE_MS;
      await book.refresh(fromMs, signal);
      // A task that triggers a webhook is often made shortly before, so the latest made are the likeliest.
      const candidates = book.touched(fromMs, madeAt.getTime() + FIND_WITHIN_MS);
      for (let at = 0; at < candidates.length; at += READS_AT_ONCE) {
        const some = candidates.slice(at, at + READS_AT_ONCE);
        const read = await pMap(some, (task) => trails.read(task, signal), { signal });
        const found = named(
          read.flatMap(({ histories }) => histories),
          instanceId,
        );
        if (found) return found;
      }
      return undefined;
    },
    pageNumberOf: (taskId) => book.get(taskId)?.numericId,
    notes() {
      const count = book.lastingUnreadable();
      if (count === 0) return [];
      const tasks = `${count.toLocaleString("en-US")} open ${count === 1 ? "task" : "tasks"} of ConductorOne cannot be read`;
      return [`${tasks}: what ${count === 1 ? "its" : "their"} webhooks did is not known.`];
    },
    async close() {
      scans = [];
      await book.close();
    },
  };
}

/** Without spreading: there may be tens of thousands. */
function earliest(times: readonly number[]): number {
  return times.reduce((earliestMs, timeMs) => Math.min(earliestMs, timeMs), Number.POSITIVE_INFINITY);
}

function named(histories: readonly InstanceHistory[], instanceId: string): InstanceHistory | undefined {
  return histories.find(({ invocation }) => invocation.id === instanceId);
}
