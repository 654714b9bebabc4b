import { setImmediate } from "node:timers/promises";
import { sql } from "kysely";
import { type Clock, systemClock, TestClock } from "pg-boss";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type JobQueue, startQueue } from "../../src/jobs/queue.ts";
import { openDatabase, openTemporaryStore, type Store, StoreUnusableError } from "../../src/store/database.ts";
import { PacedPGlite } from "../../src/store/embedded/paced-pglite.ts";
import { DATABASES, newPostgresDatabase, openFreshStore } from "../store/databases.ts";
import { logInMemory } from "./virtual-days.ts";

const KIND = { name: "kind", everySeconds: 2 };
const ROUNDS = 5;

describe.each(DATABASES)("the job queue in %s", (database) => {
  let store: Store;
  let queue: JobQueue;
  let clock: TestClock;
  const { lines, log } = logInMemory();
  beforeEach(async () => {
    lines.length = 0;
    store = await openFreshStore(database);
    clock = new TestClock("2026-11-20T09:00Z");
    queue = await startQueue(store, { log, clock });
  });
  afterEach(async () => {
    await queue.stop();
    await store.close();
  });

  it("never comes between the statements of a transaction of ours, nor we between those of its own", async () => {
    let running = true;
    async function write(): Promise<void> {
      for (let n = 0; running; n++) {
        const writing = store.db.transaction().execute(async (trx) => {
          const before = await transactionId(trx);
          await trx
            .insertInto("accounts")
            .values({ provider: `p${n}`, account: "a" })
            .execute();
          await setImmediate();
          expect(await transactionId(trx)).toBe(before);
          if (n % 2 === 0) throw new Error("rolled back");
        });
        await writing.catch((error) => expect(String(error)).toMatch("rolled back"));
      }
    }
    const writer = write();
    // Each of these is several statements between BEGIN and COMMIT, or a write by itself.
    for (let n = 0; n < ROUNDS; n++) {
      const name = `kind-${n}`;
      await queue.work({ ...KIND, name }, async () => {});
      await Promise.all([clock.tick(3_000), queue.boss.schedule(name, "* * * * *", null)]);
    }
    running = false;
    await writer;
    const kept = await store.db.selectFrom("accounts").select("provider").execute();
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter(({ provider }) => Number(provider.slice(1)) % 2 === 0)).toEqual([]);
    expect(await queue.boss.getSchedules()).toHaveLength(ROUNDS);
    expect(lines).toEqual([]);
  });

  it("does a job of each key at a time, and those that come meanwhile not at all", async () => {
    const { promise: release, resolve } = Promise.withResolvers<void>();
    const done: unknown[] = [];
    await queue.work({ ...KIND, atOnce: 2 }, async ({ data }) => {
      done.push(data);
      await release;
    });
    for (const n of [1, 2, 3]) await queue.boss.send(KIND.name, { n }, { singletonKey: "a" });
    await queue.boss.send(KIND.name, { n: 4 }, { singletonKey: "b" });
    await clock.tick(5_000);
    await queue.boss.send(KIND.name, { n: 5 }, { singletonKey: "a" });
    resolve();
    await queue.settled();
    await clock.tick(5_000);
    expect(done).toEqual([{ n: 1 }, { n: 4 }]);
  });

  it("ends only when the jobs that are under way are done, and does nothing from then on", async () => {
    const { promise: release, resolve } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    let isDone = false;
    await queue.work(KIND, async () => {
      begin();
      await release;
      await transactionId(store.db);
      isDone = true;
    });
    await queue.boss.send(KIND.name);
    await clock.tick(3_000);
    await begun;
    const stopping = Promise.all([queue.stop(), queue.stop()]);
    expect(isDone).toBe(false);
    resolve();
    await stopping;
    expect(isDone).toBe(true);
    await store.close();
    await clock.tick(60_000);
    expect(lines).toEqual([]);
  });
});

describe("the job queue", () => {
  it("logs what fails when the database is gone, a line a minute of each kind, and goes on", async () => {
    const store = await openTemporaryStore();
    const { lines, log } = logInMemory();
    const clock = fastClock(100);
    const queue = await startQueue(store, { log, clock });
    await queue.work({ ...KIND, atOnce: 3 }, async () => {});
    const { queueConnection } = store;
    if (queueConnection.kind !== "pglite" || !(queueConnection.pglite instanceof PacedPGlite))
      throw new Error("not ours");
    queueConnection.pglite.refuse(new Error("the folder is lost"));
    const goneAtMs = clock.now();
    await vi.waitFor(() => expect(clock.now() - goneAtMs).toBeGreaterThan(130_000), { timeout: 10_000 });
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.length).toBeLessThanOrEqual(3);
    expect(lines.at(-1)).toMatch(/"level":"error".*the folder is lost.*"leftOut":[1-9]/);
    await queue.stop();
  });

  it("is made once by three processes that start together on an empty database", async () => {
    const databaseUrl = await newPostgresDatabase();
    const stores = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl })));
    const { lines, log } = logInMemory();
    const queues = await Promise.all(stores.map((store) => startQueue(store, { log })));
    await Promise.all(queues.map((queue) => queue.work(KIND, async () => {})));
    await Promise.all(queues.map((queue) => queue.stop()));
    await Promise.all(stores.map((store) => store.close()));
    expect(lines).toEqual([]);
  });

  it("says what to check where it may not make its tables", async () => {
    const databaseUrl = await newPostgresDatabase();
    const store = await openDatabase({ databaseUrl });
    const limited = new URL(databaseUrl);
    const user = `limited${limited.pathname.slice(1)}`;
    await sql`create role ${sql.id(user)} login`.execute(store.db);
    limited.username = user;
    const refused = startQueue(
      { ...store, queueConnection: { kind: "server", databaseUrl: limited.href } },
      { log: logInMemory().log },
    );
    await expect(refused).rejects.toThrow(StoreUnusableError);
    await expect(refused).rejects.toThrow(/permission denied.*what the user of DATABASE_URL may do/);
    await store.close();
  });
});

async function transactionId(db: Store["db"]): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(db);
  return rows[0]?.id;
}

/** The system's clock, so many times as fast. */
function fastClock(times: number): Clock {
  const startMs = Date.now();
  return {
    ...systemClock,
    now: () => startMs + (Date.now() - startMs) * times,
    setTimeout: (act, ms) => setTimeout(act, ms / times),
    setInterval: (act, ms) => setInterval(act, ms / times),
  };
}
