import { access, mkdir, open, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import pMap from "p-map";
import { DurableNodeFs } from "./durable-node-fs.ts";
import { lockDataDir } from "./lock.ts";
import { DURABLE_START_PARAMS, PacedPGlite } from "./paced-pglite.ts";
import { loadTemplate } from "./template.ts";

export interface DataDirOptions {
  /**
   * Nothing more can be kept in `dataDir`: its disk failed, or somebody else took it in spite of our lock (this process stood
   * still for long, or the lock was deleted). From then on every query fails with this error: end the process.
   */
  onCompromised?: ((error: Error) => void) | undefined;
}

/** This process no longer owns its data folder and may not write in it. */
export class DataDirLostError extends Error {
  override readonly name = "DataDirLostError";

  constructor(dataDir: string, cause: Error) {
    super(
      `The lock on ${dataDir} was lost (${cause.message}), so nothing more is written there. Start the bot again; if another ` +
        "one uses that folder now, stop one of them.",
      { cause },
    );
  }
}

/** The embedded database in `dataDir`, durable and locked. Throws `DataDirInUseError`. */
export async function openDataDir(
  dataDir: string,
  options: DataDirOptions = {},
): Promise<{ pglite: PacedPGlite; close: () => Promise<void> }> {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let pglite: PacedPGlite | undefined;
  let failure: Error | undefined;
  function giveUp(error: Error): void {
    if (failure) return;
    failure = error;
    pglite?.refuse(error);
    options.onCompromised?.(error);
  }
  const release = await lockDataDir(folder, (cause) => giveUp(new DataDirLostError(folder, cause)));
  try {
    const opened = await openFiles(folder, giveUp);
    pglite = opened;
    if (failure) throw failure;
    return {
      pglite: opened,
      async close() {
        try {
          // Closing writes as well, which must not be once the folder is no longer ours or the disk has failed.
          if (!failure) await opened.close();
        } finally {
          await release();
        }
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function openFiles(folder: string, onSyncFailed: (error: Error) => void): Promise<PacedPGlite> {
  const files = join(folder, "database");
  const halfMade = join(folder, "database.half-made");
  if (await exists(halfMade)) {
    // The process that made them died before anything was kept in them.
    await rm(files, { recursive: true, force: true });
    await rm(halfMade);
  }
  await mkdir(files, { recursive: true, mode: 0o700 });
  const fs = new DurableNodeFs(files, onSyncFailed);
  const options = { fs, startParams: DURABLE_START_PARAMS };
  if (await exists(join(files, "PG_VERSION"))) return PacedPGlite.open(options);
  if ((await readdir(files)).length > 0) {
    throw new Error(`${files} holds files, but no database. Move them away, or set DATA_DIR to another folder.`);
  }
  const loadDataDir = await loadTemplate();
  await writeFile(halfMade, "This folder's database was not finished. The next start makes it anew.\n");
  await sync(folder);
  fs.isSyncing = false;
  const pglite = await PacedPGlite.open({ ...options, ...(loadDataDir && { loadDataDir }) });
  fs.isSyncing = true;
  await syncTree(files);
  await rm(halfMade);
  await sync(folder);
  return pglite;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  // Many at once: the file system then writes them together.
  await pMap(entries, (entry) => sync(join(entry.parentPath, entry.name)), { concurrency: 32 });
  await sync(folder);
}

async function sync(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
