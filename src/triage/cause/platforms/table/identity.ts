import { masked, valuesOf } from "../keep.ts";
import { type Keeper, platform } from "../rule.ts";
import { FIELD, LOOK } from "./steps.ts";

const twilioCode: Keeper = ({ fields, text }) => {
  const code = fields.find(({ path }) => /(?:^|\.)code$/i.test(path))?.value ?? /\b([1-6]\d{4})\b/.exec(text)?.[1];
  return code !== undefined && /^[1-6]\d{4}$/.test(code) ? [code] : undefined;
};

/** Their codes are words of their own wherever they are logged. */
const OKTA_CODES = Array.from({ length: 180 }, (_, number) => `e0000${String(number).padStart(3, "0")}`);

/** Identity, telephony and models. */
export const IDENTITY = [
  ...platform("Twilio", "https://www.twilio.com/docs/api/errors", [
    {
      id: "twilio",
      when: [
        { fields: { code: true, more_info: true } },
        { kind: "xml", fields: { "restexception.code": true } },
        { text: ["twilio.com/docs/errors"] },
      ],
      keep: twilioCode,
      known: {
        "20003": [
          "auth",
          "Twilio 20003: account or token is wrong",
          "Put the account's SID and its present auth token into {webhook}",
        ],
        "20404": ["not_found", "Twilio 20404: there is no such resource", "Check the SIDs in {webhook}'s endpoint URL"],
        "20429": [
          "rate_limited",
          "Twilio 20429: too many requests",
          "Slow {webhook} down: let it send fewer events to {receiver}",
        ],
        "20005": [
          "platform_quota_or_sleep",
          "Twilio 20005: the account is not active",
          "See the account's balance and status in the Twilio console",
        ],
        "21211": ["bad_request", "Twilio 21211: the To number is not valid", "Send the number as +country and digits"],
        "21608": [
          "auth",
          "Twilio 21608: a trial account sends to verified numbers only",
          "Verify the number in the Twilio console, or upgrade the account",
        ],
        "21610": [
          "blocked",
          "Twilio 21610: the receiver unsubscribed",
          "Let the person at the number send START to subscribe again",
        ],
      },
      told: ["as said", "Twilio {1}", "Look the code {1} up at twilio.com/docs/errors"],
    },
  ]),
  ...platform("Okta", "https://developer.okta.com/docs/reference/error-codes/", [
    {
      id: "okta",
      when: [{ fields: { errorCode: true, errorSummary: true } }, { text: OKTA_CODES }],
      keep: ({ fields, text }) => {
        const code = fields.find(({ path }) => /errorCode$/.test(path))?.value ?? /\b(E0000\d{3})\b/.exec(text)?.[1];
        if (code === undefined || !/^E0{4}\d{3}$/.test(code)) return undefined;
        const causes = fields
          .filter(({ path }) => path === "errorCauses.errorSummary")
          .slice(0, 2)
          .map(({ value }) => masked(value));
        return [code, ...causes];
      },
      known: {
        e0000011: [
          "auth",
          "Okta E0000011: the token is not valid",
          "Give {webhook} an API token that has not expired; unused ones end after 30 days",
        ],
        e0000004: ["auth", "Okta E0000004: authentication failed", "Check user and password of {webhook}"],
        e0000006: ["auth", "Okta E0000006: the token may not do that", "Give the token's administrator the role"],
        e0000007: ["not_found", "Okta E0000007: there is no such resource", "Check the ids in {webhook}"],
        e0000047: [
          "rate_limited",
          "Okta E0000047: too many requests",
          "Slow {webhook} down: let it send fewer events to {receiver}",
        ],
        e0000022: [
          "bad_request",
          "Okta E0000022: this path does not take this method",
          "Check path and method of {webhook}",
        ],
      },
      told: ["as said", "Okta {1}", "Look the code {1} up in Okta's list of errors"],
    },
  ]),
  ...platform("Auth0", "https://auth0.com/docs/api/management/v2", [
    {
      id: "auth0",
      when: [
        {
          fields: {
            statusCode: true,
            errorCode: [
              "invalid_body",
              "insufficient_scope",
              "inexistent_user",
              "invalid_uri",
              "inexistent_client",
              "too_many_requests",
              "operation_not_supported",
            ],
            message: true,
          },
        },
        { fields: { error: ["access_denied", "too_many_attempts", "unauthorized_client"], error_description: true } },
      ],
      keep: ({ fields }) =>
        fields
          .filter(({ path }) => path === "errorCode" || path === "error_description")
          .slice(0, 1)
          .map(({ value }) => masked(value)),
      told: ["as said", "Auth0: {1}", LOOK],
    },
  ]),
  ...platform("OAuth", "https://datatracker.ietf.org/doc/html/rfc6749#section-5.2", [
    {
      id: "oauth",
      when: {
        fields: {
          error: [
            "invalid_client",
            "invalid_grant",
            "invalid_request",
            "invalid_token",
            "invalid_scope",
            "unsupported_grant_type",
            "insufficient_scope",
          ],
          error_description: true,
        },
      },
      // The description may hold anything: the time a token ended, its subject.
      keep: valuesOf("error"),
      known: {
        "invalid-token": [
          "auth",
          "OAuth: the access token is expired, revoked or not meant for this receiver",
          "Give {webhook} a new access token for {receiver}, and renew it before it ends",
        ],
        "invalid-client": [
          "auth",
          "OAuth: the client is not known, or its secret is wrong",
          "Put the id and the present secret of a client of {receiver} into {webhook}",
        ],
        "invalid-grant": [
          "auth",
          "OAuth: the grant or the refresh token has expired or was revoked",
          "Authorise {webhook} at {receiver} anew",
        ],
        "invalid-scope": [
          "auth",
          "OAuth: a scope is not known or not granted",
          "Compare the scopes that {webhook} asks for with those of its client at {receiver}",
        ],
        "insufficient-scope": [
          "auth",
          "OAuth: the token lacks a scope",
          "Grant the client of {webhook} the scope that {receiver} names in WWW-Authenticate",
        ],
      },
      told: ["auth", "OAuth: {1}", "Compare how {webhook} asks for and sends its token with what {receiver} documents"],
    },
  ]),
  ...platform("Clerk", "https://clerk.com/docs/errors/overview", [
    {
      id: "clerk",
      when: { fields: { "errors.long_message": true, clerk_trace_id: true } },
      keep: valuesOf("errors.code"),
      told: ["as said", "Clerk: {1}", LOOK],
    },
  ]),
  ...platform("OpenAI", "https://platform.openai.com/docs/guides/error-codes", [
    {
      id: "openai",
      when: {
        fields: {
          "error.code": [
            "invalid_api_key",
            "insufficient_quota",
            "rate_limit_exceeded",
            "model_not_found",
            "context_length_exceeded",
          ],
          "error.message": true,
        },
      },
      keep: valuesOf("error.code"),
      known: {
        "insufficient-quota": [
          "platform_quota_or_sleep",
          "OpenAI: the account's quota is used up",
          "See billing and limits of the OpenAI account whose key {webhook} uses",
        ],
        "rate-limit-exceeded": [
          "rate_limited",
          "OpenAI: too many requests",
          "Slow {webhook} down: let it send fewer events to {receiver}",
        ],
        "invalid-api-key": ["auth", "OpenAI: the API key is not valid", "Put a valid API key into {webhook}"],
      },
      told: ["as said", "OpenAI: {1}", FIELD],
    },
  ]),
];
