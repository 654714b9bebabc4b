import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { openDatabase, openTemporaryStore, type Store } from "../../src/store/database.ts";

/** For `describe.each`: what holds for the store holds on both. */
export const DATABASES = ["PGlite", "PostgreSQL"] as const;
export type Database = (typeof DATABASES)[number];

/** An empty store. Close it at the end. */
export async function openFreshStore(database: Database): Promise<Store> {
  if (database === "PGlite") return openTemporaryStore();
  return openDatabase({ databaseUrl: await newPostgresDatabase() });
}

/**
 * An empty store for tests that only read and write: on PGlite one serves all files of a worker, as making one takes half a second.
 * Only one file at a time may have it; close it at the end, as any other.
 */
export async function openEmptyStore(database: Database): Promise<Store> {
  if (database === "PostgreSQL") return openFreshStore(database);
  shared ??= openTemporaryStore();
  const store = await shared;
  await emptyStore(store);
  return { ...store, close: async () => {} };
}

let shared: Promise<Store> | undefined;

/** The URL of an empty database on the real PostgreSQL of this test run. It ends with the run. */
export async function newPostgresDatabase(): Promise<string> {
  const response = await fetch(inject("newPostgresDatabase"));
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

/** A new folder, deleted at the end of the test run. */
export function newFolder(): string {
  return mkdtempSync(join(inject("temporaryFolder"), "folder-"));
}

/** Empties a store between tests, which is quicker than a new one. */
export async function emptyStore({ db }: Store): Promise<void> {
  await db.deleteFrom("webhooks").execute();
  await db.deleteFrom("invocations").execute();
  await db.deleteFrom("attempts").execute();
  await db.deleteFrom("attempt_reads").execute();
  await db.deleteFrom("diagnoses").execute();
  await db.deleteFrom("regroupings").execute();
  await db.deleteFrom("coverage").execute();
  await db.deleteFrom("provider_states").execute();
  await db.deleteFrom("budgets").execute();
  await db.deleteFrom("polls").execute();
  await db.deleteFrom("poll_pauses").execute();
  await db.deleteFrom("accounts").execute();
  await db.deleteFrom("replies").execute();
  await db.deleteFrom("subscriptions").execute();
  await db.deleteFrom("digest_slots").execute();
}
