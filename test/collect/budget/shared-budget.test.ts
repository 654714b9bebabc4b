import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PausedError } from "../../../src/providers/budget.ts";
import { SharedUrgency, type Urgency } from "../../../src/providers/urgency.ts";
import { readBudget } from "../../../src/store/budgets.ts";
import type { Store } from "../../../src/store/database.ts";
import { DATABASES, emptyStore, openEmptyStore, openFreshStore } from "../../store/databases.ts";
import { Replicas } from "./replicas.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function times<Result>(count: number, make: () => Result): Result[] {
  return Array.from({ length: count }, make);
}

describe.each(DATABASES)("a budget that replicas share in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  it("takes the permits of all who wait at one visit to the store, and writes no answer that tells nothing new", async () => {
    const replicas = await Replicas.open(store, 1, 100);
    await Promise.all(times(20, () => replicas.take(0)));
    expect(replicas.visits).toBe(1);
    for (let left = 99; left >= 80; left -= 1)
      replicas.budget(0).learn({ at: new Date(replicas.nowMs), limitPerMinute: 100, remaining: left });
    await replicas.settled();
    expect(replicas.visits).toBe(1);
    expect(replicas.budget(0).spare).toBe(80);
  });

  it("serves people first, gives background work its share, and never grants more than the limit to both together", async () => {
    const replicas = await Replicas.open(store, 2, 20);
    const startMs = replicas.nowMs;
    const asked = [0, 1].flatMap((replica) => [
      ...times(10, () => replicas.take(replica, "background")),
      ...times(25, () => replicas.take(replica)),
    ]);
    await replicas.pass(10 * MINUTE);
    await Promise.all(asked);
    expect(replicas.taken).toHaveLength(70);
    expect(replicas.mostInAMinute).toBeLessThanOrEqual(20);
    const inFirstMinutes = replicas.taken.filter(({ atMs }) => atMs < startMs + 2 * MINUTE);
    expect(inFirstMinutes.filter(({ urgency }) => urgency === "waiting").length).toBeGreaterThanOrEqual(36);
    expect(inFirstMinutes.filter(({ urgency }) => urgency === "background").length).toBeGreaterThanOrEqual(3);
  });

  it("of 1 a minute gives both their turns", async () => {
    const replicas = await Replicas.open(store, 2, 1);
    const asked = [...times(9, () => replicas.take(0)), ...times(2, () => replicas.take(1, "background"))];
    await replicas.pass(12 * MINUTE);
    await Promise.all(asked);
    expect(replicas.mostInAMinute).toBe(1);
    const first = replicas.taken.slice(0, 7).map(({ urgency }) => urgency);
    expect(first.filter((urgency) => urgency === "background").length).toBeGreaterThanOrEqual(1);
    expect(first.filter((urgency) => urgency === "waiting").length).toBeGreaterThanOrEqual(4);
  });

  it("lets whoever gives up go at once, and the others have their turn", async () => {
    const replicas = await Replicas.open(store, 1, 2);
    const leaving = new AbortController();
    await Promise.all([replicas.take(0), replicas.take(0)]);
    const gone = replicas.take(0, "waiting", leaving.signal);
    const staying = replicas.take(0);
    await replicas.settled();
    leaving.abort(new Error("no time"));
    await expect(gone).rejects.toThrow("no time");
    await replicas.pass(2 * MINUTE);
    await staying;
    expect(await readBudget(store.db, "acme")).toMatchObject({ queues: {} });
    await expect(replicas.take(0, "waiting", leaving.signal)).rejects.toThrow("no time");
  });

  it("loses no more than the permits that a replica has taken when it dies", async () => {
    const replicas = await Replicas.open(store, 2, 10);
    const dead = new Replicas(store, 1);
    dead.nowMs = replicas.nowMs;
    await Promise.all(times(10, () => dead.take(0)));
    // It has five more waiting, and is not heard of again.
    for (const lost of times(5, () => dead.take(0))) lost.catch(() => undefined);
    await dead.settled();
    const alive = times(10, () => replicas.take(1));
    await replicas.pass(MINUTE + SECOND);
    await Promise.all(alive);
  });

  it("is paused for all by a refusal that one has met", async () => {
    const replicas = await Replicas.open(store, 2, 100);
    const until = new Date(replicas.nowMs + 20 * SECOND);
    await replicas.refuse(0, until);
    expect(replicas.budget(0)).toMatchObject({ pausedUntil: until, spare: 0 });
    const held = replicas.take(1);
    await replicas.pass(19 * SECOND);
    expect(replicas.taken).toEqual([]);
    await replicas.pass(SECOND);
    expect(await held).toBe(until.getTime());
    expect(replicas.budget(1).pausedUntil).toBeUndefined();
  });

  it("keeps nobody waiting for a pause longer than 90 seconds", async () => {
    const replicas = await Replicas.open(store, 2, 1);
    await replicas.take(0);
    const held = replicas.take(0);
    const told = expect(held).rejects.toThrow(PausedError);
    await replicas.settled();
    const until = new Date(replicas.nowMs + 91 * SECOND);
    await replicas.refuse(0, until);
    await told;
    await expect(replicas.take(1)).rejects.toMatchObject({ until });
    await replicas.pass(91 * SECOND);
    await replicas.take(1);
  });

  it("hurries work that a person has come to wait for", async () => {
    const replicas = await Replicas.open(store, 1, 10);
    await Promise.all(times(8, () => replicas.take(0)));
    await replicas.take(0, "background");
    const shared = new SharedUrgency();
    const read = shared.run(() => replicas.take(0));
    await replicas.settled();
    expect(replicas.taken).toHaveLength(9);
    const askedMs = replicas.nowMs;
    const leave = shared.join();
    expect(await read).toBe(askedMs);
    leave();
  });

  it("tells those who wait that the store has failed", async () => {
    const closed = await openFreshStore(database);
    await closed.close();
    const replicas = new Replicas(closed, 1);
    await expect(replicas.take(0)).rejects.toThrow();
    await expect(replicas.take(0)).rejects.toThrow();
  });

  it("never grants more than its limit in any minute, however takes interleave", async () => {
    const urgency = fc.constantFrom<Urgency>("waiting", "background");
    const step = fc.record({ replica: fc.nat(1), urgency, count: fc.nat(9), thenMs: fc.nat(25_000) });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 12 }), fc.array(step, { maxLength: 8 }), async (limit, steps) => {
        const replicas = await Replicas.open(store, 2, limit);
        const asked: Promise<number>[] = [];
        for (const { replica, urgency, count, thenMs } of steps) {
          asked.push(...times(count, () => replicas.take(replica, urgency)));
          await replicas.pass(thenMs);
        }
        await replicas.pass(60 * MINUTE);
        await Promise.all(asked);
        expect(replicas.mostInAMinute).toBeLessThanOrEqual(limit);
      }),
      { numRuns: database === "PGlite" ? 12 : 6 },
    );
  });
});
