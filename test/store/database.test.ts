import { once } from "node:events";
import { createServer } from "node:net";
import { sql } from "kysely";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { DatabaseUnreachableError, openDatabase } from "../../src/store/database.ts";
import { newPostgresDatabase } from "./databases.ts";

describe("a store on a PostgreSQL server", () => {
  it("says what it cannot reach and what to do, without the password", async () => {
    const refusing = createServer().listen(0, "127.0.0.1");
    await once(refusing, "listening");
    const address = refusing.address();
    refusing.close();
    const port = typeof address === "object" ? address?.port : undefined;
    const opening = openDatabase({ databaseUrl: `postgres://bot:sesame@127.0.0.1:${port}/hooks` });
    await expect(opening).rejects.toThrow(DatabaseUnreachableError);
    await expect(opening).rejects.toThrow(new RegExp(`127\\.0\\.0\\.1:${port}/hooks.*ECONNREFUSED.*DATABASE_URL`));
    await expect(opening).rejects.not.toThrow(/sesame/);
  });

  it("names a server that lets nobody in", async () => {
    const url = new URL(await newPostgresDatabase());
    url.username = "nobody-here";
    await expect(openDatabase({ databaseUrl: url.href })).rejects.toThrow(/nobody-here/);
  });

  it("lives on when the server ends an idle connection", async () => {
    const databaseUrl = await newPostgresDatabase();
    const { promise: reported, resolve: onIdleConnectionError } = Promise.withResolvers<Error>();
    const store = await openDatabase({ databaseUrl, onIdleConnectionError });
    const administrator = new Client({ connectionString: databaseUrl });
    await administrator.connect();
    await administrator.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hooktriage' and datname = current_database()",
    );
    await administrator.end();
    expect((await reported).message).toMatch(/terminat/);
    expect((await sql`select 1 as one`.execute(store.db)).rows).toEqual([{ one: 1 }]);
    await store.close();
    await store.close();
  });
});
