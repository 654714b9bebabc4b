import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { lockAttemptReads } from "../../src/store/attempt-reads.ts";
import { readAttempts, saveAttempts } from "../../src/store/attempts.ts";
import { readCoverage } from "../../src/store/coverage.ts";
import type { Store } from "../../src/store/database.ts";
import { claimSlot, finishSlot, lastDoneSlots } from "../../src/store/digest-slots.ts";
import { findInvocations, saveInvocationPage } from "../../src/store/invocations.ts";
import { claimReply } from "../../src/store/replies.ts";
import { purgeBefore } from "../../src/store/retention.ts";
import { addSubscription, endSubscription, listSubscriptions } from "../../src/store/subscriptions.ts";
import { listWebhooks, saveWebhooks } from "../../src/store/webhooks.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";
import { at, attempt, invocation, span, subscription, webhook } from "./examples.ts";

const ZENDESK = { provider: "zendesk", webhookId: "w1" };

describe.each(DATABASES)("retention in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  it("forgets what is older and nothing else", async () => {
    const rows = [
      invocation({ id: "old", createdAt: at(9) }),
      invocation({ id: "completed-later", createdAt: at(1), latestCompletedAt: at(11) }),
      invocation({ id: "new", createdAt: at(10) }),
    ];
    for (const covered of [span(0, 5), span(8, 20)]) {
      await saveInvocationPage(store.db, { ...ZENDESK, invocations: rows, covered });
    }
    for (const id of ["old", "new", "asked-by-id"]) {
      await saveAttempts(store.db, { ...ZENDESK, id }, [attempt(), attempt({ index: 1 })], at(9));
    }
    for (const minute of [9, 10]) {
      const place = { channel: "C1", threadTs: "1.1", staleAfterMs: 1 };
      await claimReply(store.db, `claimed at ${minute}`, { ...place, now: at(minute) });
    }
    await saveWebhooks(store.db, "zendesk", [webhook(), webhook({ id: "w2" })], at(0));
    await saveWebhooks(store.db, "zendesk", [webhook()], at(9));

    expect(await purgeBefore(store.db, at(10))).toEqual({
      invocations: 1,
      attempts: 4,
      coverage: 2,
      replies: 1,
      webhooks: 1,
      subscriptions: 0,
      digestSlots: 0,
    });
    const found = await findInvocations(store.db, { window: span(0, 100), asOf: at(100) });
    expect(found.map(({ id }) => id)).toEqual(["completed-later", "new"]);
    expect(await readCoverage(store.db, "zendesk")).toEqual(new Map([["w1", [span(10, 20)]]]));
    expect(await readAttempts(store.db, { ...ZENDESK, id: "old" })).toBeUndefined();
    expect(await readAttempts(store.db, { ...ZENDESK, id: "asked-by-id" })).toBeUndefined();
    expect((await readAttempts(store.db, { ...ZENDESK, id: "new" }))?.attempts).toHaveLength(2);
    expect((await listWebhooks(store.db)).map(({ id }) => id)).toEqual(["w1"]);
    expect(new Set(Object.values(await purgeBefore(store.db, at(10))))).toEqual(new Set([0]));
  });

  it("forgets what was found out together with what it is about", async () => {
    const rows = ["old", "new"].map((id, n) => invocation({ id, createdAt: at(n === 0 ? 1 : 20) }));
    await saveInvocationPage(store.db, { ...ZENDESK, invocations: rows });
    for (const id of ["old", "new", "asked-by-id"]) {
      await saveAttempts(store.db, { ...ZENDESK, id }, [attempt({ statusCode: 500 })], at(2));
      await store.db
        .insertInto("regroupings")
        .values({
          provider: "zendesk",
          webhook_id: "w1",
          invocation_id: id,
          from_cause_id: "http-500",
          to_cause_id: "other",
          from_rules: 1,
          to_rules: 2,
          regrouped_at: at(3),
        })
        .execute();
    }
    await purgeBefore(store.db, at(10));
    for (const table of ["diagnoses", "regroupings", "attempt_reads"] as const) {
      const kept = await store.db.selectFrom(table).select("invocation_id").execute();
      expect(new Set(kept.map(({ invocation_id }) => invocation_id)), table).toEqual(new Set(["new"]));
    }
  });

  it("forgets digests, but of each live subscription never the last one that is done", async () => {
    await addSubscription(store.db, subscription({ id: "live", createdAt: at(0) }));
    await addSubscription(store.db, subscription({ id: "ended", createdAt: at(0) }));
    await endSubscription(store.db, "ended", at(5));
    for (const subscriptionId of ["live", "ended"]) {
      for (const minute of [1, 2, 3, 4]) {
        const slot = { subscriptionId, dueAt: at(minute) };
        await claimSlot(store.db, slot, at(minute));
        if (minute < 4) await finishSlot(store.db, slot, { state: "silent", now: at(minute) });
      }
    }
    const kept = await lastDoneSlots(store.db, ["live"]);
    expect(await purgeBefore(store.db, at(10))).toMatchObject({ subscriptions: 1, digestSlots: 7 });
    expect(await lastDoneSlots(store.db, ["live", "ended"])).toEqual(kept);
    expect((await listSubscriptions(store.db)).map(({ id }) => id)).toEqual(["live"]);
    expect(await purgeBefore(store.db, at(10))).toMatchObject({ subscriptions: 0, digestSlots: 0 });
  });

  it("stops between two batches when it is told to", async () => {
    const rows = Array.from({ length: 1_500 }, (_, n) => invocation({ id: `i${n}`, createdAt: at(0) }));
    await saveInvocationPage(store.db, { ...ZENDESK, invocations: rows });
    await expect(purgeBefore(store.db, at(4), AbortSignal.abort(new Error("stopping")))).rejects.toThrow("stopping");
    expect(await findInvocations(store.db, { window: span(0, 100), asOf: at(100) })).toHaveLength(1_500);
  });

  it("goes through more rows than one batch holds", async () => {
    const rows = Array.from({ length: 2_500 }, (_, n) => invocation({ id: `i${n}`, createdAt: at(n % 5) }));
    await saveInvocationPage(store.db, { ...ZENDESK, invocations: rows });
    expect(await purgeBefore(store.db, at(4))).toMatchObject({ invocations: 2_000 });
    expect(await findInvocations(store.db, { window: span(0, 100), asOf: at(100) })).toHaveLength(500);
  });
});

describe("retention beside others that write of the same", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore("PostgreSQL");
  });
  afterAll(() => store.close());

  it("waits for them, and they never for it in a circle", async () => {
    // The oldest comes last in the order in which invocations are taken.
    const rows = ["i1", "i2", "i3"].map((id, n) => invocation({ id, createdAt: at(3 - n) }));
    await saveInvocationPage(store.db, { ...ZENDESK, invocations: rows });
    for (const { id } of rows.toReversed()) {
      await saveAttempts(store.db, { ...ZENDESK, id }, [attempt({ statusCode: 500 })], at(4));
    }
    const refs = rows.map(({ id }) => ({ provider: "zendesk", webhook_id: "w1", invocation_id: id }));
    let purge: Promise<unknown> = Promise.resolve();
    await store.db.transaction().execute(async (trx) => {
      await lockAttemptReads(trx, refs.slice(0, 1));
      purge = purgeBefore(store.db, at(10));
      await vi.waitFor(async () => {
        const { rows: waiting } = await sql`select from pg_locks where not granted`.execute(store.db);
        expect(waiting).not.toHaveLength(0);
      });
      await trx.updateTable("attempts").set({ masked_count: 1 }).where("invocation_id", "=", "i1").execute();
      await lockAttemptReads(trx, refs);
    });
    expect(await purge).toMatchObject({ invocations: 3, attempts: 3 });
  });
});
