import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type Store } from "../../src/store/database.ts";
import { migrate, NewerSchemaError, schemaState } from "../../src/store/migrate.ts";
import { MIGRATIONS } from "../../src/store/migrations/index.ts";
import { DATABASES, newPostgresDatabase, openFreshStore } from "./databases.ts";

const NEXT_STEP = {
  "9999-from-the-future": { up: (db: Store["db"]) => sql`create table future ()`.execute(db).then(() => {}) },
};
const BROKEN_STEP = {
  "9999-broken": {
    async up(db: Store["db"]) {
      await sql`create table half ()`.execute(db);
      await sql`create table half ()`.execute(db);
    },
  },
};

describe.each(DATABASES)("migrations in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openFreshStore(database);
  });
  afterAll(() => store.close());

  async function tables(): Promise<string[]> {
    return (await store.db.introspection.getTables()).map((table) => table.name).sort();
  }

  it("change nothing when they run again", async () => {
    const before = await tables();
    await migrate(store.db);
    expect(await tables()).toEqual(before);
  });

  it("are told, those that are done and those that wait", async () => {
    const names = Object.keys(MIGRATIONS);
    expect(await schemaState(store.db)).toEqual({ applied: names, pending: [] });
    const pending = Object.keys(NEXT_STEP);
    expect(await schemaState(store.db, { ...MIGRATIONS, ...NEXT_STEP })).toEqual({ applied: names, pending });
  });

  it("leave nothing behind of a step that fails, and tell its error", async () => {
    const before = await tables();
    await expect(migrate(store.db, { ...MIGRATIONS, ...BROKEN_STEP })).rejects.toThrow(/already exists/);
    expect(await tables()).toEqual(before);
  });

  it("refuse a database that a newer version has made", async () => {
    await migrate(store.db, { ...MIGRATIONS, ...NEXT_STEP });
    const refused = migrate(store.db);
    await expect(refused).rejects.toThrow(NewerSchemaError);
    await expect(refused).rejects.toThrow(/newer Hooktriage.*9999-from-the-future.*DATABASE_URL or DATA_DIR/);
  });
});

describe("migrations of processes that start together", () => {
  it("run once when three open a new database at the same time", async () => {
    const databaseUrl = await newPostgresDatabase();
    const stores = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl })));
    const { rows } = await sql`select name from kysely_migration`.execute((stores[0] ?? raise()).db);
    expect(rows).toHaveLength(Object.keys(MIGRATIONS).length);
    await Promise.all(stores.map((store) => store.close()));
  });
});

function raise(): never {
  throw new Error("no store was opened");
}
