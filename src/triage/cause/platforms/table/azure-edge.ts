import { firstOf, matched, statusCode } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { type Keeper, platform } from "../rule.ts";

const gatewayCode: Keeper = firstOf(matched(/^(\d{3}) /), statusCode);

/** What stands before apps on Azure. */
export const AZURE_EDGE = [
  ...platform(
    "Azure Application Gateway",
    "https://learn.microsoft.com/azure/application-gateway/http-response-codes",
    [
      {
        id: "azure-appgw",
        when: [
          { text: ["microsoft-azure-application-gateway"] },
          { headers: { server: "microsoft-azure-application-gateway" }, kind: "html" },
        ],
        keep: gatewayCode,
        known: pages("Azure Application Gateway", {
          "403": [
            "blocked",
            "Azure Application Gateway 403: its WAF blocked the request",
            "Find the rule in the firewall log of {receiver}'s Application Gateway and exclude the webhook",
          ],
          "404": [
            "not_found",
            "Azure Application Gateway 404: no listener for this host",
            "Add a listener for {receiver} to its Application Gateway",
          ],
          "502": [
            "gateway",
            "Azure Application Gateway 502: no healthy backend",
            "See the backend health of {receiver}'s Application Gateway: probe, network security group, certificate",
          ],
          "504": [
            "timeout",
            "Azure Application Gateway 504: the backend took too long",
            "Raise the request timeout of the backend settings of {receiver}, or answer sooner",
          ],
        }),
        told: otherPage("Azure Application Gateway"),
      },
    ],
  ),
  ...platform("Azure Front Door", "https://learn.microsoft.com/azure/frontdoor/troubleshoot-issues", [
    {
      id: "azure-front-door-unavailable",
      when: { text: ["our services aren't available right now"] },
      told: [
        "gateway",
        "Azure Front Door: no origin of it answers",
        "See whether the origin of {receiver}'s Front Door is up and its certificate matches; the Ref names the request",
      ],
    },
    {
      id: "azure-front-door-not-found",
      when: { text: ["azure front door service configuration", "we weren't able to find your azure front door"] },
      told: [
        "not_found",
        "Azure Front Door 404: no route for this host",
        "Add {receiver} as a custom domain with a route to its Front Door",
      ],
    },
    {
      id: "azure-front-door-origin-timeout",
      when: { headers: { "x-azure-externalerror": "origintimeout" } },
      told: [
        "timeout",
        "Azure Front Door: the origin took too long",
        "Raise the origin response timeout of {receiver}'s Front Door, or answer sooner",
      ],
    },
    {
      id: "azure-front-door",
      when: { headers: { "x-azure-externalerror": true } },
      keep: ({ headers }) => [headers.get("x-azure-externalerror")?.slice(0, 60) ?? ""],
      told: [
        "gateway",
        "Azure Front Door: {1}",
        "Look the error {1} up in Front Door's documentation and in the access log of {receiver}",
      ],
    },
  ]),
  ...platform(
    "Azure API Management",
    "https://learn.microsoft.com/azure/api-management/api-management-error-handling-policies",
    [
      {
        id: "azure-apim-rate-limit",
        when: { text: ["rate limit is exceeded. try again in"] },
        told: [
          "rate_limited",
          "Azure API Management 429: the rate limit is exceeded",
          "Raise the rate-limit policy of the product at {receiver}, or slow {webhook} down",
        ],
      },
      {
        id: "azure-apim-quota",
        when: { text: ["out of call volume quota", "out of bandwidth quota"] },
        told: [
          "platform_quota_or_sleep",
          "Azure API Management 403: the quota is used up",
          "Raise the quota policy of the product at {receiver}, or wait until it begins anew",
        ],
      },
      {
        id: "azure-apim-subscription-key",
        when: {
          text: ["access denied due to missing subscription key", "access denied due to invalid subscription key"],
        },
        keep: matched(/due to (missing|invalid) subscription key/i),
        told: [
          "auth",
          "Azure API Management 401: {1} subscription key",
          "Give {webhook} a key of an active subscription as the header Ocp-Apim-Subscription-Key",
        ],
      },
      {
        id: "azure-apim-ip",
        when: { fields: { statusCode: "403" }, text: ["ip is not allowed", "caller ip", "forbidden ip"] },
        told: [
          "blocked",
          "Azure API Management 403: the sender's address is not allowed",
          "Add {provider}'s addresses to the ip-filter policy at {receiver}",
        ],
      },
      {
        id: "azure-apim-jwt",
        when: { fields: { statusCode: "401" }, text: ["jwt not present", "invalid jwt", "jwt validation failed"] },
        told: [
          "auth",
          "Azure API Management 401: no valid token",
          "Give {webhook} a token that the validate-jwt policy of {receiver} accepts",
        ],
      },
      {
        id: "azure-apim-not-found",
        when: { fields: { statusCode: "404", message: "resource not found" } },
        keep: ({ fields }) => (fields.length === 2 ? [] : undefined),
        told: [
          "not_found",
          "Azure API Management 404: no operation for this path",
          "Compare the path and method of {webhook}'s endpoint URL with the operations at {receiver}",
        ],
      },
      {
        id: "azure-apim-error",
        when: { fields: { statusCode: "500", message: "internal server error", activityId: true } },
        told: [
          "server_error",
          "Azure API Management 500: a policy or the backend failed",
          "Trace the activityId in API Management's log of {receiver}",
        ],
      },
    ],
  ),
];
