import { afterEach, describe, expect, it } from "vitest";
import type { Collector } from "../../../src/collect/collector.ts";
import { readCoverage } from "../../../src/store/coverage.ts";
import { findInvocations } from "../../../src/store/invocations.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { DAY_MS, type Desk, noDeadline, openDesk } from "../desk.ts";
import { askedSince, collectionOf, MINUTE_MS, replicaOf } from "./background.ts";

let desk: Desk;
afterEach(() => desk?.close());

/** A replica that stands still before its page of that number, as one does that dies or is put to sleep. */
function standingStillAt(page: number) {
  const replica = replicaOf(desk);
  const still = Promise.withResolvers<void>();
  const awake = Promise.withResolvers<void>();
  let pages = 0;
  const turns: Collector["turns"] = {
    async run(key, signal, task) {
      pages += 1;
      if (pages >= page) {
        still.resolve();
        await awake.promise;
      }
      return replica.turns.run(key, signal, task);
    },
  };
  return { collection: collectionOf({ ...replica, turns }), still: still.promise, wake: () => awake.resolve() };
}

/** All of the retention is there, once, as it truly was at that time. */
async function expectTruth(at: Date): Promise<void> {
  const { db } = desk.collector.store;
  const window = windowOf(at.getTime() - 7 * DAY_MS, at.getTime());
  const counts = { failed: 0, pending: 0, succeeded: 0 };
  for (const { outcome } of await findInvocations(db, { window, asOf: at })) counts[outcome] += 1;
  expect(counts).toEqual(desk.zendesk.truth(window).totals);
  expect([...(await readCoverage(db, "zendesk")).values()]).toEqual(desk.zendesk.webhooks.map(() => [window]));
}

describe("two replicas on one store", () => {
  it.each([3, 20])(
    "lose nothing and double nothing where one stands still at page %i, and goes on when the other has read all",
    async (page) => {
      desk = await openDesk();
      const first = standingStillAt(page);
      const sleeping = first.collection.round(noDeadline());
      await first.still;
      const { length: mark } = desk.zendesk.requests;
      expect(await collectionOf(replicaOf(desk)).round(noDeadline())).toMatchObject({ state: "rest" });
      expect(askedSince(desk, mark).lists).toBe(0);
      await expectTruth(desk.now());
      first.wake();
      expect(await sleeping).toMatchObject({ state: "rest" });
      await expectTruth(desk.now());
    },
  );

  it("gather the evidence of what the other has read, whoever takes the next round", async () => {
    desk = await openDesk();
    const [alive, dying] = [collectionOf(replicaOf(desk)), standingStillAt(1_000)];
    await alive.round(noDeadline());
    expect(await alive.round(noDeadline())).toMatchObject({ evidence: 0, requests: 0 });
    const [struck] = desk.zendesk.webhooks;
    desk.zendesk.startStorm(struck?.id ?? "", "jwt-expired-401", 50);
    desk.pass(30 * MINUTE_MS);
    // It reads of the storm and dies before it has looked into why.
    const stopping = new AbortController();
    const untilEvidence = (path: string) => {
      if (path.includes("/attempts")) stopping.abort();
      return path.includes("/attempts");
    };
    desk.zendesk.fail("hang", { match: untilEvidence });
    expect(await dying.collection.round(stopping.signal)).toMatchObject({ state: "ended" });
    desk.zendesk.heal();
    const { length: mark } = desk.zendesk.requests;
    const { evidence } = await alive.round(noDeadline());
    const asked = askedSince(desk, mark);
    expect(asked.pages).toEqual([]);
    expect(asked.attempts).toBeGreaterThan(0);
    expect(evidence).toBe(asked.attempts);
    expect(await alive.round(noDeadline())).toMatchObject({ evidence: 0, requests: 0 });
  });
});
