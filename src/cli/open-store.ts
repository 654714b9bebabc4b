import type { Config } from "../config.ts";
import type { Log } from "../ops/log.ts";
import { type Account, useAccounts } from "../store/accounts.ts";
import { DatabaseUnreachableError, openDatabase, openTemporaryStore, type Store } from "../store/database.ts";
import { DataDirInUseError } from "../store/embedded/lock.ts";
import { NewerSchemaError } from "../store/migrate.ts";

/** The store cannot be used as it is configured: exit code 2. Says what to do. */
export class StoreUnusableError extends Error {
  override readonly name = "StoreUnusableError";
}

/** A store, and what the person must know of it. */
export interface OpenedStore {
  store: Store;
  note?: string;
}

/**
 * The configured store, or a temporary one where the bot has it open or where it holds what was collected from another account.
 * Throws `StoreUnusableError`.
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
    throw new StoreUnusableError(messageOf(error, config), { cause: error });
  }
}

function messageOf(error: unknown, { databaseUrl, dataDir }: Config): string {
  if (error instanceof DatabaseUnreachableError || error instanceof NewerSchemaError) return error.message;
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\.?$/, ".");
  return databaseUrl === undefined
    ? `The embedded database in ${dataDir} cannot be used: ${reason} Set DATA_DIR to a folder that can be written, or DATABASE_URL to a PostgreSQL server.`
    : `The PostgreSQL server cannot be used: ${reason} Check what the user of DATABASE_URL may do there.`;
}
