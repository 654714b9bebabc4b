import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useAccounts } from "../../src/store/accounts.ts";
import type { Store } from "../../src/store/database.ts";
import { saveInvocationPage } from "../../src/store/invocations.ts";
import {
  endPause,
  readFailedLately,
  readLatelyDone,
  readPause,
  readPolls,
  savePause,
  savePolls,
} from "../../src/store/polls.ts";
import { purgeBefore } from "../../src/store/retention.ts";
import { saveWebhooks } from "../../src/store/webhooks.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";
import { at, invocation, webhook } from "./examples.ts";

describe.each(DATABASES)("polls in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  async function poll(minute: number, failed: boolean, webhookIds = ["w1"]): Promise<void> {
    await savePolls(store.db, "zendesk", { webhookIds, polledAt: at(minute), failed });
  }

  it("count their failures until one goes well", async () => {
    expect(await readPolls(store.db, "zendesk")).toEqual(new Map());
    await poll(1, true);
    await poll(2, true, ["w1", "w2", "w2"]);
    expect(await readPolls(store.db, "zendesk")).toEqual(
      new Map([
        ["w1", { polledAt: at(2), failures: 2 }],
        ["w2", { polledAt: at(2), failures: 1 }],
      ]),
    );
    await poll(3, false);
    await poll(4, false, []);
    expect((await readPolls(store.db, "zendesk")).get("w1")).toEqual({ polledAt: at(3), failures: 0 });
    expect(await readPolls(store.db, "conductorone")).toEqual(new Map());
  });

  it("are forgotten with the webhooks that are listed no more", async () => {
    await saveWebhooks(store.db, "zendesk", [webhook(), webhook({ id: "w2" })], at(0));
    await saveWebhooks(store.db, "zendesk", [webhook()], at(9));
    await poll(5, false, ["w1", "w2", "never-listed"]);
    await purgeBefore(store.db, at(1));
    expect([...(await readPolls(store.db, "zendesk")).keys()]).toEqual(["w1"]);
  });

  it("are put aside with another account's rows", async () => {
    await store.db.insertInto("accounts").values({ provider: "zendesk", account: "a" }).execute();
    await poll(1, true);
    await savePause(store.db, "zendesk", { failures: 1, failedAt: at(1), pausedUntil: at(2) });
    await useAccounts(store.db, [{ id: "zendesk", account: "b" }], "switch");
    expect(await readPolls(store.db, "zendesk")).toEqual(new Map());
    expect(await readPause(store.db, "zendesk")).toBeUndefined();
    await useAccounts(store.db, [{ id: "zendesk", account: "a" }], "switch");
    expect((await readPolls(store.db, "zendesk")).size).toBe(1);
    expect(await readPause(store.db, "zendesk")).toBeDefined();
  });

  it("of an account that fails are paused, and go on when that is over", async () => {
    await savePause(store.db, "zendesk", { failures: 1, failedAt: at(1), pausedUntil: at(2) });
    await savePause(store.db, "zendesk", { failures: 2, failedAt: at(2), pausedUntil: at(4) });
    expect(await readPause(store.db, "zendesk")).toEqual({ failures: 2, failedAt: at(2), pausedUntil: at(4) });
    await endPause(store.db, "zendesk");
    await endPause(store.db, "zendesk");
    expect(await readPause(store.db, "zendesk")).toBeUndefined();
  });

  it("go by what each webhook did lately", async () => {
    const rows = [
      invocation({ id: "old failure", createdAt: at(5) }),
      invocation({ id: "success", outcome: "succeeded", status: "success", createdAt: at(20) }),
      invocation({ id: "pending", outcome: "pending", status: "throttled", createdAt: at(12) }),
    ];
    await saveInvocationPage(store.db, { provider: "zendesk", webhookId: "w1", invocations: rows });
    await saveInvocationPage(store.db, { provider: "zendesk", webhookId: "w2", invocations: rows.slice(0, 1) });
    await saveInvocationPage(store.db, { provider: "conductorone", webhookId: "w1", invocations: rows });
    const done = await readLatelyDone(store.db, "zendesk", { trafficFrom: at(5), failuresFrom: at(10) });
    expect(done).toEqual(
      new Map([
        ["w1", { lastTrafficAt: at(20), lastFailureAt: at(12) }],
        ["w2", { lastTrafficAt: at(5) }],
      ]),
    );
  });

  it("tell what failed lately, as it reads now", async () => {
    const rows = [
      invocation({ id: "old", createdAt: at(5) }),
      invocation({ id: "failed", createdAt: at(12) }),
      invocation({ id: "pending", outcome: "pending", status: "throttled", createdAt: at(14), pendingUntil: at(29) }),
      invocation({ id: "success", outcome: "succeeded", status: "success", createdAt: at(20) }),
    ];
    await saveInvocationPage(store.db, { provider: "zendesk", webhookId: "w1", invocations: rows });
    await saveInvocationPage(store.db, { provider: "conductorone", webhookId: "w1", invocations: rows });
    const lately = (from: number, now: number) =>
      readFailedLately(store.db, "zendesk", { from: at(from), now: at(now) });
    expect(await lately(10, 28)).toEqual({ count: 1, newestAt: at(12) });
    expect(await lately(10, 29)).toEqual({ count: 2, newestAt: at(14) });
    expect(await lately(10, 14)).toEqual({ count: 1, newestAt: at(12) });
    expect(await lately(21, 29)).toEqual({ count: 0 });
  });

  it("tell what a page brought that was not known", async () => {
    const rows = [invocation({ id: "a" }), invocation({ id: "b", outcome: "succeeded", status: "success" })];
    const page = { provider: "zendesk", webhookId: "w1", invocations: rows };
    const { oldestAt, ...news } = await saveInvocationPage(store.db, page);
    expect(news).toEqual({ written: 2, notSucceeded: 1 });
    expect(oldestAt).toEqual(rows[0]?.latestCompletedAt ?? rows[0]?.createdAt);
    expect(await saveInvocationPage(store.db, page)).toEqual({ written: 0, notSucceeded: 0 });
    const later = { ...page, invocations: [invocation({ id: "a", latestCompletedAt: at(3) }), ...rows] };
    expect(await saveInvocationPage(store.db, later)).toEqual({ written: 1, notSucceeded: 1, oldestAt: at(3) });
  });
});
