import { setImmediate } from "node:timers/promises";
import { PGlite, type PGliteOptions, protocol, type Transaction } from "@electric-sql/pglite";

const ROLLBACK = protocol.serialize.query("ROLLBACK");

/**
 * PGlite runs a statement to its end on this thread and answers without a turn of the event loop, so a row of statements would
 * keep sockets and timers waiting until the last one is done. This lets them have their turn after each statement.
 *
 * Leans on `_runExclusiveQuery`, which every statement of PGlite 0.5 passes, transactions' own included, and on
 * `_runExclusiveTransaction`, which it holds while nobody else may use the connection.
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

  /**
   * All that runs alone passes here: a statement, a row of them (`exec`), a transaction. A row that opens a transaction of its own
   * and fails in it would leave that open for whoever comes next.
   */
  override _runExclusiveTransaction<T>(work: () => Promise<T>): Promise<T> {
    return super._runExclusiveTransaction(async () => {
      try {
        return await work();
      } catch (error) {
        if (!this.#refusal && this.isInTransaction()) await this.execProtocol(ROLLBACK);
        throw error;
      }
    });
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
