import { ANSWER_RULES, REDIRECT_RULES } from "./answers.ts";
import { BREAK_RULES, CLOSED_RULES, ROUTE_RULES, VAGUE_RULES } from "./connections.ts";
import { HTTP2_RULES } from "./http2.ts";
import { NAME_RULES } from "./names.ts";
import { numberRules } from "./numbers.ts";
import { POLICY_RULES } from "./policy.ts";
import { PROXY_RULES } from "./proxy.ts";
import type { TransportRule } from "./rule.ts";
import { CANCEL_RULES, CIRCUIT_RULES, RESOURCE_RULES } from "./sender.ts";
import { HANDSHAKE_TIMEOUT_RULES, PHASE_TIMEOUT_RULES, POOL_RULES, TIMEOUT_RULES } from "./timeouts.ts";
import { ALERT_RULES } from "./tls-alerts.ts";
import { CERTIFICATE_RULES, VAGUE_CERTIFICATE_RULES } from "./tls-certificates.ts";
import { HANDSHAKE_RULES, PLAINTEXT_RULES, VAGUE_TLS_RULES } from "./tls-handshake.ts";
import { REQUEST_RULES, URL_RULES } from "./unsendable.ts";

/**
 * The order in which words count, and the only place that says so. It is the order in which a request is made, because what fails first hides the
 * rest; where two stages share words, the one that says more stands first.
 */
export const SPECIFIC_RULES: readonly TransportRule[] = [
  ...CIRCUIT_RULES,
  ...POLICY_RULES,
  ...PROXY_RULES,
  ...REDIRECT_RULES,
  ...REQUEST_RULES,
  ...RESOURCE_RULES,
  ...POOL_RULES,
  ...HANDSHAKE_TIMEOUT_RULES,
  ...PLAINTEXT_RULES,
  ...ALERT_RULES,
  ...HANDSHAKE_RULES,
  ...CERTIFICATE_RULES,
  ...NAME_RULES,
  ...URL_RULES,
  ...HTTP2_RULES,
  ...ANSWER_RULES,
  ...ROUTE_RULES,
  ...PHASE_TIMEOUT_RULES,
  ...BREAK_RULES,
  ...CLOSED_RULES,
];

/** For what is left: words that say in which room it failed and no more, bare numbers, and last that it failed at all. */
const VAGUE_STAGES: readonly TransportRule[] = [
  ...VAGUE_CERTIFICATE_RULES,
  ...VAGUE_TLS_RULES,
  ...CANCEL_RULES,
  ...TIMEOUT_RULES,
];

export const GENERAL_RULES: readonly TransportRule[] = [
  ...VAGUE_STAGES,
  ...numberRules([...SPECIFIC_RULES, ...VAGUE_STAGES, ...VAGUE_RULES]),
  ...VAGUE_RULES,
];
