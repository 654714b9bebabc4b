import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/database.ts";
import { readProviderStates, recordProviderFailure, recordProviderSuccess } from "../../src/store/provider-states.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";
import { at } from "./examples.ts";

describe.each(DATABASES)("provider states in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  it("tells since when a provider fails, and with what last", async () => {
    await recordProviderSuccess(store.db, "zendesk", at(0));
    await recordProviderFailure(store.db, "zendesk", at(1), "status 500");
    await recordProviderFailure(store.db, "zendesk", at(2), "timed out");
    expect(await readProviderStates(store.db)).toEqual([
      { provider: "zendesk", lastSuccessAt: at(0), failingSince: at(1), lastError: "timed out" },
    ]);
  });

  it("forgets the failure with the next success, and counts anew after it", async () => {
    await recordProviderFailure(store.db, "zendesk", at(1), "status 500");
    await recordProviderSuccess(store.db, "zendesk", at(2));
    expect(await readProviderStates(store.db)).toEqual([{ provider: "zendesk", lastSuccessAt: at(2) }]);
    await recordProviderFailure(store.db, "zendesk", at(3), "status 502");
    expect(await readProviderStates(store.db)).toMatchObject([{ failingSince: at(3), lastSuccessAt: at(2) }]);
  });

  it("keeps the rate limit as it was seen last", async () => {
    const rateLimit = { limitPerMinute: 100, remaining: 7, seenAt: at(1) };
    await recordProviderSuccess(store.db, "zendesk", at(1), rateLimit);
    await recordProviderSuccess(store.db, "zendesk", at(2));
    await recordProviderFailure(store.db, "conductorone", at(2), "refused");
    expect(await readProviderStates(store.db)).toMatchObject([
      { provider: "conductorone", lastError: "refused" },
      { provider: "zendesk", lastSuccessAt: at(2), rateLimit },
    ]);
  });
});
