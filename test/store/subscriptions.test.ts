import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/database.ts";
import {
  type Added,
  addSubscription,
  endSubscription,
  findSubscription,
  listSubscriptions,
  markDeliverable,
  markUndeliverable,
  type StoredSubscription,
} from "../../src/store/subscriptions.ts";
import type { DigestSchedule, DigestSubscription } from "../../src/triage/digest/subscription.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";
import { at, subscription } from "./examples.ts";

const days: DigestSchedule["days"][] = ["every_day", "weekdays", 0, 1, 2, 3, 4, 5, 6];

const subscriptions: fc.Arbitrary<DigestSubscription> = fc
  .record({
    channel: fc.string({ minLength: 1 }),
    schedule: fc.record({
      days: fc.constantFrom(...days),
      minuteOfDay: fc.integer({ min: 0, max: 1439 }),
      timeZone: fc.constantFrom("UTC", "Europe/Berlin"),
    }),
    terms: fc.string(),
    allClear: fc.constantFrom<DigestSubscription["allClear"][]>("line", "silent"),
    createdBy: fc.string({ minLength: 1 }),
    createdAt: fc.integer({ min: 0, max: 1_000 }).map(at),
  })
  .map((fields) => subscription(fields));

describe.each(DATABASES)("subscriptions in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  async function numbered(channel: string): Promise<string[]> {
    return (await listSubscriptions(store.db, { channel })).map(({ number, id }) => `${number} ${id}`);
  }

  it("come back as they were kept", async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(subscriptions, async (fields) => {
        const kept = { ...fields, id: `s${runs++}` };
        const added = await addSubscription(store.db, kept);
        expect(added).toEqual({ state: "added", subscription: { ...kept, number: expect.any(Number) } });
        expect(await findSubscription(store.db, kept.id)).toEqual(subscriptionOf(added));
      }),
      { numRuns: 25 },
    );
  });

  it("are listed by their number in one channel, and oldest first in all", async () => {
    await addSubscription(store.db, subscription({ id: "c", channel: "C1", createdAt: at(2) }));
    await addSubscription(store.db, subscription({ id: "b", channel: "C1", createdAt: at(1) }));
    await addSubscription(store.db, subscription({ id: "a", channel: "C1", createdAt: at(1) }));
    await addSubscription(store.db, subscription({ id: "d", channel: "C2", createdAt: at(0) }));
    expect((await listSubscriptions(store.db)).map(({ id }) => id)).toEqual(["d", "a", "b", "c"]);
    expect(await numbered("C1")).toEqual(["1 c", "2 b", "3 a"]);
    expect(await numbered("C2")).toEqual(["1 d"]);
    expect(await numbered("C3")).toEqual([]);
  });

  it("keep their numbers when one before them ends, and a new one gets the next", async () => {
    for (const id of ["a", "b", "c"]) await addSubscription(store.db, subscription({ id }));
    await endSubscription(store.db, "a", at(1));
    expect(await numbered("C1")).toEqual(["2 b", "3 c"]);
    await addSubscription(store.db, subscription({ id: "d" }));
    expect(await numbered("C1")).toEqual(["2 b", "3 c", "4 d"]);
    expect(await findSubscription(store.db, "d")).toMatchObject({ number: 4 });
  });

  it("stay as they are when the same one is kept again", async () => {
    await addSubscription(store.db, subscription({ terms: "first" }));
    expect(await addSubscription(store.db, subscription({ terms: "second" }))).toMatchObject({
      state: "there",
      subscription: { terms: "first", number: 1 },
    });
    expect((await listSubscriptions(store.db)).map(({ terms }) => terms)).toEqual(["first"]);
  });

  it.each<[string, Partial<DigestSubscription>]>([
    ["the all-clear", { allClear: "silent" }],
    ["who wished", { createdBy: "U2", createdAt: at(9) }],
  ])("stand once for the same wish but for %s", async (_, changes) => {
    const terms = longTerms("a");
    await addSubscription(store.db, subscription({ id: "a", terms }));
    expect(await addSubscription(store.db, subscription({ id: "b", terms, ...changes }))).toEqual({
      state: "there",
      subscription: { ...subscription({ id: "a", terms }), number: 1 },
    });
    await endSubscription(store.db, "a", at(1));
    expect(await addSubscription(store.db, subscription({ id: "b", terms, ...changes }))).toMatchObject({
      state: "added",
      subscription: { id: "b", number: 1 },
    });
  });

  it.each<[string, Partial<DigestSubscription>]>([
    ["in another channel", { channel: "C2" }],
    ["for other terms", { terms: longTerms("b") }],
    ["for another zone", { schedule: { days: "every_day", minuteOfDay: 540, timeZone: "UTC" } }],
    ["for another minute", { schedule: { days: "every_day", minuteOfDay: 541, timeZone: "Europe/Berlin" } }],
    ["for other days", { schedule: { days: "weekdays", minuteOfDay: 540, timeZone: "Europe/Berlin" } }],
  ])("stand beside each other %s", async (_, changes) => {
    const terms = longTerms("a");
    await addSubscription(store.db, subscription({ id: "a", terms }));
    const { state } = await addSubscription(store.db, subscription({ id: "b", terms, ...changes }));
    expect(state).toBe("added");
  });

  it("are one of the same wish, whoever wishes at the same moment", async () => {
    const wishes = Array.from({ length: 8 }, (_, index) => subscription({ id: `s${index}`, terms: "code:5xx" }));
    const added = await Promise.all(wishes.map((wish) => addSubscription(store.db, wish)));
    expect(added.map(({ state }) => state).toSorted()).toEqual(["added", ...Array(7).fill("there")]);
    const [one] = await listSubscriptions(store.db);
    expect(added.map((each) => subscriptionOf(each)?.id)).toEqual(Array(8).fill(one?.id));
  });

  it("are never more than may be, whoever wishes at the same moment, and each has a number of its own", async () => {
    const wishes = Array.from({ length: 12 }, (_, index) => subscription({ id: `s${index}` }));
    const added = await Promise.all(wishes.map((wish) => addSubscription(store.db, wish, { most: 5 })));
    expect(added.filter(({ state }) => state === "full")).toHaveLength(7);
    expect((await listSubscriptions(store.db, { channel: "C1" })).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  });

  it("of one number or one wish cannot stand twice in a channel, whoever writes them", async () => {
    await addSubscription(store.db, subscription({ id: "a" }));
    const row = await store.db.selectFrom("subscriptions").selectAll().executeTakeFirstOrThrow();
    const insert = (changes: object) =>
      store.db
        .insertInto("subscriptions")
        .values({ ...row, id: "b", ...changes })
        .execute();
    await expect(insert({ number: 2 })).rejects.toThrow("subscriptions_wish");
    await expect(insert({ terms: "" })).rejects.toThrow("subscriptions_number");
  });

  it("end once, and are then no more", async () => {
    await addSubscription(store.db, subscription({ id: "a" }));
    const ends = await Promise.all(Array.from({ length: 5 }, () => endSubscription(store.db, "a", at(1))));
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect(await findSubscription(store.db, "a")).toBeUndefined();
    expect(await listSubscriptions(store.db)).toEqual([]);
    expect(await endSubscription(store.db, "never kept", at(1))).toBe(false);
  });

  it("say since when and why they cannot be delivered, until they can", async () => {
    await addSubscription(store.db, subscription({ id: "a" }));
    const first = { since: at(1), reason: "is_archived" };
    expect(await markUndeliverable(store.db, "a", first)).toBe(true);
    expect(await markUndeliverable(store.db, "a", { since: at(2), reason: "not_in_channel" })).toBe(false);
    expect(await findSubscription(store.db, "a")).toMatchObject({ undeliverable: first });
    await markDeliverable(store.db, "a");
    expect(await findSubscription(store.db, "a")).toEqual({ ...subscription({ id: "a" }), number: 1 });
    expect(await markUndeliverable(store.db, "a", first)).toBe(true);
  });
});

function subscriptionOf(added: Added): StoredSubscription | undefined {
  return added.state === "full" ? undefined : added.subscription;
}

/** Too long for an index, and of letters that do not repeat. */
function longTerms(ending: string): string {
  const words = Array.from({ length: 900 }, (_, index) => ((index * 7_919) % 46_656).toString(36));
  return `${words.join(" ")} ${ending}`;
}
