import { STATUS_CODES } from "node:http";
import type { Cause, CauseCategory } from "./cause.ts";
import { callBack, readErrorText } from "./cause-from-text.ts";
import type { Attempt, Invocation, Webhook } from "./model.ts";

/**
 * The cause as far as the row alone tells it: the status code that the receiver gave, else the provider's status. The last
 * attempt serves where the row has no code of its own, and its error text where the status is of those that tell no reason.
 */
export function causeFromRow(invocation: Invocation, webhook: Webhook, lastAttempt?: Attempt): Cause {
  const statusCode = invocation.statusCode ?? lastAttempt?.statusCode;
  const receiver = receiverOf(webhook);
  if (statusCode !== undefined && statusCode >= 300) return causeFromCode(statusCode, receiver);
  const told = LEAVES_IT_TO_TEXT.test(invocation.status) ? lastAttempt?.errorMessage : undefined;
  return causeFromText(told, receiver) ?? causeFromStatus(invocation.status, statusCode, receiver);
}

/** States of ConductorOne that say that it failed and not why. A callback that never came is a reason of its own. */
const LEAVES_IT_TO_TEXT = /^WEBHOOK_STATE_(?!WAITING_CALLBACK)/;

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

function causeFromText(text = "", receiver: string): Cause | undefined {
  const reading = readErrorText(text);
  if (reading === undefined) return undefined;
  if (reading.kind === "http") return causeFromCode(reading.statusCode, receiver);
  const { id } = reading;
  if (reading.kind === "unknown") {
    return { id, category: "unknown", title: `ConductorOne tells: ${reading.text}`, nextStep: LOOK_IT_UP() };
  }
  const { category, title, nextStep = NEXT_STEPS[category] } = reading;
  return { id, category, title, nextStep: nextStep(receiver) };
}

function causeFromStatus(status: string, statusCode: number | undefined, receiver: string): Cause {
  const word = status
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ")
    .trim();
  const known = Object.hasOwn(STATUS_CAUSES, word) ? STATUS_CAUSES[word] : undefined;
  if (known) {
    const { category, title, nextStep = NEXT_STEPS[category] } = known;
    return { id: `status-${word.replaceAll(" ", "-")}`, category, title, nextStep: nextStep(receiver) };
  }
  const answered = statusCode === undefined ? "" : `, although the receiver answered ${statusCode}`;
  return {
    id: statusCode === undefined ? `status-${slug(word)}` : `status-${slug(word)}-${statusCode}`,
    category: "unknown",
    title: `The provider ended it as "${word || "no status"}"${answered}`,
    nextStep: NEXT_STEPS.unknown(receiver),
  };
}

/** In ConductorOne's web app. Source: https://www.conductorone.com/docs/product/admin/webhooks */
const LOOK_IT_UP = () =>
  "Look at what the receiver answered in ConductorOne: Admin > Settings > Webhooks, View history of this webhook.";

/** Source: "Run webhook", https://www.conductorone.com/docs/product/admin/automations-steps-reference */
const READ_THE_LOG = () =>
  "Read the execution log of this automation in ConductorOne: it has the status code and the body of the answer.";

interface StatusCause {
  category: CauseCategory;
  title: string;
  /** Absent where that of the category serves. */
  nextStep?: (receiver: string) => string;
}

/**
 * Statuses that tell the cause without a code. Sources: Zendesk's "Creating and monitoring webhooks"; ConductorOne's states
 * have no documented meaning beyond their names.
 */
const STATUS_CAUSES: Record<string, StatusCause> = {
  timeout: { category: "timeout", title: "The receiver did not answer in time" },
  "circuit broken": { category: "circuit_open", title: "Not sent: the provider's circuit breaker was open" },
  throttled: {
    category: "rate_limited",
    title: "Held back by the provider and not sent since",
    nextStep: () =>
      "The provider held it back: its own sending limit (60 a minute on Zendesk trials). Send less: look at what triggers this webhook.",
  },
  "client error": { category: "bad_request", title: "The receiver refused the request (a 4xx answer)" },
  "server error": { category: "server_error", title: "The receiver failed (a 5xx answer)" },
  "webhook state fatal error": {
    category: "unknown",
    title: "ConductorOne gave up and does not tell why",
    nextStep: LOOK_IT_UP,
  },
  "webhook state error": {
    category: "unknown",
    title: "The last attempt failed, and ConductorOne does not tell why",
    nextStep: LOOK_IT_UP,
  },
  "automation execution state error": {
    category: "unknown",
    title: "An automation that sends to it failed, and ConductorOne does not tell why",
    nextStep: READ_THE_LOG,
  },
  "webhook state waiting callback": {
    category: "timeout",
    title: "The receiver took it and never called back",
    nextStep: callBack,
  },
  "webhook state process response": {
    category: "unknown",
    title: "ConductorOne never finished with the receiver's answer",
    nextStep: LOOK_IT_UP,
  },
  "webhook state running": {
    category: "unknown",
    title: "ConductorOne began and tells of no end",
    nextStep: LOOK_IT_UP,
  },
  "webhook state pending": {
    category: "unknown",
    title: "ConductorOne never began to send it",
    nextStep: LOOK_IT_UP,
  },
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
