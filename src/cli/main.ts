import { inspect } from "node:util";
import { createBudgets } from "../collect/budget/budgets.ts";
import { providerChecks } from "../collect/checkup.ts";
import { createCollector } from "../collect/collector.ts";
import { EnvFileError, loadEnvFile } from "../config/env-file.ts";
import { secretsIn } from "../config/secrets.ts";
import { ConfigError, loadConfig, readConfig } from "../config.ts";
import { processChecks } from "../ops/checkup.ts";
import { boltLogger, createLog } from "../ops/log.ts";
import { inRequest, newRequestId } from "../ops/request-id.ts";
import { type Check, LONGEST_CHECK_MS, runChecks } from "../ops/run-checks.ts";
import { type Clock, systemClock } from "../providers/clock.ts";
import { createProviders, DEFINITIONS } from "../providers/registry.ts";
import { slackChecks } from "../slack/checkup.ts";
import { storeCheckup } from "../store/checkup.ts";
import { DatabaseUnreachableError, type Store, StoreUnusableError } from "../store/database.ts";
import { DataDirLostError } from "../store/embedded/data-dir.ts";
import { NewerSchemaError } from "../store/migrate.ts";
import type { Finding } from "../triage/finding.ts";
import { redactText } from "../triage/redact.ts";
import { parseSubcommand } from "../triage/subcommand.ts";
import { readArguments } from "./arguments.ts";
import { askAtTerminal } from "./ask.ts";
import { attempts } from "./attempts.ts";
import { type Ask, type Call, type Command, type CommandResult, type Flags, UsageError } from "./command.ts";
import { configFindings, DATABASE_UNREAD, doctorResult, envFindings, SLACK_UNSET, unaskedFindings } from "./doctor.ts";
import { failures } from "./failures.ts";
import { HELP } from "./help.ts";
import { invocations } from "./invocations.ts";
import { openStore } from "./open-store.ts";
import { type ProgressLine, progressAt } from "./progress.ts";
import { usageErrorOf } from "./question.ts";
import { test } from "./test.ts";
import { plainLines } from "./views/text.ts";
import { webhooks } from "./webhooks.ts";

const COMMANDS = { failures, invocations, attempts, webhooks, test } satisfies Record<string, Command>;
type CommandName = keyof typeof COMMANDS;
const NAMES: readonly (CommandName | "doctor")[] = [
  "failures",
  "invocations",
  "attempts",
  "webhooks",
  "test",
  "doctor",
];

/** What of the clock is not `now`, and how long one of the doctor's checks may take: for tests. */
interface Pace extends Partial<Pick<Clock, "wait" | "random">> {
  checkLimitMs?: number;
}

interface CliParts extends Pace {
  /** `.env` is there, and none of its variables could be read. */
  envFault?: EnvFileError | undefined;
  /** Absent where nobody sits at a terminal. */
  ask?: Ask | undefined;
  /** The same. */
  progress?: ProgressLine | undefined;
}

/** Runs one command and says what to print; an aborted signal interrupts it. Throws nothing but bugs. */
export async function runCli(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  now: () => Date,
  signal: AbortSignal,
  parts: CliParts = {},
): Promise<CommandResult> {
  const result = await inRequest(newRequestId(), () => resultOf(() => run(argv, env, now, signal, parts), signal));
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
    EnvFileError,
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
  { envFault, ask, progress, ...pace }: CliParts,
): Promise<CommandResult> {
  const { text, flags, help } = readArguments(argv);
  if (help || text === "help") return { stdout: HELP, exitCode: 0 };
  if (text === "") return { stdout: "", stderr: HELP, exitCode: 2 };
  const parsed = parseSubcommand(text, NAMES);
  if (!parsed.ok) throw usageErrorOf(parsed.fault);
  const { name: command, rest } = parsed;
  if (command === "doctor") {
    if (rest !== "") throw new UsageError("doctor takes nothing but --json: it looks at everything.");
    return runDoctor(flags, env, now, signal, { envFault, ...pace });
  }
  if (envFault) throw envFault;
  return runCommand({ command, text: rest, flags, ask, progress }, env, now, signal, pace);
}

async function runCommand(
  typed: { command: CommandName } & Pick<Call, "text" | "flags" | "ask" | "progress">,
  env: NodeJS.ProcessEnv,
  now: () => Date,
  signal: AbortSignal,
  pace: Pace,
): Promise<CommandResult> {
  const config = loadConfig(env, "cli");
  const level = env.LOG_LEVEL ? config.logLevel : "silent";
  const log = createLog({ level, destination: process.stderr, secrets: config.secrets });
  const opening = Promise.withResolvers<Store>();
  const clock = { ...systemClock, ...pace, now };
  const budgets = createBudgets(Object.keys(DEFINITIONS), { store: opening.promise, clock, log });
  const providers = createProviders(config, { ...pace, now, log, budgets });
  const call: Call = { ...typed, config, providers: providers.map(({ id }) => id), now: now() };
  const answering = COMMANDS[typed.command](call);
  const { store, note } = await openStore(config, providers, log);
  opening.resolve(store);
  try {
    const collector = createCollector({ store, providers, now, log });
    const result = await answering(collector, signal);
    return { ...result, stderr: [note, result.stderr].filter(Boolean).join("\n") };
  } finally {
    typed.progress?.clear();
    await Promise.all(providers.map((provider) => provider.close?.()));
    await store.close();
  }
}

/** Needs nothing to be in order: whatever is wrong becomes a finding. */
async function runDoctor(
  flags: Flags,
  env: NodeJS.ProcessEnv,
  now: () => Date,
  signal: AbortSignal,
  { checkLimitMs: limitMs = LONGEST_CHECK_MS, envFault, ...pace }: CliParts,
): Promise<CommandResult> {
  const hasSlack = SLACK_CREDENTIALS.some((name) => env[name]?.trim());
  const { config, faults } = readConfig(env, hasSlack ? "bot" : "cli");
  const level = env.LOG_LEVEL ? config.logLevel : "silent";
  const log = createLog({ level, destination: process.stderr, secrets: config.secrets });
  const providers = createProviders(config, { ...pace, now, log });
  const ids = { known: Object.keys(DEFINITIONS), asked: providers.map(({ id }) => id) };
  const isDatabaseNamed = !faults.some((fault) => fault.startsWith("DATABASE_URL:"));
  const store = isDatabaseNamed ? storeCheckup(config, providers) : undefined;
  const slackParts = { logger: boltLogger(log), now, digestChannels: async () => store?.digestChannels() };
  const checks: Check[] = [
    known("configuration", [...envFindings(envFault), ...configFindings(faults)]),
    ...processChecks(config.timeZone),
    ...(store?.checks ?? [known("database", [DATABASE_UNREAD])]),
    ...(config.slack ? slackChecks(config.slack, slackParts) : []),
    known("slack", hasSlack ? [] : [SLACK_UNSET]),
    ...providers.flatMap((provider) => providerChecks(provider)),
    known("providers", unaskedFindings(faults, env, ids)),
  ];
  const findings = await runChecks(checks, { limitMs, signal });
  const { secrets, timeZone } = config;
  return doctorResult({
    asOf: now(),
    findings,
    hasConfigFaults: envFault !== undefined || faults.length > 0,
    secrets,
    timeZone,
    json: flags.json,
  });
}

const SLACK_CREDENTIALS = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"];

/** What is known without a look. */
function known(name: string, findings: Finding[]): Check {
  return { name, run: async () => findings };
}

/** Prints a result, and ends the process when all is written: what was given up may still be under way. */
async function main(): Promise<void> {
  // Whoever reads only the first lines, as `head` does, is done with us.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  const interruption = new AbortController();
  // A second Ctrl-C ends the process at once.
  process.once("SIGINT", () => interruption.abort(new Error("interrupted")));
  try {
    const { signal } = interruption;
    const result = await resultOf(async () => {
      const envFault = loadEnv();
      const { env } = process;
      // The log has the terminal to itself.
      const progress = env.LOG_LEVEL ? undefined : progressAt(process.stderr, env);
      return runCli(process.argv.slice(2), env, () => new Date(), signal, { envFault, ask: askAtTerminal(), progress });
    }, signal);
    await Promise.all([write(process.stderr, result.stderr), write(process.stdout, result.stdout)]);
    process.exit(result.exitCode);
  } catch (bug) {
    process.exitCode = 1;
    process.stderr.write(`${redactText(inspect(bug), { knownSecrets: secretsIn(process.env) }).text}\n`);
  }
}

/** The fault is a finding for the doctor, and keeps all else from being done. */
function loadEnv(): EnvFileError | undefined {
  try {
    loadEnvFile(process.cwd(), process.env);
    return undefined;
  } catch (error) {
    if (error instanceof EnvFileError) return error;
    throw error;
  }
}

/** Resolves when the reader, or the system for it, has taken it all, or is gone. */
function write(stream: NodeJS.WriteStream, text = ""): Promise<void> {
  return new Promise((resolve) => {
    if (text === "") resolve();
    else stream.write(`${text}\n`, () => resolve());
  });
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

if (import.meta.main) await main();
