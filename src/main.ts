import { createCollector } from "./collect/collector.ts";
import { type Config, ConfigError, loadConfig } from "./config.ts";
import { startRetention } from "./jobs/retention.ts";
import { type Readiness, startHealthServer } from "./ops/health.ts";
import { boltLogger, createLog, type Log } from "./ops/log.ts";
import { createMetrics, type Metrics } from "./ops/metrics.ts";
import { createProviders } from "./providers/registry.ts";
import { createSlackApp, readIdentity } from "./slack/app.ts";
import { isUncertain, slackErrorOf } from "./slack/call.ts";
import { createChannels } from "./slack/channels.ts";
import { DEFAULT_PACE, type Pace, type SlackContext } from "./slack/context.ts";
import { createPeople } from "./slack/people.ts";
import { createWebClient } from "./slack/web-client.ts";
import { useAccounts } from "./store/accounts.ts";
import { DatabaseUnreachableError, openDatabase, type Store, StoreUnusableError } from "./store/database.ts";
import { DataDirInUseError } from "./store/embedded/lock.ts";
import { NewerSchemaError } from "./store/migrate.ts";
import { readProviderStates } from "./store/provider-states.ts";

export interface Bot {
  /** Takes no more work, finishes what is under way, lets go of the database and ends. */
  stop(): Promise<void>;
  /** Resolves as soon as nothing is under way. */
  settled(): Promise<void>;
}

export interface BotParts {
  log: Log;
  now: () => Date;
  pace?: Pace;
  /** Another process took the embedded database: nothing more is written, and the process should end. */
  onStoreLost?: (error: Error) => void;
}

/** Puts the rooms together: config -> store -> providers -> collector -> Slack. Resolves when Slack can reach the bot. */
export async function startBot(config: Config, { log, now, pace = DEFAULT_PACE, onStoreLost }: BotParts): Promise<Bot> {
  const { slack: settings } = config;
  if (!settings) throw new ConfigError(["Slack's variables are missing."]);
  const metrics = createMetrics();
  const providers = createProviders(config, { now, log, metrics });
  const store = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    onCompromised: onStoreLost,
    onIdleConnectionError: (err) =>
      log.warn({ err }, "a connection to the database broke; the next query opens another"),
  });
  try {
    await useAccounts(store.db, providers, "switch");
    const logger = boltLogger(log);
    const web = createWebClient(settings, { logger, metrics });
    const identity = await readIdentity(web);
    const context: SlackContext = {
      web,
      collector: createCollector({ store, providers, now, log }),
      people: createPeople({ web, identity, defaultTimeZone: config.timeZone, now }),
      channels: createChannels({ web, listedSharedChannels: config.sharedChannels, now }),
      now,
      log,
      metrics,
      pace,
    };
    const app = createSlackApp(settings, context, identity, logger);
    await app.start();
    const retention = startRetention(store, config.retentionDays, now, log);
    const health = await startHealth(config.healthPort, store, metrics, log);
    log.info(
      { mode: settings.mode.kind, store: store.kind, providers: providers.map(({ id }) => id) },
      "hooktriage is up",
    );
    return {
      settled: () => app.settled(),
      async stop() {
        retention.stop();
        await app.stop();
        await health.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A port that is taken must not keep the people on call from their answers: the bot runs without it and says so. */
async function startHealth(
  port: number,
  store: Store,
  metrics: Metrics,
  log: Log,
): Promise<{ close(): Promise<void> }> {
  try {
    return await startHealthServer({ port, ready: () => readiness(store), metrics });
  } catch (err) {
    log.error({ err, port }, "no health checks: the port cannot be had. Set HEALTH_PORT to another one, or to 0");
    return { close: async () => {} };
  }
}

async function readiness(store: Store): Promise<Readiness> {
  try {
    await readProviderStates(store.db);
    return { database: { ok: true } };
  } catch (error) {
    return { database: { ok: false, detail: error instanceof Error ? error.message : String(error) } };
  }
}

/** Runs until it is told to stop. */
async function run(): Promise<void> {
  const config = loadConfig(process.env, "bot");
  const log = createLog({ level: config.logLevel, secrets: config.secrets });
  const bot = await startBot(config, {
    log,
    now: () => new Date(),
    onStoreLost(error) {
      log.fatal({ err: error }, "the data folder is no longer ours");
      process.exit(1);
    },
  });
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      log.info({ signal: name }, "stopping");
      bot.stop().then(
        () => process.exit(0),
        (error) => {
          log.fatal({ err: error }, "could not stop cleanly");
          process.exit(1);
        },
      );
    });
  }
}

if (import.meta.main) {
  try {
    await run();
  } catch (error) {
    const told = toldBy(error);
    if (told === undefined) throw error;
    process.stderr.write(`${told}\n`);
    process.exit(2);
  }
}

/** What the operator can mend, in words; `undefined` for what is a bug. */
function toldBy(error: unknown): string | undefined {
  for (const Told of [ConfigError, DataDirInUseError, DatabaseUnreachableError, NewerSchemaError, StoreUnusableError]) {
    if (error instanceof Told) return error.message;
  }
  if (isUncertain(error))
    return "Slack does not answer. Check the network, and SLACK_API_URL if it is set; then start again.";
  const word = slackErrorOf(error);
  if (word === undefined) return undefined;
  return `Slack refused SLACK_BOT_TOKEN or SLACK_APP_TOKEN: ${word}. Copy both anew from the app's pages at api.slack.com/apps, and install the app.`;
}
