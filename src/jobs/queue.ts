import {
  type Clock,
  type ConstructorOptions,
  type Db,
  fromPglite,
  PgBoss,
  type QueueOptions,
  systemClock,
} from "pg-boss";
import type { Log } from "../ops/log.ts";
import { inRequest, newRequestId } from "../ops/request-id.ts";
import { SERVER_PATIENCE, type Store, StoreUnusableError } from "../store/database.ts";
import { oncePerMinute } from "./once-per-minute.ts";

/** What the queue takes for time. */
export type QueueClock = Clock;

/** The queue in the store's own database: schedules, and jobs that one process at a time works on. */
export interface JobQueue {
  /** For schedules and new jobs. */
  readonly boss: Pick<PgBoss, "send" | "schedule" | "unschedule" | "getSchedules">;
  /** From now on `handle` does the jobs of this kind. What it throws fails the job, which is then tried again. */
  work(kind: JobKind, handle: (job: Job) => Promise<void>): Promise<void>;
  /** Resolves as soon as no job is under way in this process. */
  settled(): Promise<void>;
  /**
   * Takes no more jobs and waits for those under way, seven seconds at most; what is not done by then is told so by its signal, and is
   * tried again, here after the next start or in another process. May be called twice.
   */
  stop(): Promise<void>;
}

export interface JobKind extends QueueOptions {
  /** Of its queue. */
  name: string;
  /** `exclusive`, unless given: of each `singletonKey` one job is queued or active. https://pgboss.io/api/queues */
  policy?: "exclusive" | "standard";
  /** Jobs that fail for good are copied to the queue of this name, which must be there. */
  deadLetter?: string;
  /** How many are done at once in one process. One unless given. */
  atOnce?: number;
  /** How often to look for new ones. */
  everySeconds: number;
  /** Another way makes its jobs anew, so those that an earlier process left behind may be dropped. */
  isMadeAnew?: boolean;
}

export interface Job {
  /** As it was sent: to be read as what comes from outside. */
  data: unknown;
  /** 0 the first time. */
  retries: number;
  /** For a dead letter: what the job failed with. */
  failure: unknown;
  /** The result no longer counts: we are stopping, it took too long, or another process took it over. */
  signal: AbortSignal;
}

/** The process ends soon after: see `ops/process.ts`. */
const STOP_WITHIN_MS = 7_000;
/** For handlers to notice their signal, and for a database that does not answer. */
const GRACE_MS = 500;

/**
 * Quick enough that a digest starts within a few seconds of its time and a dead process's job within half a minute, and otherwise
 * as quiet as can be: https://pgboss.io/api/constructor
 */
const PACE = {
  cronMonitorIntervalSeconds: 5,
  cronWorkerIntervalSeconds: 2,
  superviseIntervalSeconds: 10,
  monitorIntervalSeconds: 10,
  bamIntervalSeconds: 600,
  // We make no jobs that wait for others.
  flowIntervalSeconds: 24 * 60 * 60,
  // A handful of jobs a day bloats nothing.
  reindex: false,
  monitorVacuum: false,
} satisfies ConstructorOptions;

const DAY_SECONDS = 24 * 60 * 60;

/** Makes the queue's own tables where they are missing. Throws `StoreUnusableError`. `clock` is for tests. */
export async function startQueue(
  store: Store,
  { log, clock = systemClock }: { log: Log; clock?: QueueClock },
): Promise<JobQueue> {
  const boss = new PgBoss({ ...PACE, ...connectionOf(store), clock });
  const mayLog = oncePerMinute(() => clock.now());
  boss.on("error", (err) => {
    const seen = mayLog(err.message);
    if (seen) log.error({ err, ...seen }, "the job queue failed at something, and goes on");
  });
  boss.on("warning", ({ message, data }) => {
    const seen = mayLog(message);
    if (seen) log.warn({ data, ...seen }, message);
  });
  try {
    await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    const { queueConnection: connection } = store;
    throw new StoreUnusableError(connection.kind === "server" ? { databaseUrl: connection.databaseUrl } : {}, error);
  }

  const underWay = new Set<Promise<void>>();
  // The lock on the data folder says so: whoever was at a job there before is dead.
  const isAlone = store.kind !== "server";

  async function settled(): Promise<void> {
    while (underWay.size > 0) await Promise.allSettled(underWay);
  }

  async function stop(): Promise<void> {
    const ended = await withinMs(STOP_WITHIN_MS + GRACE_MS, async () => {
      await boss.stop({ graceful: true, timeout: STOP_WITHIN_MS });
      await withinMs(GRACE_MS, settled);
    });
    if (!ended || underWay.size > 0) log.warn({ jobs: underWay.size }, "stopped before every job was done");
  }

  let stopping: Promise<void> | undefined;
  return {
    boss,
    async work({ name, policy = "exclusive", atOnce = 1, everySeconds, isMadeAnew = false, ...options }, handle) {
      const settings = { deleteAfterSeconds: DAY_SECONDS, ...options };
      await boss.createQueue(name, { ...settings, policy });
      await boss.updateQueue(name, settings);
      if (isAlone && isMadeAnew) await boss.deleteAllJobs(name);
      const pace = { localConcurrency: atOnce, pollingIntervalSeconds: everySeconds };
      await boss.work<unknown, void, typeof pace & { includeMetadata: true }>(
        name,
        { ...pace, includeMetadata: true },
        async ([job]) => {
          if (!job) return;
          const { data, retryCount: retries, sourceOutput: failure, signal } = job;
          const done = inRequest(newRequestId(), () => handle({ data, retries, failure, signal }));
          underWay.add(done);
          await done.finally(() => underWay.delete(done));
        },
      );
    },
    settled,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** What pg-boss does not name it hands on to `pg`. */
function connectionOf({ queueConnection: connection }: Store): ConstructorOptions & Partial<typeof SERVER_PATIENCE> {
  if (connection.kind === "pglite") {
    return { db: withErrorsOfItsOwn(fromPglite(connection.pglite)), backend: "pglite" };
  }
  return {
    ...SERVER_PATIENCE,
    connectionString: connection.databaseUrl,
    application_name: "hooktriage jobs",
    max: 2,
  };
}

/**
 * pg-boss writes more on the message of each error that it catches, and once the data folder is lost the store throws the same one
 * over and over.
 */
function withErrorsOfItsOwn(db: Db): Db {
  return {
    ...db,
    async executeSql(text, values) {
      try {
        return await db.executeSql(text, values);
      } catch (error) {
        // What PostgreSQL says has a code, by which pg-boss decides, and is new each time.
        if (!(error instanceof Error) || "code" in error) throw error;
        throw new Error(error.message, { cause: error });
      }
    },
  };
}

/** False where `work` was not done in time; it goes on. Rejects as it does. */
async function withinMs(ms: number, work: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([work().then(() => true), outOfTime]);
  } finally {
    clearTimeout(timer);
  }
}
