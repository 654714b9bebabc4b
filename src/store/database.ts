import type { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, PostgresDialect } from "kysely";
import { Pool } from "pg";
import { type DataDirOptions, openDataDir } from "./embedded/data-dir.ts";
import { openInMemory } from "./embedded/in-memory.ts";
import { DataDirInUseError } from "./embedded/lock.ts";
import { migrate, NewerSchemaError } from "./migrate.ts";
import type { Tables } from "./tables.ts";

export interface Store {
  readonly db: Kysely<Tables>;
  /** `server`: a PostgreSQL server. `embedded`: files of our own. `temporary`: in memory, gone at the end. */
  readonly kind: "server" | "embedded" | "temporary";
  /** The same database, for the job queue, which makes its own statements. */
  readonly queueConnection: QueueConnection;
  /** Ends what is open and gives `dataDir` free. May be called twice. */
  close(): Promise<void>;
}

/** `pglite`: the one connection that the store uses too. `server`: the queue opens connections of its own. */
export type QueueConnection = { kind: "pglite"; pglite: PGlite } | { kind: "server"; databaseUrl: string };

export interface DatabaseOptions extends DataDirOptions {
  /** A PostgreSQL server. Wins over `dataDir`. */
  databaseUrl?: string | undefined;
  /** Where the embedded database keeps its files. Made if missing. */
  dataDir?: string | undefined;
  /** A connection to the server broke while nobody used it. The next query opens a new one, so this is for the log. */
  onIdleConnectionError?: (error: Error) => void;
  /** How long a server may take for an answer. For tests. */
  answerTimeoutMs?: number;
}

/** The server that `DATABASE_URL` names does not answer, or does not let us in. */
export class DatabaseUnreachableError extends Error {
  override readonly name = "DatabaseUnreachableError";

  constructor(databaseUrl: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message || String(Reflect.get(cause, "code")) : String(cause);
    super(
      `No connection to the PostgreSQL server at ${placeOf(databaseUrl)}: ${reason}. Check DATABASE_URL and that the ` +
        "server is running, or leave DATABASE_URL out to use the embedded database.",
      { cause },
    );
  }
}

/** The store cannot be used as it is configured, for a reason that only the system knows. */
export class StoreUnusableError extends Error {
  override readonly name = "StoreUnusableError";

  constructor({ databaseUrl, dataDir = DEFAULT_DATA_DIR }: DatabaseOptions, cause: unknown) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.?$/, ".");
    const message =
      databaseUrl === undefined
        ? `The embedded database in ${dataDir} cannot be used: ${reason} Set DATA_DIR to a folder that can be written, or DATABASE_URL to a PostgreSQL server.`
        : `The PostgreSQL server cannot be used: ${reason} Check what the user of DATABASE_URL may do there.`;
    super(message, { cause });
  }
}

const DEFAULT_DATA_DIR = "./data";
/** The bot's own work is mostly waiting for providers; replicas share one server. */
const MAX_CONNECTIONS = 5;
/**
 * For servers and what stands before them. A connection that got no answer by then may never get one, so none is kept for long:
 * otherwise a proxy that stood still once would have them all in the end. A connection that is waited for may be one that others use.
 */
export const SERVER_PATIENCE = {
  query_timeout: 30_000,
  connectionTimeoutMillis: 20_000,
  maxLifetimeSeconds: 10 * 60,
};

/**
 * Opens the database and brings its schema up to date. Throws `DatabaseUnreachableError`, `DataDirInUseError`,
 * `NewerSchemaError` or `StoreUnusableError`, each of which says what to do.
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Store> {
  try {
    if (options.databaseUrl) return await openServer(options.databaseUrl, options);
    const opened = await openDataDir(options.dataDir || DEFAULT_DATA_DIR, options);
    return await ready("embedded", embedded(opened.pglite), opened.close);
  } catch (error) {
    const isTold = [DatabaseUnreachableError, DataDirInUseError, NewerSchemaError].some(
      (kind) => error instanceof kind,
    );
    throw isTold ? error : new StoreUnusableError(options, error);
  }
}

/** A database in memory with the same schema, for when `dataDir` is in use by somebody else. */
export async function openTemporaryStore(): Promise<Store> {
  const pglite = await openInMemory();
  return ready("temporary", embedded(pglite), () => pglite.close());
}

type Opened = Pick<Store, "db" | "queueConnection">;

function embedded(pglite: PGlite): Opened {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  return { db, queueConnection: { kind: "pglite", pglite } };
}

async function openServer(databaseUrl: string, options: DatabaseOptions): Promise<Store> {
  const connection = {
    connectionString: databaseUrl,
    connectionTimeoutMillis: SERVER_PATIENCE.connectionTimeoutMillis,
    application_name: "hooktriage",
    keepAlive: true,
  };
  // A schema step takes as long as it takes, and waits for the other processes' steps.
  await prepareServer(databaseUrl, new Pool({ ...connection, max: 1 }));
  const { query_timeout, maxLifetimeSeconds } = SERVER_PATIENCE;
  const pool = new Pool({
    ...connection,
    max: MAX_CONNECTIONS,
    query_timeout: options.answerTimeoutMs ?? query_timeout,
    maxLifetimeSeconds,
  });
  // Without a listener, a server that restarts would end the process.
  pool.on("error", (error) => options.onIdleConnectionError?.(error));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return storeOf("server", { db, queueConnection: { kind: "server", databaseUrl } }, () => pool.end());
}

/** Brings the schema up to date, and ends the pool. */
async function prepareServer(databaseUrl: string, pool: Pool): Promise<void> {
  pool.on("error", () => undefined);
  try {
    const client = await pool.connect().catch((error) => {
      throw new DatabaseUnreachableError(databaseUrl, error);
    });
    client.release();
    await migrate(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }));
  } finally {
    await pool.end();
  }
}

async function ready(kind: Store["kind"], opened: Opened, end: () => Promise<void>): Promise<Store> {
  try {
    await migrate(opened.db);
  } catch (error) {
    await end();
    throw error;
  }
  return storeOf(kind, opened, end);
}

function storeOf(kind: Store["kind"], opened: Opened, end: () => Promise<void>): Store {
  let closing: Promise<void> | undefined;
  return {
    ...opened,
    kind,
    close() {
      closing ??= end();
      return closing;
    },
  };
}

/** Host, port and name of the database. Where an @ follows, what looks like them is a part of the password. */
function placeOf(databaseUrl: string): string {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  if (!url || `${url.pathname}${url.search}${url.hash}`.includes("@")) return "the address in DATABASE_URL";
  return `${url.host}${url.pathname}`;
}
