import { z } from "zod";
import { port, slackApiUrl } from "./read/values.ts";
import type { Variables } from "./read/variables.ts";

export interface SlackSettings {
  botToken: string;
  /** Ends in `/api/`. */
  apiUrl: string;
  mode: SlackMode;
}

export type SlackMode = { kind: "socket"; appToken: string } | { kind: "http"; signingSecret: string; port: number };

const SLACK_API_URL = "https://slack.com/api/";
const DEFAULT_PORT = 3000;

/** What Slack's tokens begin with. https://docs.slack.dev/authentication/tokens */
const TOKEN_KINDS = [
  { prefix: "xoxb-", name: "a bot token" },
  { prefix: "xoxe.xoxb-", name: "a bot token" },
  { prefix: "xapp-", name: "an app-level token" },
  { prefix: "xoxp-", name: "a user token" },
  { prefix: "xoxe.xoxp-", name: "a user token" },
  { prefix: "xoxe-", name: "a refresh token" },
  { prefix: "xoxa-", name: "a legacy workspace token" },
  { prefix: "xoxr-", name: "a legacy refresh token" },
  { prefix: "xoxs-", name: "a session token" },
  { prefix: "xoxc-", name: "a browser's token" },
  { prefix: "xoxd-", name: "a browser's cookie" },
];

const botToken = credential("a bot token", "xoxb-…, from OAuth & Permissions");
const appToken = credential("an app-level token", "xapp-…, with connections:write, from Basic Information");
const signingSecret = credential("a signing secret", "the Signing Secret from Basic Information");

/** Reads Slack's variables. `undefined` where they do not suffice, which is noted as faults. */
export function readSlack(variables: Variables): SlackSettings | undefined {
  if (variables.value("SLACK_BOT_TOKEN") === undefined) {
    variables.fault(
      "SLACK_BOT_TOKEN",
      "missing",
      "give the bot token, xoxb-…, from OAuth & Permissions of the Slack app",
    );
  }
  const token = variables.read("SLACK_BOT_TOKEN", botToken, undefined);
  const apiUrl = variables.read("SLACK_API_URL", slackApiUrl, SLACK_API_URL);
  const mode = readMode(variables);
  return token !== undefined && mode ? { botToken: token, apiUrl, mode } : undefined;
}

/** With both an app token and a signing secret, Socket Mode wins. */
function readMode(variables: Variables): SlackMode | undefined {
  const httpPort = variables.read("PORT", port, DEFAULT_PORT);
  if (variables.value("SLACK_APP_TOKEN") !== undefined) {
    const token = variables.read("SLACK_APP_TOKEN", appToken, undefined);
    return token === undefined ? undefined : { kind: "socket", appToken: token };
  }
  if (variables.value("SLACK_SIGNING_SECRET") !== undefined) {
    const secret = variables.read("SLACK_SIGNING_SECRET", signingSecret, undefined);
    return secret === undefined ? undefined : { kind: "http", signingSecret: secret, port: httpPort };
  }
  variables.fault(
    "SLACK_APP_TOKEN",
    "missing, and SLACK_SIGNING_SECRET too",
    "give the app-level token, xapp-…, for Socket Mode, or SLACK_SIGNING_SECRET for HTTP",
  );
  return undefined;
}

/** Any value will do, as servers other than Slack's issue their own, but not another kind of Slack's tokens. */
function credential(expected: string, right: string) {
  return z.string().transform((value, context): string => {
    const kind = TOKEN_KINDS.find(({ prefix }) => value.startsWith(prefix));
    if (kind && kind.name !== expected) {
      context.addIssue({
        code: "custom",
        message: `holds ${kind.name} (${kind.prefix}…) where ${expected} is needed; give ${right}.`,
      });
    } else if (/\s/.test(value)) {
      context.addIssue({ code: "custom", message: `has white space inside; give ${expected}: ${right}.` });
    }
    return value;
  });
}
