import { setImmediate } from "node:timers";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTemporaryStore, type Store } from "../../../src/store/database.ts";

describe("a row of statements on the embedded database", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTemporaryStore();
  });
  afterAll(() => store.close());

  it("lets sockets and timers have their turn after each", async () => {
    let turns = 0;
    let running = true;
    setImmediate(function turn() {
      turns += 1;
      if (running) setImmediate(turn);
    });
    for (let n = 0; n < 20; n++) await sql`select 1`.execute(store.db);
    const outside = turns;
    await store.db.transaction().execute(async (trx) => {
      for (let n = 0; n < 20; n++) await sql`select 1`.execute(trx);
    });
    running = false;
    expect(outside).toBeGreaterThanOrEqual(20);
    expect(turns - outside).toBeGreaterThanOrEqual(20);
  });

  it("that opens a transaction and fails in it leaves nothing open for whoever comes next", async () => {
    const { queueConnection } = store;
    if (queueConnection.kind !== "pglite") throw new Error("not embedded");
    const failing = queueConnection.pglite.exec("begin; create table gone (); select 1 / 0; commit");
    const next = Array.from({ length: 3 }, () => sql`select 1`.execute(store.db));
    await expect(failing).rejects.toThrow("division by zero");
    expect(await Promise.all(next)).toHaveLength(3);
    expect((await store.db.introspection.getTables()).map(({ name }) => name)).not.toContain("gone");
  });
});
