import { randomUUID } from "node:crypto";
import { readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import lockfile from "proper-lockfile";
import { z } from "zod";
import { livenessOf, ownIdentity, processIdentity } from "./process-identity.ts";

/** Another process has the folder open. Two on one folder would lose rows without a word, so this one was refused. */
export class DataDirInUseError extends Error {
  override readonly name = "DataDirInUseError";
  readonly dataDir: string;

  constructor(dataDir: string, pid?: number) {
    super(
      `${dataDir} is in use by another Hooktriage${pid === undefined ? "" : ` (process ${pid})`}. Stop the other bot, or set ` +
        "DATA_DIR to another folder, or DATABASE_URL to a PostgreSQL server that several can share.",
    );
    this.dataDir = dataDir;
  }
}

/** A holder that says nothing for so long has died. */
const STALE_AFTER_MS = 10_000;
const HEARTBEAT_MS = 2_000;
const LOOK_EVERY_MS = 200;

/**
 * Takes the folder for this process. The lock is a folder whose time is renewed as a heartbeat. Beside it stands who holds it,
 * so on one machine a dead holder need not be waited for, and one that is merely slow is not taken for dead.
 * Returns the release. Throws `DataDirInUseError`. `onLost` is called when the lock was taken or deleted in spite of it.
 */
export async function lockDataDir(dataDir: string, onLost: (error: Error) => void): Promise<() => Promise<void>> {
  for (;;) {
    const holder = await readHolder(dataDir);
    const liveness = holder ? livenessOf(holder.process) : "unknown";
    if (liveness === "alive") throw new DataDirInUseError(dataDir, holder?.process.pid);
    if (holder && liveness === "dead") await removeLockOf(dataDir, holder);
    let isLost = false;
    const release = await tryLock(dataDir, (error) => {
      isLost = true;
      onLost(error);
    });
    if (release) {
      await writeHolder(dataDir);
      return async () => {
        if (isLost) return;
        await rm(holderFile(dataDir), { force: true });
        await release();
      };
    }
    if (await hasHeartbeat(dataDir)) throw new DataDirInUseError(dataDir);
  }
}

const holderRecord = z.object({ process: processIdentity, lock: z.string() });
type Holder = z.infer<typeof holderRecord>;

async function tryLock(dataDir: string, onLost: (error: Error) => void): Promise<(() => Promise<void>) | undefined> {
  try {
    return await lockfile.lock(dataDir, {
      lockfilePath: lockFolder(dataDir),
      stale: STALE_AFTER_MS,
      update: HEARTBEAT_MS,
      onCompromised: onLost,
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ELOCKED") return undefined;
    throw error;
  }
}

/** Looks until the heartbeat is seen, or has been missing for so long that the lock may be taken, or the lock is gone. */
async function hasHeartbeat(dataDir: string): Promise<boolean> {
  const firstSeenMs = await heartbeatMs(dataDir);
  for (;;) {
    const seenMs = await heartbeatMs(dataDir);
    if (seenMs === undefined || Date.now() - seenMs > STALE_AFTER_MS) return false;
    if (seenMs !== firstSeenMs) return true;
    await setTimeout(LOOK_EVERY_MS);
  }
}

async function heartbeatMs(dataDir: string): Promise<number | undefined> {
  const found = await stat(lockFolder(dataDir)).catch(() => undefined);
  return found?.mtimeMs;
}

/** Who holds the lock that stands there now; `undefined` when that cannot be told for certain. */
async function readHolder(dataDir: string): Promise<Holder | undefined> {
  const text = await readFile(holderFile(dataDir), "utf8").catch(() => undefined);
  const holder = text === undefined ? undefined : parseHolder(text);
  const lock = await identityOfLock(dataDir);
  return holder && lock !== undefined && holder.lock === lock ? holder : undefined;
}

async function writeHolder(dataDir: string): Promise<void> {
  const [process, lock] = [ownIdentity(), await identityOfLock(dataDir)];
  if (!process || lock === undefined) return;
  const unfinished = `${holderFile(dataDir)}.${randomUUID()}`;
  await writeFile(unfinished, JSON.stringify({ process, lock } satisfies Holder));
  await rename(unfinished, holderFile(dataDir));
}

/** Of all who find the same dead holder, one succeeds in renaming its record and removes its lock; the others do nothing. */
async function removeLockOf(dataDir: string, dead: Holder): Promise<void> {
  const taken = `${holderFile(dataDir)}.${randomUUID()}`;
  try {
    await rename(holderFile(dataDir), taken);
  } catch {
    return;
  }
  const found = parseHolder(await readFile(taken, "utf8"));
  if (found?.lock !== dead.lock) {
    // Somebody was faster and holds the lock: this is their record.
    await rename(taken, holderFile(dataDir));
    return;
  }
  await rmdir(lockFolder(dataDir)).catch(() => undefined);
  await rm(taken);
}

function parseHolder(text: string): Holder | undefined {
  try {
    return holderRecord.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Differs for every lock that was ever made there. */
async function identityOfLock(dataDir: string): Promise<string | undefined> {
  const found = await stat(lockFolder(dataDir), { bigint: true }).catch(() => undefined);
  return found && `${found.dev}:${found.ino}:${found.birthtimeNs}`;
}

function lockFolder(dataDir: string): string {
  return join(dataDir, "lock");
}

function holderFile(dataDir: string): string {
  return join(dataDir, "lock-holder.json");
}
