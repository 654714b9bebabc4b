import type { CauseCategory } from "../../../src/triage/cause.ts";

/** Why a receiver's requests fail. */
export interface StoryCause {
  name: string;
  /** What a careful reader of `errors` would say. */
  category: CauseCategory;
  /** How long one attempt takes, milliseconds. */
  attemptMs: readonly [min: number, max: number];
  /** How many attempts there are before it is given up. */
  attempts: number;
  /** `accepted`: the receiver answers 202 and never calls back. `answered`: it answers, and wrongly. */
  receiver: "fails" | "accepted" | "answered";
  /** One of them is what the audit trail says. Placeholders are those of `provider/template.ts`. */
  errors: readonly string[];
}

/** "up to 50 attempts", 30 s each: https://www.conductorone.com/docs/product/admin/webhooks */
export const MOST_ATTEMPTS = 50;

export const STORY_CAUSES: readonly StoryCause[] = [
  {
    name: "unauthorized",
    category: "auth",
    attemptMs: [60, 900],
    attempts: MOST_ATTEMPTS,
    receiver: "fails",
    errors: [
      'webhook failed after 50 attempts: unexpected status code 401 Unauthorized: {"error":"invalid_token","trace":"{{hex:16}}"}',
      "webhook failed after 50 attempts: unexpected status code 401 Unauthorized",
    ],
  },
  {
    name: "unavailable",
    category: "gateway",
    attemptMs: [40, 2_500],
    attempts: MOST_ATTEMPTS,
    receiver: "fails",
    errors: [
      "webhook failed after 50 attempts: unexpected status code 503 Service Unavailable",
      "webhook failed after 50 attempts: unexpected status code 503 Service Unavailable: no healthy upstream",
    ],
  },
  {
    name: "certificate-expired",
    category: "tls",
    attemptMs: [30, 300],
    attempts: MOST_ATTEMPTS,
    receiver: "fails",
    errors: [
      'Post "{{endpoint}}": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time {{iso:0}} is after 2026-11-17T23:59:59Z',
    ],
  },
  {
    name: "no-such-host",
    category: "dns",
    attemptMs: [5, 80],
    attempts: MOST_ATTEMPTS,
    receiver: "fails",
    errors: ['Post "{{endpoint}}": dial tcp: lookup {{host}} on {{ip}}:53: no such host'],
  },
  {
    name: "timeout",
    category: "timeout",
    attemptMs: [30_000, 30_020],
    attempts: MOST_ATTEMPTS,
    receiver: "fails",
    errors: ['Post "{{endpoint}}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)'],
  },
  {
    name: "bad-response",
    category: "unknown",
    attemptMs: [80, 700],
    attempts: 1,
    receiver: "answered",
    errors: [
      'invalid response document: proto: (line 1:2): unknown field "decision"',
      'invalid response document: missing "version": want "v1"',
    ],
  },
  {
    name: "gone",
    category: "gone_or_moved",
    attemptMs: [40, 400],
    attempts: 1,
    receiver: "fails",
    errors: ["webhook stopped: receiver answered 410 Gone"],
  },
  {
    name: "callback-timeout",
    category: "timeout",
    attemptMs: [60, 500],
    attempts: 1,
    receiver: "accepted",
    errors: ["webhook callback was not received before the callback timeout"],
  },
];

/** @throws RangeError for a name that is not in `STORY_CAUSES`. */
export function storyCause(name: string): StoryCause {
  const cause = STORY_CAUSES.find((candidate) => candidate.name === name);
  if (!cause)
    throw new RangeError(`there is no cause ${name}; there are ${STORY_CAUSES.map((c) => c.name).join(", ")}`);
  return cause;
}
