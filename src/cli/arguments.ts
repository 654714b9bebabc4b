import { echo } from "../triage/query/echo.ts";
import { type Flags, UsageError } from "./command.ts";

export interface Arguments {
  /** All but the flags, joined with blanks: the command and what follows it. */
  text: string;
  flags: Flags;
  help: boolean;
}

/**
 * Splits the command line. Only the long flags are ours: what starts with a single dash is a negated term, as in Slack.
 * Throws `UsageError`.
 */
export function readArguments(argv: readonly string[]): Arguments {
  const words: string[] = [];
  const flags: Flags = { json: false, evidence: "sample" };
  let help = false;
  for (let position = 0; position < argv.length; position += 1) {
    const argument = argv[position] ?? "";
    if (argument === "--json") {
      flags.json = true;
    } else if (argument === "--yes") {
      flags.yes = true;
    } else if (argument === "--help" || argument === "-h") {
      help = true;
    } else if (argument === "--evidence") {
      position += 1;
      flags.evidence = evidenceOf(argv[position]);
    } else if (argument.startsWith("--evidence=")) {
      flags.evidence = evidenceOf(argument.slice("--evidence=".length));
    } else if (argument.startsWith("--")) {
      throw new UsageError(`There is no flag ${echo(argument)}. Flags: --json, --evidence sample|all, --yes, --help.`);
    } else {
      words.push(argument);
    }
  }
  return { text: words.join(" ").trim(), flags, help };
}

function evidenceOf(value: string | undefined): Flags["evidence"] {
  if (value === "sample" || value === "all") return value;
  throw new UsageError(`--evidence takes "sample" or "all"${value === undefined ? "" : `, not ${echo(value)}`}.`);
}
