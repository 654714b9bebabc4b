import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { AS_NPM_RUNS } from "../../support/as-npm-runs.ts";

const STORE = fileURLToPath(new URL("../../../src/store/", import.meta.url));

export interface Child {
  process: ChildProcess;
  /** The next line that it prints; `undefined` when it has ended. */
  nextLine(): Promise<string | undefined>;
  kill(): Promise<void>;
}

/** Another process of ours. `code` may await; it has `openDatabase`, `saveInvocationPage` and `dataDir`. */
export function startChild(dataDir: string, code: string): Child {
  const script = `
    const { openDatabase } = await import(${JSON.stringify(`${STORE}database.ts`)});
    const { saveInvocationPage } = await import(${JSON.stringify(`${STORE}invocations.ts`)});
    const dataDir = ${JSON.stringify(dataDir)};
    ${code}`;
  const child = spawn(process.execPath, [...AS_NPM_RUNS, "--input-type=module", "--eval", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    process: child,
    async nextLine() {
      const line = await lines.next();
      return line.done ? undefined : line.value;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
