import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COMPLAINT_LENGTH = 4_000;

/** The bot as `npm start` runs it, in a process of its own. */
export interface BotProcess {
  readonly startedAtMs: number;
  readonly isRunning: boolean;
  /** SIGKILL: the process gets no say. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM. Resolves with the exit code. */
  end(): Promise<number | null>;
  /** The end of what it wrote. */
  written(): string;
}

export function startBotProcess(env: Record<string, string>): BotProcess {
  // PostgreSQL's WebAssembly is not optimised: that takes longer than most of these processes live. https://v8.dev/blog/liftoff
  const child: ChildProcess = spawn(
    process.execPath,
    ["--liftoff-only", "--import", "./node-version.mjs", "src/main.ts"],
    {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const gone = once(child, "close");
  let written = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      written = `${written}${chunk}`.slice(-COMPLAINT_LENGTH);
    });
  }
  async function signal(name: NodeJS.Signals): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) child.kill(name);
    await gone;
  }
  return {
    startedAtMs: Date.now(),
    get isRunning() {
      return child.exitCode === null && child.signalCode === null;
    },
    kill: () => signal("SIGKILL"),
    async end() {
      await signal("SIGTERM");
      return child.exitCode;
    },
    written: () => written,
  };
}
