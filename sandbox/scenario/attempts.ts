import { mix, randomFrom, seedOf } from "../provider/random.ts";
import { fillerOf } from "../provider/template.ts";
import type { ResponseTemplate } from "./causes/cause.ts";
import { SUCCESS } from "./causes/cause.ts";
import type { Delivery, DeliveryOutcome } from "./delivery.ts";
import { payloadOf } from "./payload.ts";
import type { Scenario, ScenarioWebhook } from "./scenario.ts";

export interface ScenarioHeader {
  key: string;
  value: string;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** One HTTP try with all that passed over the wire. */
export interface ScenarioAttempt {
  outcome: DeliveryOutcome;
  /** Absent when nothing was sent. */
  request?: ScenarioMessage;
  /** Absent when nothing answered. */
  response?: ScenarioMessage;
  errorMessage?: string;
  durationMs: number;
}

export interface ScenarioMessage {
  headers: ScenarioHeader[];
  payload: string;
}

/** The attempts completed until `nowMs`, oldest first. Made anew at each call, the same each time. */
export function attemptsOf(
  scenario: Scenario,
  webhook: ScenarioWebhook,
  delivery: Delivery,
  nowMs: number,
): ScenarioAttempt[] {
  const past = delivery.outcomes.filter((outcome) => outcome.completedAtMs <= nowMs);
  return past.map((outcome, step) => attemptOf(scenario, webhook, delivery, outcome, step));
}

/** What the webhook's receiver would answer to a request for `cause` at `at`. */
export function answerOf(response: ResponseTemplate, endpoint: string, at: Date, seed: number): ScenarioMessage {
  const fill = fillerOf({ seed, at, endpoint });
  return {
    headers: response.headers.map(([key, value]) => ({ key, value: fill(value) })),
    payload: fill(response.body),
  };
}

/** What the webhook proves itself with, and the header that carries it. The same at every attempt, as a configured secret is. */
export function credentialOf(webhook: ScenarioWebhook): { header: ScenarioHeader; secret: string } | undefined {
  const random = randomFrom(seedOf(webhook.id, "credential"));
  switch (webhook.authentication) {
    case "bearer_token": {
      const secret = `fake_${random.text(ALPHABET, 36)}`;
      return { secret, header: { key: "Authorization", value: `Bearer ${secret}` } };
    }
    case "basic_auth": {
      const secret = Buffer.from(`zendesk:fake-${random.text(ALPHABET, 16)}`).toString("base64");
      return { secret, header: { key: "Authorization", value: `Basic ${secret}` } };
    }
    case "api_key": {
      const secret = `fake_${random.text(ALPHABET, 32)}`;
      return { secret, header: { key: "X-Api-Key", value: secret } };
    }
    case undefined:
      return undefined;
    default:
      return webhook.authentication satisfies never;
  }
}

function attemptOf(
  scenario: Scenario,
  webhook: ScenarioWebhook,
  delivery: Delivery,
  outcome: DeliveryOutcome,
  step: number,
): ScenarioAttempt {
  const seed = mix(delivery.seed, 100 + step);
  const at = new Date(outcome.completedAtMs);
  const attempt: ScenarioAttempt = { outcome, durationMs: durationOf(outcome, seed) };
  if (outcome.sent) {
    attempt.request = {
      headers: requestHeaders(scenario, webhook, delivery, at, seed),
      payload: payloadOf(delivery, webhook, scenario.account.id),
    };
  }
  const response = outcome.status === "success" ? SUCCESS.response : delivery.cause.response;
  if (outcome.answered && response) attempt.response = answerOf(response, webhook.endpoint, at, seed);
  const { errorMessage } = delivery.cause;
  if (!outcome.answered && errorMessage !== undefined) {
    attempt.errorMessage = fillerOf({ seed, at, endpoint: webhook.endpoint })(errorMessage);
  }
  return attempt;
}

function durationOf(outcome: DeliveryOutcome, seed: number): number {
  if (!outcome.sent) return 0;
  if (outcome.status === "timeout") return 12_000 + (seed % 40);
  return 30 + (seed % 2_000);
}

/** https://developer.zendesk.com/documentation/webhooks/anatomy-of-a-webhook-request/ */
function requestHeaders(
  scenario: Scenario,
  webhook: ScenarioWebhook,
  delivery: Delivery,
  at: Date,
  seed: number,
): ScenarioHeader[] {
  const random = randomFrom(seed);
  const credential = credentialOf(webhook);
  return [
    {
      key: "X-Zendesk-Webhook-Signature-Timestamp",
      value: new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString().replace(".000", ""),
    },
    { key: "X-Zendesk-Webhook-Signature", value: `${random.text(ALPHABET, 43)}=` },
    { key: "Content-Type", value: "application/json; charset=utf-8" },
    { key: "User-Agent", value: "Zendesk Webhook" },
    { key: "X-Zendesk-Account-Id", value: scenario.account.id },
    { key: "X-Zendesk-Webhook-Id", value: webhook.id },
    { key: "X-Zendesk-Webhook-Invocation-Id", value: delivery.id },
    ...(credential === undefined ? [] : [credential.header]),
  ];
}
