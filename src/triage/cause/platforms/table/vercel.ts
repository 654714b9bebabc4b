import { matched } from "../keep.ts";
import { otherPage } from "../pages.ts";
import { platform, type Told } from "../rule.ts";

const VERCEL_CODES: Record<string, Told> = {
  "function-invocation-timeout": [
    "timeout",
    "Vercel 504: the function ran into its time limit",
    "Raise maxDuration of the function at {receiver}, or answer first and work later",
  ],
  "edge-function-invocation-timeout": [
    "timeout",
    "Vercel 504: the edge function took too long",
    "Let the edge function of {receiver} begin its answer within 25 seconds",
  ],
  "middleware-invocation-timeout": [
    "timeout",
    "Vercel 504: the middleware took too long",
    "Exempt the webhook's path from the middleware of {receiver}",
  ],
  "router-external-target-connection-error": [
    "gateway",
    "Vercel 502: the rewrite's target does not answer",
    "See whether the target of the rewrite at {receiver} is up",
  ],
  "function-invocation-failed": [
    "server_error",
    "Vercel 500: the function crashed",
    "Read the function's log of {receiver} in Vercel",
  ],
  "edge-function-invocation-failed": [
    "server_error",
    "Vercel 500: the edge function crashed",
    "Read the function's log of {receiver} in Vercel",
  ],
  "middleware-invocation-failed": [
    "server_error",
    "Vercel 500: the middleware crashed",
    "Exempt the webhook's path from the middleware of {receiver}, or read its log",
  ],
  "no-response-from-function": [
    "server_error",
    "Vercel 502: the function gave no answer",
    "Read the function's log of {receiver} in Vercel",
  ],
  "function-payload-too-large": [
    "payload_too_large",
    "Vercel 413: the payload is larger than 4.5 MB",
    "Send smaller payloads to {receiver}; Vercel's limit is fixed",
  ],
  "function-throttled": [
    "rate_limited",
    "Vercel 503: too many functions at once",
    "Raise the concurrency of {receiver}'s Vercel project",
  ],
  "deployment-not-found": [
    "not_found",
    "Vercel 404: there is no such deployment",
    "Use the production domain of {receiver} in {webhook}; previews are deleted",
  ],
  "deployment-disabled": [
    "platform_quota_or_sleep",
    "Vercel 402: the deployment is disabled",
    "See the billing and limits of {receiver}'s Vercel account",
  ],
  "deployment-paused": [
    "platform_quota_or_sleep",
    "Vercel 503: the project is paused",
    "Resume the project of {receiver} in Vercel",
  ],
  "deployment-blocked": [
    "blocked",
    "Vercel 403: the deployment is blocked",
    "Ask Vercel's support why the deployment of {receiver} is blocked",
  ],
  "deployment-deleted": [
    "gone_or_moved",
    "Vercel 410: the deployment was deleted",
    "Use the production domain of {receiver} in {webhook}",
  ],
  "not-found": [
    "not_found",
    "Vercel 404: there is nothing at this path",
    "Compare the path of {webhook}'s endpoint URL with the routes of {receiver}",
  ],
  "dns-hostname-not-found": [
    "dns",
    "Vercel 502: it cannot resolve the target",
    "Correct the host of the rewrite at {receiver}",
  ],
  "dns-hostname-resolve-failed": [
    "dns",
    "Vercel 502: it cannot resolve the target",
    "Correct the host of the rewrite at {receiver}",
  ],
  "infinite-loop-detected": [
    "server_error",
    "Vercel 508: the function calls itself",
    "Stop the function of {receiver} from calling its own URL",
  ],
};

export const VERCEL = platform("Vercel", "https://vercel.com/docs/errors", [
  {
    id: "vercel",
    when: { headers: { "x-vercel-error": true } },
    keep: ({ headers }) => [headers.get("x-vercel-error")?.slice(0, 60) ?? ""],
    known: VERCEL_CODES,
    told: ["server_error", "Vercel: {1}", "Look the code {1} up in Vercel's list of errors"],
  },
  {
    id: "vercel",
    when: {
      text: [
        "function_invocation",
        "function_payload_too_large",
        "function_throttled",
        "function_response_payload_too_large",
        "no_response_from_function",
        "middleware_invocation",
        "deployment_not_found",
        "deployment_disabled",
        "deployment_paused",
        "deployment_blocked",
        "deployment_deleted",
        "infinite_loop_detected",
        "router_external_target",
        "router_cannot_match",
        "dns_hostname",
        "internal_function",
        "internal_deployment_fetch_failed",
        "edge_function_invocation",
        "resource_not_found",
        "too_many_fork_edges",
        "background_function_invocation",
      ],
    },
    keep: matched(
      /\b((?:INTERNAL_)?(?:EDGE_|BACKGROUND_)?(?:FUNCTION|MIDDLEWARE|DEPLOYMENT|ROUTER|DNS_HOSTNAME|NO_RESPONSE|INFINITE_LOOP|RESOURCE|TOO_MANY)_[A-Z_]{3,50})\b/,
    ),
    known: VERCEL_CODES,
    told: ["server_error", "Vercel: {1}", "Look the code {1} up in Vercel's list of errors"],
  },
  {
    id: "vercel-not-found",
    when: { text: ["the page could not be found"], alsoText: ["not_found"] },
    told: VERCEL_CODES["not-found"] ?? otherPage("Vercel"),
  },
  {
    id: "vercel-protected",
    source: "https://vercel.com/docs/deployment-protection",
    when: [
      { text: ["authentication required"], raw: ["vercel.com/sso-api", "vercel-user-meta"] },
      { headers: { "set-cookie": "_vercel_sso_nonce" }, codes: [401, 302] },
    ],
    told: [
      "auth",
      "Vercel: the deployment is protected by a sign-in",
      "Switch Deployment Protection off for {receiver}, or add its bypass secret to {webhook}'s endpoint URL",
    ],
  },
]);
