import { setTimeout as delay } from "node:timers/promises";
import { App, HTTPReceiver, type Receiver } from "@slack/bolt";
import { type FetchFunction, type Logger, LogLevel, type WebClient } from "@slack/web-api";
import type { SlackSettings } from "../config.ts";
import type { AppContext } from "./context.ts";
import { registerListeners } from "./listeners/index.ts";
import type { Identity } from "./people.ts";
import type { Refused } from "./refusals.ts";
import type { SlackConnection } from "./sockets/pool.ts";
import { createSocketReceiver } from "./sockets/receiver.ts";
import { RestartingError } from "./stopping.ts";
import { CALL_TIMEOUT_MS } from "./web-client.ts";
import { createWork } from "./work.ts";

/** What is not finished by then would be killed anyway. Milliseconds. */
const LONGEST_FAREWELL_MS = 7_000;

export interface SlackApp {
  /** Connects (Socket Mode) or listens (HTTP). */
  start(): Promise<void>;
  /** Takes nothing more and finishes what is under way, within seven seconds. May be called again. */
  stop(): Promise<void>;
  /** Resolves as soon as no listener is at work, and no answer that is still being read is to be edited. */
  settled(): Promise<void>;
  /** Whether Slack can reach us, as far as that is for us to know. */
  connection(): SlackConnection;
  /** Why Slack no longer takes the app-level token. */
  readonly refusal: Refused | undefined;
}

/** Who we are. Throws what Slack answers, such as `invalid_auth`. */
export async function readIdentity(web: WebClient): Promise<Identity> {
  const answer = await web.auth.test();
  return {
    teamId: answer.team_id,
    enterpriseId: answer.enterprise_id,
    botId: answer.bot_id,
    botUserId: answer.user_id,
  };
}

/** The Bolt app with every listener tied in. */
export function createSlackApp(
  settings: SlackSettings,
  context: AppContext,
  { botId, botUserId, teamId }: Identity,
  logger: Logger,
): SlackApp {
  const { receiver, connection, refusal } = createReceiver(settings, context, logger);
  const app = new App({
    // Without this Bolt would ask Slack who we are in the middle of the first command, before it is acknowledged.
    authorize: async () => ({ botToken: settings.botToken, botId, botUserId, teamId }),
    receiver,
    // Response URLs are posted to with this; all else goes through our own client.
    clientOptions: { slackApiUrl: settings.apiUrl, logger, fetch: fetchInTime },
    logger,
    logLevel: quietly(logger.getLevel()),
  });
  const work = createWork();
  const stop = new AbortController();
  registerListeners(app, { ...context, stopping: stop.signal, goOn: work.goOn }, work);
  app.error(async (error) => {
    context.log.error({ err: error }, "a listener failed");
  });
  let stopping: Promise<void> | undefined;

  async function finish(): Promise<void> {
    stop.abort(new RestartingError());
    await app.stop();
    await work.done();
  }

  return {
    async start() {
      await app.start();
    },
    stop() {
      stopping ??= Promise.race([finish(), delay(LONGEST_FAREWELL_MS, undefined, { ref: false })]);
      return stopping;
    },
    settled: () => work.done(),
    connection,
    get refusal() {
      return refusal();
    },
  };
}

/** Bolt logs whole payloads at debug, with response URLs that anybody may post to; and at info unless it is told a level. */
function quietly(level: LogLevel): LogLevel {
  return level === LogLevel.DEBUG ? LogLevel.INFO : level;
}

interface Reception {
  receiver: Receiver;
  connection(): SlackConnection;
  refusal(): Refused | undefined;
}

function createReceiver({ mode, apiUrl }: SlackSettings, context: AppContext, logger: Logger): Reception {
  if (mode.kind === "http") {
    const { signingSecret, port } = mode;
    return {
      receiver: new HTTPReceiver({ signingSecret, port, logger }),
      connection: () => ({ live: 0, wanted: 0 }),
      refusal: () => undefined,
    };
  }
  const { log, metrics, now } = context;
  const receiver = createSocketReceiver({ appToken: mode.appToken, apiUrl, logger, log, metrics, now });
  return { receiver, connection: () => receiver.connection(), refusal: () => receiver.refusal };
}

/** Without a limit, a response URL that never answers would keep its listener at work for minutes. */
const fetchInTime: FetchFunction = (url, init) =>
  fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(CALL_TIMEOUT_MS) });
