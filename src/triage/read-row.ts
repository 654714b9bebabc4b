import { STATUS_CODES } from "node:http";
import type { Reading } from "./cause/reading.ts";
import type { CauseCategory, Sureness } from "./cause.ts";
import type { Invocation } from "./model.ts";
import { LOOK_IT_UP } from "./next-step.ts";

/**
 * The cause as far as the row alone tells it: the status code that the receiver gave, else the provider's status. `certain`: no attempt
 * could tell it better.
 */
export function readRow({ status, statusCode }: Pick<Invocation, "status" | "statusCode">): Reading {
  const isAnswer = statusCode !== undefined && statusCode >= 300;
  // Zendesk logs its own time-out as a 504, which nobody answered.
  if (isAnswer && !(statusCode === 504 && wordOf(status) === "timeout")) return readCode(statusCode);
  return readStatus(status, isAnswer ? undefined : statusCode);
}

function readCode(statusCode: number): Reading {
  const reason = STATUS_CODES[statusCode] ?? EDGE_REASONS[statusCode];
  return {
    id: `http-${statusCode}`,
    category: categoryOfCode(statusCode),
    title: `The receiver answered ${reason ? `${statusCode} ${reason}` : statusCode}`,
    signature: String(statusCode),
    sureness: "unsure",
    masked: [],
  };
}

function readStatus(status: string, statusCode: number | undefined): Reading {
  const word = wordOf(status);
  const known = Object.hasOwn(STATUS_CAUSES, word) ? STATUS_CAUSES[word] : undefined;
  const signature = `status ${(word || "none").slice(0, 80)}`;
  if (known) {
    const { sureness = "unsure", ...told } = known;
    return { id: `status-${word.replaceAll(" ", "-")}`, ...told, signature, sureness, masked: [] };
  }
  const answered = statusCode === undefined ? "" : `, although the receiver answered ${statusCode}`;
  return {
    id: statusCode === undefined ? `status-${slug(word)}` : `status-${slug(word)}-${statusCode}`,
    category: "unknown",
    title: `The provider ended it as "${word || "no status"}"${answered}`,
    signature: `${signature}${statusCode === undefined ? "" : ` ${statusCode}`}`,
    sureness: "unsure",
    masked: [],
  };
}

interface StatusCause {
  category: CauseCategory;
  title: string;
  /** Absent where that of the category serves. */
  nextStep?: string;
  /** `unsure` when absent. */
  sureness?: Sureness;
}

/**
 * Statuses that tell the cause without a code. Sources: Zendesk's "Creating and monitoring webhooks"; ConductorOne's states
 * have no documented meaning beyond their names.
 */
const STATUS_CAUSES: Record<string, StatusCause> = {
  timeout: { category: "timeout", title: "The receiver did not answer in time", sureness: "likely" },
  "circuit broken": {
    category: "circuit_open",
    title: "Not sent: the provider's circuit breaker was open",
    sureness: "certain",
  },
  throttled: {
    category: "rate_limited",
    title: "Held back by the provider and not sent since",
    nextStep:
      "The provider held it back: its own sending limit (60 a minute on Zendesk trials). Send less: look at what triggers this webhook.",
    sureness: "certain",
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
    // Source: "Run webhook", https://www.conductorone.com/docs/product/admin/automations-steps-reference
    nextStep:
      "Read the execution log of this automation in ConductorOne: it has the status code and the body of the answer.",
  },
  "webhook state waiting callback": {
    category: "timeout",
    title: "The receiver took it and never called back",
    nextStep: "Check why {receiver} answered 202 and then posted nothing to the callback URL before its time was over.",
    sureness: "certain",
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

function wordOf(status: string): string {
  return status
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ")
    .trim();
}

function slug(word: string): string {
  const kept = word.replaceAll(/[^a-z0-9]+/g, "-").slice(0, 40);
  return kept === "" || kept === "-" ? "none" : kept;
}
