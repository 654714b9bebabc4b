import { inspect } from "node:util";
import { type Logger as SlackLogger, LogLevel as SlackLogLevel } from "@slack/web-api";
import { type LevelWithSilent, type Logger, pino, stdSerializers, stdTimeFunctions } from "pino";
import { redactText } from "../triage/redact.ts";
import { requestIdNow } from "./request-id.ts";

/** Children carry what their lines have in common: `log.child({ channel })`. The id of the request comes by itself. */
export type Log = Logger;

export interface LogOptions {
  level: LevelWithSilent;
  /** Standard output unless given. The command line gives standard error. */
  destination?: { write(line: string): unknown };
  /** The process's own credentials, masked wherever they stand. */
  secrets: readonly string[];
}

/** Writes a line of JSON an entry. Whole lines are redacted, so that no message, field, error or stack can leave anything out. */
export function createLog({ level, destination = process.stdout, secrets }: LogOptions): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      mixin: ofTheRequest,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.err, error: stdSerializers.err },
    },
    {
      write(line: string) {
        destination.write(redactText(line, { knownSecrets: secrets }).text);
      },
    },
  );
}

function ofTheRequest(): { requestId?: string } {
  const requestId = requestIdNow();
  return requestId === undefined ? {} : { requestId };
}

const SLACK_LEVELS: Record<string, SlackLogLevel> = {
  trace: SlackLogLevel.DEBUG,
  debug: SlackLogLevel.DEBUG,
  info: SlackLogLevel.INFO,
  warn: SlackLogLevel.WARN,
  error: SlackLogLevel.ERROR,
};

/** Our log as Slack's libraries want theirs. They set names and levels: of this child only. */
export function boltLogger(log: Log): SlackLogger {
  const child = log.child({ source: "slack" });
  let name: string | undefined;

  function write(level: SlackLogLevel, parts: unknown[]): void {
    if (!child.isLevelEnabled(level)) return;
    const err = parts.find((part) => part instanceof Error);
    const message = parts.map(textOf).join(" ");
    child[level]({ ...(name === undefined ? {} : { name }), ...(err ? { err } : {}) }, message);
  }

  return {
    debug: (...parts: unknown[]) => write(SlackLogLevel.DEBUG, parts),
    info: (...parts: unknown[]) => write(SlackLogLevel.INFO, parts),
    warn: (...parts: unknown[]) => write(SlackLogLevel.WARN, parts),
    error: (...parts: unknown[]) => write(SlackLogLevel.ERROR, parts),
    setLevel(level: SlackLogLevel) {
      child.level = level.toLowerCase();
    },
    getLevel: () => SLACK_LEVELS[child.level] ?? SlackLogLevel.ERROR,
    setName(given: string) {
      name = given;
    },
  };
}

/** Messages of Slack's libraries may be anything. Depth is bounded: whole events are no log line. */
function textOf(part: unknown): string {
  if (typeof part === "string") return part;
  return part instanceof Error ? part.message : inspect(part, { depth: 3, breakLength: Number.POSITIVE_INFINITY });
}
