import { setTimeout as delay } from "node:timers/promises";
import { App, HTTPReceiver, SocketModeReceiver } from "@slack/bolt";
import { type Logger, WebClient, type WebClientOptions } from "@slack/web-api";
import type { SlackSettings } from "../config.ts";
import { callSlack } from "./call.ts";
import type { SlackContext } from "./context.ts";
import { registerListeners } from "./listeners/index.ts";
import type { Identity } from "./people.ts";
import { createWork } from "./work.ts";

/** A call to Slack that takes longer than this has failed. Milliseconds. */
const CALL_TIMEOUT_MS = 10_000;
/** What is not finished by then would be killed anyway. Milliseconds. */
const LONGEST_FAREWELL_MS = 10_000;

export interface SlackApp {
  /** Connects (Socket Mode) or listens (HTTP). */
  start(): Promise<void>;
  /** Takes nothing more and finishes what is under way, within ten seconds. */
  stop(): Promise<void>;
  /** Resolves as soon as no listener is at work. */
  settled(): Promise<void>;
}

/** The client for all our calls. It retries nothing by itself: a post that was retried may stand there twice. */
export function createWebClient({ botToken, apiUrl }: SlackSettings, logger: Logger): WebClient {
  return new WebClient(botToken, clientOptions(apiUrl, logger));
}

/** Who we are. Throws what Slack answers, such as `invalid_auth`. */
export async function readIdentity(web: WebClient): Promise<Identity> {
  const answer = await callSlack(() => web.auth.test());
  return {
    teamId: answer.team_id ?? "",
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
    clientOptions: clientOptions(settings.apiUrl, logger),
    logger,
  });
  const work = createWork();
  registerListeners(app, context, work);
  app.error(async (error) => {
    context.log.error({ err: error }, "a listener failed");
  });
  return {
    async start() {
      await app.start();
    },
    async stop() {
      await app.stop();
      await Promise.race([work.done(), delay(LONGEST_FAREWELL_MS, undefined, { ref: false })]);
    },
    settled: () => work.done(),
  };
}

function createReceiver({ mode, apiUrl }: SlackSettings, logger: Logger) {
  if (mode.kind === "http") {
    return new HTTPReceiver({ signingSecret: mode.signingSecret, port: mode.port, logger });
  }
  return new SocketModeReceiver({
    appToken: mode.appToken,
    logger,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
  });
}

function clientOptions(slackApiUrl: string, logger: Logger): WebClientOptions {
  return { slackApiUrl, logger, timeout: CALL_TIMEOUT_MS, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
}
