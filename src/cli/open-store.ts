import type { Config } from "../config.ts";
import type { Log } from "../ops/log.ts";
import { type Account, useAccounts } from "../store/accounts.ts";
import { openDatabase, openTemporaryStore, type Store } from "../store/database.ts";
import { DataDirInUseError } from "../store/embedded/lock.ts";

/** A store, and what the person must know of it. */
export interface OpenedStore {
  store: Store;
  note?: string;
}

/**
 * The configured store, or a temporary one where the bot has it open or where it holds what was collected from another account.
 * Throws what `openDatabase` throws otherwise.
 */
export async function openStore(config: Config, accounts: readonly Account[], log: Log): Promise<OpenedStore> {
  const onIdleConnectionError = (err: Error) => log.warn({ err }, "an idle connection to the database broke");
  let configured: Store | undefined;
  try {
    configured = await openDatabase({ ...config, onIdleConnectionError });
    const others = await useAccounts(configured.db, accounts, "keep");
    if (others.length === 0) return { store: configured };
    await configured.close();
    const note = `The store holds what was collected from ${others.join(", ")}: working on a temporary store.`;
    return { store: await openTemporaryStore(), note };
  } catch (error) {
    await configured?.close();
    if (error instanceof DataDirInUseError) {
      const note = `${config.dataDir} is in use by another Hooktriage: working on a temporary store.`;
      return { store: await openTemporaryStore(), note };
    }
    log.debug({ err: error }, "the store could not be opened");
    throw error;
  }
}
