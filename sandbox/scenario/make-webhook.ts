import { randomFrom, seedOf } from "../provider/random.ts";
import { ulidOf } from "./ids.ts";
import type { ScenarioWebhook, Traffic } from "./scenario.ts";
import { SUBSCRIPTION_SETS } from "./webhook-names.ts";

const DAY_MS = 86_400_000;
const AUTHENTICATIONS = ["none", "bearer_token", "basic_auth", "api_key"] as const;

/** A healthy webhook with a name, an endpoint and traffic, ready for incidents. */
export function makeWebhook(seed: number, index: number, name: string, now: Date, traffic: Traffic): ScenarioWebhook {
  const webhookSeed = seedOf(seed, "webhook", index);
  const random = randomFrom(webhookSeed);
  const createdAt = new Date(wholeSeconds(now) - random.int(30, 700) * DAY_MS - random.int(0, 86_399) * 1000);
  const updatedAt = new Date(createdAt.getTime() + random.int(0, 20) * DAY_MS);
  const authentication = AUTHENTICATIONS[index % AUTHENTICATIONS.length] ?? "none";
  const webhook: ScenarioWebhook = {
    id: ulidOf(webhookSeed, index, createdAt.getTime()),
    name,
    active: true,
    endpoint: endpointOf(name, index, random.text("abcdefghijkmnpqrstuvwxyz23456789", 20), random.int(0, 5)),
    httpMethod: random.pick(["POST", "POST", "POST", "PUT", "PATCH"] as const),
    subscriptions: [...random.pick(SUBSCRIPTION_SETS)],
    createdAt,
    updatedAt,
    traffic,
    incidents: [],
  };
  if (random.chance(0.5)) webhook.description = `${name}: owned by ${random.pick(["Support Ops", "IT", "Identity"])}`;
  if (authentication !== "none") webhook.authentication = authentication;
  return webhook;
}

/** Some endpoints carry secrets of their own, so that whoever shows them has something to mask. */
function endpointOf(name: string, index: number, secret: string, kind: number): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const host = `${slug || "hook"}-${index}.example.com`;
  if (kind === 0) return `https://${host}/hooks/zendesk?token=fake_${secret}`;
  if (kind === 1) return `https://zendesk:fake_${secret}@${host}/inbound`;
  return `https://${host}/api/v${(kind % 3) + 1}/zendesk/events`;
}

function wholeSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000) * 1000;
}
