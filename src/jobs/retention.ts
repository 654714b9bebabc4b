import type { Log } from "../ops/log.ts";
import type { Store } from "../store/database.ts";
import { purgeBefore } from "../store/retention.ts";

export interface RetentionJob {
  stop(): void;
}

const EVERY_MS = 6 * 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Forgets what is older than the operator wants to keep: at the start and every six hours. */
export function startRetention(store: Store, days: number, now: () => Date, log: Log): RetentionJob {
  async function purge(): Promise<void> {
    try {
      const purged = await purgeBefore(store.db, new Date(now().getTime() - days * DAY_MS));
      log.info({ purged, days }, "removed what is past its retention");
    } catch (error) {
      log.error({ err: error }, "could not remove what is past its retention");
    }
  }
  void purge();
  const timer = setInterval(purge, EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
