import { setTimeout as delay } from "node:timers/promises";
import { App, HTTPReceiver, SocketModeReceiver } from "@slack/bolt";
import { type FetchFunction, type Logger, LogLevel, type WebClient } from "@slack/web-api";
import type { SlackSettings } from "../config.ts";
import type { SlackContext } from "./context.ts";
import { registerListeners } from "./listeners/index.ts";
import type { Identity } from "./people.ts";
import { CALL_TIMEOUT_MS } from "./web-client.ts";
import { createWork } from "./work.ts";

/** What is not finished by then would be killed anyway. Milliseconds. */
const LONGEST_FAREWELL_MS = 10_000;
/**
 * A Socket Mode client that is sent away, which happens every few hours, comes back after this long, and commands meanwhile are
 * lost. A connection that does not answer a ping for as long counts as dead, so it cannot be much shorter. Milliseconds.
 * https://github.com/slackapi/node-slack-sdk/blob/main/packages/socket-mode/src/SocketModeClient.ts
 */
const CLIENT_PING_TIMEOUT_MS = 2_000;

export interface SlackApp {
  /** Connects (Socket Mode) or listens (HTTP). */
  start(): Promise<void>;
  /** Takes nothing more and finishes what is under way, within ten seconds. May be called again. */
  stop(): Promise<void>;
  /** Resolves as soon as no listener is at work. */
  settled(): Promise<void>;
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
  context: SlackContext,
  { botId, botUserId, teamId }: Identity,
  logger: Logger,
): SlackApp {
  const app = new App({
    // Without this Bolt would ask Slack who we are in the middle of the first command, before it is acknowledged.
    authorize: async () => ({ botToken: settings.botToken, botId, botUserId, teamId }),
    receiver: createReceiver(settings, logger),
    // Response URLs are posted to with this; all else goes through our own client.
    clientOptions: { slackApiUrl: settings.apiUrl, logger, fetch: fetchInTime },
    logger,
    logLevel: quietly(logger.getLevel()),
  });
  const work = createWork();
  registerListeners(app, context, work);
  app.error(async (error) => {
    context.log.error({ err: error }, "a listener failed");
  });
  let stopping: Promise<void> | undefined;

  async function finish(): Promise<void> {
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
  };
}

/** Bolt logs whole payloads at debug, with response URLs that anybody may post to; and at info unless it is told a level. */
function quietly(level: LogLevel): LogLevel {
  return level === LogLevel.DEBUG ? LogLevel.INFO : level;
}

function createReceiver({ mode, apiUrl }: SlackSettings, logger: Logger) {
  if (mode.kind === "http") {
    return new HTTPReceiver({ signingSecret: mode.signingSecret, port: mode.port, logger });
  }
  return new SocketModeReceiver({
    appToken: mode.appToken,
    logger,
    clientPingTimeout: CLIENT_PING_TIMEOUT_MS,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
  });
}

/** Without a limit, a response URL that never answers would keep its listener at work for minutes. */
const fetchInTime: FetchFunction = (url, init) =>
  fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(CALL_TIMEOUT_MS) });
