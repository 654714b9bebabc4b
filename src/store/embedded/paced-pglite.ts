import { setImmediate } from "node:timers/promises";
import { PGlite, type PGliteOptions, type Transaction } from "@electric-sql/pglite";

/**
 * PGlite runs a statement to its end on this thread and answers without a turn of the event loop, so a row of statements would
 * keep sockets and timers waiting until the last one is done. This lets them have their turn after each statement.
 *
 * Leans on `_runExclusiveQuery`, which every statement of PGlite 0.5 passes, transactions' own included.
 */
export class PacedPGlite extends PGlite {
  #refusal: Error | undefined;

  static async open(options: PGliteOptions): Promise<PacedPGlite> {
    const pglite = new PacedPGlite(options);
    await pglite.waitReady;
    return pglite;
  }

  /** From now on every statement fails with `reason`, the one that is running included. */
  refuse(reason: Error): void {
    this.#refusal ??= reason;
  }

  override async _runExclusiveQuery<T>(statement: () => Promise<T>): Promise<T> {
    try {
      return await super._runExclusiveQuery(async () => {
        this.#assertUsable();
        const result = await statement();
        this.#assertUsable();
        return result;
      });
    } finally {
      await setImmediate();
    }
  }

  /** Where not even BEGIN succeeds, Kysely would wait for it for ever: its first statement then fails instead. */
  override async transaction<T>(work: (trx: Transaction) => Promise<T>): Promise<T> {
    let hasBegun = false;
    try {
      return await super.transaction((trx) => {
        hasBegun = true;
        return work(trx);
      });
    } catch (error) {
      if (hasBegun) throw error;
      return work(failingTransaction(error));
    }
  }

  #assertUsable(): void {
    if (this.#refusal) throw this.#refusal;
  }
}

function failingTransaction(error: unknown): Transaction {
  const fail = () => Promise.reject(error);
  return { query: fail, sql: fail, exec: fail, listen: fail, rollback: fail, closed: false };
}

/**
 * Small. And without bitmap scans: nothing gathers statistics here, and without them the planner would rather sort a whole
 * window for every page of it than walk the index that has it in order.
 */
const OURS = ["-c", "shared_buffers=8MB", "-c", "enable_bitmapscan=off"];

/** For files that are gone with the process. */
export const IN_MEMORY_START_PARAMS = [...PGlite.defaultStartParams, ...OURS];

/** PGlite starts PostgreSQL with `-F`, which turns fsync off. `DurableNodeFs` does the syncing. */
export const DURABLE_START_PARAMS = [
  ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
  ...OURS,
  "-c",
  "wal_sync_method=fsync",
];
