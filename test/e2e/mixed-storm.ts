import { makeScenario } from "../../sandbox/scenario/make-scenario.ts";
import { makeWebhook } from "../../sandbox/scenario/make-webhook.ts";
import type { Scenario } from "../../sandbox/scenario/scenario.ts";
import { pastIncident } from "../../sandbox/scenario/sizes/incidents.ts";

interface Trouble {
  cause: string;
  count: number;
  startHoursAgo: number;
  hours: number;
}

const SEED = 7;
const QUIET = { perDay: 0, rhythm: "steady", throttledShare: 0 } as const;

/** What fails at whose receiver. Causes of one webhook share their status and code wherever they can. */
export const MIXED_STORM: Record<string, readonly Trouble[]> = {
  // JSON, plain text and HTML, all of them a 503.
  "Billing export": [
    { cause: "kong-503-no-peer", count: 60, startHoursAgo: 9, hours: 2 },
    { cause: "envoy-503-connect-failure", count: 40, startHoursAgo: 6, hours: 2 },
    { cause: "heroku-503-app-crashed", count: 20, startHoursAgo: 3, hours: 2.8 },
  ],
  // The same code and the same form of answer: only the field differs.
  "Jira sync": [
    { cause: "field-422-due-date", count: 30, startHoursAgo: 8, hours: 3 },
    { cause: "field-422-assignee", count: 12, startHoursAgo: 4, hours: 2 },
  ],
  // Nothing answered: neither a code nor a body.
  "HR onboarding": [
    { cause: "dns-name-gone", count: 25, startHoursAgo: 10, hours: 2 },
    { cause: "connection-refused", count: 25, startHoursAgo: 7, hours: 2 },
    { cause: "certificate-expired", count: 15, startHoursAgo: 4, hours: 2 },
  ],
  "Slack alerts bridge": [{ cause: "cloudflare-waf-403", count: 20, startHoursAgo: 5, hours: 2 }],
  "Okta deprovisioning": [{ cause: "circuit-broken", count: 10, startHoursAgo: 5, hours: 2 }],
};

/** An account of which nothing but this is known. */
export function mixedStorm(now: Date): Scenario {
  const webhooks = Object.entries(MIXED_STORM).map(([name, troubles], index) => {
    const webhook = makeWebhook(SEED, index, name, now, QUIET);
    webhook.incidents = troubles.map(({ cause, count, startHoursAgo, hours }) =>
      pastIncident(cause, count, now, startHoursAgo, hours),
    );
    return webhook;
  });
  return { ...makeScenario({ seed: SEED, now }), webhooks };
}

/** How many invocations failed for each cause, as `webhook: cause`. */
export const TRUE_COUNTS: ReadonlyMap<string, number> = new Map(
  Object.entries(MIXED_STORM).flatMap(([name, troubles]) =>
    troubles.map(({ cause, count }) => [`${name}: ${cause}`, count] as const),
  ),
);
