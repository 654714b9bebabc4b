import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../src/config.ts";
import type { QueueClock } from "../src/jobs/queue.ts";
import { type Bot, startBot } from "../src/main.ts";
import { createLog, type Log } from "../src/ops/log.ts";
import type { Pace } from "../src/slack/context.ts";
import type { SlackTime } from "../src/slack/web-client.ts";
import { type SandboxConductorOne, type SandboxConductorOneOptions, startConductorOne } from "./conductorone/start.ts";
import { makeScenario } from "./scenario/make-scenario.ts";
import type { Scenario } from "./scenario/scenario.ts";
import { type SandboxSlack, startSlack } from "./slack/server.ts";
import type { Shape } from "./zendesk/shapes.ts";
import { type SandboxZendesk, startZendesk } from "./zendesk/start.ts";

/** The bot with everything around it, on loopback. */
export interface Stage {
  slack: SandboxSlack;
  zendesk: SandboxZendesk;
  /** Only where it was asked for. */
  conductorone?: SandboxConductorOne;
  /** Ends the bot alone; `restart` brings it back on the same store. */
  bot: Bot;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  now?: () => Date;
  scenario?: Scenario;
  mode?: "socket" | "http";
  /** The sandbox Slack's port; any free one when absent. */
  slackPort?: number;
  zendeskPort?: number;
  /** In which shape it answers; only the documented one tells why nothing answered. As recorded when absent. */
  zendeskShape?: Shape;
  /** How many requests a minute it allows; more than anybody needs when absent. */
  zendeskRateLimit?: number;
  /** A ConductorOne beside the Zendesk, and a bot that reads both. Off when absent. */
  conductorone?: boolean | Partial<SandboxConductorOneOptions>;
  /** A PostgreSQL server instead of the embedded database. */
  databaseUrl?: string;
  pace?: Pace;
  /** Whether the bot reads the providers while nobody asks, too. It does when absent. */
  collects?: boolean;
  queueClock?: QueueClock;
  slackTime?: SlackTime;
  log?: Log;
  /** More or other environment variables. */
  env?: Record<string, string>;
}

const STORY_SEED = 7;
const ACCESS_TOKEN = "sandbox-access-token";
/** So that a demo does not wait for the next minute, which may never come. The rate limit has tests of its own. */
const DEMO_RATE_LIMIT = 100_000;

/**
 * Starts a Slack, a Zendesk, a ConductorOne if asked for, and the bot between them, each on a port of its own and all data in a
 * temporary folder. @throws when one of them does not start; nothing is left open then.
 */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const now = options.now ?? (() => new Date());
  const log = options.log ?? createLog({ level: "silent", secrets: [] });
  await using opened = new AsyncDisposableStack();
  const slack = await startSlack({ now, port: options.slackPort ?? 0 });
  opened.defer(() => slack.close());
  const scenario = options.scenario ?? makeScenario({ seed: STORY_SEED, now: now(), size: "demo" });
  const zendesk = await startZendesk({
    now,
    scenario,
    accessToken: ACCESS_TOKEN,
    rateLimitPerMinute: options.zendeskRateLimit ?? DEMO_RATE_LIMIT,
    port: options.zendeskPort ?? 0,
    ...(options.zendeskShape && { shape: options.zendeskShape }),
  });
  opened.defer(() => zendesk.close());
  const conductorone = await startTenant(options.conductorone ?? false, now);
  opened.defer(() => conductorone?.close());
  const dataDir = await mkdtemp(join(tmpdir(), "hooktriage-"));
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  const mode = options.mode ?? "socket";
  const port = mode === "http" ? await freePort() : undefined;
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    ...(mode === "socket"
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret, PORT: String(port) }),
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_ACCESS_TOKEN: ACCESS_TOKEN,
    ...(conductorone && conductorOneEnv(conductorone)),
    DATA_DIR: dataDir,
    HEALTH_PORT: "0",
    ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
    ...options.env,
  };
  if (port !== undefined) slack.setReceiver({ url: `http://127.0.0.1:${port}/slack/events` });
  const { pace, collects = true, queueClock, slackTime } = options;
  const parts = {
    log,
    now,
    collects,
    ...(pace && { pace }),
    ...(queueClock && { queueClock }),
    ...(slackTime && { slackTime }),
  };
  const start = () => startBot(loadConfig(env, "bot"), parts);
  const stage: Stage = {
    slack,
    zendesk,
    ...(conductorone && { conductorone }),
    bot: await start(),
    async restart() {
      await stage.bot.stop();
      stage.bot = await start();
    },
    close: () => all.disposeAsync(),
  };
  opened.defer(() => stage.bot.stop());
  const all = opened.move();
  return stage;
}

/** The variables that lead a bot or the command line to a sandbox's ConductorOne. */
export function conductorOneEnv({ url, clientId, clientSecret }: SandboxConductorOne): Record<string, string> {
  return { CONDUCTORONE_CLIENT_ID: clientId, CONDUCTORONE_CLIENT_SECRET: clientSecret, CONDUCTORONE_SERVER_URL: url };
}

async function startTenant(
  wanted: NonNullable<StageOptions["conductorone"]>,
  now: () => Date,
): Promise<SandboxConductorOne | undefined> {
  if (wanted === false) return undefined;
  return startConductorOne({ seed: STORY_SEED, now, ...(wanted === true ? {} : wanted) });
}

/** A port that is free at this moment. */
async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === "string") throw new Error("No free port.");
  return address.port;
}
