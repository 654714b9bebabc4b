import type { App, Receiver } from "@slack/bolt";
import type { Logger } from "@slack/web-api";
import type { Log } from "../../ops/log.ts";
import type { Metrics } from "../../ops/metrics.ts";
import type { Refused } from "../refusals.ts";
import { createWebClient } from "../web-client.ts";
import type { Envelope } from "./connection.ts";
import { createPool, type SlackConnection } from "./pool.ts";
import { REAL_TIMERS, type Timers } from "./timers.ts";

export interface SocketReceiver extends Receiver {
  /** Resolves when Slack can reach us. Throws `NoAddressError` or `NoConnectionError`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  connection(): SlackConnection;
  /** Why Slack no longer takes the app-level token. */
  readonly refusal: Refused | undefined;
}

export interface SocketReceiverParts {
  appToken: string;
  apiUrl: string;
  logger: Logger;
  log: Log;
  metrics: Pick<Metrics, "slackCalls">;
  now: () => Date;
  timers?: Timers;
  random?: () => number;
}

type AckPayload = string | object | undefined;

/** Hears Slack through connections that overlap, where Bolt's own receiver closes one before it opens the next. */
export function createSocketReceiver(parts: SocketReceiverParts): SocketReceiver {
  const { appToken, apiUrl, logger, log, metrics, now, timers = REAL_TIMERS, random } = parts;
  const web = createWebClient(
    { botToken: appToken, apiUrl },
    {
      logger,
      metrics,
      now,
      token: "SLACK_APP_TOKEN",
      wait: (ms) => new Promise((resolve) => timers.after(ms, () => resolve(undefined))),
    },
  );
  const pool = createPool({ nextUrl, onEnvelope, log, now, timers, random });
  let app: App | undefined;

  async function nextUrl(): Promise<string> {
    const { url } = await web.apps.connections.open({});
    if (url === undefined) throw new Error("Slack gave no address for a connection.");
    return url;
  }

  function onEnvelope(envelope: Envelope): void {
    const { type, payload, retryNum, retryReason } = envelope;
    const ack = once(envelope);
    if (type === "events_api" && payload.event === undefined) {
      // Such as `app_rate_limited`: Bolt has no listener for it and would leave it unacknowledged.
      log.warn({ type: payload.type }, "Slack sent news about the app itself");
      ack();
      return;
    }
    app
      ?.processEvent({ body: payload, ack: async (answer: AckPayload) => ack(answer), retryNum, retryReason })
      .catch((error) => log.error({ err: error }, "what Slack sent could not be handled"));
  }

  /** Bolt acknowledges again where two listeners match. */
  function once({ type, acknowledge }: Envelope): (answer?: AckPayload) => void {
    let isDone = false;
    return (answer = {}) => {
      if (isDone) return;
      isDone = true;
      // What was asked is done all the same: the person gets the answer, though Slack told them that none would come.
      if (!acknowledge(typeof answer === "string" ? { text: answer } : answer)) {
        log.warn({ type }, "the connection broke before an acknowledgement could be sent");
      }
    };
  }

  return {
    init(given) {
      app = given;
    },
    start: () => pool.start(),
    stop: () => pool.stop(),
    connection: () => pool.connection(),
    get refusal() {
      return web.refusal;
    },
  };
}
