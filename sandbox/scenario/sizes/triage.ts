import { type Random, randomFrom, seedOf, shuffled } from "../../provider/random.ts";
import { makeWebhook } from "../make-webhook.ts";
import type { ScenarioWebhook, Traffic } from "../scenario.ts";
import { WEBHOOK_NAMES } from "../webhook-names.ts";
import { pastIncident } from "./incidents.ts";

/** How many failures and causes there are in size `triage`. */
export const TRIAGE_FAILURES = 1_500;

/**
 * 40 webhooks, 1,500 failures of 30 causes. Each list names causes that fall on one webhook: there they mostly share the code and
 * can be told apart only by what the receiver answered.
 */
export function triageWebhooks(seed: number, now: Date): ScenarioWebhook[] {
  const random = randomFrom(seedOf(seed, "triage"));
  const webhooks = WEBHOOK_NAMES.map((name, index) => makeWebhook(seed, index, name, now, trafficOf(random)));
  const counts = new Map(shuffled(TRIAGE_CAUSES, random).map((cause, rank) => [cause, countAt(rank)]));
  const hosts = shuffled(webhooks, random);
  const groups = [...TOGETHER, ...ALONE.map((cause) => [cause])];
  for (const [index, causes] of groups.entries()) {
    for (const cause of causes) spread(cause, counts.get(cause) ?? 0, hosts.slice(index, index + 1), now, random);
  }
  for (const [index, cause] of TWICE.entries()) {
    moveHalf(cause, hosts, groups.length + index, now, random);
  }
  const idle = hosts.at(-1);
  if (idle) idle.active = false;
  return webhooks;
}

const TOGETHER: readonly (readonly string[])[] = [
  ["rails-500-nil-method", "rails-500-pool-exhausted", "php-500-memory"],
  ["field-422-assignee", "field-422-due-date"],
  ["cloudflare-waf-403", "scope-missing-403", "akamai-403-denied"],
  ["kong-503-no-peer", "envoy-503-connect-failure", "heroku-503-app-crashed"],
  ["jwt-expired-401", "signature-mismatch-401"],
  ["nginx-502-upstream-gone", "lambda-502-task-timeout"],
  ["express-404-route-gone", "project-deleted-404"],
];

const ALONE: readonly string[] = [
  "cloudflare-522-origin-silent",
  "cloudflare-521-origin-refuses",
  "cloudflare-524-origin-slow",
  "cloudflare-525-handshake",
  "endpoint-410-gone",
  "nginx-413-body-too-large",
  "content-type-415",
  "rate-limited-429",
  "timeout-504-slow-receiver",
  "redirect-308",
  "throttled-then-circuit-broken",
  "throttled-then-terminated-403",
  "conflict-409-retried",
];

/** Causes that strike a second webhook as well. */
const TWICE = ["cloudflare-522-origin-silent", "rate-limited-429", "timeout-504-slow-receiver", "redirect-308"];

/** The 30 causes of size `triage`. */
export const TRIAGE_CAUSES: readonly string[] = [...TOGETHER.flat(), ...ALONE];

function trafficOf(random: Random): Traffic {
  return {
    perDay: random.int(2, 30),
    rhythm: random.pick(["steady", "steady", "office-hours", "nightly"] as const),
    throttledShare: random.chance(0.3) ? 0.05 : 0,
  };
}

/** A few causes with many failures and a long tail; together they are `TRIAGE_FAILURES`. */
function countAt(rank: number): number {
  const weights = TRIAGE_CAUSES.map((_, index) => 1 / (index + 1.5) ** 0.85);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = weights.map((weight) => Math.floor((TRIAGE_FAILURES * weight) / whole));
  const rest = TRIAGE_FAILURES - counts.reduce((sum, count) => sum + count, 0);
  return (counts[rank] ?? 0) + (rank === 0 ? rest : 0);
}

/** Starts and ends early enough for every last attempt to be in the window and in the past. */
function spread(cause: string, count: number, hosts: ScenarioWebhook[], now: Date, random: Random): void {
  for (const host of hosts) {
    const startHoursAgo = 8 + random.next() * 150;
    const hours = Math.min(startHoursAgo - 0.5, 1 + random.next() * 40);
    host.incidents.push(pastIncident(cause, count, now, startHoursAgo, hours, 0.3 + random.next() * 0.7));
  }
}

function moveHalf(cause: string, hosts: ScenarioWebhook[], index: number, now: Date, random: Random): void {
  const host = hosts[index];
  const first = hosts.flatMap(({ incidents }) => incidents).find((incident) => incident.cause === cause);
  if (!host || first?.count === undefined) return;
  const moved = Math.floor(first.count / 2);
  if (moved === 0) return;
  first.count -= moved;
  spread(cause, moved, [host], now, random);
}
