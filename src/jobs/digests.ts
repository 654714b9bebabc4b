import { z } from "zod";
import type { Log } from "../ops/log.ts";
import type { Store } from "../store/database.ts";
import { lastDoneSlots } from "../store/digest-slots.ts";
import { listSubscriptions, type StoredSubscription } from "../store/subscriptions.ts";
import { dueSlot } from "../triage/digest/due.ts";
import { cronOf } from "../triage/digest/schedule.ts";
import type { DigestSubscription } from "../triage/digest/subscription.ts";
import type { JobKind, JobQueue } from "./queue.ts";

/** Calls for digests. The store says which there are; this only has to follow, and does so by itself within five minutes. */
export interface DigestJobs {
  /** After the subscription was kept in the store: from now on its digest comes when it is due. */
  keep(subscription: DigestSubscription): Promise<void>;
  /** After it was ended there: from now on it does not. */
  drop(subscriptionId: string): Promise<void>;
  /** Puts the schedules right and calls for every digest that is due and not done. Also done every five minutes. */
  catchUp(): Promise<void>;
}

export interface DigestParts {
  store: Store;
  now: () => Date;
  log: Log;
  /**
   * Posts the digest that is due, if one is: a job may come twice, and for a subscription that is no more. What it throws has it
   * called again.
   */
  deliver: (subscriptionId: string, signal: AbortSignal) => Promise<void>;
}

const DEAD_LETTERS: JobKind = { name: "digest-dead-letters", policy: "standard", everySeconds: 30 };

/** About half an hour of tries; while the slot is due, catching up makes a new job after that. */
const DIGESTS: JobKind = {
  name: "digest",
  everySeconds: 2,
  atOnce: 3,
  heartbeatSeconds: 15,
  expireInSeconds: 600,
  retryLimit: 10,
  // Short at first, because a job of a process that died waits for it as well.
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 600,
  deadLetter: DEAD_LETTERS.name,
  isMadeAnew: true,
};

const CATCH_UP: JobKind = {
  name: "digest-catch-up",
  everySeconds: 10,
  expireInSeconds: 120,
  heartbeatSeconds: 30,
  retryLimit: 0,
  isMadeAnew: true,
};

const EVERY_FIVE_MINUTES = "*/5 * * * *";

const digestJob = z.object({ subscriptionId: z.string() });

/** Starts to call for digests, those first that became due while nothing ran. */
export async function startDigests(queue: JobQueue, { store, now, log, deliver }: DigestParts): Promise<DigestJobs> {
  const { boss } = queue;

  async function keep({ id, schedule }: DigestSubscription): Promise<void> {
    const options = { key: id, tz: schedule.timeZone, singletonKey: id, missed: "once" as const };
    await boss.schedule(DIGESTS.name, cronOf(schedule), { subscriptionId: id }, options);
  }

  async function drop(id: string): Promise<void> {
    await boss.unschedule(DIGESTS.name, id);
  }

  async function catchUp(): Promise<void> {
    // In this order: a schedule is made after its subscription, so one that is seen without is left behind, never too new.
    const schedules = new Map((await boss.getSchedules(DIGESTS.name)).map((schedule) => [schedule.key, schedule]));
    const subscriptions = await listSubscriptions(store.db);
    const live = new Set(subscriptions.map(({ id }) => id));
    for (const id of schedules.keys()) {
      if (!live.has(id)) await drop(id);
    }
    const done = await lastDoneSlots(store.db, [...live]);
    for (const subscription of subscriptions) {
      const { id, schedule } = subscription;
      try {
        const kept = schedules.get(id);
        if (kept?.cron !== cronOf(schedule) || kept.timezone !== schedule.timeZone) await keep(subscription);
        if (isDue(subscription, done.get(id)?.dueAt)) await send(id);
      } catch (err) {
        // Such as a zone that this machine does not know: the other digests have to come all the same.
        log.error({ err, subscriptionId: id }, "a digest could not be scheduled");
      }
    }
  }

  function isDue(subscription: StoredSubscription, lastDone: Date | undefined): boolean {
    return dueSlot(subscription, now(), lastDone) !== undefined;
  }

  async function send(id: string): Promise<void> {
    await boss.send(DIGESTS.name, { subscriptionId: id }, { singletonKey: id });
  }

  await queue.work(DEAD_LETTERS, async ({ data, failure }) => {
    const { subscriptionId } = digestJob.parse(data);
    log.error(
      { subscriptionId, failure },
      "a digest could not be posted in half an hour; it is tried again while it is due",
    );
  });
  await queue.work(DIGESTS, async ({ data, retries, signal }) => {
    const { subscriptionId } = digestJob.parse(data);
    try {
      await deliver(subscriptionId, signal);
    } catch (err) {
      log.warn({ err, subscriptionId, retries }, "a digest could not be posted; it is tried again");
      throw err;
    }
  });
  await queue.work(CATCH_UP, catchUp);
  await boss.schedule(CATCH_UP.name, EVERY_FIVE_MINUTES, null, { singletonKey: CATCH_UP.name });
  await catchUp();
  return { keep, drop, catchUp };
}
