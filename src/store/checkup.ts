import { access, constants, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Kysely, PGliteDialect, PostgresDialect, sql } from "kysely";
import { Pool } from "pg";
import type { Check } from "../ops/run-checks.ts";
import type { Finding } from "../triage/finding.ts";
import { redactText } from "../triage/redact.ts";
import { type Account, accountOf } from "./accounts.ts";
import { DatabaseUnreachableError, StoreUnusableError } from "./database.ts";
import { openDataDir } from "./embedded/data-dir.ts";
import { DataDirInUseError } from "./embedded/lock.ts";
import { NewerSchemaError, schemaState } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { listSubscriptions } from "./subscriptions.ts";
import type { Tables } from "./tables.ts";

export interface StoreLocation {
  databaseUrl?: string | undefined;
  dataDir: string;
}

export interface StoreCheckup {
  /** The database, its schema, the account that it holds, and the disk under it. */
  checks: Check[];
  /** The channels that have a digest; `undefined` where the store cannot be read from here. */
  digestChannels(): Promise<readonly string[] | undefined>;
}

interface Reading {
  findings: Finding[];
  digestChannels?: readonly string[];
}

const CHECK = "database";
const ANSWER_TIMEOUT_MS = 5_000;
const LITTLE_DISK_BYTES = 500 * 1024 * 1024;

/** Looks at the store without bringing its schema up to date, and makes no files where there are none. */
export function storeCheckup(location: StoreLocation, accounts: readonly Account[]): StoreCheckup {
  let asked: Promise<Reading> | undefined;

  function reading(): Promise<Reading> {
    asked ??= readStore(location, accounts);
    return asked;
  }

  const checks: Check[] = [{ name: CHECK, run: async () => (await reading()).findings }];
  if (location.databaseUrl === undefined) {
    checks.push({ name: "disk space", run: async () => [await diskFinding(location.dataDir)] });
  }
  return {
    checks,
    async digestChannels() {
      // What is wrong with the store is told by its own check.
      const { digestChannels } = await reading().catch((): Reading => ({ findings: [] }));
      return digestChannels;
    },
  };
}

/** `freeBytes`: what a process without special rights may still write below `folder`. */
export function freeSpaceFinding(folder: string, freeBytes: number): Finding {
  const check = "disk space";
  const told = `${Math.floor(freeBytes / 1024 / 1024)} MB are free for ${folder}.`;
  if (freeBytes >= LITTLE_DISK_BYTES) return { check, state: "ok", told };
  const mend = "Make room on that disk, set DATA_DIR to a folder on a larger one, or lower RETENTION_DAYS.";
  return { check, state: "warning", told, mend };
}

async function readStore({ databaseUrl, dataDir }: StoreLocation, accounts: readonly Account[]): Promise<Reading> {
  try {
    if (databaseUrl !== undefined) return await readServer(databaseUrl, accounts);
    return await readFolder(dataDir, accounts);
  } catch (error) {
    if (error instanceof DataDirInUseError) return { findings: [heldFinding(dataDir)] };
    const told = error instanceof DatabaseUnreachableError || error instanceof NewerSchemaError;
    const { message } = told ? error : new StoreUnusableError({ databaseUrl, dataDir }, error);
    return { findings: [{ check: CHECK, state: "fault", ...inTwoParts(redactText(message).text) }] };
  }
}

async function readServer(databaseUrl: string, accounts: readonly Account[]): Promise<Reading> {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: ANSWER_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    application_name: "hooktriage doctor",
  });
  // Without a listener, a connection that breaks would end the process.
  pool.on("error", () => undefined);
  try {
    const client = await pool
      .connect()
      .catch((error) => Promise.reject(new DatabaseUnreachableError(databaseUrl, error)));
    client.release();
    return await readTables(
      new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
      "a PostgreSQL server",
      accounts,
    );
  } finally {
    await pool.end();
  }
}

async function readFolder(dataDir: string, accounts: readonly Account[]): Promise<Reading> {
  const folder = resolve(dataDir);
  if (!(await isAllowed(join(folder, "database", "PG_VERSION"), constants.F_OK)))
    return { findings: [await emptyFinding(folder)] };
  const { pglite, close } = await openDataDir(folder);
  try {
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
    return await readTables(db, `embedded, in ${folder}`, accounts);
  } finally {
    await close();
  }
}

async function readTables(db: Kysely<Tables>, kind: string, accounts: readonly Account[]): Promise<Reading> {
  const { applied, pending } = await schemaState(db);
  const unknown = await stepsOfOthers(db);
  if (unknown.length > 0) throw new NewerSchemaError(unknown);
  const steps = pending.length === 0 ? "its schema is up to date" : `the next start makes ${pending.join(", ")}`;
  const told = `It answers: ${kind}; ${applied.length} of ${applied.length + pending.length} schema steps are made, ${steps}.`;
  const findings: Finding[] = [{ check: CHECK, state: "ok", told }];
  if (applied.length === 0) return { findings, digestChannels: [] };
  for (const account of accounts) findings.push(...accountFindings(account, await accountOf(db, account.id)));
  if (pending.length > 0) return { findings };
  const subscriptions = await listSubscriptions(db);
  return { findings, digestChannels: subscriptions.map(({ channel }) => channel) };
}

/** Steps that are made and that this code does not know. */
async function stepsOfOthers(db: Kysely<Tables>): Promise<string[]> {
  const { rows: found } = await sql<{
    table: string | null;
  }>`select to_regclass('kysely_migration')::text as table`.execute(db);
  if (!found[0]?.table) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name).filter((name) => !Object.hasOwn(MIGRATIONS, name));
}

function accountFindings({ id, account }: Account, held: string | undefined): Finding[] {
  if (held === undefined || held === account) return [];
  return [
    {
      check: `${id} account`,
      state: "warning",
      told: `The store holds what was collected from ${held}, and ${account} is set up now: the bot puts the old rows aside when it starts, and the command line works on a temporary store.`,
      mend: "If both accounts are wanted, give each a DATABASE_URL or DATA_DIR of its own; if the account has moved, start the bot once.",
    },
  ];
}

function heldFinding(dataDir: string): Finding {
  const told = `Embedded, in ${resolve(dataDir)}. The running bot holds it, so its schema and its digests cannot be looked at from here; /hooks status tells of them.`;
  return { check: CHECK, state: "ok", told };
}

async function emptyFinding(folder: string): Promise<Finding> {
  const existing = await nearestFolder(folder);
  const isFolder = (await stat(existing)).isDirectory();
  if (isFolder && (await isAllowed(existing, constants.W_OK)))
    return { check: CHECK, state: "ok", told: `Embedded; the first start makes it in ${folder}.` };
  return {
    check: CHECK,
    state: "fault",
    told: `Embedded; it is not there yet, and nothing can be written in ${existing}.`,
    mend: "Set DATA_DIR to a folder that can be written, or DATABASE_URL to a PostgreSQL server.",
  };
}

async function diskFinding(dataDir: string): Promise<Finding> {
  const folder = resolve(dataDir);
  const { bavail, bsize } = await statfs(await nearestFolder(folder));
  return freeSpaceFinding(folder, bavail * bsize);
}

/** The folder itself, or what is there of the way to it. */
async function nearestFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found) return path;
  const above = dirname(path);
  return above === path ? path : nearestFolder(above);
}

async function isAllowed(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** Errors of the store say what is and then what to do. */
function inTwoParts(message: string): Pick<Finding, "told" | "mend"> {
  const [, told = message, mend] = /^(.*?[.!?]) ((?:Check|Set|Start|Stop) .*)$/s.exec(message) ?? [];
  return mend === undefined ? { told } : { told, mend };
}
