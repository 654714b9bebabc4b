import { onTestFinished } from "vitest";
import { runCli } from "../../src/cli/main.ts";
import { NOW } from "./account.ts";

/** Somebody's shell: its environment, and a clock that moves by waits and by `pass` alone. */
export interface Terminal {
  env: NodeJS.ProcessEnv;
  /** The line is split at blanks. */
  run(line: string | readonly string[], signal?: AbortSignal): Promise<Printed>;
  now(): Date;
  pass(ms: number): void;
  /** What the person types at each question, in turn; nobody sits there while it is absent. */
  typing?: string[];
  /** The questions that were asked. */
  asked: string[];
}

export interface Printed {
  stdout: string;
  stderr: string;
  exitCode: number;
}

export function openTerminal(env: NodeJS.ProcessEnv, at = NOW): Terminal {
  let atMs = at.getTime();
  const terminal: Terminal = {
    env,
    asked: [],
    now: () => new Date(atMs),
    pass(ms) {
      atMs += ms;
    },
    async run(line, signal = new AbortController().signal) {
      const argv = typeof line === "string" ? line.split(" ") : line;
      const result = await runCli(argv, env, terminal.now, signal, {
        random: () => 0.5,
        async wait(ms) {
          signal.throwIfAborted();
          atMs += ms;
        },
        ...(terminal.typing && {
          async ask(question: string) {
            terminal.asked.push(question);
            return terminal.typing?.shift();
          },
        }),
      });
      return { stdout: result.stdout, stderr: result.stderr ?? "", exitCode: result.exitCode };
    },
  };
  return terminal;
}

/** Closed when the test is over. */
export async function closing<Closable extends { close(): Promise<void> }>(
  opening: Promise<Closable>,
): Promise<Closable> {
  const opened = await opening;
  onTestFinished(() => opened.close());
  return opened;
}
