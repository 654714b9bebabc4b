import { inspect } from "node:util";
import { createBudgets } from "./collect/budget/budgets.ts";
import { providerCheck } from "./collect/checkup.ts";
import { type Collector, createCollector } from "./collect/collector.ts";
import { createCollection } from "./collect/polling/collection.ts";
import { EnvFileError, loadEnvFile } from "./config/env-file.ts";
import { secretsIn } from "./config/secrets.ts";
import { type Config, ConfigError, loadConfig, type SlackSettings } from "./config.ts";
import { type CollectionJobParts, startCollection } from "./jobs/collection.ts";
import { startDigests } from "./jobs/digests.ts";
import { type QueueClock, startQueue } from "./jobs/queue.ts";
import { startRetention } from "./jobs/retention.ts";
import { processChecks } from "./ops/checkup.ts";
import { checkAll, type Readiness, startHealthServer } from "./ops/health.ts";
import { boltLogger, createLog, type Log } from "./ops/log.ts";
import { createMetrics, type Metrics } from "./ops/metrics.ts";
import { runUntilEnded } from "./ops/process.ts";
import { lookAfterStart } from "./ops/start-checks.ts";
import { systemClock } from "./providers/clock.ts";
import { createProviders, DEFINITIONS } from "./providers/registry.ts";
import { createSlackApp, readIdentity, type SlackApp } from "./slack/app.ts";
import { createChannels } from "./slack/channels.ts";
import { slackStartTold } from "./slack/checkup/start.ts";
import { scopesCheck } from "./slack/checkup.ts";
import { DEFAULT_PACE, type DeliveryContext, type Pace } from "./slack/context.ts";
import { createDelivery } from "./slack/digest/deliver.ts";
import { createPeople } from "./slack/people.ts";
import { createWebClient, type SlackTime, type WatchedWebClient } from "./slack/web-client.ts";
import { useAccounts } from "./store/accounts.ts";
import { DatabaseUnreachableError, openDatabase, type Store, StoreUnusableError } from "./store/database.ts";
import { DataDirInUseError } from "./store/embedded/lock.ts";
import { NewerSchemaError } from "./store/migrate.ts";
import { readProviderStates } from "./store/provider-states.ts";
import { listSubscriptions } from "./store/subscriptions.ts";
import { nextSlot } from "./triage/digest/schedule.ts";
import { redactText } from "./triage/redact.ts";

export interface Bot {
  /** Takes no more work, finishes what is under way, lets go of the database and ends. */
  stop(): Promise<void>;
  /** Resolves as soon as nothing is under way. */
  settled(): Promise<void>;
  /** When the next digest is due, and in which channel; `undefined` where none is set up. */
  nextDigest(): Promise<{ at: Date; channel: string } | undefined>;
}

export interface BotParts {
  log: Log;
  now: () => Date;
  pace?: Pace;
  /** Whether the providers are read while nobody asks, too; they are unless told. For tests of what a question costs. */
  collects?: boolean;
  /** The time of schedules and jobs; the system's unless given. For tests. */
  queueClock?: QueueClock;
  /** The time of Slack's rate limits; real time unless given. For tests. */
  slackTime?: SlackTime;
  /** Another process took the embedded database: nothing more is written, and the process should end. */
  onStoreLost?: (error: Error) => void;
}

/** Puts the rooms together: config -> store -> providers -> jobs -> Slack. Resolves when Slack can reach the bot. */
export async function startBot(config: Config, parts: BotParts): Promise<Bot> {
  const { log, onStoreLost } = parts;
  const { slack: settings } = config;
  if (!settings) throw new ConfigError(["Slack's variables are missing."]);
  const store = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    onCompromised: onStoreLost,
    onIdleConnectionError: (err) =>
      log.warn({ err }, "a connection to the database broke; the next query opens another"),
  });
  try {
    return await startOn(store, settings, config, parts);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function startOn(store: Store, settings: SlackSettings, config: Config, parts: BotParts): Promise<Bot> {
  const { log, now, pace = DEFAULT_PACE, collects = true, queueClock, slackTime } = parts;
  const metrics = createMetrics();
  const budgets = createBudgets(Object.keys(DEFINITIONS), { store, clock: { ...systemClock, now }, log });
  const providers = createProviders(config, { now, log, metrics, budgets });
  await useAccounts(store.db, providers, "switch");
  const logger = boltLogger(log);
  const web = createWebClient(settings, { logger, metrics, ...slackTime });
  const identity = await readIdentity(web);
  const base: DeliveryContext = {
    web,
    collector: createCollector({ store, providers, now, log }),
    people: createPeople({ web, identity, defaultTimeZone: config.timeZone, now, log }),
    channels: createChannels({ web, listedSharedChannels: config.sharedChannels, now }),
    now,
    log,
    metrics,
    pace,
  };
  const queue = await startQueue(store, { log, ...(queueClock && { clock: queueClock }) });
  try {
    const { deliver } = createDelivery(base);
    const digests = await startDigests(queue, { store, now, log, deliver });
    const app = createSlackApp(settings, { ...base, digests }, identity, logger);
    await app.start();
    const retention = await startRetention(queue, { store, days: config.retentionDays, now, log });
    const collection = collects
      ? await startCollection(queue, collectionParts(base.collector, config, log))
      : undefined;
    const health = await startHealth(config.healthPort, { store, app, web }, metrics, log);
    log.info(
      { mode: settings.mode.kind, store: store.kind, providers: providers.map(({ id }) => id) },
      "hooktriage is up",
    );
    const checks = [scopesCheck(web), ...providers.map((one) => providerCheck(one)), ...processChecks(config.timeZone)];
    const lookout = lookAfterStart(checks, log);
    return {
      async settled() {
        await lookout.ended;
        await app.settled();
        await queue.settled();
      },
      async nextDigest() {
        const subscriptions = await listSubscriptions(store.db);
        const due = subscriptions.map(({ channel, schedule }) => ({ channel, at: nextSlot(schedule, now()) }));
        return due.sort((a, b) => a.at.getTime() - b.at.getTime())[0];
      },
      async stop() {
        lookout.stop();
        retention.stop();
        collection?.stop();
        await Promise.all([app.stop(), queue.stop()]);
        await health.close();
        await Promise.all(providers.map((provider) => provider.close?.()));
        await store.close();
      },
    };
  } catch (error) {
    await queue.stop();
    throw error;
  }
}

function collectionParts(collector: Collector, { retentionDays }: Config, log: Log): CollectionJobParts {
  const collections = collector.providers.map((provider) =>
    createCollection({ collector, provider, keptDays: retentionDays, log }),
  );
  return { collections, log };
}

interface Checked {
  store: Store;
  app: SlackApp;
  web: WatchedWebClient;
}

/** A port that is taken must not keep the people on call from their answers: the bot runs without it and says so. */
async function startHealth(
  port: number,
  checked: Checked,
  metrics: Metrics,
  log: Log,
): Promise<{ close(): Promise<void> }> {
  try {
    return await startHealthServer({ port, ready: () => readiness(checked), metrics });
  } catch (err) {
    log.error({ err, port }, "no health checks: the port cannot be had. Set HEALTH_PORT to another one, or to 0");
    return { close: async () => {} };
  }
}

function readiness({ store, app, web }: Checked): Promise<Readiness> {
  return checkAll({
    database: () => readProviderStates(store.db),
    slack() {
      const refused = app.refusal ?? web.refusal;
      if (refused) throw new Error(refused.told);
      const { live, wanted } = app.connection();
      if (wanted > 0 && live === 0) throw new Error("No connection to Slack.");
    },
  });
}

/** Runs until it is told to stop. */
async function run(): Promise<void> {
  loadEnvFile(process.cwd(), process.env);
  const config = loadConfig(process.env, "bot");
  const log = createLog({ level: config.logLevel, secrets: config.secrets });
  await runUntilEnded({
    log,
    start: (fail) =>
      startBot(config, {
        log,
        now: () => new Date(),
        onStoreLost: (error) =>
          fail(error, "the data folder is no longer ours. See that one process uses it at a time"),
      }),
  });
}

/** Of a line that holds words of others, in characters. */
const LONGEST_LINE = 1_000;

if (import.meta.main) {
  try {
    await run();
  } catch (error) {
    const told = toldBy(error);
    process.stderr.write(`${told ?? withoutSecrets(inspect(error))}\n`);
    process.exit(told === undefined ? 1 : 2);
  }
}

/** What the operator can mend, in words; `undefined` for what is a bug. */
function toldBy(error: unknown): string | undefined {
  // Words of our own, which show the forms of secrets and were masked where they repeat a value.
  if (error instanceof EnvFileError || error instanceof ConfigError) return error.message;
  const ofStore = [DataDirInUseError, DatabaseUnreachableError, NewerSchemaError, StoreUnusableError];
  const isOfStore = ofStore.some((kind) => error instanceof kind);
  const told = isOfStore && error instanceof Error ? error.message : slackStartTold(error);
  return told === undefined ? undefined : oneLine(withoutSecrets(told));
}

/** Whoever answers in Slack's or the database's place may say anything, escape sequences included. */
function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, " ").slice(0, LONGEST_LINE);
}

function withoutSecrets(text: string): string {
  return redactText(text, { knownSecrets: secretsIn(process.env) }).text;
}
