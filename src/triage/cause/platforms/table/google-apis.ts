import { messageOf, valuesOf } from "../keep.ts";
import { platform, type Told } from "../rule.ts";

const STATUSES: Record<string, Told["0"]> = {
  invalid_argument: "bad_request",
  failed_precondition: "bad_request",
  out_of_range: "bad_request",
  unauthenticated: "auth",
  permission_denied: "auth",
  not_found: "not_found",
  already_exists: "bad_request",
  resource_exhausted: "rate_limited",
  aborted: "bad_request",
  cancelled: "timeout",
  data_loss: "server_error",
  unknown: "server_error",
  internal: "server_error",
  unimplemented: "not_found",
  unavailable: "gateway",
  deadline_exceeded: "timeout",
};

const STEP = "Look the reason up in the log of the Google API that {webhook} calls; the message names what it wants";

/** The APIs of Google. */
export const GOOGLE_APIS = [
  ...platform("Firebase", "https://firebase.google.com/docs/hosting/manage-hosting-resources", [
    {
      id: "firebase-site-not-found",
      when: { text: ["why am i seeing this?"], alsoText: ["site not found"] },
      told: [
        "not_found",
        "Firebase Hosting: there is no such site",
        "Deploy the site of {receiver}, or connect its domain in Firebase",
      ],
    },
    {
      id: "firebase-fcm",
      source: "https://firebase.google.com/docs/cloud-messaging/error-codes",
      when: { fields: { "details.errorCode": true } },
      keep: valuesOf("details.errorCode"),
      known: {
        unregistered: [
          "gone_or_moved",
          "Firebase Messaging: the device's token is gone",
          "Remove the token from {webhook}",
        ],
        "quota-exceeded": [
          "rate_limited",
          "Firebase Messaging: too many messages",
          "Slow {webhook} down: let it send fewer events to {receiver}",
        ],
      },
      told: ["bad_request", "Firebase Messaging: {1}", "Look {1} up in Firebase's error codes"],
    },
  ]),
  ...platform("Google API", "https://cloud.google.com/apis/design/errors", [
    {
      id: "google-key-invalid",
      when: { text: ["api key not valid. please pass a valid api key", "api key expired. please renew the api key"] },
      told: ["auth", "Google API: the API key is not valid", "Put a valid API key into {webhook}'s endpoint URL"],
    },
    {
      id: "google-api-disabled",
      when: { text: ["has not been used in project"], alsoText: ["it is disabled"] },
      told: [
        "platform_quota_or_sleep",
        "Google API: the API is not enabled in the project",
        "Enable the API in the Google Cloud project of {receiver}",
      ],
    },
    ...Object.entries(STATUSES).map(([status, category]) => ({
      id: `google-api-${status.replaceAll("_", "-")}`,
      when: { fields: { "error.status": status, "error.code": true as const } },
      keep: messageOf("error.message"),
      told: [category, `Google API ${status.replaceAll("_", " ")}: {1}`, STEP] as const,
    })),
    {
      id: "google-domain",
      when: { fields: { "errors.domain": true, "errors.reason": true } },
      keep: valuesOf("errors.reason"),
      known: {
        ratelimitexceeded: ["rate_limited", "Google API: the rate limit is exceeded", STEP],
        userratelimitexceeded: ["rate_limited", "Google API: the user's rate limit is exceeded", STEP],
        quotaexceeded: ["platform_quota_or_sleep", "Google API: the quota is used up", STEP],
        dailylimitexceeded: ["platform_quota_or_sleep", "Google API: the daily limit is used up", STEP],
        notfound: ["not_found", "Google API: not found", STEP],
        invalid: ["bad_request", "Google API: an argument is not valid", STEP],
        required: ["bad_request", "Google API: an argument is missing", STEP],
      },
      told: ["auth", "Google API: {1}", STEP],
    },
    {
      id: "apps-script",
      source: "https://developers.google.com/apps-script/guides/web",
      when: { text: ["script function not found: dopost"] },
      told: [
        "not_found",
        "Apps Script: the script has no doPost",
        "Add a function doPost to the script of {webhook} and deploy it anew",
      ],
    },
    {
      id: "apps-script-authorization",
      source: "https://developers.google.com/apps-script/guides/web",
      when: { text: ["authorization is required to perform that action"] },
      told: [
        "auth",
        "Apps Script: its owner must authorise it",
        "Open the script's web app once as its owner and deploy it for anyone",
      ],
    },
  ]),
];
