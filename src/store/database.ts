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
}

/** The server that `DATABASE_URL` names does not answer, or does not let us in. */
export class DatabaseUnreachableError extends Error {
  override readonly name = "DatabaseUnreachableError";

  constructor(databaseUrl: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message || String(Reflect.get(cause, "code")) : String(cause);
    super(
      `No connection to the PostgreSQL server at ${withoutPassword(databaseUrl)}: ${reason}. Check DATABASE_URL and that the ` +
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
const CONNECT_TIMEOUT_MS = 5_000;
/** The bot's own work is mostly waiting for providers; replicas share one server. */
const MAX_CONNECTIONS = 5;

/**
 * Opens the database and brings its schema up to date. Throws `DatabaseUnreachableError`, `DataDirInUseError`,
 * `NewerSchemaError` or `StoreUnusableError`, each of which says what to do.
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Store> {
  try {
    if (options.databaseUrl) return await openServer(options.databaseUrl, options.onIdleConnectionError);
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

async function openServer(databaseUrl: string, onIdleConnectionError?: (error: Error) => void): Promise<Store> {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "hooktriage",
    keepAlive: true,
  });
  // Without a listener, a server that restarts would end the process.
  pool.on("error", (error) => onIdleConnectionError?.(error));
  try {
    const client = await pool.connect();
    client.release();
  } catch (error) {
    await pool.end();
    throw new DatabaseUnreachableError(databaseUrl, error);
  }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return ready("server", { db, queueConnection: { kind: "server", databaseUrl } }, () => pool.end());
}

async function ready(kind: Store["kind"], opened: Opened, end: () => Promise<void>): Promise<Store> {
  try {
    await migrate(opened.db);
  } catch (error) {
    await end();
    throw error;
  }
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

function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return "DATABASE_URL";
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}
