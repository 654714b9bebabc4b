import { matched, statusCode } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { platform } from "../rule.ts";

/** Apps and load balancers on Google Cloud. */
export const GOOGLE_CLOUD = [
  ...platform("Google Cloud Run", "https://cloud.google.com/run/docs/troubleshooting", [
    {
      id: "gcp-unauthenticated",
      when: {
        text: [
          "your client does not have permission to get url",
          "your client does not have permission to the requested url",
        ],
      },
      keep: statusCode,
      told: [
        "auth",
        "Google Cloud {code}: the caller may not invoke this service",
        "Let allUsers invoke the service of {receiver} (roles/run.invoker), or give {webhook} an identity token",
      ],
    },
    {
      id: "gcp-access-token-not-authenticated",
      when: { text: ["the access token could not be verified"] },
      told: [
        "auth",
        "Google Cloud 401: the token could not be verified",
        "Give {webhook} an identity token for the audience of {receiver}",
      ],
    },
    {
      id: "gcp-no-available-instance",
      when: { text: ["the request was aborted because there was no available instance"] },
      told: [
        "rate_limited",
        "Cloud Run: no instance was free",
        "Raise the maximum number of instances of the service at {receiver}",
      ],
    },
    {
      id: "gcp-rate-exceeded",
      when: { is: ["rate exceeded.", "rate exceeded"], codes: [429] },
      told: [
        "rate_limited",
        "Cloud Run 429: no instance was free",
        "Raise the maximum number of instances or the concurrency of the service at {receiver}",
      ],
    },
    {
      id: "gcp-over-quota",
      source: "https://cloud.google.com/appengine/docs/standard/quotas",
      when: { text: ["this application is temporarily over its serving quota"] },
      told: [
        "platform_quota_or_sleep",
        "App Engine 503: the app is over its quota",
        "Raise the quota or spending limit of {receiver}'s project, or wait until it begins anew",
      ],
    },
    {
      id: "gcp-service-not-available-yet",
      when: { text: ["the service you requested is not available yet"] },
      told: [
        "gateway",
        "Google Cloud 503: the service does not answer yet",
        "See whether the service of {receiver} starts within its time; try again in some seconds",
      ],
    },
    {
      id: "gcp-functions-crashed",
      source: "https://cloud.google.com/functions/docs/troubleshooting",
      when: { text: ["error: could not handle the request"] },
      told: ["server_error", "Cloud Functions 500: the function crashed", "Read the function's log of {receiver}"],
    },
    {
      id: "gcp-iap",
      source: "https://cloud.google.com/iap/docs/faq",
      when: [{ text: ["invalid iap credentials"] }, { headers: { "x-goog-iap-generated-response": true } }],
      told: [
        "auth",
        "Identity-Aware Proxy refused the request",
        "Give {webhook} a token of a service account that IAP lets in, or serve its path without IAP",
      ],
    },
  ]),
  ...platform("Google Cloud", "https://cloud.google.com/load-balancing/docs/https/troubleshooting-ext-https-lbs", [
    {
      id: "gcp",
      when: [
        {
          text: [
            "the server encountered a temporary error and could not complete your request",
            "the server encountered an error and could not complete your request",
          ],
        },
        { text: ["that's all we know", "that’s all we know"] },
        {
          kind: "html",
          text: ["error: server error", "error: page not found", "error: not found", "error: forbidden"],
        },
      ],
      keep: statusCode,
      known: pages("Google Cloud", {
        "403": [
          "blocked",
          "Google Cloud 403: it forbids this request",
          "Let {provider}'s addresses pass in the Cloud Armor policy and ingress settings of {receiver}",
        ],
        "404": [
          "not_found",
          "Google Cloud 404: nothing is deployed at this address",
          "Check that the service of {receiver} is deployed and its host name mapped",
        ],
        "500": [
          "server_error",
          "Google Cloud 500: the app broke or did not start",
          "Read the log of the service at {receiver}",
        ],
        "502": [
          "gateway",
          "Google Cloud 502: the backend did not answer properly",
          "See statusDetails in the load balancer's log of {receiver}: failed_to_pick_backend or backend_connection_closed…",
        ],
        "503": [
          "gateway",
          "Google Cloud 503: no instance takes requests",
          "See whether the backends of {receiver} are healthy and instances start in time",
        ],
      }),
      told: otherPage("Google Cloud"),
    },
    {
      id: "gcp",
      source: "https://cloud.google.com/armor/docs/configure-security-policies",
      when: {
        is: [
          "403\n403 forbidden",
          "404\n404 not found",
          "429\n429 too many requests",
          "502\n502 bad gateway",
          "400\n400 bad request",
          "413\n413 request entity too large",
          "403 forbidden",
          "502 bad gateway",
        ],
        raw: ["<title>4", "<title>5"],
        kind: "html",
        headers: { via: "google" },
      },
      keep: matched(/^(\d{3})/),
      known: pages("Google Cloud", {
        "403": [
          "blocked",
          "Google Cloud 403: Cloud Armor blocked the request",
          "Let {provider}'s addresses pass in the Cloud Armor policy of {receiver}",
        ],
      }),
      told: otherPage("Google Cloud"),
    },
  ]),
];
