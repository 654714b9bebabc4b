import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/database.ts";
import { readProviderStates } from "../../src/store/provider-states.ts";
import { listWebhooks, saveUnlistedWebhooks, saveWebhooks } from "../../src/store/webhooks.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";
import { at, webhook } from "./examples.ts";

describe.each(DATABASES)("webhooks in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  it("gives back what was saved, by name", async () => {
    const full = webhook({
      id: "w2",
      name: "B",
      endpoint: "https://example.com/hook",
      active: false,
      eventTypes: ["ticket.*", 'odd"{},\\ one'],
      adminUrl: "https://example.com/admin",
    });
    await saveWebhooks(store.db, "zendesk", [full, webhook({ name: "A" })], at(0));
    expect(await listWebhooks(store.db)).toEqual([webhook({ name: "A" }), full]);
    expect(await readProviderStates(store.db)).toEqual([{ provider: "zendesk", webhooksListedAt: at(0) }]);
  });

  it("tells which are no longer listed, since when, and takes them back when they are", async () => {
    await saveWebhooks(store.db, "zendesk", [webhook(), webhook({ id: "w2" })], at(0));
    await saveWebhooks(store.db, "conductorone", [webhook({ provider: "conductorone" })], at(0));
    await saveWebhooks(store.db, "zendesk", [webhook({ name: "Renamed" })], at(1));
    await saveWebhooks(store.db, "zendesk", [webhook({ name: "Renamed" })], at(2));
    expect(await listWebhooks(store.db, { providers: ["zendesk"] })).toEqual([
      { ...webhook({ id: "w2" }), deletedAt: at(1) },
      webhook({ name: "Renamed" }),
    ]);
    await saveWebhooks(store.db, "zendesk", [webhook(), webhook({ id: "w2" })], at(3));
    expect((await listWebhooks(store.db)).filter((listed) => listed.deletedAt)).toEqual([]);
  });

  it("keeps those that no list has as deleted, until one has them, and leaves the others as they are", async () => {
    await saveWebhooks(store.db, "zendesk", [webhook()], at(0));
    const unlisted = webhook({ id: "w2", active: false });
    await saveUnlistedWebhooks(store.db, "zendesk", [unlisted, webhook({ name: "Renamed" })], at(1));
    await saveUnlistedWebhooks(store.db, "zendesk", [unlisted], at(2));
    const kept = await listWebhooks(store.db);
    expect(kept).toHaveLength(2);
    expect(kept).toEqual(expect.arrayContaining([webhook(), { ...unlisted, deletedAt: at(1) }]));
    await saveWebhooks(store.db, "zendesk", [webhook(), webhook({ id: "w2" })], at(3));
    expect((await listWebhooks(store.db)).filter((listed) => listed.deletedAt)).toEqual([]);
  });

  it("takes an empty list at its word", async () => {
    await saveWebhooks(store.db, "zendesk", [webhook()], at(0));
    await saveWebhooks(store.db, "zendesk", [], at(1));
    expect(await listWebhooks(store.db)).toMatchObject([{ id: "w1", deletedAt: at(1) }]);
    expect(await listWebhooks(store.db, { providers: [] })).toEqual([]);
  });

  it("does not let an older list undo a newer one", async () => {
    await saveWebhooks(store.db, "zendesk", [webhook()], at(5));
    await saveWebhooks(store.db, "zendesk", [webhook({ name: "Old" }), webhook({ id: "w2" })], at(4));
    expect(await listWebhooks(store.db)).toEqual([webhook()]);
  });

  it("keeps the last of two entries with one id", async () => {
    await saveWebhooks(store.db, "zendesk", [webhook({ name: "First" }), webhook({ name: "Second" })], at(0));
    expect(await listWebhooks(store.db)).toEqual([webhook({ name: "Second" })]);
  });

  it("settles on the newest of lists that come at the same time", async () => {
    const lists = [3, 9, 1, 7, 5].map((minute) =>
      saveWebhooks(store.db, "zendesk", [webhook({ id: `w${minute}` })], at(minute)),
    );
    await Promise.all(lists);
    const live = (await listWebhooks(store.db)).filter((listed) => !listed.deletedAt);
    expect(live.map((listed) => listed.id)).toEqual(["w9"]);
  });
});
