import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/database.ts";
import {
  addSubscription,
  endSubscription,
  findSubscription,
  listSubscriptions,
  markDeliverable,
  markUndeliverable,
} from "../../src/store/subscriptions.ts";
import type { DigestSchedule, DigestSubscription } from "../../src/triage/digest/subscription.ts";
import { DATABASES, emptyStore, openFreshStore } from "./databases.ts";
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
    store = await openFreshStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  it("come back as they were kept", async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(subscriptions, async (fields) => {
        const kept = { ...fields, id: `s${runs++}` };
        await addSubscription(store.db, kept);
        expect(await findSubscription(store.db, kept.id)).toEqual(kept);
      }),
      { numRuns: 25 },
    );
  });

  it("are listed oldest first, of one channel or of all", async () => {
    await addSubscription(store.db, subscription({ id: "c", channel: "C1", createdAt: at(2) }));
    await addSubscription(store.db, subscription({ id: "b", channel: "C1", createdAt: at(1) }));
    await addSubscription(store.db, subscription({ id: "a", channel: "C1", createdAt: at(1) }));
    await addSubscription(store.db, subscription({ id: "d", channel: "C2", createdAt: at(0) }));
    expect((await listSubscriptions(store.db)).map(({ id }) => id)).toEqual(["d", "a", "b", "c"]);
    expect((await listSubscriptions(store.db, { channel: "C1" })).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(await listSubscriptions(store.db, { channel: "C3" })).toEqual([]);
  });

  it("stay as they are when the same one is kept again", async () => {
    await addSubscription(store.db, subscription({ terms: "first" }));
    await addSubscription(store.db, subscription({ terms: "second" }));
    expect((await listSubscriptions(store.db)).map(({ terms }) => terms)).toEqual(["first"]);
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
    expect(await findSubscription(store.db, "a")).toEqual(subscription({ id: "a" }));
    expect(await markUndeliverable(store.db, "a", first)).toBe(true);
  });
});
