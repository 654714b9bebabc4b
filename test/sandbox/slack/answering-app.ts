import { serve } from "@hono/node-server";
import { WebClient } from "@slack/web-api";
import { Hono } from "hono";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { isRecord } from "../../../sandbox/slack/validate/rule.ts";

/** A Slack with an app over HTTP that answers whatever it is told to. */
export interface AnsweringApp {
  slack: SandboxSlack;
  client: WebClient;
  /** What the app answers to whatever comes. */
  answer: { status: number; body: string };
  /** The headers of what came last. */
  lastHeaders: Headers;
  lastPayload(): Record<string, unknown>;
  /** Slack's clock goes on. */
  pass(ms: number): void;
  /** A fresh response URL, or trigger id, of a slash command. */
  responseUrl(channel?: string): Promise<string>;
  trigger(): Promise<string>;
  close(): Promise<void>;
}

export const MODAL = {
  type: "modal" as const,
  title: { type: "plain_text" as const, text: "t" },
  blocks: [{ type: "divider" as const }],
};

export async function openAnsweringApp(): Promise<AnsweringApp> {
  let nowMs = Date.parse("2026-11-21T06:00:00Z");
  const slack = await startSlack({ now: () => new Date(nowMs) });
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const hono = new Hono().post("/slack/events", (c) => {
    app.lastHeaders = c.req.raw.headers;
    return new Response(app.answer.body, { status: app.answer.status });
  });
  const server = serve({ fetch: hono.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => server.once("listening", () => resolve()));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  slack.setReceiver({ url: `http://127.0.0.1:${address.port}/slack/events` });

  function lastPayload(): Record<string, unknown> {
    const toBot = slack.journal.entries.filter(({ direction }) => direction === "slack to bot");
    const request = toBot.at(-1)?.request;
    if (!isRecord(request)) throw new Error("nothing was sent to the app");
    return request;
  }

  const app: AnsweringApp = {
    slack,
    client,
    answer: { status: 200, body: "" },
    lastHeaders: new Headers(),
    lastPayload,
    pass(ms) {
      nowMs += ms;
    },
    async responseUrl(channel = "#ops") {
      await slack.sendCommand({ user: "dana", channel, text: "" });
      return String(lastPayload().response_url);
    },
    async trigger() {
      await slack.sendCommand({ user: "dana", channel: "#ops", text: "" });
      return String(lastPayload().trigger_id);
    },
    async close() {
      await slack.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return app;
}
