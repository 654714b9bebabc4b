import { randomFrom, seedOf } from "../../provider/random.ts";
import { makeWebhook } from "../make-webhook.ts";
import type { ScenarioWebhook, Traffic } from "../scenario.ts";
import { WEBHOOK_NAMES } from "../webhook-names.ts";
import { pastIncident } from "./incidents.ts";

const NO_TRAFFIC: Traffic = { perDay: 0, rhythm: "steady", throttledShare: 0 };

/** 400 webhooks: most send a few deliveries a week or none, seven of them fail. */
export function quietWebhooks(seed: number, now: Date): ScenarioWebhook[] {
  const random = randomFrom(seedOf(seed, "quiet"));
  const webhooks = Array.from({ length: 400 }, (_, index) => {
    const base = WEBHOOK_NAMES[index % WEBHOOK_NAMES.length] ?? "Webhook";
    const name = `${base} ${REGIONS[Math.floor(index / WEBHOOK_NAMES.length)] ?? index}`;
    const perDay = random.chance(0.4) ? 0 : random.int(1, 5);
    return makeWebhook(seed, index, name, now, { perDay, rhythm: "steady", throttledShare: 0 });
  });
  for (const cause of QUIET_CAUSES) {
    const startHoursAgo = 10 + random.next() * 100;
    random.pick(webhooks).incidents.push(pastIncident(cause, random.int(2, 9), now, startHoursAgo, 8, 0.8));
  }
  for (const webhook of webhooks) webhook.active = random.chance(0.95);
  return webhooks;
}

/** One webhook with `invocations` invocations in the last 7 days, one in ten of them failed, for two causes. */
export function floodWebhooks(seed: number, now: Date, invocations: number): ScenarioWebhook[] {
  const webhook = makeWebhook(seed, 0, "Data warehouse feed", now, NO_TRAFFIC);
  const failed = Math.floor(invocations / 10);
  const terminated = Math.floor(failed / 2);
  const counts = [
    { cause: undefined, count: invocations - failed },
    { cause: "alb-503-no-targets", count: failed - terminated },
    { cause: "throttled-then-terminated-403", count: terminated },
  ];
  for (const { cause, count } of counts) {
    if (count > 0) webhook.incidents.push(pastIncident(cause, count, now, 7 * 24 - 1, 7 * 24 - 1.25, 0));
  }
  return [webhook];
}

/** 20,000 failures in the ten minutes before `now`, and a few healthy webhooks beside. */
export function stormWebhooks(seed: number, now: Date): ScenarioWebhook[] {
  const webhooks = WEBHOOK_NAMES.slice(0, 5).map((name, index) =>
    makeWebhook(seed, index, name, now, { perDay: 20, rhythm: "steady", throttledShare: 0 }),
  );
  const struck = webhooks[1];
  // Ends five seconds ago, so that the slowest answer is in.
  struck?.incidents.push(pastIncident("envoy-503-connect-failure", 20_000, now, (600 + 5) / 3600, 600 / 3600));
  return webhooks;
}

const REGIONS = ["EU", "US", "APAC", "LATAM", "MEA", "UK", "DACH", "ANZ", "Nordics", "Sandbox"];

const QUIET_CAUSES = [
  "jwt-expired-401",
  "nginx-502-upstream-gone",
  "dns-name-gone",
  "timeout-black-hole",
  "certificate-expired",
  "platform-503-suspended",
  "redirect-308",
];
