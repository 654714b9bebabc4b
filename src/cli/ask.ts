import { createInterface } from "node:readline";
import type { Ask } from "./command.ts";

/** Asks on stderr, since stdout is for documents; `undefined` where nobody sits there to answer. */
export function askAtTerminal(
  input: NodeJS.ReadStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Ask | undefined {
  return input.isTTY ? (question, signal) => readLine(input, output, question, signal) : undefined;
}

/** One line of what is typed; `undefined` at its end (Ctrl-D). Rejects with the signal's reason. */
export function readLine(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  // Without a line editor the terminal itself turns Ctrl-C into an interruption.
  const lines = createInterface({ input, output, terminal: false });
  return new Promise<string | undefined>((resolve, reject) => {
    const interrupt = () => reject(signal.reason);
    signal.addEventListener("abort", interrupt, { once: true });
    lines.once("close", () => resolve(undefined));
    lines.question(question, resolve);
    if (signal.aborted) interrupt();
  }).finally(() => lines.close());
}
