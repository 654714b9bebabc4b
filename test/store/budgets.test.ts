import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { claimAccount, useAccounts } from "../../src/store/accounts.ts";
import { changeBudget, readBudget } from "../../src/store/budgets.ts";
import type { Store } from "../../src/store/database.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";

const ID = "zendesk";

function countOf(stored: unknown): number {
  return typeof stored === "object" && stored && "count" in stored ? Number(stored.count) : 0;
}

describe.each(DATABASES)("the state of a budget in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  function add(provider = ID): Promise<number> {
    return changeBudget(store.db, provider, (stored) => {
      const count = countOf(stored) + 1;
      return { state: { count }, result: count };
    });
  }

  it("is unknown before the first change", async () => {
    expect(await readBudget(store.db, ID)).toBeUndefined();
  });

  it("loses no change of those who make theirs at the same time", async () => {
    const results = await Promise.all(Array.from({ length: 30 }, () => add()));
    expect(results.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(await readBudget(store.db, ID)).toEqual({ count: 30 });
  });

  it("stays as it is where a change gives no state, and where it throws", async () => {
    await add();
    expect(await changeBudget(store.db, ID, (stored) => ({ result: stored }))).toEqual({ count: 1 });
    const broken = changeBudget(store.db, ID, () => {
      throw new Error("a bug");
    });
    await expect(broken).rejects.toThrow("a bug");
    expect(await readBudget(store.db, ID)).toEqual({ count: 1 });
  });

  it("belongs to one provider", async () => {
    await add();
    expect(await add("conductorone")).toBe(1);
    expect(await readBudget(store.db, ID)).toEqual({ count: 1 });
  });

  it("belongs to one account: it is put aside with it, and comes back", async () => {
    const [one, two] = ["https://one.example", "https://two.example"].map((account) => ({ id: ID, account }));
    if (!one || !two) throw new Error("no accounts");
    await claimAccount(store.db, one);
    await add();
    await useAccounts(store.db, [two], "switch");
    expect(await readBudget(store.db, ID)).toBeUndefined();
    await add();
    await add();
    await useAccounts(store.db, [one], "switch");
    expect(await readBudget(store.db, ID)).toEqual({ count: 1 });
  });
});
