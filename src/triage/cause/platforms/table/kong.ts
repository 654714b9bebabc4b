import { messageOf } from "../keep.ts";
import { platform, type Told } from "../rule.ts";

const KONG_SAYS = [
  "an invalid response was received from the upstream server",
  "the upstream server is timing out",
  "failure to get a peer from the ring-balancer",
  "no api key found in request",
  "invalid authentication credentials",
  "you cannot consume this service",
  "your ip address is not allowed",
  "request size limit exceeded",
  "hmac signature cannot be verified",
  "hmac signature does not match",
];

/** What no other gateway says in these words. */
const KONG_ALONE = [
  "an invalid response was received from the upstream server",
  "the upstream server is timing out",
  "failure to get a peer from the ring-balancer",
  "no api key found in request",
  "you cannot consume this service",
];

const NO_PEER: Told = [
  "gateway",
  "Kong 503: no healthy target",
  "See why the health checks of the Kong upstream behind {receiver} fail",
];

/** Gateways for APIs, told by their sentences. */
export const KONG = [
  ...platform("Kong", "https://github.com/Kong/kong/blob/master/kong/error_handlers.lua", [
    {
      id: "kong-no-route",
      when: { text: ["no route matched with those values"] },
      told: [
        "not_found",
        "Kong 404: no route for this host and path",
        "Add a route for the webhook's host, path and method to the Kong of {receiver}",
      ],
    },
    {
      id: "kong-name-resolution-failed",
      when: { text: ["name resolution failed"], codes: [500, 503] },
      told: [
        "dns",
        "Kong 503: it cannot resolve the app behind it",
        "Correct the host of the Kong service behind {receiver}, or its resolver",
      ],
    },
    {
      id: "kong-rate-limited",
      when: { is: ["api rate limit exceeded"], notHeaders: ["x-github-request-id"] },
      told: [
        "rate_limited",
        "Kong 429: the API's rate limit is reached",
        "Raise the rate-limiting plugin's limit for {webhook}'s consumer at {receiver}",
      ],
    },
    {
      id: "kong-rate-limited",
      when: { fields: { message: "api rate limit exceeded" }, codes: [429] },
      told: [
        "rate_limited",
        "Kong 429: the API's rate limit is reached",
        "Raise the rate-limiting plugin's limit for {webhook}'s consumer at {receiver}",
      ],
    },
    {
      id: "kong",
      when: [
        { text: KONG_SAYS, kind: "json", fields: { message: true } },
        { is: KONG_ALONE },
        {
          headers: { "x-kong-response-latency": true },
          notHeaders: ["x-kong-upstream-latency"],
          fields: { message: true },
        },
      ],
      keep: messageOf("message"),
      known: {
        "an-invalid-response-was-received-from-the-upstream-server": [
          "gateway",
          "Kong 502: the app behind it gave no proper answer",
          "See whether the app of the Kong service behind {receiver} runs and speaks the protocol set there",
        ],
        "the-upstream-server-is-timing-out": [
          "timeout",
          "Kong 504: the app behind it took too long",
          "Find what is slow behind {receiver}, or raise read_timeout of its Kong service",
        ],
        "failure-to-get-a-peer-from-the-ring-balancer": NO_PEER,
        "no-healthy-peer-left-in-the-balancer": NO_PEER,
        "no-live-upstreams": NO_PEER,
        "no-available-targets": NO_PEER,
        "the-upstream-server-is-currently-unavailable": NO_PEER,
        "no-api-key-found-in-request": [
          "auth",
          "Kong 401: there is no API key in the request",
          "Give {webhook} the API key that the Kong of {receiver} asks for",
        ],
        "request-size-limit-exceeded": [
          "payload_too_large",
          "Kong 413: the payload is larger than it allows",
          "Raise allowed_payload_size of the request-size-limiting plugin at {receiver}",
        ],
        "your-ip-address-is-not-allowed": [
          "blocked",
          "Kong 403: the sender's address is not allowed",
          "Add {provider}'s addresses to the ip-restriction plugin at {receiver}",
        ],
        "an-unexpected-error-occurred": [
          "server_error",
          "Kong 500: it broke itself",
          "Read Kong's error log at {receiver} by the request_id",
        ],
      },
      told: ["as said", "Kong: {1}", "Look the message up in the plugins of the Kong route at {receiver}"],
    },
  ]),
  ...platform("Tyk", "https://tyk.io/docs/api-management/troubleshooting-debugging/", [
    {
      id: "tyk",
      when: [
        {
          fields: {
            error: [
              "access to this api has been disallowed",
              "authorization field missing",
              "there was a problem proxying the request",
              "key not authorised",
              "api doesn't exist",
              "requested endpoint is forbidden",
              "upstream service reached hard timeout.",
              "upstream host lookup failed",
              "key has expired, please renew",
              "access to this resource has been disallowed",
              "attempted access with malformed header, no auth header found.",
            ],
          },
        },
        { headers: { "x-generator": "tyk.io" }, fields: { error: true } },
      ],
      keep: messageOf("error"),
      known: {
        "there-was-a-problem-proxying-the-request": [
          "gateway",
          "Tyk: it could not reach the app",
          "See whether the app behind the Tyk of {receiver} runs",
        ],
        "upstream-service-reached-hard-timeout": [
          "timeout",
          "Tyk 504: the app took too long",
          "Raise the enforced timeout of the API at {receiver}'s Tyk, or answer sooner",
        ],
        "upstream-host-lookup-failed": [
          "dns",
          "Tyk: it cannot resolve the app",
          "Correct the target URL of the API at {receiver}'s Tyk",
        ],
        "rate-limit-exceeded": [
          "rate_limited",
          "Tyk 429: the key's rate limit is reached",
          "Raise the rate limit of the key of {webhook} at {receiver}'s Tyk",
        ],
        "api-rate-limit-exceeded": [
          "rate_limited",
          "Tyk 429: the API's rate limit is reached",
          "Raise the rate limit of the API at {receiver}'s Tyk",
        ],
        "quota-exceeded": [
          "platform_quota_or_sleep",
          "Tyk 403: the key's quota is used up",
          "Raise the quota of the key of {webhook} at {receiver}'s Tyk",
        ],
        "api-doesn-t-exist": [
          "not_found",
          "Tyk 404: there is no API at this path",
          "Compare the path of {webhook}'s endpoint URL with the listen path at {receiver}'s Tyk",
        ],
        "requested-endpoint-is-forbidden": [
          "blocked",
          "Tyk 403: the endpoint is not on its allow list",
          "Add the webhook's path to the allow list of the API at {receiver}'s Tyk",
        ],
      },
      told: ["auth", "Tyk: {1}", "Give {webhook} a key of the policy that opens this API at {receiver}'s Tyk"],
    },
  ]),
];
