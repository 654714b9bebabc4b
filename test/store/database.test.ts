import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { sql } from "kysely";
import { Client } from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
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

  it("gives up what a proxy that stands still leaves without an answer, and goes on when it moves again", async () => {
    const { databaseUrl, freeze, thaw } = await frozenLater(await newPostgresDatabase());
    const store = await openDatabase({ databaseUrl, answerTimeoutMs: 100 });
    onTestFinished(() => store.close());
    freeze();
    const asked = Array.from({ length: 10 }, () => sql`select 1 as one`.execute(store.db));
    const answers = await Promise.allSettled(asked);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill("rejected"));
    thaw();
    expect((await sql`select 1 as one`.execute(store.db)).rows).toEqual([{ one: 1 }]);
  });

  it("lives on when the server ends an idle connection", async () => {
    const databaseUrl = await newPostgresDatabase();
    const { promise: reported, resolve: onIdleConnectionError } = Promise.withResolvers<Error>();
    const store = await openDatabase({ databaseUrl, onIdleConnectionError });
    await sql`select 1 as one`.execute(store.db);
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

/** The same database behind a proxy that can be made to stand still. */
async function frozenLater(address: string) {
  const { hostname, port } = new URL(address);
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
    if (isFrozen) server.pause();
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });
  const place = proxy.address();
  const url = new URL(address);
  url.host = `127.0.0.1:${typeof place === "object" ? place?.port : 0}`;
  return {
    databaseUrl: url.href,
    freeze() {
      isFrozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw() {
      isFrozen = false;
      for (const socket of sockets) socket.resume();
    },
  };
}
