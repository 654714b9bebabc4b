import { createHash } from "node:crypto";
import type { CauseCategory } from "./cause.ts";

/** What an error text tells. `http`: the receiver's answer; the others: why there was none, or none that could be used. */
export type TextReading =
  | { kind: "http"; statusCode: number }
  | { kind: "known"; id: string; category: CauseCategory; title: string; nextStep?: (receiver: string) => string }
  | { kind: "unknown"; id: string; text: string };

/**
 * Reads why a delivery failed from the text that stands for its last attempt, for providers that tell no status code. An
 * HTTP code that the text names says most; then the words of resolvers, TLS libraries and sockets, in the order in which a
 * connection is made: what fails first hides the rest. `undefined` for a text without words.
 */
export function readErrorText(text: string): TextReading | undefined {
  const line = text.slice(0, LONGEST_READ).replaceAll(/\s+/g, " ").trim();
  if (!/\p{L}/u.test(line)) return undefined;
  const statusCode = namedCode(line);
  if (statusCode !== undefined) return { kind: "http", statusCode };
  const told = line.replaceAll(NAMES, "it");
  const rule = RULES.find(({ pattern }) => pattern.test(told));
  if (rule === undefined) return { kind: "unknown", id: `text-${fingerprint(line)}`, text: line };
  const { id, category, title, nextStep } = rule;
  return { kind: "known", id, category, title, ...(nextStep ? { nextStep } : {}) };
}

const LONGEST_READ = 2_000;

/** Addresses and host names: a host that is called dns.example.com says nothing of DNS. */
const NAMES = /\bhttps?:\/\/[^\s"'<>]+|\b(?!Client\.)[\w-]+(?:\.[\w-]+)+(?::\d+)?/gi;

/** A code of failure that a text names as such: `status code 503`, `HTTP/1.1 404`, `503 Service Unavailable`, `(502)`. */
function namedCode(line: string): number | undefined {
  for (const pattern of CODE_PATTERNS) {
    const code = Number(pattern.exec(line)?.[1]);
    if (code >= 300) return code;
  }
  return undefined;
}

const CODE_PATTERNS = [
  /\bhttp(?:s|\/\d(?:\.\d)?)?(?: (?:status|error|response))*(?: code)?[ :=]{1,3}([3-5]\d\d)\b(?![.:]?\d)/i,
  /\bstatus(?:[ _-]?code)?(?: of| was)?[ :="']{1,4}([3-5]\d\d)\b(?![.:]?\d)/i,
  /\b(?:returned|responded(?: with)?|answered(?: with)?|replied(?: with)?|got|received|response(?: code)?|non-2xx|non-200|unexpected|error code)(?: (?:an?|the|http|status|code|response))*[ :=("']{1,4}([3-5]\d\d)\b(?![.:]?\d| ?(?:bytes?|[kmg]?i?b|m?s|ms|seconds?|minutes?|times|attempts?|entries|rows)\b)/i,
  /(?:^|[ :("'])([3-5]\d\d) (?:Multiple Choices|Moved|Found|See Other|Temporary Redirect|Permanent Redirect|Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Method Not Allowed|Not Acceptable|Request Time-?out|Conflict|Gone|Payload Too Large|Request Entity Too Large|Content Too Large|Unsupported Media|Unprocessable|Too Many Requests|Internal Server Error|Not Implemented|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out)/i,
] as const;

interface Rule {
  pattern: RegExp;
  id: string;
  category: CauseCategory;
  title: string;
  /** Absent where that of the category serves. */
  nextStep?: (receiver: string) => string;
}

/** Go's words first, which ConductorOne's are: https://pkg.go.dev/net, https://pkg.go.dev/crypto/x509; then those of others. */
const RULES: readonly Rule[] = [
  {
    pattern:
      /\b(?:private|loopback|link-local|reserved|non-public|internal|disallowed|prohibited|forbidden|not (?:publicly routable|allowed))\b.{0,30}\b(?:ip|address(?:es)?|network|host|destination|url)\b|\b(?:ip|address|destination|host|url)\b.{0,60}\b(?:is|are) (?:private|loopback|blocked|prohibited|not (?:allowed|permitted|publicly routable))/i,
    id: "text-address-blocked",
    category: "blocked",
    title: "The provider does not send to the receiver's address",
    nextStep: (receiver) =>
      `Give the webhook a URL that the provider may send to: ${receiver} must be at a public address, over https on port 443.`,
  },
  {
    pattern:
      /\bno such host\b|\bNXDOMAIN\b|\bSERVFAIL\b|\bENOTFOUND\b|\bEAI_AGAIN\b|\bserver misbehaving\b|\bname (?:or service )?not (?:known|resolved)\b|\b(?:could not|cannot|can't|failed to|unable to) resolve\b|\bname resolution\b|\bdns\b|\blookup \S+(?: on \S+)?: /i,
    id: "text-dns",
    category: "dns",
    title: "The receiver's host name could not be resolved",
  },
  {
    pattern: /\btls handshake time-?d?[ -]?out\b|\bhandshake\b.{0,40}\btimed? ?-?out\b/i,
    id: "text-timeout",
    category: "timeout",
    title: "The receiver did not answer in time",
  },
  {
    pattern: /\bcertificate\b.{0,60}\bexpired\b|\bexpired certificate\b|\bCERT_HAS_EXPIRED\b/i,
    id: "text-certificate-expired",
    category: "tls",
    title: "The receiver's certificate has expired",
    nextStep: (receiver) => `Renew the certificate of ${receiver}.`,
  },
  {
    pattern: /\bx509\b|\btls\b|\bssl\b|\bcertificate\b|\bhandshake failure\b|\bself[- ]signed\b|\bCERT_|\bERR_TLS/i,
    id: "text-tls",
    category: "tls",
    title: "No secure connection to the receiver could be made (TLS)",
  },
  {
    pattern:
      /\bcall-?back\b.{0,60}\b(?:expired?|time-?d?[ -]?out|not received|never|missing)\b|\b(?:no|without an?y?|expired|timed out|timeout|waiting for)\b.{0,40}\bcall-?back\b/i,
    id: "text-no-callback",
    category: "timeout",
    title: "The receiver took it and never called back",
    nextStep: callBack,
  },
  {
    pattern:
      /\bdeadline exceeded\b|\btimed[ -]?out\b|\btime-?out\b|\bETIMEDOUT\b|\bESOCKETTIMEDOUT\b|\bi\/o timeout\b|\bClient\.Timeout\b/i,
    id: "text-timeout",
    category: "timeout",
    title: "The receiver did not answer in time",
  },
  {
    pattern: /\bconnection refused\b|\bECONNREFUSED\b|\bactively refused\b/i,
    id: "text-connection-refused",
    category: "connect",
    title: "The receiver refused the connection",
  },
  {
    pattern:
      /\bconnection (?:was )?(?:reset|closed|aborted)\b|\bECONNRESET\b|\bbroken pipe\b|\bEPIPE\b|\bsocket hang up\b|\bunexpected EOF\b|\bEOF$|\bserver closed\b/i,
    id: "text-connection-lost",
    category: "connect",
    title: "The connection to the receiver broke off",
  },
  {
    pattern:
      /\bno route to host\b|\b(?:network|host) is (?:unreachable|down)\b|\bE(?:HOST|NET)UNREACH\b|\bdial tcp\b|\bconnection (?:failed|error)\b|\bfailed to connect\b/i,
    id: "text-unreachable",
    category: "connect",
    title: "The receiver could not be reached",
  },
  {
    pattern: /\brate[ -]?limit|\btoo many requests\b|\bthrottl/i,
    id: "text-rate-limited",
    category: "rate_limited",
    title: "The receiver takes no more requests for now",
  },
  {
    pattern: /\bredirect/i,
    id: "text-redirect",
    category: "gone_or_moved",
    title: "The receiver sends on to another address",
  },
  {
    pattern:
      /\b(?:response|answer|reply)\b.{0,40}\b(?:too large|exceeds?|larger than|too big)\b|\b(?:invalid|malformed|unexpected|bad|unsupported|missing|empty|failed to (?:parse|decode|unmarshal)|could not (?:parse|decode)|cannot (?:parse|decode|unmarshal))\b.{0,40}\b(?:response|json|body|answer|version|document|character|payload)\b|\b(?:response|body|json)\b.{0,60}\b(?:invalid|malformed|not valid|is empty|missing|could not be (?:parsed|decoded))\b|\bunmarshal\b/i,
    id: "text-bad-response",
    // None of the categories is about answers that come and make no sense.
    category: "unknown",
    title: "The receiver's answer could not be used",
    nextStep: (receiver) =>
      `Let ${receiver} answer with a document that the provider takes: for ConductorOne, JSON with "version": "v1", at most 250 KB.`,
  },
];

/** Source: "Configure webhooks", on callbacks: https://www.conductorone.com/docs/product/admin/webhooks */
export function callBack(receiver: string): string {
  return `Check why ${receiver} answered 202 and then posted nothing to the callback URL before its time was over.`;
}

/** The same for texts that differ in no more than names, numbers and addresses. */
function fingerprint(line: string): string {
  const kept = line
    .toLowerCase()
    .replaceAll(/https?:\/\/\S+/g, " ")
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`/g, " ")
    .replaceAll(/\S*\d\S*/g, " ")
    .replaceAll(/[^\p{L}]+/gu, " ")
    .trim();
  return createHash("sha256").update(kept).digest("hex").slice(0, 8);
}
