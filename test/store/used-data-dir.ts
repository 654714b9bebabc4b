import { cp } from "node:fs/promises";
import { TestClock } from "pg-boss";
import { startQueue } from "../../src/jobs/queue.ts";
import { createLog } from "../../src/ops/log.ts";
import { openDatabase } from "../../src/store/database.ts";
import { newFolder } from "./databases.ts";

/** Earlier than any story, so that what is in the folder is never in a story's future. */
const BEFORE_ALL = "2026-01-01T00:00Z";

/**
 * A data folder that a bot has used before: it has every table and no row. For tests that are about something else than a first
 * start, which takes several times as long as a copy.
 */
export async function usedDataDir(): Promise<string> {
  original ??= makeOriginal();
  const copy = newFolder();
  await cp(await original, copy, { recursive: true });
  return copy;
}

/** Of this worker. */
let original: Promise<string> | undefined;

async function makeOriginal(): Promise<string> {
  const dataDir = newFolder();
  const store = await openDatabase({ dataDir });
  const log = createLog({ level: "silent", secrets: [] });
  const queue = await startQueue(store, { log, clock: new TestClock(BEFORE_ALL) });
  await queue.stop();
  await store.close();
  return dataDir;
}
