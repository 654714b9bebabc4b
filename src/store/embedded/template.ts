import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/**
 * The files of an empty database, from which every new one starts: `initdb` in WebAssembly takes seconds and over 600 MB, which
 * small containers do not have. `npm ci` makes it (this file run as a script); where it is missing, the first start does.
 */
const CACHE_DIR = fileURLToPath(new URL("../../../node_modules/.cache/hooktriage/", import.meta.url));
const THIS_FILE = fileURLToPath(import.meta.url);
const TARBALL_TYPE = "application/x-gzip";

/** The template as a tarball for PGlite's `loadDataDir`; `undefined` when it can neither be read nor made. */
export async function loadTemplate(cacheDir = CACHE_DIR): Promise<Blob | undefined> {
  const file = await templateFile(cacheDir);
  const tarball = (await readIfThere(file)) ?? (await makeAndKeep(file));
  return tarball && new Blob([new Uint8Array(tarball)], { type: TARBALL_TYPE });
}

/** What `npm ci` runs. Never throws: without a template the first start is slower, nothing else. */
export async function prepareTemplate(
  cacheDir = CACHE_DIR,
  warn: (line: string) => void = console.warn,
): Promise<void> {
  try {
    const file = await templateFile(cacheDir);
    if (await readIfThere(file)) return;
    await mkdir(cacheDir, { recursive: true });
    await keep(file, await makeTemplate());
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    warn(`Hooktriage: the template of the embedded database was not made (${reason}); the first start makes it.`);
  }
}

/** Its name carries the version of PGlite, which must be the one that reads it. */
export async function templateFile(cacheDir = CACHE_DIR): Promise<string> {
  const packageFile = join(dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite")), "../package.json");
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(packageFile, "utf8")));
  return join(cacheDir, `pglite-${version}.tar.gz`);
}

/** Kept only if the folder can be written; an image's often cannot. */
async function makeAndKeep(file: string): Promise<Buffer | undefined> {
  try {
    const tarball = await makeTemplate();
    await keep(file, tarball).catch(() => undefined);
    return tarball;
  } catch {
    return undefined;
  }
}

/** Made in a process of its own, whose memory is given back at its end. */
async function makeTemplate(): Promise<Buffer> {
  const child = spawn(process.execPath, [THIS_FILE, "--to-stdout"], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`initdb ended with ${signal ?? `code ${code}`}`));
    });
  });
  const [tarball] = await Promise.all([buffer(child.stdout), ended]);
  return tarball;
}

async function keep(file: string, tarball: Buffer): Promise<void> {
  const unfinished = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(unfinished, tarball);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}

async function writeNewTemplate(): Promise<void> {
  const { PGlite } = await import("@electric-sql/pglite");
  // Segments of 1 MB keep the write-ahead log of a small database small.
  const pglite = await PGlite.create({ initDbStartParams: ["--wal-segsize=1"] });
  const dump = await pglite.dumpDataDir("gzip");
  await pglite.close();
  const tarball = Buffer.from(await dump.arrayBuffer());
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(tarball, (error) => (error ? reject(error) : resolve()));
  });
}

if (import.meta.main) {
  if (process.argv.includes("--to-stdout")) await writeNewTemplate();
  else await prepareTemplate();
}
