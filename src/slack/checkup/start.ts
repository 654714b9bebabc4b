import { WebAPIRateLimitedError } from "@slack/web-api";
import { isUncertain, slackErrorOf } from "../call.ts";
import { NoAddressError, NoConnectionError } from "../sockets/no-connection.ts";
import { refusalFinding } from "./refusals.ts";

/**
 * Why the bot cannot be reached by Slack, or has no place there, in one line with the mend; `undefined` for what is a bug. Holds
 * words of whoever answered in Slack's place: to be redacted before it is shown.
 */
export function slackStartTold(error: unknown): string | undefined {
  if (error instanceof NoConnectionError) return error.message;
  const isOfTheApp = error instanceof NoAddressError;
  const answer = isOfTheApp ? error.cause : error;
  if (!isOfSlack(answer)) return listenTold(answer);
  const { told, mend } = refusalFinding("start", isOfTheApp ? "SLACK_APP_TOKEN" : "SLACK_BOT_TOKEN", answer);
  return [told, mend].join(" ");
}

function isOfSlack(error: unknown): boolean {
  return slackErrorOf(error) !== undefined || isUncertain(error) || error instanceof WebAPIRateLimitedError;
}

/** Of HTTP mode's port. https://nodejs.org/api/errors.html#common-system-errors */
function listenTold(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || error.syscall !== "listen") return undefined;
  const code = "code" in error ? String(error.code) : "";
  const port = "port" in error ? ` ${String(error.port)}` : "";
  const wrong = LISTEN_FAULTS[code] ?? `cannot be had: ${code}`;
  return `The port${port} for Slack's requests ${wrong}. Set PORT to another one; then start again.`;
}

const LISTEN_FAULTS: Record<string, string> = {
  EACCES: "may not be used by this user, as those below 1024 often may not",
  EADDRINUSE: "is in use by another process",
};
