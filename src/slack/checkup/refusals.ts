import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import type { Finding } from "../../triage/finding.ts";
import { redactText } from "../../triage/redact.ts";
import { slackErrorOf } from "../call.ts";
import { isPassing, refusalWord, type TokenName } from "../refusals.ts";

/** What a call that failed tells, and the mend. Throws what Slack has nothing to do with. */
export function refusalFinding(check: string, variable: TokenName, error: unknown): Finding {
  if (error instanceof WebAPIRateLimitedError) {
    const told = `Slack asks to be asked again in ${error.retryAfter} s.`;
    return { check, state: "unknown", told, mend: "Run it again then." };
  }
  if (error instanceof WebAPIHTTPError) {
    return { check, state: "fault", told: `Slack answered HTTP ${error.statusCode}.`, mend: NETWORK };
  }
  if (error instanceof WebAPIRequestError) {
    return { check, state: "fault", told: `Slack ${silenceOf(error.original)}.`, mend: NETWORK };
  }
  const word = slackErrorOf(error);
  if (word === undefined) throw error;
  if (word === "missing_scope") return { check, state: "fault", ...missingScope(variable, neededBy(error)) };
  if (!/^[\w.-]{1,60}$/.test(word))
    return { check, state: "fault", told: "The answer is none of Slack's.", mend: IMPOSTOR };
  if (isPassing(word)) return { check, state: "unknown", told: `Slack is out of order (${word}).`, mend: PATIENCE };
  const known = refusalWord(word);
  const told = known ? `${known.told} (${word}).` : `Slack refused: ${word}.`;
  return { check, state: "fault", told, mend: MENDS[variable] };
}

const MENDS: Record<TokenName, string> = {
  SLACK_BOT_TOKEN:
    "In the app's page at api.slack.com/apps open OAuth & Permissions, install the app, and set SLACK_BOT_TOKEN to the Bot User OAuth Token, xoxb-….",
  SLACK_APP_TOKEN:
    "In the app's page at api.slack.com/apps turn on Socket Mode, then under Basic Information > App-Level Tokens make a token with the scope connections:write and set SLACK_APP_TOKEN to it, xapp-….",
};

const NETWORK = "Check the network, a proxy on the way, and SLACK_API_URL if it is set; then status.slack.com.";

const PATIENCE = "Try again in a few minutes; status.slack.com tells of what is known.";

/** The client takes whatever is no JSON for Slack's word. */
const IMPOSTOR =
  "Check that SLACK_API_URL, if it is set, names Slack itself, and that no proxy or login page answers in its place.";

function missingScope(variable: TokenName, needed: string): Pick<Finding, "told" | "mend"> {
  if (variable === "SLACK_APP_TOKEN") {
    return { told: "The app-level token lacks the scope connections:write.", mend: MENDS.SLACK_APP_TOKEN };
  }
  return {
    told: `Slack does not tell without the scope ${needed}.`,
    mend: `Add the scope ${needed} in the app's page under OAuth & Permissions and install it again.`,
  };
}

/** Slack's own list, such as `channels:read,groups:read`. */
function neededBy(error: unknown): string {
  const data: unknown = error instanceof Error && "data" in error ? error.data : undefined;
  const needed = typeof data === "object" && data !== null && "needed" in data ? data.needed : undefined;
  return typeof needed === "string" ? shown(needed).replaceAll(",", ", ") : "it needs";
}

function silenceOf(error: Error): string {
  if (error.name === "TimeoutError" || error.name === "AbortError") return "did not answer in time";
  const code = error.cause instanceof Error && "code" in error.cause ? error.cause.code : undefined;
  return typeof code === "string"
    ? `could not be reached: ${shown(code)}`
    : "could not be reached, or answered no sense";
}

/** Text from outside, as one may repeat it. */
function shown(text: string): string {
  return redactText(text).text.slice(0, LONGEST_WORD);
}

const LONGEST_WORD = 120;
