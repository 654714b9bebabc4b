import { masked, messageOf, valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";
import { LOOK, TOKEN } from "./steps.ts";

/** Customers and tickets. */
export const CRM = [
  ...platform("HubSpot", "https://developers.hubspot.com/docs/api-reference/error-handling", [
    {
      id: "hubspot-daily-limit",
      when: { fields: { policyName: ["daily"] } },
      told: [
        "platform_quota_or_sleep",
        "HubSpot: the calls of the day are used up",
        "Raise the account's API limit, or wait for midnight in its time zone",
      ],
    },
    {
      id: "hubspot-rate-limit",
      when: { fields: { errorType: "rate_limit" } },
      keep: valuesOf("policyName"),
      told: [
        "rate_limited",
        "HubSpot: too many calls ({1})",
        "Slow {webhook} down: let it send fewer events to {receiver}",
      ],
    },
    {
      id: "hubspot",
      when: { fields: { status: "error", category: true, correlationId: true, message: true } },
      keep: ({ fields }) => {
        const category = fields.find(({ path }) => path === "category")?.value ?? "";
        const message = fields.find(({ path }) => path === "message")?.value ?? "";
        return /VALIDATION|CONFLICT/.test(category) ? [category, masked(message)] : [category];
      },
      known: {
        "expired-authentication": [
          "auth",
          "HubSpot: the access token has expired",
          "Give {webhook} a fresh token for {receiver}",
        ],
        "invalid-authentication": ["auth", "HubSpot: the access token is not valid", TOKEN],
        "missing-scopes": ["auth", "HubSpot: the token lacks a scope", "Add the scope that HubSpot names to the app"],
        "object-not-found": ["not_found", "HubSpot: there is no such record", "Check the record's id in {webhook}"],
        "rate-limits": [
          "rate_limited",
          "HubSpot: too many calls",
          "Slow {webhook} down: let it send fewer events to {receiver}",
        ],
      },
      told: ["as said", "HubSpot: {1}", LOOK],
    },
  ]),
  ...platform("ServiceNow", "https://www.servicenow.com/docs/", [
    {
      id: "servicenow-hibernating",
      when: { text: ["your instance is hibernating", "instance hibernating page"] },
      told: [
        "platform_quota_or_sleep",
        "ServiceNow: the developer instance sleeps",
        "Wake the instance of {receiver} at developer.servicenow.com",
      ],
    },
    {
      id: "servicenow-not-authenticated",
      when: { fields: { "error.message": "user not authenticated" } },
      told: [
        "auth",
        "ServiceNow 401: no valid user in the request",
        "Give {webhook} a user of the instance {receiver}",
      ],
    },
    {
      id: "servicenow",
      when: { fields: { "error.message": true, "error.detail": true, status: "failure" } },
      keep: messageOf("error.message"),
      told: ["as said", "ServiceNow: {1}", "Check path, access control and payload of {webhook} at {receiver}"],
    },
    {
      id: "servicenow",
      when: { fields: { "error.message": ["requested uri does not represent any resource", "invalid table"] } },
      keep: messageOf("error.message"),
      told: [
        "not_found",
        "ServiceNow: {1}",
        "Compare the path of {webhook}'s endpoint URL with the Scripted REST API at {receiver}",
      ],
    },
  ]),
  ...platform("Intercom", "https://developers.intercom.com/docs/references/rest-api/errors/http-responses", [
    {
      id: "intercom",
      when: { fields: { type: "error.list", "errors.code": true } },
      keep: valuesOf("errors.code", "errors.message"),
      told: ["as said", "Intercom: {1}", "Look {1} up in Intercom's list of errors"],
    },
  ]),
  ...platform("Zendesk", "https://developer.zendesk.com/api-reference/introduction/requests/", [
    {
      id: "zendesk-couldnt-authenticate",
      when: { text: ["couldn't authenticate you"] },
      told: [
        "auth",
        "Zendesk 401: the credentials are not valid",
        "Give {webhook} a valid API token and e-mail for {receiver}",
      ],
    },
    {
      id: "zendesk",
      when: {
        fields: {
          error: [
            "recordinvalid",
            "recordnotfound",
            "invalidendpoint",
            "apiratelimitexceeded",
            "forbidden",
            "unprocessableentity",
          ],
          description: true,
        },
      },
      keep: ({ fields }) => [
        fields.find(({ path }) => path === "error")?.value ?? "",
        ...fields
          .filter(({ path }) => path.startsWith("details."))
          .slice(0, 3)
          .map(({ path, value }) => `${path.split(".")[1]} ${masked(value)}`),
      ],
      told: ["as said", "Zendesk: {1}", LOOK],
    },
    {
      id: "zendesk-rate-limited",
      when: {
        is: [
          "rate limit for ticket updates exceeded, please wait before updating again",
          "number of allowed api requests per minute exceeded",
        ],
      },
      told: [
        "rate_limited",
        "Zendesk 429: too many calls",
        "Slow {webhook} down: let it send fewer events to {receiver}",
      ],
    },
    {
      id: "zendesk-no-help-desk",
      when: { text: ["no help desk at", "help center closed"], codes: [404, 302, 301] },
      told: [
        "gone_or_moved",
        "Zendesk: there is no account at this address",
        "Correct the subdomain in {webhook}'s endpoint URL",
      ],
    },
  ]),
  ...platform("Freshworks", "https://developers.freshdesk.com/api/#error", [
    {
      id: "freshdesk",
      when: { fields: { description: "validation failed", "errors.field": true, "errors.code": true } },
      keep: ({ fields }) =>
        fields
          .filter(({ path }) => /^errors\.(?:field|code)$/.test(path))
          .slice(0, 6)
          .map(({ value }) => value),
      told: [
        "bad_request",
        "Freshdesk refused the payload: {1}",
        "Compare the payload of {webhook} with the ticket fields in Freshdesk",
      ],
    },
    {
      id: "freshdesk",
      when: {
        fields: {
          "/code": ["invalid_credentials", "require_feature", "account_suspended"],
          message: true,
        },
      },
      keep: valuesOf("code"),
      told: ["as said", "Freshdesk: {1}", TOKEN],
    },
  ]),
];
