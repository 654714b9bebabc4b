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
});
