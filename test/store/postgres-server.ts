import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";

/** An empty PostgreSQL on loopback. It lives as long as its keeper's standard input is open, so it also ends when this process is killed. */
export async function startPostgresServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const script = fileURLToPath(new URL("./postgres-keeper.ts", import.meta.url));
  const keeper = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "pipe"], detached: true });
  const ended = once(keeper, "close");
  let complaint = "";
  keeper.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const firstLine = once(createInterface(keeper.stdout), "line");
  const failed = ended.then(([code]) => {
    throw new Error(`PostgreSQL did not start (code ${code}): ${complaint}`);
  });
  failed.catch(() => undefined);
  const [url] = await Promise.race([firstLine, failed]);
  return {
    url,
    async stop() {
      keeper.stdin.end();
      await ended;
    },
  };
}
