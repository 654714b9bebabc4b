import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { claimAccount, TABLES_OF_ACCOUNTS, useAccounts } from "../../src/store/accounts.ts";
import { saveAttempts } from "../../src/store/attempts.ts";
import { changeBudget, readBudget } from "../../src/store/budgets.ts";
import type { Store } from "../../src/store/database.ts";
import { readDiagnoses } from "../../src/store/diagnoses.ts";
import { saveInvocationPage } from "../../src/store/invocations.ts";
import { readPause, savePause } from "../../src/store/polls.ts";
import { readProviderStates, recordProviderFailure } from "../../src/store/provider-states.ts";
import { currentIssueIds } from "../../src/store/regroupings.ts";
import { causeIdOf } from "../../src/triage/cause-of.ts";
import { issueId } from "../../src/triage/group.ts";
import { refKey } from "../../src/triage/model.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";
import { at, attempt, invocation } from "./examples.ts";

const ONE = { id: "zendesk", account: "https://one.example" };
const TWO = { id: "zendesk", account: "https://two.example" };

describe.each(DATABASES)("what was collected from an account in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  const failed = invocation({ statusCode: 500 });

  async function collect(body: string): Promise<string | undefined> {
    await saveInvocationPage(store.db, { provider: "zendesk", webhookId: "w1", invocations: [failed] });
    const response = { headers: [{ name: "Content-Type", value: "text/plain" }], body, truncated: false };
    const told = await saveAttempts(store.db, failed, [attempt({ statusCode: 500, response })], at(9));
    return told?.reading.id;
  }

  async function diagnosed(): Promise<string | undefined> {
    return (await readDiagnoses(store.db, [failed])).get(refKey(failed))?.diagnosis?.reading.id;
  }

  /** Which issues what its row alone had told is now. */
  function regrouped(): Promise<string[]> {
    return currentIssueIds(store.db, "zendesk", "w1", issueId("zendesk", "w1", causeIdOf(failed, undefined)));
  }

  it("is put aside with what its attempts told and which causes changed, and comes back", async () => {
    await claimAccount(store.db, ONE);
    const first = await collect("disk full");
    expect(await diagnosed()).toBe(first);
    const issues = await regrouped();
    expect(issues).toHaveLength(1);
    await useAccounts(store.db, [TWO], "switch");
    expect(await diagnosed()).toBeUndefined();
    expect(await regrouped()).toEqual([]);
    const second = await collect("quota exceeded");
    expect(second).not.toBe(first);
    expect(await diagnosed()).toBe(second);
    await useAccounts(store.db, [ONE], "switch");
    expect(await diagnosed()).toBe(first);
    expect(await regrouped()).toEqual(issues);
  });

  it("is nobody's after tries that failed, and leaves nothing of them to the account that is meant", async () => {
    await recordProviderFailure(store.db, "zendesk", at(1), "no such subdomain");
    await savePause(store.db, "zendesk", { failures: 3, failedAt: at(1), pausedUntil: at(15) });
    await changeBudget(store.db, "zendesk", () => ({ state: { limit: 1 }, result: undefined }));
    await useAccounts(store.db, [ONE], "switch");
    expect(await readProviderStates(store.db)).toEqual([]);
    expect(await readPause(store.db, "zendesk")).toBeUndefined();
    expect(await readBudget(store.db, "zendesk")).toBeUndefined();
  });

  it("is in every table that has a provider, but for the one that says whose it is", async () => {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'provider' and table_name <> 'accounts'
    `.execute(store.db);
    expect(rows.map(({ name }) => name).sort()).toEqual([...TABLES_OF_ACCOUNTS].sort());
  });
});
