import { cpSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../../src/store/database.ts";
import { DataDirLostError } from "../../../src/store/embedded/data-dir.ts";
import { DataDirInUseError } from "../../../src/store/embedded/lock.ts";
import { findInvocations, saveInvocationPage } from "../../../src/store/invocations.ts";
import { newFolder } from "../databases.ts";
import { at, invocation, span } from "../examples.ts";
import { type Child, startChild } from "./children.ts";

const EVERYTHING = { window: span(-1_000, 1_000), asOf: at(0) };
const PAGE = { provider: "zendesk", webhookId: "w1", invocations: [invocation()] };

/** Keeps rows one by one for as long as it lives, and prints the id of each that is kept. */
const WRITER = `
  const store = await openDatabase({ dataDir });
  const [createdAt, provider, webhookId] = [new Date(${at(0).getTime()}), "zendesk", "w1"];
  for (let n = 0; ; n++) {
    const id = process.pid + "-" + n;
    await saveInvocationPage(store.db, {
      provider, webhookId, invocations: [{ provider, webhookId, id, status: "failed", outcome: "failed", createdAt }],
    });
    console.log(id);
  }`;

describe("an embedded database in a folder", () => {
  let empty: string;
  let folder: string;
  let dataDir: string;
  const children: Child[] = [];
  beforeAll(async () => {
    empty = newFolder();
    await (await openDatabase({ dataDir: empty })).close();
  });
  beforeEach(() => {
    folder = newFolder();
    dataDir = join(folder, "deep", "data");
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await child.kill();
  });

  function start(code: string): Child {
    const child = startChild(dataDir, code);
    children.push(child);
    return child;
  }

  /** Copying a database is quicker than making one. */
  function startEmpty(): void {
    cpSync(empty, dataDir, { recursive: true });
  }

  async function keptIds(): Promise<string[]> {
    const store = await openDatabase({ dataDir });
    const found = await findInvocations(store.db, EVERYTHING);
    await store.close();
    return found.map(({ id }) => id);
  }

  it("is made if missing, for its owner alone, and keeps what was saved", async () => {
    const store = await openDatabase({ dataDir });
    expect(store.kind).toBe("embedded");
    await saveInvocationPage(store.db, PAGE);
    await store.close();
    await store.close();
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(await keptIds()).toEqual(["i1"]);
  });

  it("is refused to a second process, which is told the folder and what to do", async () => {
    startEmpty();
    const holder = start(`await openDatabase({ dataDir }); console.log("open"); process.stdin.resume();`);
    expect(await holder.nextLine()).toBe("open");
    const opening = openDatabase({ dataDir });
    await expect(opening).rejects.toThrow(DataDirInUseError);
    await expect(opening).rejects.toThrow(dataDir);
    await expect(opening).rejects.toThrow(/Stop the other bot, or set DATA_DIR .* or DATABASE_URL/);
  });

  it("is refused a second time to one process, and free after a close", async () => {
    startEmpty();
    const store = await openDatabase({ dataDir });
    await expect(openDatabase({ dataDir })).rejects.toThrow(DataDirInUseError);
    await store.close();
    await (await openDatabase({ dataDir })).close();
  });

  it("holds every acknowledged row after its writer was killed, three times over", async () => {
    startEmpty();
    const acknowledged: string[] = [];
    for (const rowsBeforeTheKill of [1, 10, 25]) {
      const writer = start(WRITER);
      for (let n = 0; n < rowsBeforeTheKill; n++) acknowledged.push((await writer.nextLine()) ?? "the writer ended");
      await writer.kill();
      for (let line = await writer.nextLine(); line !== undefined; line = await writer.nextLine())
        acknowledged.push(line);
    }
    expect(new Set(await keptIds()).isSupersetOf(new Set(acknowledged))).toBe(true);
  }, 90_000);

  it("opens after a first start that was killed half way", async () => {
    const first = start(`
      const { watch } = await import("node:fs");
      openDatabase({ dataDir });
      const { mkdirSync } = await import("node:fs");
      mkdirSync(dataDir, { recursive: true });
      watch(dataDir, (_event, name) => { if (name === "database.half-made") console.log("half way"); });`);
    expect(await first.nextLine()).toBe("half way");
    await first.kill();
    expect(existsSync(join(dataDir, "database.half-made"))).toBe(true);
    expect(await keptIds()).toEqual([]);
    expect(existsSync(join(dataDir, "database.half-made"))).toBe(false);
  });

  it("does not touch files that are not a database", async () => {
    mkdirSync(join(dataDir, "database"), { recursive: true });
    writeFileSync(join(dataDir, "database", "letter.txt"), "dear");
    await expect(openDatabase({ dataDir })).rejects.toThrow(/holds files, but no database/);
    expect(existsSync(join(dataDir, "database", "letter.txt"))).toBe(true);
    await expect(openDatabase({ dataDir })).rejects.toThrow(/holds files/);
  });

  it("is not written any more once its lock is lost, and says so", async () => {
    startEmpty();
    const { promise: compromised, resolve: onCompromised } = Promise.withResolvers<Error>();
    const store = await openDatabase({ dataDir, onCompromised });
    rmSync(join(dataDir, "lock"), { recursive: true });
    expect(await compromised).toBeInstanceOf(DataDirLostError);
    await expect(saveInvocationPage(store.db, PAGE)).rejects.toThrow(/lock on .* was lost/);
    await expect(sql`select 1`.execute(store.db)).rejects.toThrow(DataDirLostError);
    await store.close();
    expect(await keptIds()).toEqual([]);
  });
});
