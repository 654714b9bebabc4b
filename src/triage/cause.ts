/** Closed set: outside tools switch on it. */
export const CAUSE_CATEGORIES = [
  "dns",
  "connect",
  "tls",
  "timeout",
  "rate_limited",
  "auth",
  "not_found",
  "bad_request",
  "payload_too_large",
  "gone_or_moved",
  "server_error",
  "gateway",
  "blocked",
  "platform_quota_or_sleep",
  "circuit_open",
  "unknown",
] as const;

export type CauseCategory = (typeof CAUSE_CATEGORIES)[number];

/** How sure a cause is: `certain` names who answered and why, `likely` follows from what was said, `unsure` from the code alone. */
export type Sureness = "certain" | "likely" | "unsure";

/** Why an invocation failed. */
export interface Cause {
  /** Stable: the same reason has the same id after a restart and on another webhook. */
  id: string;
  category: CauseCategory;
  /** A line that a person would say. */
  title: string;
  /** What to do next. */
  nextStep: string;
  /** What makes two failures one cause, in words: the masked words, or the platform and its code. Text from outside. */
  signature: string;
  sureness: Sureness;
}
