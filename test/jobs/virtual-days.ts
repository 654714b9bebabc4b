import { sql } from "kysely";
import { TestClock } from "pg-boss";
import { type DigestJobs, startDigests } from "../../src/jobs/digests.ts";
import { type JobQueue, startQueue } from "../../src/jobs/queue.ts";
import { createLog, type Log } from "../../src/ops/log.ts";
import type { Store } from "../../src/store/database.ts";
import { claimSlot, finishSlot, lastDoneSlots } from "../../src/store/digest-slots.ts";
import { addSubscription, findSubscription } from "../../src/store/subscriptions.ts";
import { dueSlot } from "../../src/triage/digest/due.ts";
import type { DigestSubscription } from "../../src/triage/digest/subscription.ts";

/** A bot's jobs in a time that only `pass` moves, in which schedules, retries and heartbeats come as they do in the world's. */
export interface VirtualDays {
  readonly clock: TestClock;
  readonly queue: JobQueue;
  readonly jobs: DigestJobs;
  /** Each call of the queue for a digest: of which subscription, and when. */
  readonly calls: { id: string; at: string }[];
  /** Each digest: of which subscription, for when. */
  readonly digests: { id: string; dueAt: string }[];
  /** What was logged, as JSON. */
  readonly lines: string[];
  subscribe(subscription: DigestSubscription): Promise<void>;
  /** Lets time pass to an instant and a little over, so that what is due then has been done. */
  passTo(instant: string): Promise<void>;
  /** Every minute of it, as it passes for a bot that stands idle. */
  passThrough(from: string, to: string): Promise<void>;
  /** Lets this time pass, all of it. */
  pass(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

/** Long enough for a slot to become a job and the job to be done. */
const A_LITTLE_SECONDS = 12;
const STEP_SECONDS = 3;

export interface VirtualDayParts {
  clock?: TestClock;
  /** Done before each digest. */
  before?: (id: string, signal: AbortSignal) => Promise<void>;
}

/** Starts at an instant, or when `clock` says. The store stays open at the end. */
export async function startVirtualDays(
  store: Store,
  start: string,
  { clock = new TestClock(start), before = async () => {} }: VirtualDayParts = {},
): Promise<VirtualDays> {
  const { lines, log } = logInMemory();
  const calls: VirtualDays["calls"] = [];
  const digests: VirtualDays["digests"] = [];
  const now = () => new Date(clock.now());

  async function deliver(id: string, signal: AbortSignal): Promise<void> {
    calls.push({ id, at: now().toISOString() });
    await before(id, signal);
    const subscription = await findSubscription(store.db, id);
    const lastDone = (await lastDoneSlots(store.db, [id])).get(id)?.dueAt;
    const due = subscription && dueSlot(subscription, now(), lastDone);
    if (!due) return;
    const slot = { subscriptionId: id, dueAt: due.dueAt };
    const { state } = await claimSlot(store.db, slot, now());
    if (state === "done") return;
    digests.push({ id, dueAt: due.dueAt.toISOString() });
    await finishSlot(store.db, slot, { state: "posted", now: now() });
  }

  const queue = await startQueue(store, { log, clock });
  const jobs = await startDigests(queue, { store, now, log, deliver });

  async function pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += STEP_SECONDS) {
      await clock.tick(STEP_SECONDS * 1_000);
      // Handlers need no virtual time, only their turn.
      await queue.settled();
    }
  }

  async function passTo(instant: string): Promise<void> {
    await clock.setTime(instant);
    await pass(A_LITTLE_SECONDS);
  }

  return {
    clock,
    queue,
    jobs,
    calls,
    digests,
    lines,
    async subscribe(subscription) {
      await addSubscription(store.db, subscription);
      await jobs.keep(subscription);
    },
    passTo,
    async passThrough(from, to) {
      for (let atMs = Date.parse(from); atMs <= Date.parse(to); atMs += 60_000) {
        await passTo(new Date(atMs).toISOString());
      }
    },
    pass,
    stop: () => queue.stop(),
  };
}

/** Virtual time goes back between two tests, and what the queue did is then in its future. */
export async function forgetJobs({ db }: Store): Promise<void> {
  await sql`drop schema if exists pgboss cascade`.execute(db);
}

export function logInMemory(): { lines: string[]; log: Log } {
  const lines: string[] = [];
  const log = createLog({ level: "warn", destination: { write: (line) => lines.push(line) }, secrets: [] });
  return { lines, log };
}
