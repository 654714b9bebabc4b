import { makeWebhook } from "../make-webhook.ts";
import type { Incident, ScenarioWebhook, Traffic } from "../scenario.ts";
import { WEBHOOK_NAMES } from "../webhook-names.ts";
import { ongoingIncident, pastIncident } from "./incidents.ts";

/** 12 webhooks and about 60 failures, three of the incidents going on at `now`. */
export function demoWebhooks(seed: number, now: Date): ScenarioWebhook[] {
  const incidents = demoIncidents(now);
  return WEBHOOK_NAMES.slice(0, 12).map((name, index) => {
    const webhook = makeWebhook(seed, index, name, now, TRAFFIC[index % TRAFFIC.length] ?? STEADY);
    webhook.incidents = incidents[name] ?? [];
    return name === "Legacy CRM mirror" ? switchedOff(webhook, now) : webhook;
  });
}

const STEADY: Traffic = { perDay: 40, rhythm: "steady", throttledShare: 0 };
const TRAFFIC: readonly Traffic[] = [
  { perDay: 90, rhythm: "office-hours", throttledShare: 0.04 },
  { perDay: 120, rhythm: "steady", throttledShare: 0.02 },
  { perDay: 60, rhythm: "nightly", throttledShare: 0.1 },
  STEADY,
  { perDay: 12, rhythm: "steady", throttledShare: 0 },
];

function demoIncidents(now: Date): Readonly<Record<string, Incident[]>> {
  return {
    "Jira sync": [
      ongoingIncident("field-422-due-date", 7, now, 9, 0.3),
      pastIncident("field-422-assignee", 5, now, 80, 20, 0.2),
      pastIncident("project-deleted-404", 3, now, 140, 4),
    ],
    "Slack alerts bridge": [
      ongoingIncident("express-500-undefined-property", 11, now, 3, 0.6),
      pastIncident("rate-limited-429", 4, now, 50, 1, 0.5),
    ],
    "Billing export": [
      ongoingIncident("cloudflare-522-origin-silent", 8, now, 0.6),
      pastIncident("spring-500-deadlock", 3, now, 100, 6, 0.1),
    ],
    "HR onboarding": [pastIncident("jwt-expired-401", 6, now, 7, 6)],
    "<!channel> *Ops* & friends": [pastIncident("cloudflare-waf-403", 3, now, 20, 5, 0.3)],
    "مزامنة الموارد البشرية": [pastIncident("timeout-504-slow-receiver", 3, now, 5, 3, 0.5)],
    "🚀 Launch notifier": [
      pastIncident("heroku-503-app-crashed", 3, now, 30, 2),
      pastIncident("recovers-503-then-200", 4, now, 26, 12, 0.2),
    ],
    "Okta deprovisioning": [pastIncident("throttled-then-terminated-403", 3, now, 16, 3, 0.4)],
    "Access review tickets": [pastIncident("throttled-for-ever", 1, now, 0.04, 0.01, 0)],
    "Legacy CRM mirror": [pastIncident("endpoint-410-gone", 2, now, 90, 6)],
  };
}

function switchedOff(webhook: ScenarioWebhook, now: Date): ScenarioWebhook {
  const until = new Date(now.getTime() - 3 * 86_400_000);
  return { ...webhook, active: false, traffic: { ...webhook.traffic, until } };
}
