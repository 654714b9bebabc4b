import pMap from "p-map";
import type { Clock } from "../clock.ts";
import { reachedByBoth, reachedByEither } from "../clocks.ts";
import type { ConductorOneClient, TaskSearch } from "./client.ts";
import type { Gap } from "./gap.ts";
import { createListedRanges, slicesOf } from "./listed-ranges.ts";
import type { TaskRow } from "./schema.ts";
import { isShared } from "./shared-for.ts";
import { SharedWork } from "./shared-work.ts";
import { LONGEST_CALLBACK_MS } from "./state.ts";
import { readStepEnds } from "./trail.ts";
import { createUnreadableTasks, type Made } from "./unreadable-tasks.ts";

/** What is kept of a task. */
export type KnownTask = Pick<TaskRow, "id" | "numericId" | "state" | "createdAt" | "updatedAt" | "policy">;

export interface TaskBook {
  /** Brings the book up to now, for questions about what happened from `fromMs` on; costs nothing where it was whole after `toMs`. */
  refresh(asked: { fromMs: number; toMs: number }, signal: AbortSignal): Promise<void>;
  /**
   * The tasks in which something may have happened from `fromMs` to `toMs`, latest created first: those that were made by then, and
   * that have changed since two hours before, or wait for a webhook now. That a task changes when a step of it ends is certain enough;
   * what is sent after a task was closed follows within the hour.
   */
  touched(fromMs: number, toMs: number): KnownTask[];
  get(taskId: string): KnownTask | undefined;
  /** How many tasks are kept. */
  readonly size: number;
  /** Until when the book is whole, by the clock that is behind; `undefined` before the first refresh has ended. */
  readonly listedUntil: Date | undefined;
  /** What is not known for tasks that could not be read. */
  gaps(): Gap[];
  /** How many tasks stay open and unreadable for so long that no gap tells of them any more. */
  lastingUnreadable(): number;
  /** Ends the listing under way; resolves when nothing is. Nobody may ask afterwards. */
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/**
 * A search may find a task only some time after it was made, and closed by then. A tenant that makes 10,000 tasks a month makes 28
 * in two hours: three pages a listing, fewer than its open tasks take.
 */
const OVERLAP_MS = 2 * 60 * MINUTE_MS;
/** A listing goes on so long, at most, after the last of those who wait for it has left; each slice that it got done stays done. */
const LISTS_ON_FOR_MS = 5 * MINUTE_MS;
const SLICES = 6;
/** A range of more pages is listed in slices, so that none takes longer than a listing goes on for nobody. */
const MOST_PAGES_A_SLICE = 100;
/** Where a task that cannot be read was made is looked for down to this. */
const NARROW_MS = 60 * MINUTE_MS;
/** The attempts of a step, 50 at most and 45 s apart at most, come after the update of the task that began it. */
export const UPDATE_MARGIN_MS = 2 * 60 * MINUTE_MS;
/**
 * How long before a window tasks are looked for that may have failed in it. A step waits for its webhook for 8 days unless set, and
 * 30 at most; tasks that are still open are found however old they are. What is missed: a task that was made earlier, had its
 * webhook fail in the window and is closed by now.
 */
const LOOK_BACK_MS = LONGEST_CALLBACK_MS;
/** Windows begin 30 days ago at most; the day more is for their margins. */
const KEPT_MS = 30 * DAY_MS + LOOK_BACK_MS + DAY_MS;

const OPEN = "TASK_STATE_OPEN";
const CLOSED = "TASK_STATE_CLOSED";
const SEARCH = { method: "POST", path: "/api/v1/search/tasks" } as const;

/**
 * The tasks of an account, so that listing them again costs only what is new: those made since, and those that are open. A task
 * that was open and is not any more has been closed in between.
 */
export function createTaskBook(client: ConductorOneClient, clock: Pick<Clock, "now" | "wait">): TaskBook {
  const tasks = new Map<string, KnownTask>();
  const unreadable = createUnreadableTasks();
  const ending = new AbortController();
  /** All tasks that were made in these are in the book, and would be found there by any search. By the clock that is behind. */
  const listed = createListedRanges();
  /** When the book was last whole: `toMs` by the clock that is behind, `atMs` by ours. */
  let whole: { toMs: number; atMs: number } | undefined;
  let running: SharedWork<void> | undefined;

  async function list(
    params: TaskSearch,
    signal: AbortSignal,
    mostPages = Number.POSITIVE_INFINITY,
  ): Promise<{ found: Set<string>; rows: number; isWhole: boolean }> {
    const found = new Set<string>();
    let unread = 0;
    let pages = 0;
    for await (const { rows, skippedRows, nextPageToken } of client.taskPages(params, { signal })) {
      unread += skippedRows;
      pages += 1;
      for (const row of rows) {
        tasks.set(row.id, keptOf(row));
        found.add(row.id);
      }
      if (pages >= mostPages && nextPageToken !== undefined) return { found, rows: unread, isWhole: false };
    }
    return { found, rows: unread, isWhole: true };
  }

  function listRange({ fromMs, toMs }: Made, signal: AbortSignal, mostPages?: number) {
    return list({ createdAfter: new Date(fromMs), createdBefore: new Date(toMs) }, signal, mostPages);
  }

  async function listWhole(range: Made, signal: AbortSignal): Promise<void> {
    const isShort = range.toMs - range.fromMs <= NARROW_MS;
    const { rows, isWhole } = await listRange(range, signal, isShort ? undefined : MOST_PAGES_A_SLICE);
    if (!isWhole) {
      for (const slice of slicesOf(range, SLICES)) await listWhole(slice, signal);
      return;
    }
    const where = rows === 0 ? range : await narrowed(range, rows, signal);
    const nowMs = clock.now().getTime();
    unreadable.listed(range, rows, where, reachedByEither(nowMs, client.clockReading));
  }

  /** When the tasks that cannot be read were made: the rest of the range is known. */
  async function narrowed(range: Made, rows: number, signal: AbortSignal): Promise<Made> {
    let { fromMs, toMs } = range;
    while (toMs - fromMs > NARROW_MS) {
      const middleMs = Math.round((fromMs + toMs) / 2);
      const { rows: early } = await listRange({ fromMs, toMs: middleMs }, signal);
      if (early === rows) toMs = middleMs;
      else if (early === 0) fromMs = middleMs;
      else break;
    }
    return { fromMs, toMs };
  }

  /** Long ranges in slices side by side, the latest first: a page holds ten tasks, and leads only to the next. */
  async function listMade(ranges: readonly Made[], reachedMs: () => number, signal: AbortSignal): Promise<void> {
    const slices = ranges.flatMap((range) => slicesOf(range, range.toMs - range.fromMs > SLICES * DAY_MS ? SLICES : 1));
    // After one slice was refused the others are of no use.
    const slicing = new AbortController();
    const eitherSignal = AbortSignal.any([signal, slicing.signal]);
    const listSlice = async (slice: Made) => {
      await listWhole(slice, eitherSignal);
      listed.add({ fromMs: slice.fromMs, toMs: Math.min(slice.toMs, reachedMs() - OVERLAP_MS) });
    };
    try {
      await pMap(slices.reverse(), listSlice, { concurrency: SLICES, signal });
    } finally {
      slicing.abort();
    }
  }

  /** What was made before: only what is open, or was open when it was last seen, can have changed. */
  async function listOpen(beforeMs: number, nowMs: number, signal: AbortSignal): Promise<void> {
    const { found: open, rows } = await list({ createdBefore: new Date(beforeMs), taskStates: [OPEN] }, signal);
    unreadable.listedOpen(beforeMs, rows, nowMs);
    for (const task of tasks.values()) {
      const wasOpen = task.state !== CLOSED && (task.createdAt?.getTime() ?? 0) < beforeMs;
      if (wasOpen && !open.has(task.id)) tasks.set(task.id, { ...task, state: CLOSED, updatedAt: new Date(nowMs) });
    }
  }

  /** Of what was closed so long ago nobody can ask any more. */
  function forget(beforeMs: number): void {
    for (const task of tasks.values()) {
      const touchedMs = (task.updatedAt ?? task.createdAt)?.getTime();
      if (task.state === CLOSED && touchedMs !== undefined && touchedMs < beforeMs) tasks.delete(task.id);
    }
    unreadable.forget(beforeMs);
    listed.forget(beforeMs);
  }

  async function bringUpTo(fromMs: number, toMs: number, signal: AbortSignal): Promise<void> {
    const nowMs = clock.now().getTime();
    const earlierMs = reachedByBoth(nowMs, client.clockReading);
    const laterMs = reachedByEither(nowMs, client.clockReading);
    // The end is open: a clock that differs from theirs must not hide what is new.
    const openEndMs = laterMs + DAY_MS;
    const wantedMs = Math.min(fromMs, earlierMs) - LOOK_BACK_MS;
    // Told anew by the listing: the first answer ever, or the first since our clock was put right, may differ.
    const reachedMs = () => reachedByBoth(nowMs, client.clockReading);
    forget(Math.min(wantedMs, earlierMs - KEPT_MS));
    // A clock that was put back would else leave out what bears an earlier time than the last listing.
    const missing = listed.missingIn({ fromMs: wantedMs, toMs: openEndMs }, earlierMs - OVERLAP_MS);
    const isFresh = whole !== undefined && isShared({ readAtMs: whole.atMs, toMs, nowMs });
    if (isFresh) return listMade(missing.slice(0, -1), reachedMs, signal);
    await listMade(missing, reachedMs, signal);
    // Everything later was listed just now.
    await listOpen(missing.at(-1)?.fromMs ?? wantedMs, laterMs, signal);
    for (const range of unreadable.toRepeat(laterMs)) await listWhole(range, signal);
    whole = { toMs: reachedMs(), atMs: nowMs };
  }

  return {
    async refresh({ fromMs, toMs }, signal) {
      signal.throwIfAborted();
      // Others may want less; what is needed now is listed after that.
      while (running) await running.join(signal).catch(() => signal.throwIfAborted());
      ending.signal.throwIfAborted();
      const work = new SharedWork(
        (left) => bringUpTo(fromMs, toMs, AbortSignal.any([left, ending.signal])),
        (returned) => clock.wait(LISTS_ON_FOR_MS, returned),
      );
      running = work;
      void work.ended().then(() => {
        running = undefined;
      });
      await work.join(signal);
    },
    get size() {
      return tasks.size;
    },
    get listedUntil() {
      return whole && new Date(whole.toMs);
    },
    gaps: () => unreadable.gaps((happened) => client.faultsOf(SEARCH).nonsense(happened)),
    lastingUnreadable: () => unreadable.lasting(clock.now().getTime()),
    async close() {
      ending.abort(new Error("ConductorOne is not listed any more: its provider was closed."));
      await running?.ended();
    },
    touched(fromMs, toMs) {
      const touched = [...tasks.values()].filter((task) => {
        const { createdAt, updatedAt } = task;
        const wasThere = createdAt === undefined || createdAt.getTime() < toMs;
        const hasChanged = updatedAt === undefined || updatedAt.getTime() >= fromMs - UPDATE_MARGIN_MS;
        return wasThere && (hasChanged || awaitsWebhook(task));
      });
      return touched.sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
    },
    get: (taskId) => tasks.get(taskId),
  };
}

/** Most policies name no webhook instance, and are not kept. */
function keptOf({ id, numericId, state, createdAt, updatedAt, policy }: TaskRow): KnownTask {
  const isNeeded = readStepEnds({ policy }).length > 0;
  return { id, numericId, state, createdAt, updatedAt, policy: isNeeded ? policy : undefined };
}

function awaitsWebhook({ state, policy }: KnownTask): boolean {
  return state === OPEN && policy?.current?.provision?.webhookInstanceId !== undefined;
}
