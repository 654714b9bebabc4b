import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type Store } from "../../../src/store/database.ts";
import { findInvocations, saveInvocationPage } from "../../../src/store/invocations.ts";
import { newFolder } from "../databases.ts";
import { at, invocation, span } from "../examples.ts";

const EVERYTHING = { window: span(-1_000, 1_000), asOf: at(0) };

describe("the embedded database's files", () => {
  const { fsyncSync } = fs;
  let folder: string;
  let store: Store;
  let compromised: Error | undefined;
  let syncs: number;

  beforeAll(async () => {
    folder = newFolder();
    store = await openDatabase({
      dataDir: folder,
      onCompromised(error) {
        compromised = error;
      },
    });
  });
  beforeEach(() => {
    syncs = 0;
    onSync(() => {
      syncs += 1;
    });
  });
  afterAll(async () => {
    onSync(() => {});
    await store.close();
  });

  /** Node's own fsync, watched: that is where durability begins. */
  function onSync(watch: () => void): void {
    fs.fsyncSync = (descriptor) => {
      watch();
      fsyncSync(descriptor);
    };
    syncBuiltinESMExports();
  }

  function save(id: string): Promise<unknown> {
    return saveInvocationPage(store.db, { provider: "zendesk", webhookId: "w1", invocations: [invocation({ id })] });
  }

  it("are synced to the disk before a commit is acknowledged, and not for reading", async () => {
    await save("a");
    expect(syncs).toBeGreaterThan(0);
    const afterFirst = syncs;
    await save("b");
    expect(syncs).toBeGreaterThan(afterFirst);
    const afterSecond = syncs;
    await findInvocations(store.db, EVERYTHING);
    expect(syncs).toBe(afterSecond);
  });

  it("are given up when the disk fails: the commit is refused, and everything after it", async () => {
    await save("kept");
    onSync(() => {
      throw new Error("EIO: i/o error");
    });
    await expect(save("refused")).rejects.toThrow(/The disk of .*database failed: EIO/);
    expect(compromised?.message).toMatch(/EIO/);
    onSync(() => {});
    await expect(save("late")).rejects.toThrow(/The disk of .* failed/);
    await expect(findInvocations(store.db, EVERYTHING)).rejects.toThrow(/The disk of .* failed/);
    await store.close();
    store = await openDatabase({ dataDir: folder });
    const ids = (await findInvocations(store.db, EVERYTHING)).map(({ id }) => id);
    expect(ids).toContain("kept");
    expect(ids).not.toContain("late");
  });
});
