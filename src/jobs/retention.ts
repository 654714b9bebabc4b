import type { Log } from "../ops/log.ts";
import type { Store } from "../store/database.ts";
import { purgeBefore, vacuumAll } from "../store/retention.ts";
import type { JobKind, JobQueue } from "./queue.ts";

export interface RetentionJob {
  /** Ends what is under way at the next batch. To be called before the queue is stopped, which would wait for it. */
  stop(): void;
}

const RETENTION: JobKind = {
  name: "retention",
  everySeconds: 10,
  heartbeatSeconds: 60,
  expireInSeconds: 60 * 60,
  retryLimit: 0,
  isMadeAnew: true,
};

const EVERY_SIX_HOURS = "0 */6 * * *";
const DAY_MS = 24 * 60 * 60_000;

/** Forgets what is older than the operator wants to keep: at the start and every six hours. */
export async function startRetention(
  queue: JobQueue,
  { store, days, now, log }: { store: Store; days: number; now: () => Date; log: Log },
): Promise<RetentionJob> {
  const stopping = new AbortController();

  async function purge(signal: AbortSignal): Promise<void> {
    try {
      const purged = await purgeBefore(store.db, new Date(now().getTime() - days * DAY_MS), signal);
      // A server vacuums by itself.
      if (store.kind !== "server") await vacuumAll(store.db);
      const isNews = Object.values(purged).some((count) => count > 0);
      log[isNews ? "info" : "debug"]({ purged, days }, "removed what is past its retention");
    } catch (error) {
      if (signal.aborted) return;
      log.error({ err: error }, "could not remove what is past its retention");
    }
  }

  await queue.work(RETENTION, ({ signal }) => purge(AbortSignal.any([signal, stopping.signal])));
  const once = { singletonKey: RETENTION.name };
  await queue.boss.schedule(RETENTION.name, EVERY_SIX_HOURS, null, once);
  await queue.boss.send(RETENTION.name, null, once);
  return { stop: () => stopping.abort() };
}
