import { firstOf, matched, messageOf, statusCode } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { platform } from "../rule.ts";

/** Gateways for APIs, told by their fields. */
/** By how the sentence begins, where the code was cut off. */
const APIGEE_FAULTS: Readonly<Record<string, string>> = {
  "spike arrest violation": "policies.ratelimit.SpikeArrestViolation",
  "rate limit quota violation": "policies.ratelimit.QuotaViolation",
  "unable to identify proxy for host": "messaging.adaptors.http.flow.ApplicationNotFound",
  "the service is temporarily unavailable": "messaging.adaptors.http.flow.ServiceUnavailable",
};

export const API_GATEWAYS = [
  ...platform("APISIX", "https://github.com/apache/apisix/blob/master/apisix/init.lua", [
    {
      id: "apisix-no-route",
      when: { text: ["404 route not found"], fields: { error_msg: true } },
      told: [
        "not_found",
        "APISIX 404: no route for this host and path",
        "Add a route for the webhook's host and path to the APISIX of {receiver}",
      ],
    },
    {
      id: "apisix",
      when: [
        { headers: { server: "apisix" }, fields: { message: true } },
        { headers: { server: "apisix" }, fields: { error_msg: true } },
      ],
      keep: messageOf("message", "error_msg"),
      told: ["auth", "APISIX: {1}", "Look the message up in the plugins of the APISIX route at {receiver}"],
    },
  ]),
  ...platform("KrakenD", "https://www.krakend.io/docs/endpoints/", [
    {
      id: "krakend",
      when: [
        { headers: { "x-krakend": true }, kind: "none" },
        { headers: { "x-krakend-completed": true }, kind: "none" },
      ],
      keep: statusCode,
      known: pages("KrakenD"),
      told: otherPage("KrakenD"),
    },
  ]),
  ...platform("WSO2", "https://apim.docs.wso2.com/en/latest/troubleshooting/error-handling/", [
    {
      id: "wso2",
      when: [
        { fields: { "fault.code": true, "fault.message": true } },
        { kind: "xml", fields: { code: true, type: "status report" } },
      ],
      keep: firstOf(matched(/\b(9\d{5}|10\d{4})\b/)),
      known: {
        "900902": [
          "auth",
          "WSO2 900902: there are no credentials in the request",
          "Give {webhook} a token for the API at {receiver}",
        ],
        "900901": [
          "auth",
          "WSO2 900901: the credentials are not valid",
          "Give {webhook} a fresh token for the API at {receiver}",
        ],
        "900800": [
          "rate_limited",
          "WSO2 900800: throttled out",
          "Raise the throttling tier of {webhook}'s application at {receiver}",
        ],
        "101503": [
          "gateway",
          "WSO2 101503: it cannot connect to the app",
          "See whether the app behind {receiver} runs",
        ],
        "101504": ["timeout", "WSO2 101504: the app took too long", "Find what is slow behind {receiver}"],
      },
      told: ["auth", "WSO2 {1}", "Look the code {1} up in WSO2's list of errors"],
    },
  ]),
  ...platform("Apigee", "https://docs.apigee.com/api-platform/troubleshoot/runtime/error-catalog", [
    {
      id: "apigee",
      when: [
        { fields: { "fault.faultstring": true, "detail.errorcode": true } },
        { kind: "json", text: Object.keys(APIGEE_FAULTS), fields: { "fault.faultstring": true } },
      ],
      keep: ({ fields }) => {
        const value = (end: string) => fields.find(({ path }) => path.endsWith(end))?.value;
        const fault = value("faultstring")?.toLowerCase() ?? "";
        const [, named] = Object.entries(APIGEE_FAULTS).find(([start]) => fault.startsWith(start)) ?? [];
        const code = named ?? value("errorcode");
        return code === undefined ? undefined : [code];
      },
      known: {
        "policies-ratelimit-quotaviolation": [
          "platform_quota_or_sleep",
          "Apigee: the quota is used up",
          "Raise the quota of {webhook}'s app at {receiver}",
        ],
        "policies-ratelimit-spikearrestviolation": [
          "rate_limited",
          "Apigee: too many requests at once",
          "Raise the spike arrest rate at {receiver}",
        ],
        "messaging-adaptors-http-flow-applicationnotfound": [
          "not_found",
          "Apigee: no proxy for this host and path",
          "Deploy an API proxy for the webhook's host and path at {receiver}",
        ],
        "messaging-adaptors-http-flow-serviceunavailable": [
          "gateway",
          "Apigee 503: the app is unavailable",
          "See whether the target server behind {receiver} is up and its certificate valid",
        ],
        "messaging-adaptors-http-flow-gatewaytimeout": [
          "timeout",
          "Apigee 504: the app took too long",
          "Find what is slow behind {receiver}",
        ],
        "messaging-adaptors-http-flow-noactivetargets": [
          "gateway",
          "Apigee 503: no target server is healthy",
          "See why the health checks of the targets behind {receiver} fail",
        ],
        "protocol-http-toobigbody": [
          "payload_too_large",
          "Apigee 413: the payload is larger than it allows",
          "Send smaller payloads, or let {receiver}'s proxy stream",
        ],
      },
      told: ["auth", "Apigee: {1}", "Look the code {1} up in Apigee's error catalog"],
    },
  ]),
];
