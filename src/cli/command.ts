import type { Collector } from "../collect/collector.ts";
import type { Config } from "../config.ts";
import type { ProgressLine } from "./progress.ts";

/** How a command was called, before anything is opened or asked. */
export interface Call {
  config: Config;
  flags: Flags;
  /** The command's own name. */
  command: string;
  /** What follows the command: parsed as in Slack. */
  text: string;
  /** Ids of the providers that are set up. */
  providers: readonly string[];
  now: Date;
  /** Asks the person something and resolves to their line; absent where nobody sits at a terminal. */
  ask?: Ask | undefined;
  /** Shows how far the reading is; absent where nobody sits at a terminal. */
  progress?: ProgressLine | undefined;
}

/** Resolves to `undefined` where there is no line to come. Rejects with the signal's reason. */
export type Ask = (question: string, signal: AbortSignal) => Promise<string | undefined>;

export interface Flags {
  json: boolean;
  evidence: "sample" | "all";
  /** Whether what would be asked is answered with yes. */
  yes?: boolean;
}

/** Reads the call and says how to answer it. Throws `UsageError`, so that bad usage costs neither a database nor a request. */
export type Command = (call: Call) => Answering;

export type Answering = (collector: Collector, signal: AbortSignal) => Promise<CommandResult>;

/** What a command prints and ends with. */
export interface CommandResult {
  /** Empty, or whole lines but for the last line's end. */
  stdout: string;
  stderr?: string;
  exitCode: ExitCode;
}

/** 0: answered. 1: a provider failed or coverage is not complete. 2: bad usage or config. 130: interrupted by the person. */
export type ExitCode = 0 | 1 | 2 | 130;

/** The person called the command in a way that it cannot understand: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
