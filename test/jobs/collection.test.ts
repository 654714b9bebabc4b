import { fromPglite, PgBoss, TestClock } from "pg-boss";
import { afterEach, describe, expect, it } from "vitest";
import type { Collection, Round } from "../../src/collect/polling/collection.ts";
import { type CollectionJobs, startCollection } from "../../src/jobs/collection.ts";
import { type JobQueue, startQueue } from "../../src/jobs/queue.ts";
import { openDatabase, type Store } from "../../src/store/database.ts";
import { DATABASES, newPostgresDatabase, openFreshStore } from "../store/databases.ts";
import { logInMemory } from "./virtual-days.ts";

const START = "2026-11-20T07:00:30Z";
const ROUND: Round = { polls: 0, backfills: 0, evidence: 0, requests: 0, state: "rest" };

interface Replica {
  queue: JobQueue;
  jobs: CollectionJobs;
}

/** An account whose rounds are counted, with those that are side by side. */
function account(
  providerId: string,
  during: (signal: AbortSignal) => Promise<Round["state"] | undefined> = async () => undefined,
) {
  const seen = { rounds: 0, atOnce: 0, mostAtOnce: 0 };
  const collection: Collection = {
    providerId,
    async round(signal) {
      seen.rounds += 1;
      seen.atOnce += 1;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.atOnce);
      const state = await during(signal).finally(() => {
        seen.atOnce -= 1;
      });
      return state ? { ...ROUND, state } : ROUND;
    },
  };
  return { seen, collection };
}

describe("collection jobs", () => {
  const running: Replica[] = [];
  const stores: Store[] = [];
  afterEach(async () => {
    for (const { jobs, queue } of running.splice(0)) {
      jobs.stop();
      await queue.stop();
    }
    for (const store of stores.splice(0)) await store.close();
  });

  async function start(store: Store, clock: TestClock, collections: Collection[]) {
    const { lines, log } = logInMemory();
    const queue = await startQueue(store, { log, clock });
    const jobs = await startCollection(queue, { collections, log });
    const replica = { queue, jobs, lines };
    running.push(replica);
    return replica;
  }

  async function pass(clock: TestClock, seconds: number, replicas: readonly Replica[] = running): Promise<void> {
    for (let passed = 0; passed < seconds; passed += 3) {
      await clock.tick(3_000);
      await Promise.all(replicas.map(({ queue }) => queue.settled()));
    }
  }

  it.each(DATABASES)("come at the start and every minute, for each account, in %s", async (database) => {
    const store = await openFreshStore(database);
    stores.push(store);
    const clock = new TestClock(START);
    const accounts = ["zendesk", "conductorone"].map((id) => account(id));
    await start(
      store,
      clock,
      accounts.map(({ collection }) => collection),
    );
    await pass(clock, 9);
    // The schedule's own call for the minute that goes on may come as well.
    const atStart = accounts.map(({ seen }) => seen.rounds);
    for (const rounds of atStart) expect([1, 2]).toContain(rounds);
    await pass(clock, 180);
    for (const [index, { seen }] of accounts.entries()) {
      const later = seen.rounds - (atStart[index] ?? 0);
      expect([2, 3, 4]).toContain(later);
    }
  });

  it("never read one account from two processes side by side, though a round takes minutes", async () => {
    const databaseUrl = await newPostgresDatabase();
    const clock = new TestClock(START);
    const gates: (() => void)[] = [];
    const { seen, collection } = account(
      "zendesk",
      () => new Promise((resolve) => gates.push(() => resolve(undefined))),
    );
    for (let n = 0; n < 2; n += 1) {
      const store = await openDatabase({ databaseUrl });
      stores.push(store);
      await start(store, clock, [collection]);
    }
    for (let n = 0; n < 40; n += 1) await clock.tick(3_000);
    expect(seen.rounds).toBe(1);
    for (const open of gates.splice(0)) open();
    await Promise.all(running.map(({ queue }) => queue.settled()));
    for (let n = 0; n < 25; n += 1) await clock.tick(3_000);
    expect(seen).toMatchObject({ rounds: 2, mostAtOnce: 1 });
    for (const open of gates.splice(0)) open();
    await Promise.all(running.map(({ queue }) => queue.settled()));
  });

  it.each([
    { database: "PostgreSQL", within: 40 },
    // Nobody else can be at it, so there is nothing to wait for.
    { database: "PGlite", within: 9 },
  ] as const)(
    "are taken over from a process that died, in $database within $within s",
    async ({ database, within }) => {
      const store = await openFreshStore(database);
      stores.push(store);
      const first = await start(store, new TestClock(START), []);
      await first.queue.stop();
      running.splice(0);
      await dieAtRound(store);

      const { seen, collection } = account("zendesk");
      const clock = new TestClock(START);
      await start(store, clock, [collection]);
      // Nothing but the dead one's job: no minute begins meanwhile on PGlite, and on PostgreSQL none counts while the job is active.
      await pass(clock, within);
      expect(seen.rounds).toBeGreaterThanOrEqual(1);
    },
  );

  it("end what is under way when they are told to stop", async () => {
    const store = await openFreshStore("PGlite");
    stores.push(store);
    const clock = new TestClock(START);
    const aborted = (signal: AbortSignal) =>
      new Promise<undefined>((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));
    const { seen, collection } = account("zendesk", aborted);
    const { jobs, queue, lines } = await start(store, clock, [collection]);
    for (let n = 0; n < 3; n += 1) await clock.tick(3_000);
    expect(seen).toMatchObject({ rounds: 1, atOnce: 1 });
    jobs.stop();
    await queue.settled();
    expect(seen.atOnce).toBe(0);
    expect(lines).toEqual([]);
  });

  it.each([
    { left: 2, rounds: 3 },
    // One job is not for ever: it would expire.
    { left: 99, rounds: 5 },
  ])("go on at once where a round had no time for all: $left more are $rounds rounds", async ({ left, rounds }) => {
    const store = await openFreshStore("PGlite");
    stores.push(store);
    const clock = new TestClock(START);
    let more = left;
    const { seen, collection } = account("zendesk", async () => {
      more -= 1;
      return more >= 0 ? "time" : "rest";
    });
    await start(store, clock, [collection]);
    await pass(clock, 3);
    expect(seen).toMatchObject({ rounds, mostAtOnce: 1 });
  });

  it("do not go on after they are told to stop, whatever is left", async () => {
    const store = await openFreshStore("PGlite");
    stores.push(store);
    const clock = new TestClock(START);
    let stop = () => {};
    const { seen, collection } = account("zendesk", async () => {
      stop();
      return "time";
    });
    const { jobs } = await start(store, clock, [collection]);
    ({ stop } = jobs);
    await pass(clock, 3);
    expect(seen.rounds).toBe(1);
  });

  it("outlive a round that fails, and say so", async () => {
    const store = await openFreshStore("PGlite");
    stores.push(store);
    const clock = new TestClock(START);
    const { seen, collection } = account("zendesk", async () => {
      throw new Error("a bug");
    });
    const { lines } = await start(store, clock, [collection]);
    await pass(clock, 120);
    expect(seen.rounds).toBeGreaterThanOrEqual(2);
    expect(seen.rounds).toBeLessThanOrEqual(4);
    expect(lines).toHaveLength(seen.rounds);
    expect(lines[0]).toMatch(/a bug.*"provider":"zendesk".*tried again in a minute/);
  });

  it("are not called for an account that is not set up any more", async () => {
    const store = await openFreshStore("PGlite");
    stores.push(store);
    const clock = new TestClock(START);
    const gone = await start(store, clock, [account("conductorone").collection]);
    await gone.queue.stop();
    const { queue } = await start(store, clock, [account("zendesk").collection]);
    expect((await queue.boss.getSchedules("collection")).map(({ key }) => key)).toEqual(["zendesk"]);
  });

  /** Takes the account's job, as a process does that is killed a moment later. */
  async function dieAtRound({ queueConnection }: Store): Promise<void> {
    const options =
      queueConnection.kind === "server"
        ? { connectionString: queueConnection.databaseUrl }
        : { db: fromPglite(queueConnection.pglite), backend: "pglite" as const };
    const dying = new PgBoss({ ...options, clock: new TestClock(START), supervise: false, schedule: false });
    await dying.start();
    await dying.send("collection", { provider: "zendesk" }, { singletonKey: "zendesk" });
    expect(await dying.fetch("collection")).toHaveLength(1);
    await dying.stop({ graceful: false });
  }
});
