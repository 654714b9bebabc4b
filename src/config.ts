import { readProviders } from "./config/providers.ts";
import {
  channelIds,
  databaseUrl,
  type LogLevel,
  logLevel,
  port,
  retentionDays,
  timeZone,
} from "./config/read/values.ts";
import { type Environment, Variables } from "./config/read/variables.ts";
import { secretsOf } from "./config/secrets.ts";
import { readSlack, type SlackSettings } from "./config/slack.ts";
import type { Definitions } from "./providers/definition.ts";
import { type AllSettings, DEFINITIONS } from "./providers/registry.ts";

export type { LogLevel } from "./config/read/values.ts";
export type { SlackMode, SlackSettings } from "./config/slack.ts";

/** The settings of the providers that are set up stand under the providers' ids. */
export type Config<Settings = AllSettings> = OwnConfig & Partial<Settings>;

interface OwnConfig {
  /** Absent for the command line, which does not speak with Slack. */
  slack?: SlackSettings;
  /** Channels shared with another organisation in which answers may be posted all the same. */
  sharedChannels: string[];
  /** Absent: the embedded database, in `dataDir`. */
  databaseUrl?: string;
  dataDir: string;
  logLevel: LogLevel;
  /** An IANA name. */
  timeZone: string;
  retentionDays: number;
  /** 0: off. */
  healthPort: number;
  /** Every credential in here, in each form in which it travels: for masking. */
  secrets: string[];
}

/** Everything that is wrong with the environment, a line each. Holds no secret's value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    const title =
      faults.length === 1 ? "The configuration has a fault:" : `The configuration has ${faults.length} faults:`;
    super([title, ...faults.map((fault) => `  ${fault}`)].join("\n"));
    this.faults = faults;
  }
}

const DEFAULT_DATA_DIR = "./data";
const DEFAULT_RETENTION_DAYS = 30;
const DEFAULT_HEALTH_PORT = 3001;

/**
 * Reads the environment. An empty variable is an unset one, unknown ones are ignored. `cli` needs no variable of Slack's and
 * reads none. Throws a `ConfigError` that names every fault at once.
 */
export function loadConfig(env: Environment, needs: "bot" | "cli"): Config {
  const { config, faults } = readConfig(env, needs);
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** What can be used of an environment, and all that is wrong with it. */
export interface ReadConfig<Settings = AllSettings> {
  config: Config<Settings>;
  faults: readonly string[];
}

/** The same with all faults, and what can be used in spite of them: what is wrong is left out, or as if it were unset. */
export function readConfig(env: Environment, needs: "bot" | "cli"): ReadConfig {
  return readConfigFor(DEFINITIONS, env, needs);
}

/** The same for other providers than the registry's. */
export function readConfigFor<Settings>(
  definitions: Definitions<Settings>,
  env: Environment,
  needs: "bot" | "cli",
): ReadConfig<Settings> {
  const variables = new Variables(env, secretsOf(definitions, env));
  const slack = needs === "bot" ? readSlack(variables) : undefined;
  const providers = readProviders(definitions, variables);
  const healthPort = variables.read("HEALTH_PORT", port, DEFAULT_HEALTH_PORT);
  if (slack?.mode.kind === "http" && healthPort !== 0 && slack.mode.port === healthPort) {
    variables.fault(
      "HEALTH_PORT",
      `${healthPort} is the port of Slack's requests (PORT) too`,
      "give them different ports",
    );
  }
  const own: OwnConfig = {
    slack,
    sharedChannels: needs === "bot" ? variables.read("SLACK_SHARED_CHANNELS", channelIds, []) : [],
    databaseUrl: variables.read("DATABASE_URL", databaseUrl, undefined),
    dataDir: variables.value("DATA_DIR") ?? DEFAULT_DATA_DIR,
    logLevel: variables.read("LOG_LEVEL", logLevel, "info"),
    timeZone: variables.read("TZ_DEFAULT", timeZone, "UTC"),
    retentionDays: variables.read("RETENTION_DAYS", retentionDays, DEFAULT_RETENTION_DAYS),
    healthPort,
    secrets: variables.secrets,
  };
  return { config: { ...providers, ...own }, faults: variables.faults };
}
