import { fromPglite, PgBoss, TestClock } from "pg-boss";
import { afterEach, describe, expect, it } from "vitest";
import { openDatabase, type Store } from "../../src/store/database.ts";
import { newPostgresDatabase, openFreshStore } from "../store/databases.ts";
import { subscription } from "../store/examples.ts";
import { startVirtualDays, type VirtualDays } from "./virtual-days.ts";

const START = "2026-11-20T07:00Z";
const SLOT = "2026-11-20T08:00Z";

describe("digests of several processes", () => {
  const running: VirtualDays[] = [];
  const stores: Store[] = [];
  afterEach(async () => {
    for (const days of running.splice(0)) await days.stop();
    for (const store of stores.splice(0)) await store.close();
  });

  async function start(store: Store, clock: TestClock): Promise<VirtualDays> {
    const days = await startVirtualDays(store, START, { clock });
    running.push(days);
    return days;
  }

  it("come once from three on one PostgreSQL, whichever of them it is", async () => {
    const databaseUrl = await newPostgresDatabase();
    const clock = new TestClock(START);
    const replicas: VirtualDays[] = [];
    for (let n = 0; n < 3; n++) {
      const store = await openDatabase({ databaseUrl });
      stores.push(store);
      replicas.push(await start(store, clock));
    }
    const ids = Array.from({ length: 6 }, (_, n) => `s${n}`);
    for (const id of ids) await replicas[0]?.subscribe(subscription({ id, createdAt: new Date(START) }));
    await clock.setTime(SLOT);
    for (let n = 0; n < 6; n++) {
      for (const days of replicas) await days.pass(3);
    }
    expect(replicas.flatMap(({ calls }) => calls.map(({ id }) => id)).sort()).toEqual(ids);
    expect(replicas.flatMap(({ digests }) => digests.map(({ id }) => id)).sort()).toEqual(ids);
  });

  it.each([
    { database: "PostgreSQL", within: 40 },
    // Nobody else can be at it, so there is nothing to wait for.
    { database: "PGlite", within: 6 },
  ] as const)("come from another after one died at it, in $database within $within s", async ({ database, within }) => {
    const store = await openFreshStore(database);
    stores.push(store);
    const first = await start(store, new TestClock(START));
    await first.subscribe(subscription({ id: "s1", createdAt: new Date(START) }));
    await first.stop();
    await dieAtJob(store, "s1");

    const second = await start(store, new TestClock(SLOT));
    await second.pass(within);
    expect(second.digests).toEqual([{ id: "s1", dueAt: "2026-11-20T08:00:00.000Z" }]);
  });

  /** Takes a digest's job, as a process does that is killed a moment later. */
  async function dieAtJob({ queueConnection }: Store, subscriptionId: string): Promise<void> {
    const options =
      queueConnection.kind === "server"
        ? { connectionString: queueConnection.databaseUrl }
        : { db: fromPglite(queueConnection.pglite), backend: "pglite" as const };
    const clock = new TestClock(SLOT);
    const dying = new PgBoss({ ...options, clock, supervise: false, schedule: false });
    await dying.start();
    await dying.send("digest", { subscriptionId }, { singletonKey: subscriptionId });
    expect(await dying.fetch("digest")).toHaveLength(1);
    await dying.stop({ graceful: false });
  }
});
