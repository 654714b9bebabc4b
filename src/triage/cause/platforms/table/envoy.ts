import { matched, statusCode } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { type Keeper, platform, type Told } from "../rule.ts";

const RESET = matched(/reset reason: ([a-z][a-z _]{2,50}?)\s*(?:[,.;]|$|\n|(?=transport failure))/i);

const envoyReset: Keeper = (seen) => {
  const reason = [...(RESET(seen) ?? [])];
  if (reason.length === 0) return ["no reason"];
  // Newer versions say which side.
  reason[0] = reason[0]?.replace(/^(?:remote|local) (?=connection failure)/i, "") ?? "";
  return /transport failure reason:[^\n]{0,40}(?:TLS|certificate|ssl)/i.test(seen.text) ? [...reason, "tls"] : reason;
};

const RESETS: Record<string, Told> = {
  "connection-failure": [
    "gateway",
    "Envoy 503: it could not connect to the app",
    "See whether the pods behind {receiver} listen on the port that the service names",
  ],
  "connection-failure-tls": [
    "tls",
    "Envoy 503: the TLS handshake with the app failed",
    "Make mTLS settings and certificates agree between the mesh and the app behind {receiver}",
  ],
  "connection-termination": [
    "gateway",
    "Envoy 503: the app closed the connection",
    "Let the app behind {receiver} keep idle connections longer than Envoy does, and look for crashes",
  ],
  "connection-timeout": [
    "timeout",
    "Envoy 503: connecting to the app took too long",
    "See whether a network policy drops packets to the app behind {receiver}",
  ],
  "remote-reset": [
    "gateway",
    "Envoy 503: the app reset the stream",
    "Look into the log of the app behind {receiver} for why it resets streams",
  ],
  "local-reset": [
    "gateway",
    "Envoy 503: it reset the stream itself",
    "Look into the Envoy log at {receiver} for its response flags",
  ],
  overflow: [
    "circuit_open",
    "Envoy 503: its circuit breaker is open",
    "Raise the circuit breaker's limits at {receiver}, or make the app behind it faster",
  ],
  "protocol-error": [
    "gateway",
    "Envoy 502: the app broke the protocol",
    "Make HTTP version and port protocol agree between Envoy and the app behind {receiver}",
  ],
};

/** Proxies of clusters and meshes. */
export const ENVOY = [
  ...platform(
    "Envoy",
    "https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#response-flags",
    [
      {
        id: "envoy-reset",
        when: { text: ["upstream connect error or disconnect/reset before headers"] },
        keep: envoyReset,
        known: RESETS,
        told: [
          "gateway",
          "Envoy 503: {1}",
          "Look into the Envoy log at {receiver} for the response flags of this request",
        ],
      },
      {
        id: "envoy-no-healthy-upstream",
        when: { text: ["no healthy upstream"] },
        told: [
          "gateway",
          "Envoy 503: no healthy instance of the app",
          "See whether the pods behind {receiver} are ready and pass their health check",
        ],
      },
      {
        id: "envoy-upstream-request-timeout",
        when: { text: ["upstream request timeout"], notText: ["reset reason"] },
        told: [
          "timeout",
          "Envoy 504: the app took too long",
          "Find what is slow behind {receiver}, or raise the route's timeout (15 s unless told otherwise)",
        ],
      },
      {
        id: "envoy-stream-timeout",
        when: { is: ["stream timeout", "upstream response timeout", "request timeout: upstream"] },
        told: ["timeout", "Envoy: the stream took too long", "Raise the stream timeout of the Envoy at {receiver}"],
      },
      {
        id: "envoy-rbac",
        when: { text: ["rbac: access denied"] },
        told: [
          "auth",
          "Istio denied access by an authorization policy",
          "Let the webhook's path pass in the AuthorizationPolicy of {receiver}",
        ],
      },
      {
        id: "envoy-jwt",
        when: {
          text: [
            "jwt is missing",
            "jwt is expired",
            "jwt verification fails",
            "jwt issuer is not configured",
            "jwt is not in the form of header.payload.signature",
            "jwks doesn't have key to match kid or alg from jwt",
            "audiences in jwt are not allowed",
            "jwt not yet valid",
          ],
        },
        keep: matched(/\b(?:jwt|jwks|audiences in jwt) ((?:is|are|verification|issuer|doesn't|not)[a-z '.]{3,60})/i),
        told: [
          "auth",
          "Envoy refused the token: {1}",
          "Give {webhook} a token that the RequestAuthentication of {receiver} accepts",
        ],
      },
      {
        id: "envoy-local-rate-limit",
        when: { is: ["local_rate_limited"] },
        told: [
          "rate_limited",
          "Envoy 429: its local rate limit is reached",
          "Raise the token bucket of the local rate limit at {receiver}",
        ],
      },
      {
        id: "envoy-fault-injected",
        when: { is: ["fault filter abort"] },
        told: [
          "server_error",
          "Envoy answers an injected fault",
          "Remove the fault from the VirtualService of {receiver}",
        ],
      },
      {
        id: "envoy-drop-overload",
        when: { text: ["unconditional drop overload"] },
        told: ["circuit_open", "Envoy drops the load", "See why Traffic Director drops the requests of {receiver}"],
      },
      {
        id: "envoy-empty",
        when: { headers: { server: "envoy" }, kind: "none", codes: [403, 404, 426, 503, 504] },
        keep: statusCode,
        known: pages("Envoy", {
          "426": ["bad_request", "Envoy 426: it does not speak HTTP/1.0", "Allow HTTP/1.1 at {receiver}"],
        }),
        told: otherPage("Envoy"),
      },
    ],
  ),
  ...platform("Traefik", "https://doc.traefik.io/traefik/routing/services/", [
    {
      id: "traefik-no-available-server",
      when: { text: ["no available server"] },
      told: [
        "gateway",
        "Traefik 503: no server behind it is up",
        "See whether the containers behind {receiver} run and pass the health check of their Traefik service",
      ],
    },
  ]),
];
