import { STATUS_CODES } from "node:http";
import type { Cause, CauseCategory } from "./cause.ts";
import type { Attempt, Invocation, Webhook } from "./model.ts";

/**
 * The cause as far as the row alone tells it: the status code that the receiver gave, else the provider's status. The last
 * attempt serves where the row has no code of its own.
 */
export function causeFromRow(invocation: Invocation, webhook: Webhook, lastAttempt?: Attempt): Cause {
  const statusCode = invocation.statusCode ?? lastAttempt?.statusCode;
  const receiver = receiverOf(webhook);
  if (statusCode !== undefined && statusCode >= 300) return causeFromCode(statusCode, receiver);
  return causeFromStatus(invocation.status, statusCode, receiver);
}

function causeFromCode(statusCode: number, receiver: string): Cause {
  const category = categoryOfCode(statusCode);
  const reason = STATUS_CODES[statusCode] ?? EDGE_REASONS[statusCode];
  const told = reason ? `${statusCode} ${reason}` : String(statusCode);
  return {
    id: `http-${statusCode}`,
    category,
    title: `The receiver answered ${told}`,
    nextStep: NEXT_STEPS[category](receiver),
  };
}

function causeFromStatus(status: string, statusCode: number | undefined, receiver: string): Cause {
  const word = status
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ")
    .trim();
  const known = Object.hasOwn(STATUS_CAUSES, word) ? STATUS_CAUSES[word] : undefined;
  if (known) {
    const { category, title, nextStep = NEXT_STEPS[category](receiver) } = known;
    return { id: `status-${word.replaceAll(" ", "-")}`, category, title, nextStep };
  }
  const answered = statusCode === undefined ? "" : `, although the receiver answered ${statusCode}`;
  return {
    id: statusCode === undefined ? `status-${slug(word)}` : `status-${slug(word)}-${statusCode}`,
    category: "unknown",
    title: `The provider ended it as "${word || "no status"}"${answered}`,
    nextStep: NEXT_STEPS.unknown(receiver),
  };
}

/** Statuses that tell the cause without a code. Source: Zendesk's "Creating and monitoring webhooks". */
const STATUS_CAUSES: Record<string, { category: CauseCategory; title: string; nextStep?: string }> = {
  timeout: { category: "timeout", title: "The receiver did not answer in time" },
  "circuit broken": { category: "circuit_open", title: "Not sent: the provider's circuit breaker was open" },
  throttled: {
    category: "rate_limited",
    title: "Held back by the provider and not sent since",
    nextStep:
      "The provider held it back: its own sending limit (60 a minute on Zendesk trials). Send less: look at what triggers this webhook.",
  },
  "client error": { category: "bad_request", title: "The receiver refused the request (a 4xx answer)" },
  "server error": { category: "server_error", title: "The receiver failed (a 5xx answer)" },
};

/** Codes that are not IANA's but that a proxy in front of the receiver answers. Source: developers.cloudflare.com. */
const EDGE_REASONS: Record<number, string> = {
  499: "Client Closed Request",
  520: "Web Server Returned an Unknown Error",
  521: "Web Server Is Down",
  522: "Connection Timed Out",
  523: "Origin Is Unreachable",
  524: "A Timeout Occurred",
  525: "SSL Handshake Failed",
  526: "Invalid SSL Certificate",
  530: "Origin Could Not Be Resolved",
};

/** Codes whose category is not that of their hundred. */
const CODE_CATEGORIES: Record<number, CauseCategory> = {
  401: "auth",
  402: "platform_quota_or_sleep",
  403: "auth",
  404: "not_found",
  407: "auth",
  408: "timeout",
  410: "gone_or_moved",
  413: "payload_too_large",
  425: "rate_limited",
  429: "rate_limited",
  451: "blocked",
  502: "gateway",
  503: "gateway",
  // Zendesk logs its own 12 s time-out as "504 Gateway Timeout".
  504: "timeout",
  511: "auth",
  520: "gateway",
  521: "gateway",
  522: "timeout",
  523: "gateway",
  524: "timeout",
  525: "tls",
  526: "tls",
  530: "dns",
  598: "timeout",
  599: "timeout",
};

function categoryOfCode(statusCode: number): CauseCategory {
  const own = CODE_CATEGORIES[statusCode];
  if (own) return own;
  if (statusCode < 400) return "gone_or_moved";
  if (statusCode < 500) return "bad_request";
  return statusCode < 600 ? "server_error" : "unknown";
}

const NEXT_STEPS: Record<CauseCategory, (receiver: string) => string> = {
  dns: (receiver) => `Check that the host name of ${receiver} resolves in public DNS.`,
  connect: (receiver) => `Check that ${receiver} is up and reachable from the internet on its port.`,
  tls: (receiver) => `Renew or complete the certificate chain of ${receiver}.`,
  timeout: (receiver) => `Make ${receiver} answer at once and do the work afterwards; look for what became slow there.`,
  rate_limited: (receiver) => `Raise the rate limit at ${receiver}, or send less: look at what triggers this webhook.`,
  auth: (receiver) => `Check the webhook's credentials, and which callers ${receiver} lets in.`,
  not_found: (receiver) => `Compare the webhook's URL with the routes that ${receiver} serves now.`,
  bad_request: (receiver) => `Read the attempts and compare what was sent with what ${receiver} says it expects.`,
  payload_too_large: (receiver) => `Send a smaller payload, or raise the body limit at ${receiver}.`,
  gone_or_moved: (receiver) => `Put the new URL into the webhook: ${receiver} has moved or is gone.`,
  server_error: (receiver) => `Look into the logs of ${receiver} at the times below.`,
  gateway: (receiver) =>
    `Check the service behind the proxy of ${receiver}: the proxy is up, what it stands for is not.`,
  blocked: (receiver) => `Allow the provider's addresses in the firewall in front of ${receiver}.`,
  platform_quota_or_sleep: (receiver) => `Check the plan and quota of the platform that runs ${receiver}.`,
  circuit_open: (receiver) => `Mend the failures just before it at ${receiver}; sending starts again by itself.`,
  unknown: () => "Read the attempts to see what the receiver answered.",
};

function receiverOf(webhook: Webhook): string {
  if (!webhook.endpoint || !URL.canParse(webhook.endpoint)) return "the receiver";
  return new URL(webhook.endpoint).host || "the receiver";
}

function slug(word: string): string {
  const kept = word.replaceAll(/[^a-z0-9]+/g, "-").slice(0, 40);
  return kept === "" || kept === "-" ? "none" : kept;
}
