import { accessCheck } from "../collect/checkup.ts";
import type { Finding } from "../triage/finding.ts";
import { maskKnownSecrets } from "../triage/redact.ts";
import type { CommandResult, ExitCode } from "./command.ts";
import { doctorJson, doctorText } from "./views/doctor.ts";
import { jsonText } from "./views/json-text.ts";

export interface Diagnosis {
  asOf: Date;
  findings: readonly Finding[];
  /** What the configuration's own check has found is among the findings. */
  hasConfigFaults: boolean;
  /** Masked wherever they stand. */
  secrets: readonly string[];
  timeZone: string;
  json: boolean;
}

/** `doctor`: prints the findings. 2: the configuration has faults; 1: anything else has, or could not be found out. */
export function doctorResult({ asOf, hasConfigFaults, secrets, timeZone, json, ...found }: Diagnosis): CommandResult {
  const findings = found.findings.map((finding) => withoutSecrets(finding, secrets));
  const isSound = findings.every(({ state }) => state === "ok" || state === "warning");
  const exitCode: ExitCode = hasConfigFaults ? 2 : isSound ? 0 : 1;
  const stdout = json ? jsonText(doctorJson({ asOf, findings })) : doctorText({ asOf, findings }, timeZone);
  return { stdout, exitCode };
}

/** Each of the configuration's faults, which are lines as `NAME: wrong; right.`. */
export function configFindings(faults: readonly string[]): Finding[] {
  const check = "configuration";
  if (faults.length === 0) return [{ check, state: "ok", told: "The variables that are set make sense." }];
  return faults.map((fault): Finding => {
    const end = fault.lastIndexOf("; ");
    if (end < 0) return { check, state: "fault", told: fault, mend: "Correct this variable." };
    const right = fault.slice(end + 2);
    const mend = right.charAt(0).toUpperCase() + right.slice(1);
    return { check, state: "fault", told: `${fault.slice(0, end)}.`, mend };
  });
}

/** That `.env` cannot be used, in the words of the one who tried. */
export function envFindings(fault: Error | undefined): Finding[] {
  if (fault === undefined) return [];
  const mend = "Correct the file. Until then none of its variables is read, and what follows is found without them.";
  return [{ check: "configuration", state: "fault", told: fault.message, mend }];
}

/** The command line does without Slack. */
export const SLACK_UNSET: Finding = {
  check: "slack token",
  state: "warning",
  told: "Slack's variables are not set: the command line works without them, the bot does not.",
  mend: "For `npm start`, set SLACK_BOT_TOKEN, and SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).",
};

/** What `DATABASE_URL` names cannot be looked at while it cannot be read. */
export const DATABASE_UNREAD: Finding = {
  check: "database",
  state: "unknown",
  told: "Not looked at, since DATABASE_URL has a fault.",
  mend: "Correct DATABASE_URL and run it again.",
};

/** Providers of whose variables one has a fault, and that are not asked for that: nothing is sent to anybody on a guess. */
export function unaskedFindings(
  faults: readonly string[],
  env: NodeJS.ProcessEnv,
  { known, asked }: { known: readonly string[]; asked: readonly string[] },
): Finding[] {
  const names = [...new Set(faults.map((fault) => /^\w+/.exec(fault)?.[0] ?? ""))];
  const byProvider = Map.groupBy(names, (name) => name.split("_")[0]?.toLowerCase() ?? "");
  return [...byProvider].flatMap(([provider, wrong]): Finding[] => {
    // Variables begin with the provider's id.
    const isSet = Object.keys(env).some((name) => name.toLowerCase().startsWith(`${provider}_`) && env[name]?.trim());
    if (!known.includes(provider) || !isSet || asked.includes(provider)) return [];
    const which = wrong.join(" and ");
    const told = `Not asked, since ${which} ${wrong.length === 1 ? "has a fault" : "have faults"}: no credential was sent.`;
    return [{ check: accessCheck(provider), state: "unknown", told, mend: `Correct ${which} and run it again.` }];
  });
}

function withoutSecrets({ told, mend, ...finding }: Finding, secrets: readonly string[]): Finding {
  const masked: Finding = { ...finding, told: maskKnownSecrets(told, secrets) };
  return mend === undefined ? masked : { ...masked, mend: maskKnownSecrets(mend, secrets) };
}
