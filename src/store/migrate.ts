import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { MIGRATIONS } from "./migrations/index.ts";
import type { Tables } from "./tables.ts";

/** The database was last opened by a newer Hooktriage. */
export class NewerSchemaError extends Error {
  override readonly name = "NewerSchemaError";

  constructor(unknownSteps: readonly string[]) {
    super(
      `The database was made by a newer Hooktriage: this one does not know its schema step ${unknownSteps.join(", ")}. ` +
        "Start the newer version again, or give this one a DATABASE_URL or DATA_DIR of its own.",
    );
  }
}

/**
 * Brings the schema up to what this code knows. Several processes may call it at once: the migrator takes an advisory lock.
 * Throws `NewerSchemaError`, or what the failing step threw; then nothing has changed.
 */
export async function migrate(db: Kysely<Tables>, migrations: Record<string, Migration> = MIGRATIONS): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const unknownSteps = await stepsUnknownTo(db, migrations);
  throw unknownSteps.length > 0 ? new NewerSchemaError(unknownSteps) : error;
}

/** Names of schema steps, in their order. */
export interface SchemaState {
  applied: string[];
  /** Known to this code and not yet in the database. */
  pending: string[];
}

/** Which steps of the schema the database has. Changes nothing, so it may be asked of a database that nobody has opened yet. */
export async function schemaState(
  db: Kysely<Tables>,
  migrations: Record<string, Migration> = MIGRATIONS,
): Promise<SchemaState> {
  const steps = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).getMigrations();
  return {
    applied: steps.filter((step) => step.executedAt !== undefined).map((step) => step.name),
    pending: steps.filter((step) => step.executedAt === undefined).map((step) => step.name),
  };
}

async function stepsUnknownTo(db: Kysely<Tables>, migrations: Record<string, Migration>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name).filter((name) => !(name in migrations));
}
