import type { Finding } from "../../triage/finding.ts";
import { SCOPES, type Scope } from "../scopes.ts";

const CHECK = "slack scopes";

/** What the bot token may not do, and what that costs. `granted` as Slack's `x-oauth-scopes` lists them. */
export function scopesFinding(granted: readonly string[] | undefined): Finding {
  if (granted === undefined) {
    const told = "Slack did not tell which scopes the bot token has.";
    return {
      check: CHECK,
      state: "unknown",
      told,
      mend: "Check that SLACK_API_URL, if it is set, names Slack itself.",
    };
  }
  const missing = SCOPES.filter(({ name }) => !granted.includes(name));
  if (missing.length === 0) return { check: CHECK, state: "ok", told: "The bot token has every scope that it uses." };
  const names = missing.map(({ name }) => name).join(", ");
  return {
    check: CHECK,
    state: missing.some(({ need }) => need === "required") ? "fault" : "warning",
    told: missing.map(lossOf).join(" "),
    mend: `Add the ${missing.length === 1 ? "scope" : "scopes"} ${names} in the app's page under OAuth & Permissions and install it again.`,
  };
}

function lossOf({ name, need, without }: Scope): string {
  return `${name} is missing${need === "optional" ? " (it is optional)" : ""}: ${without}.`;
}
