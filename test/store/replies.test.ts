import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/database.ts";
import { claimReply, completeReply, releaseReply } from "../../src/store/replies.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";
import { at } from "./examples.ts";

const FIVE_MINUTES_MS = 5 * 60_000;

describe.each(DATABASES)("replies in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  function claim(minute: number, key = "k") {
    const place = { channel: "C1", threadTs: "1.1" };
    return claimReply(store.db, key, { ...place, now: at(minute), staleAfterMs: FIVE_MINUTES_MS });
  }

  it("is claimed by exactly one of twenty who want it at once", async () => {
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(0)));
    expect(claims.filter(({ state }) => state === "claimed")).toHaveLength(1);
    expect(claims.filter(({ state }) => state === "busy")).toHaveLength(19);
  });

  it("is posted once and then named to everybody", async () => {
    expect(await claim(0)).toEqual({ state: "claimed" });
    expect(await claim(1)).toEqual({ state: "busy" });
    await completeReply(store.db, "k", "2.2");
    expect(await claim(999)).toEqual({ state: "posted", messageTs: "2.2" });
    expect(await claim(0, "another")).toEqual({ state: "claimed" });
  });

  it("left behind by a process that died, goes to exactly one of those who find it", async () => {
    await claim(0);
    expect(await claim(4)).toEqual({ state: "busy" });
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(5)));
    expect(claims.filter(({ state }) => state === "abandoned")).toHaveLength(1);
    expect(claims.filter(({ state }) => state === "busy")).toHaveLength(19);
  });

  it("is free again after a release", async () => {
    await claim(0);
    await releaseReply(store.db, "k");
    expect(await claim(0)).toEqual({ state: "claimed" });
  });

  it("is released only by who still has it, or by who found that very message gone", async () => {
    await claim(0);
    await completeReply(store.db, "k", "2.2");
    await completeReply(store.db, "k", "3.3");
    await releaseReply(store.db, "k");
    await releaseReply(store.db, "k", "1.1");
    expect(await claim(1)).toEqual({ state: "posted", messageTs: "2.2" });
    await releaseReply(store.db, "k", "2.2");
    expect(await claim(1)).toEqual({ state: "claimed" });
  });

  it("never ends up with two owners while claims and releases race", async () => {
    const owners = Array.from({ length: 10 }, async () => {
      const { state } = await claim(0);
      if (state === "claimed") await releaseReply(store.db, "k");
      return state;
    });
    const states = await Promise.all(owners);
    expect(states).toContain("claimed");
    expect(await claim(0)).toEqual({ state: "claimed" });
  });
});
