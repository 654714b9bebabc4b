import { type FetchFunction, type Logger, type WebAPICallResult, WebClient } from "@slack/web-api";
import type { SlackSettings } from "../config.ts";
import { askedOnce, type Check } from "../ops/run-checks.ts";
import { type ClockReading, clockFinding, readClock } from "../triage/clock-skew.ts";
import type { Finding } from "../triage/finding.ts";
import { redactText } from "../triage/redact.ts";
import { digestChannelFindings, memberChannels, membershipFinding } from "./checkup/channels.ts";
import { refusalFinding } from "./checkup/refusals.ts";
import { scopesFinding } from "./checkup/scopes.ts";
import type { TokenName } from "./refusals.ts";

export interface SlackCheckParts {
  logger: Logger;
  now: () => Date;
  /** The channels that have a digest; `undefined` where nobody can tell. */
  digestChannels: () => Promise<readonly string[] | undefined>;
}

const TOKEN = "slack token";

/** Who we are in Slack, what we may do there, whether Slack can reach us, and where we are a member. */
export function slackChecks(settings: SlackSettings, parts: SlackCheckParts): Check[] {
  const signedIn = askedOnce((signal) => signIn(clientFor(settings.botToken, settings, parts, signal)));
  const channels = askedOnce((signal) => memberChannels(clientFor(settings.botToken, settings, parts, signal).web));

  /** A token that is refused says nothing more of channels than of itself. */
  function onceIn(check: string, look: (signal: AbortSignal) => Promise<Finding[]>): Check {
    return {
      name: check,
      async run(signal) {
        const { isIn } = await signedIn(signal);
        return isIn ? told(check, "SLACK_BOT_TOKEN", () => look(signal)) : [];
      },
    };
  }

  return [
    { name: TOKEN, run: async (signal) => (await signedIn(signal)).findings },
    { name: "slack connection", run: (signal) => connectionFindings(settings, parts, signal) },
    onceIn("slack channels", async (signal) => [membershipFinding(await channels(signal))]),
    onceIn("digest channels", async (signal) => {
      const wanted = await parts.digestChannels();
      if (!wanted || wanted.length === 0) return [];
      const { web } = clientFor(settings.botToken, settings, parts, signal);
      return digestChannelFindings(web, wanted, await channels(signal));
    }),
  ];
}

/** The scopes alone, by a client that is there: what is missing, and what that costs. */
export function scopesCheck(web: WebClient): Check {
  const name = "slack scopes";
  return {
    name,
    run: () => told(name, "SLACK_BOT_TOKEN", async () => [scopesFinding(scopesOf(await web.auth.test()))]),
  };
}

async function signIn({ web, clock }: CheckClient): Promise<{ isIn: boolean; findings: Finding[] }> {
  let isIn = false;
  const findings = await told(TOKEN, "SLACK_BOT_TOKEN", async () => {
    const answer = await web.auth.test();
    isIn = true;
    const { team = "a workspace without a name", user = "a bot without a name" } = answer;
    const who = redactText(`Signed in to ${team} as ${user}.`).text;
    return [{ check: TOKEN, state: "ok", told: who }, scopesFinding(scopesOf(answer))];
  });
  // A refusal carries the time as well.
  const reading = clock();
  return { isIn, findings: reading ? [...findings, clockFinding("Slack", reading)] : findings };
}

/** From the header `x-oauth-scopes`. */
function scopesOf({ response_metadata }: WebAPICallResult): string[] | undefined {
  return response_metadata?.scopes;
}

/** Asks for the address of a connection, and leaves it at that. */
async function connectionFindings(
  settings: SlackSettings,
  parts: SlackCheckParts,
  signal: AbortSignal,
): Promise<Finding[]> {
  const check = "slack connection";
  const { mode } = settings;
  if (mode.kind === "http") {
    const told = `HTTP: the bot listens on port ${mode.port}, path /slack/events. Whether Slack can reach it there cannot be checked from here.`;
    return [{ check, state: "ok", told }];
  }
  const { web } = clientFor(mode.appToken, settings, parts, signal);
  return told(check, "SLACK_APP_TOKEN", async () => {
    await web.apps.connections.open();
    return [{ check, state: "ok", told: "Socket Mode is on, and Slack takes the app-level token." }];
  });
}

/** What goes wrong on the way is a finding too. */
async function told(check: string, variable: TokenName, run: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await run();
  } catch (error) {
    return [refusalFinding(check, variable, error)];
  }
}

interface CheckClient {
  web: WebClient;
  /** Slack's clock and ours, as the latest answer told. */
  clock: () => ClockReading | undefined;
}

/** A client that ends with the check, waits for nothing, and reads the clock off every answer. */
function clientFor(
  token: string,
  { apiUrl: slackApiUrl }: SlackSettings,
  { logger, now }: SlackCheckParts,
  signal: AbortSignal,
): CheckClient {
  let reading: ClockReading | undefined;
  const fetchInTime: FetchFunction = async (url, init) => {
    const response = await fetch(url, { ...init, signal });
    reading = readClock(response.headers.get("date"), now()) ?? reading;
    return response;
  };
  const impatience = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const web = new WebClient(token, { slackApiUrl, logger, fetch: fetchInTime, ...impatience });
  return { web, clock: () => reading };
}
