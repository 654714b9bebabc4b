import { askedOnce, type Check } from "../ops/run-checks.ts";
import type { Provider, ProviderHealth } from "../providers/provider.ts";
import { clockFinding } from "../triage/clock-skew.ts";
import type { Finding } from "../triage/finding.ts";
import { limitInWords } from "../triage/limit-words.ts";
import { providerName } from "../triage/provider-name.ts";
import { redactText } from "../triage/redact.ts";
import { ToldError } from "../triage/told-error.ts";

/** Below this share of what a minute allows, people may have to wait for answers. */
const LITTLE_LEFT = 0.1;

/** Whether a provider lets us in, how much it allows, and whether its clock and ours agree: by one request. */
export function providerCheck(provider: Provider, health = askedOnce((signal) => healthOf(provider, signal))): Check {
  return { name: accessCheck(provider.id), run: async (signal) => healthFindings(provider.id, await health(signal)) };
}

/** The same, and what it has. */
export function providerChecks(provider: Provider): Check[] {
  const health = askedOnce((signal) => healthOf(provider, signal));
  return [
    providerCheck(provider, health),
    {
      name: `${provider.id} webhooks`,
      async run(signal) {
        const { ok } = await health(signal);
        return ok ? [await webhooksFinding(provider, signal)] : [];
      },
    },
  ];
}

/** The name of the look at whether a provider lets us in. */
export function accessCheck(provider: string): string {
  return `${provider} access`;
}

/** What a provider's health tells, in the order in which one would look at it. */
export function healthFindings(provider: string, health: ProviderHealth): Finding[] {
  const { ok, detail, problem, warnings = [], rateLimit, clockReading } = health;
  const check = accessCheck(provider);
  const findings: Finding[] = [
    ok ? { check, state: "ok", told: detail } : { check, state: "fault", told: detail, ...problem },
  ];
  for (const warning of warnings) findings.push({ check: `${provider} credentials`, state: "warning", ...warning });
  if (rateLimit) findings.push(rateFinding(provider, rateLimit));
  if (clockReading) findings.push(clockFinding(providerName(provider), clockReading));
  return findings;
}

function rateFinding(provider: string, rateLimit: NonNullable<ProviderHealth["rateLimit"]>): Finding {
  const { limitPerMinute, remaining } = rateLimit;
  const check = `${provider} rate limit`;
  const limit = limitInWords({ limitPerMinute, isTold: true });
  if (remaining === undefined) return { check, state: "ok", told: `${limit}.` };
  const told = `${limit}, ${remaining.toLocaleString("en-US")} left in this one.`;
  if (remaining >= limitPerMinute * LITTLE_LEFT) return { check, state: "ok", told };
  return {
    check,
    state: "warning",
    told,
    mend: `If this stays so, find out what else spends the rate limit of this account at ${providerName(provider)}.`,
  };
}

async function healthOf(provider: Provider, signal: AbortSignal): Promise<ProviderHealth> {
  try {
    return await provider.check(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    const told = `${provider.account} did not answer in time.`;
    const mend = `Check the network between here and there, and whether ${providerName(provider.id)} is out of order.`;
    return { ok: false, detail: `${told} ${mend}`, problem: { told, mend } };
  }
}

async function webhooksFinding(provider: Provider, signal: AbortSignal): Promise<Finding> {
  const check = `${provider.id} webhooks`;
  let total = 0;
  let active = 0;
  try {
    for await (const webhook of provider.listWebhooks(signal)) {
      total += 1;
      if (webhook.active) active += 1;
    }
  } catch (error) {
    const { why, mend } = reasonOf(error, signal);
    const told = `The list of webhooks could not be read whole: ${why}`;
    return { check, state: "unknown", told, mend: `Run it again. ${mend}` };
  }
  if (total > 0) return { check, state: "ok", told: `${total} webhook${total === 1 ? "" : "s"}, ${active} active.` };
  return {
    check,
    state: "warning",
    told: "There is no webhook in this account, so there is nothing to triage.",
    mend: `If there should be some, check that the variables of ${providerName(provider.id)} name the right account.`,
  };
}

function reasonOf(error: unknown, signal: AbortSignal): { why: string; mend: string } {
  if (signal.aborted) return { why: "there was no time for the rest.", mend: "Find out what makes answers so slow." };
  if (error instanceof ToldError) return { why: error.told, mend: error.nextStep };
  const why = redactText(error instanceof Error ? error.message : String(error)).text;
  return { why, mend: "Mend what the reason says." };
}
