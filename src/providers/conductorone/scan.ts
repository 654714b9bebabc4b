import pMap from "p-map";
import type { Log } from "../../ops/log.ts";
import type { Invocation } from "../../triage/model.ts";
import { contains, type Window, windowOf } from "../../triage/window.ts";
import type { Clock } from "../clock.ts";
import { clockNotes, reachedByBoth, reachedByEither } from "../clocks.ts";
import type { Automations } from "./automations.ts";
import type { ConductorOneClient } from "./client.ts";
import { CONDUCTORONE } from "./decode.ts";
import type { Gap } from "./gap.ts";
import type { InstanceHistory } from "./history.ts";
import { reachesTo, SHARED_FOR_MS } from "./shared-for.ts";
import { SharedWork } from "./shared-work.ts";
import { createTaskBook, type KnownTask } from "./tasks.ts";
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
}

export interface Scanner {
  /**
   * What happened from `from` on and before `to`, for all webhooks at once. Questions at the same time share one scan; for a window
   * that ends later, only what is new since is read anew.
   */
  scan(window: Window, signal: AbortSignal): Promise<Scan>;
  /**
   * The instance as its task's trail has it now; `undefined` where there is certainly none. Throws the provider's errors, also where
   * it may be in what cannot be read. `task`: where to look, if that is known; `madeAt`: when it was made, if that is.
   */
  find(
    instanceId: string,
    hint: { task?: string | undefined; madeAt?: Date | undefined },
    signal: AbortSignal,
  ): Promise<InstanceHistory | undefined>;
  /** Why an instance made then is looked for nowhere but in a task that is known, as words after its id; `undefined` where it is. */
  outOfReach(madeAt: Date): string | undefined;
  /** The number under which a task has its page. */
  pageNumberOf(taskId: string): string | undefined;
  /** What cannot be read and is not held against any part of time, and what a window cannot hold yet, as sentences for people. */
  notesOn(window: Window): string[];
  /** Ends what goes on after those who asked have left. Nobody may ask afterwards. */
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const READS_AT_ONCE = 6;
const DAY_MS = 24 * 60 * MINUTE_MS;
const FIND_WITHIN_MS = DAY_MS;
/** What can be listed ended in the last 30 days and was made up to 30 days before, give or take a day. */
const REACH_MS = 61 * DAY_MS;

/** What the trails of tasks leave open. */
interface Missing {
  gaps: Gap[];
  /** Of tasks whose trail could not be read. */
  failed: Gap[];
  knownUntilMs: number[];
}

interface Reach {
  fromMs: number;
  /** Infinite for one that reads up to the present. */
  toMs: number;
  /** What it was asked for up to: what came later may be missing, as far as it was read before. */
  reachedMs: number;
}

interface KnownScan extends Reach {
  startedMs: number;
  work: SharedWork<Scan>;
}

export interface ScannerParts {
  client: ConductorOneClient;
  automations: Automations;
  clock: Pick<Clock, "now" | "wait">;
  /** How long a webhook waits for its end, in milliseconds, for those that say. */
  callbackMsOf(webhookId: string): number | undefined;
  log?: Pick<Log, "warn"> | undefined;
}

export function createScanner({ client, automations, clock, callbackMsOf, log }: ScannerParts): Scanner {
  const book = createTaskBook(client, clock);
  const trails = createTrails({ client, clock, callbackMsOf });
  let scans: KnownScan[] = [];
  let latest: SharedWork<Scan> | undefined;

  /** What one task tells; what it does not tell is noted in `missing`. */
  async function readOne(
    task: KnownTask,
    toMs: number,
    missing: Missing,
    signal: AbortSignal,
  ): Promise<InstanceHistory[]> {
    try {
      const trail = await trails.read(task, toMs, signal);
      if (trail.gap) missing.gaps.push(trail.gap);
      if (trail.knownUntilMs !== undefined) missing.knownUntilMs.push(trail.knownUntilMs);
      return trail.histories;
    } catch (error) {
      const gap = gapAfter(error, task);
      if (gap) missing.failed.push(gap);
      return [];
    }
  }

  async function run({ fromMs, toMs, reachedMs }: Reach, startedAt: Date, signal: AbortSignal): Promise<Scan> {
    await book.refresh({ fromMs, toMs: reachedMs }, signal);
    const knownUntilMs: number[] = [book.listedUntil?.getTime() ?? startedAt.getTime()];
    const touched = book.touched(fromMs, toMs);
    const gaps = book.gaps();
    const failed: Gap[] = [];
    const missing: Missing = { gaps, failed, knownUntilMs };
    const histories = await pMap(touched, (task) => readOne(task, reachedMs, missing, signal), {
      concurrency: READS_AT_ONCE,
      signal,
    });
    const [first] = failed;
    if (first && failed.length === touched.length) throw first.fault;
    if (first) log?.warn({ provider: CONDUCTORONE, unread: failed.length }, first.fault.message);
    const runs = await automations.failedRuns(windowOf(fromMs, reachedMs), signal);
    const { unnamed, trouble, listedUntil } = runs;
    for (const { fault } of runs.gaps) log?.warn({ provider: CONDUCTORONE }, fault.message);
    if (trouble !== undefined) log?.warn({ provider: CONDUCTORONE }, trouble);
    if (unnamed.length > 0)
      log?.warn(
        { provider: CONDUCTORONE, unnamed: unnamed.length },
        "left out failed automations whose webhook is not told",
      );
    for (const at of [startedAt, listedUntil]) knownUntilMs.push(reachedByBoth(at.getTime(), client.clockReading));
    return {
      histories: histories.flat(),
      runs: runs.invocations,
      startedAt: new Date(earliest(knownUntilMs)),
      gaps: [...gaps, ...failed, ...runs.gaps],
    };
  }

  /** One after another: the next one finds most of what it needs in the book and the trails of the one before. */
  function inTurn(read: (signal: AbortSignal) => Promise<Scan>): SharedWork<Scan> {
    const before = latest;
    const work = new SharedWork(async (signal) => {
      await before?.turnEnded();
      return read(signal);
    });
    latest = work;
    void work.ended().then(() => {
      if (latest === work) latest = undefined;
    });
    return work;
  }

  function sharedScan(fromMs: number, toMs: number): KnownScan {
    const startedAt = clock.now();
    const startedMs = startedAt.getTime();
    scans = scans.filter(
      ({ work, startedMs: beforeMs }) => !work.isAbandoned && Math.abs(startedMs - beforeMs) < SHARED_FOR_MS,
    );
    const shared = scans.find(
      (scan) => scan.fromMs <= fromMs && toMs <= scan.toMs && reachesTo(scan.reachedMs, toMs, startedMs),
    );
    if (shared) return shared;
    const isToNow = startedMs - toMs < SHARED_FOR_MS;
    const reach = {
      fromMs,
      toMs: isToNow ? Number.POSITIVE_INFINITY : toMs,
      reachedMs: Math.min(toMs, startedMs),
    };
    const work = inTurn((signal) => run(reach, startedAt, signal));
    const scan = { ...reach, startedMs, work };
    scans.push(scan);
    return scan;
  }

  function outOfReach(madeAt: Date): string | undefined {
    const nowMs = clock.now().getTime();
    const day = madeAt.toISOString().slice(0, 10);
    if (madeAt.getTime() < nowMs - REACH_MS)
      return `made on ${day} by its id, which is too old: only the last ${REACH_MS / DAY_MS} days are searched`;
    const isToCome = madeAt.getTime() > reachedByEither(nowMs, client.clockReading) + DAY_MS;
    return isToCome ? `which would, by its id, be made only on ${day}` : undefined;
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
      const madeMs = madeAt?.getTime() ?? 0;
      if (taskId !== undefined) {
        const task = book.get(taskId) ?? (await client.getTask(taskId, { signal }));
        return named((await trails.read(task, madeMs, signal)).histories, instanceId);
      }
      if (!madeAt || outOfReach(madeAt) !== undefined) return undefined;
      const fromMs = madeMs - MINUTE_MS;
      await book.refresh({ fromMs, toMs: madeMs }, signal);
      // A task that triggers a webhook is often made shortly before, so the latest made are the likeliest.
      const candidates = book.touched(fromMs, madeMs + FIND_WITHIN_MS);
      const gaps = book.gaps().filter(({ part }) => contains(part, madeAt));
      const missing: Missing = { gaps, failed: [], knownUntilMs: [] };
      for (let at = 0; at < candidates.length; at += READS_AT_ONCE) {
        const some = candidates.slice(at, at + READS_AT_ONCE);
        const read = await pMap(some, (task) => readOne(task, madeMs, missing, signal), { signal });
        const found = named(read.flat(), instanceId);
        if (found) return found;
      }
      const [gap] = [...missing.failed, ...gaps];
      if (gap) throw gap.fault;
      return undefined;
    },
    outOfReach,
    pageNumberOf: (taskId) => book.get(taskId)?.numericId,
    notesOn(window) {
      const notes = clockNotes(CONDUCTORONE, window, clock.now().getTime(), client.clockReading);
      const count = book.lastingUnreadable();
      if (count === 0) return notes;
      const tasks = `${count.toLocaleString("en-US")} open ${count === 1 ? "task" : "tasks"} of ConductorOne cannot be read`;
      return [`${tasks}: what ${count === 1 ? "its" : "their"} webhooks did is not known.`, ...notes];
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
