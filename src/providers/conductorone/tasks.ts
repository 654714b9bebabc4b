import pMap from "p-map";
import type { Clock } from "../clock.ts";
import type { ProviderError } from "../errors.ts";
import type { ConductorOneClient, TaskSearch } from "./client.ts";
import type { TaskRow } from "./schema.ts";
import { LONGEST_CALLBACK_MS } from "./state.ts";

/** What is kept of a task. */
export type KnownTask = Pick<TaskRow, "id" | "numericId" | "state" | "createdAt" | "updatedAt" | "policy">;

export interface TaskBook {
  /** Brings the book up to now, for questions about what happened from `fromMs` on. */
  refresh(fromMs: number, signal: AbortSignal): Promise<void>;
  /**
   * The tasks in which something may have happened from `fromMs` to `toMs`, latest created first: those that were made by then, and
   * that have changed since two hours before, or wait for a webhook now. That a task changes when a step of it ends is certain enough;
   * what is sent after a task was closed follows within the hour.
   */
  touched(fromMs: number, toMs: number): KnownTask[];
  get(taskId: string): KnownTask | undefined;
  /** Until when the book is whole; `undefined` before the first refresh has ended. */
  readonly listedUntil: Date | undefined;
  /** Why tasks may be missing: rows that could not be read. */
  readonly fault: ProviderError | undefined;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A search may find a task only some time after it was made. */
const OVERLAP_MS = 5 * MINUTE_MS;
const FRESH_MS = MINUTE_MS;
/** A listing goes on so long, at most, after those who asked for it have left. */
const LISTS_FOR_MS = 5 * MINUTE_MS;
const SLICES = 6;
/** The attempts of a step, 50 at most and 45 s apart at most, come after the update of the task that began it. */
const UPDATE_MARGIN_MS = 2 * 60 * MINUTE_MS;
/**
 * How long before a window tasks are looked for that may have failed in it. A step waits for its webhook for 8 days unless set, and
 * 30 at most; tasks that are still open are found however old they are. What is missed: a task that was made earlier, had its
 * webhook fail in the window and is closed by now.
 */
const LOOK_BACK_MS = LONGEST_CALLBACK_MS;

const OPEN = "TASK_STATE_OPEN";

/**
 * The tasks of an account, so that listing them again costs only what is new: those made since, and those that are open. A task
 * that was open and is not any more has been closed in between.
 */
export function createTaskBook(client: ConductorOneClient, clock: Pick<Clock, "now">): TaskBook {
  const tasks = new Map<string, KnownTask>();
  /** All tasks that were made in between are in the book, as of `toMs`. */
  let listed: { fromMs: number; toMs: number } | undefined;
  let fault: ProviderError | undefined;
  let running: Promise<void> | undefined;

  async function list(params: TaskSearch, signal: AbortSignal): Promise<Set<string>> {
    const found = new Set<string>();
    for await (const { rows, skippedRows } of client.taskPages(params, { signal })) {
      if (skippedRows > 0) {
        const faults = client.faultsOf({ method: "POST", path: "/api/v1/search/tasks" });
        fault = faults.nonsense(`listed ${skippedRows} tasks that cannot be read`);
      }
      for (const { id, numericId, state, createdAt, updatedAt, policy } of rows) {
        tasks.set(id, { id, numericId, state, createdAt, updatedAt, policy });
        found.add(id);
      }
    }
    return found;
  }

  /** A long range in slices side by side: a page holds ten tasks, and leads only to the next. */
  async function listMade(fromMs: number, toMs: number, signal: AbortSignal): Promise<void> {
    const slices = toMs - fromMs > SLICES * DAY_MS ? SLICES : 1;
    const sliceMs = (toMs - fromMs) / slices;
    const starts = Array.from({ length: slices }, (_, index) => Math.round(fromMs + index * sliceMs));
    // After one slice was refused the others are of no use.
    const slicing = new AbortController();
    const eitherSignal = AbortSignal.any([signal, slicing.signal]);
    try {
      await pMap(
        starts,
        (startMs, index) =>
          list({ createdAfter: new Date(startMs), createdBefore: new Date(starts[index + 1] ?? toMs) }, eitherSignal),
        { concurrency: SLICES, signal },
      );
    } finally {
      slicing.abort();
    }
  }

  /** What was made before: only what is open, or was open when it was last seen, can have changed. */
  async function listOpen(beforeMs: number, nowMs: number, signal: AbortSignal): Promise<void> {
    const open = await list({ createdBefore: new Date(beforeMs), taskStates: [OPEN] }, signal);
    for (const task of tasks.values()) {
      const wasOpen = task.state !== "TASK_STATE_CLOSED" && (task.createdAt?.getTime() ?? 0) < beforeMs;
      if (wasOpen && !open.has(task.id))
        tasks.set(task.id, { ...task, state: "TASK_STATE_CLOSED", updatedAt: new Date(nowMs) });
    }
  }

  /** The earlier and the later of both clocks. What is made bears their time, not ours. */
  function clocks(): { nowMs: number; earlierMs: number; laterMs: number } {
    const nowMs = clock.now().getTime();
    const { theirs, ours } = client.clockReading ?? {};
    const theirsMs = theirs && ours ? nowMs + theirs.getTime() - ours.getTime() : nowMs;
    return { nowMs, earlierMs: Math.min(nowMs, theirsMs), laterMs: Math.max(nowMs, theirsMs) };
  }

  async function bringUpTo(fromMs: number, signal: AbortSignal): Promise<void> {
    const { nowMs, earlierMs, laterMs } = clocks();
    // The end is open: a clock that differs from theirs must not hide what is new.
    const openEndMs = laterMs + DAY_MS;
    const wantedMs = Math.min(fromMs, earlierMs) - LOOK_BACK_MS;
    if (!listed) {
      fault = undefined;
      await listMade(wantedMs, openEndMs, signal);
      await listOpen(wantedMs, nowMs, signal);
      listed = { fromMs: wantedMs, toMs: nowMs };
      return;
    }
    if (wantedMs < listed.fromMs) {
      await listMade(wantedMs, listed.fromMs, signal);
      listed = { ...listed, fromMs: wantedMs };
    }
    if (Math.abs(nowMs - listed.toMs) < FRESH_MS) return;
    // A clock that was put back would else leave out what bears an earlier time than the last listing.
    const sinceMs = Math.min(listed.toMs - (nowMs - earlierMs), nowMs, earlierMs) - OVERLAP_MS;
    await listMade(sinceMs, openEndMs, signal);
    await listOpen(sinceMs, nowMs, signal);
    listed = { ...listed, toMs: nowMs };
  }

  return {
    async refresh(fromMs, signal) {
      signal.throwIfAborted();
      // Who came before may have left; what they asked for is what is needed now.
      while (running)
        await unlessLeft(
          running.catch(() => {}),
          signal,
        );
      running = bringUpTo(fromMs, AbortSignal.timeout(LISTS_FOR_MS)).finally(() => {
        running = undefined;
      });
      await unlessLeft(running, signal);
    },
    get listedUntil() {
      return listed && new Date(listed.toMs);
    },
    get fault() {
      return fault;
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

/** Who leaves gets the reason of their own signal, at once; the work goes on. */
async function unlessLeft<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  work.catch(() => {});
  const { promise: left, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, left]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function awaitsWebhook({ state, policy }: KnownTask): boolean {
  return state === OPEN && policy?.current?.provision?.webhookInstanceId !== undefined;
}
