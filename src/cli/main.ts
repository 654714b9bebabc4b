import { inspect } from "node:util";
import { createCollector } from "../collect/collector.ts";
import { secretsIn } from "../config/secrets.ts";
import { ConfigError, loadConfig } from "../config.ts";
import { createLog } from "../ops/log.ts";
import type { Clock } from "../providers/clock.ts";
import { createProviders } from "../providers/registry.ts";
import { DatabaseUnreachableError, StoreUnusableError } from "../store/database.ts";
import { DataDirLostError } from "../store/embedded/data-dir.ts";
import { NewerSchemaError } from "../store/migrate.ts";
import { redactText } from "../triage/redact.ts";
import { parseSubcommand } from "../triage/subcommand.ts";
import { readArguments } from "./arguments.ts";
import { attempts } from "./attempts.ts";
import { type Call, type Command, type CommandResult, type Flags, UsageError } from "./command.ts";
import { failures } from "./failures.ts";
import { HELP } from "./help.ts";
import { invocations } from "./invocations.ts";
import { openStore } from "./open-store.ts";
import { usageErrorOf } from "./question.ts";
import { plainLines } from "./views/text.ts";
import { webhooks } from "./webhooks.ts";

const COMMANDS = { failures, invocations, attempts, webhooks } satisfies Record<string, Command>;
type CommandName = keyof typeof COMMANDS;
const NAMES: readonly CommandName[] = ["failures", "invocations", "attempts", "webhooks"];

/** What of the clock is not `now`, for tests. */
type Pace = Partial<Pick<Clock, "wait" | "random">>;

/** Runs one command and says what to print; an aborted signal interrupts it. Throws nothing but bugs. */
export async function runCli(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  now: () => Date,
  signal: AbortSignal,
  pace: Pace = {},
): Promise<CommandResult> {
  const result = await resultOf(() => run(argv, env, now, signal, pace), signal);
  const { stderr = "", ...rest } = result;
  return stderr === "" ? rest : { ...rest, stderr: plainLines(stderr).join("\n") };
}

/** Turns what people can mend into words and an exit code. */
async function resultOf(answer: () => Promise<CommandResult>, signal: AbortSignal): Promise<CommandResult> {
  const interrupted: CommandResult = { stdout: "", stderr: "Interrupted.", exitCode: 130 };
  try {
    const result = await answer();
    return signal.aborted ? interrupted : result;
  } catch (error) {
    if (signal.aborted) return interrupted;
    if (!isForPeople(error)) throw error;
    return { stdout: "", stderr: error.message, exitCode: 2 };
  }
}

function isForPeople(error: unknown): error is Error {
  const kinds = [
    UsageError,
    ConfigError,
    StoreUnusableError,
    DatabaseUnreachableError,
    NewerSchemaError,
    DataDirLostError,
  ];
  return kinds.some((kind) => error instanceof kind);
}

async function run(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  now: () => Date,
  signal: AbortSignal,
  pace: Pace,
): Promise<CommandResult> {
  const { text, flags, help } = readArguments(argv);
  if (help || text === "help") return { stdout: HELP, exitCode: 0 };
  if (text === "") return { stdout: "", stderr: HELP, exitCode: 2 };
  const parsed = parseSubcommand(text, NAMES);
  if (!parsed.ok) throw usageErrorOf(parsed.fault);
  return runCommand({ command: parsed.name, text: parsed.rest, flags }, env, now, signal, pace);
}

async function runCommand(
  typed: { command: CommandName; text: string; flags: Flags },
  env: NodeJS.ProcessEnv,
  now: () => Date,
  signal: AbortSignal,
  pace: Pace,
): Promise<CommandResult> {
  const config = loadConfig(env, "cli");
  const level = env.LOG_LEVEL ? config.logLevel : "silent";
  const log = createLog({ level, destination: process.stderr, secrets: config.secrets });
  const providers = createProviders(config, { ...pace, now, log });
  if (providers.length === 0) {
    throw new ConfigError(["ZENDESK_SUBDOMAIN: no provider that can be read is configured; set Zendesk's variables."]);
  }
  const call: Call = { ...typed, config, providers: providers.map(({ id }) => id), now: now() };
  const answering = COMMANDS[typed.command](call);
  const { store, note } = await openStore(config, providers, log);
  try {
    const collector = createCollector({ store, providers, now, log });
    const result = await answering(collector, signal);
    return { ...result, stderr: [note, result.stderr].filter(Boolean).join("\n") };
  } finally {
    await store.close();
  }
}

/** Prints a result and sets the exit code; the process ends by itself, when all is written. */
async function main(): Promise<void> {
  // Whoever reads only the first lines, as `head` does, is done with us.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  const interruption = new AbortController();
  // A second Ctrl-C ends the process at once.
  process.once("SIGINT", () => interruption.abort(new Error("interrupted")));
  try {
    const result = await runCli(process.argv.slice(2), process.env, () => new Date(), interruption.signal);
    process.exitCode = result.exitCode;
    if (result.stderr) process.stderr.write(`${result.stderr}\n`);
    if (result.stdout) process.stdout.write(`${result.stdout}\n`);
  } catch (bug) {
    process.exitCode = 1;
    process.stderr.write(`${redactText(inspect(bug), { knownSecrets: secretsIn(process.env) }).text}\n`);
  }
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

if (import.meta.main) await main();
