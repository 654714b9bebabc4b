import { fillerOf } from "../provider/template.ts";
import { uuidOf } from "../provider/uuid.ts";
import type { Delivery } from "./delivery.ts";
import type { ScenarioWebhook } from "./scenario.ts";

/** The body of a delivery's request. Addresses and tokens in it are fake, and have the shape of real ones. */
export function payloadOf(delivery: Delivery, webhook: ScenarioWebhook, accountId: string): string {
  const fill = fillerOf({
    seed: delivery.seed ^ 0x0badf00d,
    at: new Date(delivery.createdAtMs),
    endpoint: webhook.endpoint,
    values: { account: accountId, event: delivery.eventType, eventId: uuidOf(delivery.seed) },
  });
  return fill(delivery.eventType === "conditional_ticket_events" ? TRIGGER_BODY : EVENT_BODY);
}

const TRIGGER_BODY = JSON.stringify({
  ticket: {
    id: "{{digits:5}}",
    title:
      "{{pick:Cannot log in|Invoice is wrong|New starter next Monday|App crashes on export|Please reset my second factor}}",
    priority: "{{pick:low|normal|high|urgent}}",
    requester: { email: "{{email}}", phone: "+1 555 01{{digits:2}}" },
    assignee: "{{email@assignee}}",
    latest_comment:
      "Hello, my login link https://help.example.com/login?token={{alnum:24}} does not work. Write to {{email}}, please.",
  },
  callback: { url: "https://apps.example.com/callback", api_token: "fake_{{alnum:32}}" },
  sent_at: "{{iso:0}}",
});

const EVENT_BODY = JSON.stringify({
  account_id: "{{account}}",
  detail: {
    id: "{{digits:12}}",
    email: "{{email}}",
    external_id: "emp-{{digits:6}}",
    role: "{{pick:end-user|agent|admin}}",
    updated_at: "{{iso:0}}",
  },
  event: { session: "{{jwt}}", previous: "{{email@previous}}" },
  id: "{{eventId}}",
  subject: "zen:user:{{digits:12}}",
  time: "{{iso:0}}",
  type: "{{event}}",
  zendesk_event_version: "2022-11-06",
});
