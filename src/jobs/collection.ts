import { z } from "zod";
import type { Collection } from "../collect/polling/collection.ts";
import type { Log } from "../ops/log.ts";
import type { JobKind, JobQueue } from "./queue.ts";

export interface CollectionJobs {
  /** Ends what is under way. To be called before the queue is stopped, which would wait for it. */
  stop(): void;
}

export interface CollectionJobParts {
  /** One for each account. */
  collections: readonly Collection[];
  log: Log;
}

/**
 * One job of each account is queued or under way at a time, over all processes. When its process dies, another one has it after its
 * heartbeat has failed.
 */
const COLLECTION: JobKind = {
  name: "collection",
  everySeconds: 2,
  heartbeatSeconds: 15,
  expireInSeconds: 600,
  retryLimit: 3,
  retryDelay: 1,
  isMadeAnew: true,
};

/** Of one job, each about a minute: an account that is never done with has its job end before it expires. */
const ROUNDS_AT_MOST = 5;
const EVERY_MINUTE = "* * * * *";

const collectionJob = z.object({ provider: z.string() });

/** Starts to read the accounts in the background: at once, and every minute. */
export async function startCollection(
  queue: JobQueue,
  { collections, log }: CollectionJobParts,
): Promise<CollectionJobs> {
  const { boss } = queue;
  const stopping = new AbortController();

  async function collect(providerId: string, signal: AbortSignal): Promise<void> {
    const collection = collections.find((one) => one.providerId === providerId);
    if (!collection) return;
    try {
      // The minute that begins while a round is under way calls for none: what is left to do would wait for the one after.
      for (let rounds = 0; rounds < ROUNDS_AT_MOST && !signal.aborted; rounds += 1) {
        const startedAtMs = performance.now();
        const round = await collection.round(signal);
        const tookMs = Math.round(performance.now() - startedAtMs);
        log.debug({ provider: providerId, ...round, tookMs }, "collected in the background");
        if (round.state !== "time") return;
      }
    } catch (err) {
      log.error({ err, provider: providerId }, "could not collect in the background; it is tried again in a minute");
    }
  }

  await queue.work({ ...COLLECTION, atOnce: Math.max(1, collections.length) }, async ({ data, signal }) => {
    const { provider } = collectionJob.parse(data);
    await collect(provider, AbortSignal.any([signal, stopping.signal]));
  });
  const wanted = new Set(collections.map(({ providerId }) => providerId));
  for (const { key } of await boss.getSchedules(COLLECTION.name)) {
    if (!wanted.has(key)) await boss.unschedule(COLLECTION.name, key);
  }
  for (const provider of wanted) {
    await boss.schedule(COLLECTION.name, EVERY_MINUTE, { provider }, { key: provider, singletonKey: provider });
    await boss.send(COLLECTION.name, { provider }, { singletonKey: provider });
  }
  return { stop: () => stopping.abort() };
}
