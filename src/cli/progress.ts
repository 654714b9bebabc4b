import type { Progress } from "../collect/collector.ts";
import type { AttemptsProgress } from "../collect/questions.ts";
import { limitInWords } from "../triage/limit-words.ts";
import { providerName } from "../triage/provider-name.ts";

/** One line at a terminal that says how far the reading is: it is written anew at each step, and gone before the answer comes. */
export interface ProgressLine {
  /** So many webhooks are read. */
  show(progress: Progress): void;
  /** What is left is why invocations failed; so many attempts of those that are needed so far are read. */
  showAttempts(progress: AttemptsProgress): void;
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
    showAttempts: (progress) => write(`Reading why invocations failed${attemptsInWords(progress)}…`),
    clear: () => write(""),
  };
}

/** `: 14 of 40 (10 requests a minute)`; empty where nothing is counted yet. */
function attemptsInWords({ ofProviders }: AttemptsProgress): string {
  const of = ofProviders.reduce((sum, each) => sum + each.of, 0);
  if (of === 0) return "";
  const read = ofProviders.reduce((sum, each) => sum + each.read, 0);
  const limits = ofProviders.flatMap(({ limit }) => limit ?? []);
  const [lowest] = limits.sort((a, b) => a.limitPerMinute - b.limitPerMinute);
  return `: ${read} of ${of}${lowest ? ` (${limitInWords(lowest)})` : ""}`;
}

function wordsOf({ provider, read, of }: Progress): string {
  return `${read} of ${of} ${of === 1 ? "webhook" : "webhooks"} of ${providerName(provider)}`;
}

/** https://en.wikipedia.org/wiki/ANSI_escape_code#Control_Sequence_Introducer_commands */
const ERASE_LINE = "\r\u001b[K";
/** Columns of a terminal that does not tell. */
const NARROW = 80;
