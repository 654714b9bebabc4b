import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/database.ts";
import {
  beginPosting,
  claimSlot,
  finishSlot,
  lastDoneSlots,
  lastToldSlot,
  type SlotEnd,
  uncertainSlots,
  withdrawPosting,
} from "../../src/store/digest-slots.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";
import { at } from "./examples.ts";

describe.each(DATABASES)("digest slots in %s", (database) => {
  const slot = { subscriptionId: "s1", dueAt: at(0) };
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  function claim(minute = 1) {
    return claimSlot(store.db, slot, at(minute));
  }

  it("are fresh to exactly one of ten who claim one at once", async () => {
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim()));
    expect(claims.filter(({ state }) => state === "fresh")).toHaveLength(1);
    expect(claims.filter(({ state }) => state === "resumed")).toHaveLength(9);
  });

  it("are told apart by what may stand in the channel when a process died", async () => {
    expect(await claim()).toEqual({ state: "fresh" });
    expect(await claim()).toEqual({ state: "resumed" });
    expect(await beginPosting(store.db, slot, at(2))).toBe(true);
    expect(await claim()).toEqual({ state: "uncertain", postingAt: at(2) });
    await withdrawPosting(store.db, slot, at(2));
    expect(await claim()).toEqual({ state: "resumed" });
    expect(await beginPosting(store.db, slot, at(3))).toBe(true);
    await finishSlot(store.db, slot, { state: "posted", postingAt: at(3), messageTs: "1.1", now: at(4) });
    expect(await claim()).toEqual({ state: "done" });
  });

  it("are posted by one of ten who begin at once, and by one of ten who looked and found nothing", async () => {
    await claim();
    const begun = Array.from({ length: 10 }, () => beginPosting(store.db, slot, at(2)));
    expect((await Promise.all(begun)).filter(Boolean)).toHaveLength(1);
    const again = Array.from({ length: 10 }, (_, n) => beginPosting(store.db, slot, at(3 + n), at(2)));
    expect((await Promise.all(again)).filter(Boolean)).toHaveLength(1);
    expect(await beginPosting(store.db, slot, at(20))).toBe(false);
  });

  it("are neither finished nor given back by one whose posting somebody else took over", async () => {
    await claim();
    await beginPosting(store.db, slot, at(2));
    await beginPosting(store.db, slot, at(3), at(2));
    await withdrawPosting(store.db, slot, at(2));
    for (const postingAt of [undefined, at(2)]) {
      await finishSlot(store.db, slot, { state: "undeliverable", ...(postingAt && { postingAt }), now: at(4) });
    }
    expect(await claim()).toEqual({ state: "uncertain", postingAt: at(3) });
    await finishSlot(store.db, slot, { state: "posted", postingAt: at(3), messageTs: "1.1", now: at(4) });
    expect(await claim()).toEqual({ state: "done" });
  });

  it.each<[SlotEnd, boolean]>([
    ["posted", true],
    ["silent", true],
    ["undeliverable", false],
  ])("that ended as %s told: %s", async (state, told) => {
    expect(await lastToldSlot(store.db, "s1")).toBeUndefined();
    for (const [minute, end] of [
      [0, "posted"],
      [10, state],
    ] as const) {
      const ref = { subscriptionId: "s1", dueAt: at(minute) };
      await claimSlot(store.db, ref, at(minute));
      await finishSlot(store.db, ref, { state: end, now: at(minute + 1) });
    }
    expect(await lastToldSlot(store.db, "s1")).toEqual(told ? at(10) : at(0));
  });

  it("are uncertain from when they were begun until they are done", async () => {
    for (const minute of [0, 10, 20, 30, 40]) {
      const ref = { subscriptionId: "s1", dueAt: at(minute) };
      await claimSlot(store.db, ref, at(minute));
      if (minute !== 20) await beginPosting(store.db, ref, at(minute + 1));
    }
    const between = { from: at(0), to: at(40) };
    expect(await uncertainSlots(store.db, "s1", between)).toEqual([
      { dueAt: at(30), postingAt: at(31) },
      { dueAt: at(10), postingAt: at(11) },
    ]);
    const ref = { subscriptionId: "s1", dueAt: at(30) };
    await finishSlot(store.db, ref, { state: "posted", postingAt: at(31), messageTs: "1.1", now: at(32) });
    expect(await uncertainSlots(store.db, "s1", between)).toEqual([{ dueAt: at(10), postingAt: at(11) }]);
  });

  it("stay done, however they were done", async () => {
    await claim();
    await finishSlot(store.db, slot, { state: "silent", now: at(2) });
    await finishSlot(store.db, slot, { state: "posted", messageTs: "1.1", now: at(3) });
    await withdrawPosting(store.db, slot, at(2));
    expect(await beginPosting(store.db, slot, at(4))).toBe(false);
    expect(await claim()).toEqual({ state: "done" });
    const done = await lastDoneSlots(store.db, ["s1"]);
    expect(done.get("s1")).toEqual({ dueAt: at(0), state: "silent", finishedAt: at(2) });
  });

  it("tell the latest that is done of each subscription", async () => {
    for (const [subscriptionId, minute] of [
      ["s1", 0],
      ["s1", 10],
      ["s2", 5],
      ["s3", 5],
    ] as const) {
      const ref = { subscriptionId, dueAt: at(minute) };
      await claimSlot(store.db, ref, at(minute));
      await finishSlot(store.db, ref, { state: "posted", messageTs: `${minute}.1`, now: at(minute + 1) });
    }
    await claimSlot(store.db, { subscriptionId: "s1", dueAt: at(20) }, at(20));
    expect(await lastDoneSlots(store.db, ["s1", "s2", "s4"])).toEqual(
      new Map([
        ["s1", { dueAt: at(10), state: "posted", messageTs: "10.1", finishedAt: at(11) }],
        ["s2", { dueAt: at(5), state: "posted", messageTs: "5.1", finishedAt: at(6) }],
      ]),
    );
    expect(await lastDoneSlots(store.db, [])).toEqual(new Map());
  });
});
