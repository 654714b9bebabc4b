import { firstOf, matched, messageOf, statusCode, valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";

/** What a client meets that signs in as an app: words of their own wherever they are logged. */
const ENTRA_CODES = (
  "50001 50011 50012 50013 50034 50053 50055 50057 50058 50076 50079 50105 50126 50128 50173 50194 53003 65001 65004 70000 70001 70002 70008 " +
  "70011 70021 70043 90002 90014 135010 500011 500014 700003 700016 700024 700025 700027 700213 1000502 7000112 7000215 7000218 7000222 9002313"
)
  .split(" ")
  .map((code) => `aadsts${code}`);

/** Apps and APIs on Azure. */
export const AZURE = [
  ...platform("Azure App Service", "https://learn.microsoft.com/azure/app-service/troubleshoot-http-502-http-503", [
    {
      id: "azure-app-stopped",
      when: {
        text: [
          "this web app is stopped",
          "403 - this web app has been stopped",
          "site disabled",
          "this web app has been stopped",
        ],
      },
      told: [
        "platform_quota_or_sleep",
        "Azure App Service 403: the web app is stopped",
        "Start the web app of {receiver} in the Azure portal; a free plan stops at its quota",
      ],
    },
    {
      id: "azure-app-not-found",
      when: { text: ["404 web site not found", "microsoft azure web app - error 404", "web app - error 404"] },
      told: [
        "gone_or_moved",
        "Azure App Service 404: there is no such web app",
        "Check whether the web app of {receiver} was deleted or its custom domain unbound",
      ],
    },
    {
      id: "azure-app-unavailable",
      when: {
        text: ["microsoft azure web app - error 403", "web app - unavailable", "web app is temporarily unavailable"],
      },
      told: [
        "blocked",
        "Azure App Service 403: access restrictions forbid it",
        "Let {provider}'s addresses pass in the access restrictions of {receiver}",
      ],
    },
    {
      id: "azure-app-error",
      when: {
        text: [
          "if you are the application administrator, you can access the diagnostic resources",
          "you can access the diagnostic resources",
        ],
      },
      told: [
        "server_error",
        "Azure App Service: the app did not start",
        "Read the container or application log of {receiver} in the Kudu console",
      ],
    },
    {
      id: "azure-ip-forbidden",
      when: { text: ["ip forbidden", "the web app you have attempted to reach has blocked your access"] },
      told: [
        "blocked",
        "Azure App Service 403: the sender's address is forbidden",
        "Let {provider}'s addresses pass in the access restrictions of {receiver}",
      ],
    },
    {
      id: "azure-cgi",
      when: { text: ["the specified cgi application encountered an error and the server terminated the process"] },
      told: [
        "gateway",
        "Azure App Service 502: the app crashed",
        "Read the application log of {receiver} at the time of the attempt",
      ],
    },
    {
      id: "azure-easy-auth",
      when: { text: ["you do not have permission to view this directory or page"], codes: [401, 403] },
      keep: statusCode,
      told: [
        "auth",
        "Azure App Service: its sign-in refuses the request",
        "Exempt the webhook's path from the App Service authentication of {receiver}",
      ],
    },
  ]),
  ...platform(
    "Azure Functions",
    "https://learn.microsoft.com/azure/azure-functions/functions-recover-storage-account",
    [
      {
        id: "azure-functions-host-not-running",
        when: { text: ["function host is not running"] },
        told: [
          "server_error",
          "Azure Functions 503: the function host does not run",
          "Read the host's log of {receiver}: a bad setting, storage account or deployment stops it",
        ],
      },
      {
        id: "azure-functions-unavailable",
        when: { text: ["the function host is not running", "the function is currently disabled"] },
        told: [
          "platform_quota_or_sleep",
          "Azure Functions: the function is disabled",
          "Enable the function at {receiver}",
        ],
      },
    ],
  ),
  ...platform("Azure Container Apps", "https://learn.microsoft.com/azure/container-apps/troubleshooting", [
    {
      id: "azure-container-app-stopped",
      when: { text: ["this container app is stopped or does not exist"] },
      told: [
        "platform_quota_or_sleep",
        "Azure Container Apps 404: the app is stopped or does not exist",
        "Start the container app of {receiver}, or check that it has a running revision with ingress",
      ],
    },
  ]),
  ...platform("Azure Static Web Apps", "https://learn.microsoft.com/azure/static-web-apps/troubleshooting", [
    {
      id: "azure-static-web-app-not-found",
      when: { text: ["azure static web apps - 404"] },
      told: [
        "not_found",
        "Azure Static Web Apps 404: there is nothing at this path",
        "Add the API route of the webhook to the app at {receiver}",
      ],
    },
  ]),
  ...platform("Azure Storage", "https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes", [
    {
      id: "azure-storage",
      when: { headers: { "x-ms-error-code": true } },
      keep: ({ headers }) => [headers.get("x-ms-error-code")?.slice(0, 60) ?? ""],
      told: [
        "auth",
        "Azure Storage: {1}",
        "Renew the shared access signature in {webhook}'s endpoint URL, or look {1} up in Azure's list",
      ],
    },
  ]),
  ...platform("Azure Service Bus", "https://learn.microsoft.com/rest/api/servicebus/send-message-to-queue", [
    {
      id: "azure-service-bus",
      when: { fields: { "error.code": ["40103", "40104", "401", "40400", "40901"] }, text: ["trackingid"] },
      keep: valuesOf("code"),
      told: ["auth", "Azure Service Bus {1}", "Renew the shared access signature of {webhook} for the queue or topic"],
    },
    {
      id: "azure-service-bus",
      when: {
        text: [
          "invalidsignature: the token has an invalid signature",
          "malformedtoken",
          "expiredtoken: the token is expired",
          "missingtoken",
        ],
        alsoText: ["trackingid"],
      },
      keep: matched(/\b(InvalidSignature|MalformedToken|ExpiredToken|MissingToken)\b/i),
      told: ["auth", "Azure refused the token: {1}", "Renew the shared access signature of {webhook}"],
    },
  ]),
  ...platform("Microsoft Entra", "https://learn.microsoft.com/entra/identity-platform/reference-error-codes", [
    {
      id: "entra",
      when: [{ text: ["trace id", "correlation id"] }, { text: ENTRA_CODES }],
      keep: matched(/\b(AADSTS\d{4,7})\b/i),
      told: [
        "auth",
        "Microsoft Entra refused the sign-in: {1}",
        "Look the code {1} up at login.microsoftonline.com/error and correct the app registration",
      ],
    },
  ]),
  ...platform("Microsoft Graph", "https://learn.microsoft.com/graph/errors", [
    {
      id: "microsoft-graph",
      when: { fields: { "innerError.request-id": true, "error.code": true } },
      keep: firstOf(valuesOf("error.code"), messageOf("error.message")),
      told: ["auth", "Microsoft Graph: {1}", "Look the code {1} up in Graph's list of errors"],
    },
  ]),
];
