import type { Progress } from "../collect/collector.ts";
import { providerName } from "../triage/provider-name.ts";

/** One line at a terminal that says how far the reading is: it is written anew at each step, and gone before the answer comes. */
export interface ProgressLine {
  /** So many webhooks are read. */
  show(progress: Progress): void;
  /** What is left is why invocations failed. */
  showAttempts(): void;
  clear(): void;
}

/** What of a terminal it needs. */
export type Terminal = Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write">;

/** None where nobody sits at a terminal, or where the terminal cannot go back in a line. */
export function progressAt(terminal: Terminal, env: NodeJS.ProcessEnv): ProgressLine | undefined {
  if (!terminal.isTTY || env.TERM === "dumb") return undefined;
  const steps = new Map<string, Progress>();
  let shown = "";

  function write(line: string): void {
    // A line that wraps could not be taken back.
    const cut = line.slice(0, Math.max(0, (terminal.columns || NARROW) - 1));
    if (cut === shown) return;
    shown = cut;
    terminal.write(`${ERASE_LINE}${cut}`);
  }

  return {
    show(progress) {
      steps.set(progress.provider, progress);
      write(`Reading: ${[...steps.values()].map(wordsOf).join(", ")}…`);
    },
    showAttempts: () => write("Reading why invocations failed…"),
    clear: () => write(""),
  };
}

function wordsOf({ provider, read, of }: Progress): string {
  return `${read} of ${of} ${of === 1 ? "webhook" : "webhooks"} of ${providerName(provider)}`;
}

/** https://en.wikipedia.org/wiki/ANSI_escape_code#Control_Sequence_Introducer_commands */
const ERASE_LINE = "\r\u001b[K";
/** Columns of a terminal that does not tell. */
const NARROW = 80;
