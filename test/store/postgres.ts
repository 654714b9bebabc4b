import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startPostgresServer } from "./postgres-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Answers each GET with the URL of a new, empty PostgreSQL database, or with status 500 and the reason. */
    newPostgresDatabase: string;
    /** A folder that is deleted at the end of the run, whatever became of the tests. */
    temporaryFolder: string;
  }
}

/**
 * Vitest's global setup: one PostgreSQL for the whole run, started when the first test asks for a database, and one folder for
 * temporary files.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: ReturnType<typeof startPostgresServer> | undefined;
  let databases = 0;
  const front = createServer(async (_request, response) => {
    try {
      starting ??= startPostgresServer();
      const { url } = await starting;
      databases += 1;
      response.end(await createDatabase(url, `test_${databases}`));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  const address = front.address();
  if (address === null || typeof address === "string") throw new Error("no port for the tests' PostgreSQL");
  const temporaryFolder = mkdtempSync(join(tmpdir(), "hooktriage-tests-"));
  project.provide("temporaryFolder", temporaryFolder);
  project.provide("newPostgresDatabase", `http://127.0.0.1:${address.port}/`);

  return async () => {
    front.close();
    front.closeAllConnections();
    const server = await starting?.catch(() => undefined);
    await server?.stop();
    rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 5 });
  };
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}
