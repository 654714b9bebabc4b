import type { CauseCategory } from "./cause.ts";
import type { Webhook } from "./model.ts";
import { providerName } from "./provider-name.ts";

/** Where a step that sends its reader to other logs finds the times: below it, if nothing else is said. */
export const TIMES_BELOW = "the times below";

/**
 * Fills in what a step leaves open: `{receiver}`, `{provider}`, `{webhook}` and `{times}`. `{{` is a brace that opens nothing. `times`: where
 * they stand.
 */
export function fillStep(step: string, webhook: Webhook, times = TIMES_BELOW): string {
  return step.replace(/\{\{|\{(receiver|provider|webhook|times)\}/g, (_, name?: string) => {
    if (name === undefined) return "{";
    if (name === "receiver") return receiverOf(webhook);
    if (name === "times") return times;
    return name === "provider" ? providerName(webhook.provider) : webhook.name;
  });
}

/** Text from outside as it may stand in a step: `fillStep` gives it back as it came. */
export function outsideInStep(text: string): string {
  return text.replaceAll("{", "{{");
}

/** What to do where nothing more is known than the category. */
export function stepOf(category: CauseCategory, provider: string): string {
  if (category === "unknown" && provider === "conductorone") return LOOK_IT_UP;
  return STEPS[category];
}

/** In ConductorOne's web app. Source: https://www.conductorone.com/docs/product/admin/webhooks */
export const LOOK_IT_UP =
  "Look at what the receiver answered in ConductorOne: Admin > Settings > Webhooks, View history of this webhook.";

const STEPS: Record<CauseCategory, string> = {
  dns: "Check that the host name of {receiver} resolves in public DNS.",
  connect: "Check that {receiver} is up and reachable from the internet on its port.",
  tls: "Renew or complete the certificate chain of {receiver}.",
  timeout: "Make {receiver} answer at once and do the work afterwards; look for what became slow there.",
  rate_limited: "Raise the rate limit at {receiver}, or send less: look at what triggers this webhook.",
  auth: "Check the webhook's credentials, and which callers {receiver} lets in.",
  not_found: "Compare the webhook's URL with the routes that {receiver} serves now.",
  bad_request: "Read the attempts and compare what was sent with what {receiver} says it expects.",
  payload_too_large: "Send a smaller payload, or raise the body limit at {receiver}.",
  gone_or_moved: "Put the new URL into the webhook: {receiver} has moved or is gone.",
  server_error: "Look into the logs of {receiver} at {times}.",
  gateway: "Check the service behind the proxy of {receiver}: the proxy is up, what it stands for is not.",
  blocked: "Allow the provider's addresses in the firewall in front of {receiver}.",
  platform_quota_or_sleep: "Check the plan and quota of the platform that runs {receiver}.",
  circuit_open: "Mend the failures just before it at {receiver}; sending starts again by itself.",
  unknown: "Look into the logs of {receiver} at {times}.",
};

function receiverOf({ endpoint }: Webhook): string {
  if (!endpoint || !URL.canParse(endpoint)) return "the receiver";
  return new URL(endpoint).host || "the receiver";
}
