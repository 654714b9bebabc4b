import { all, masked, matched, messageOf, valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";
import { FIELD, LOOK, TOKEN } from "./steps.ts";

/** Boards, tables and lists. */
export const WORK = [
  ...platform("Airtable", "https://airtable.com/developers/web/api/errors", [
    {
      id: "airtable-unknown-field",
      when: { text: ["unknown field name:"] },
      keep: matched(/unknown field names?: "?([^"\n]{1,60})/i),
      told: [
        "bad_request",
        "Airtable: there is no field {1}",
        "Add it to the table in Airtable, or rename it in the payload of {webhook}",
      ],
    },
    {
      id: "airtable",
      when: [
        {
          fields: {
            "error.type": [
              "invalid_value_for_column",
              "invalid_request_unknown",
              "invalid_multiple_choice_options",
              "authentication_required",
              "invalid_permissions",
              "invalid_permissions_or_model_not_found",
              "model_not_found",
              "table_not_found",
              "row_does_not_exist",
              "invalid_records",
              "invalid_request_body",
              "row_limit_exceeded",
              "public_api_billing_limit_exceeded",
              "rate_limit_reached",
            ],
          },
        },
      ],
      keep: ({ fields }) =>
        ["type", "message"]
          .flatMap((name) => fields.find(({ path }) => path === `error.${name}`)?.value ?? [])
          .concat(fields.some(({ path }) => path === "error") ? ["not found"] : [])
          .map(masked),
      told: ["as said", "Airtable: {1}", LOOK],
    },
  ]),
  ...platform("Notion", "https://developers.notion.com/reference/status-codes", [
    {
      id: "notion",
      when: { fields: { object: "error", code: true, status: true } },
      keep: ({ fields }) => {
        const code = fields.find(({ path }) => path === "code")?.value ?? "";
        const message = fields.find(({ path }) => path === "message")?.value ?? "";
        return code === "validation_error" ? [code, masked(message)] : [code];
      },
      known: {
        "object-not-found": [
          "not_found",
          "Notion: it cannot see that page or database",
          "Share the page or database with the integration of {webhook}",
        ],
        unauthorized: ["auth", "Notion: the token is not valid", TOKEN],
        "restricted-resource": [
          "auth",
          "Notion: the integration may not do that",
          "Give the integration of {webhook} the capability",
        ],
        "rate-limited": [
          "rate_limited",
          "Notion: too many requests",
          "Send at most three requests a second from {webhook}",
        ],
        "conflict-error": [
          "server_error",
          "Notion: two changes collided",
          "Send the event of {webhook} to {receiver} once more, and spread events that change one page",
        ],
      },
      told: ["as said", "Notion: {1}", FIELD],
    },
  ]),
  ...platform("monday.com", "https://developer.monday.com/api-reference/docs/error-handling", [
    {
      id: "monday",
      when: [
        { fields: { error_code: true, error_message: true } },
        {
          fields: {
            "extensions.code": [
              "complexitybudgetexhausted",
              "columnvalueexception",
              "userunauthorizedexception",
              "resourcenotfoundexception",
              "invalidcolumnidexception",
              "itemslimitationexception",
              "invalidboardidexception",
              "missingrequiredpermissions",
              "dailylimitexceeded",
              "maxconcurrencyexceeded",
            ],
          },
        },
      ],
      keep: (seen) => {
        // The name it had before: https://developer.monday.com/api-reference/docs/error-handling
        const kept = valuesOf(
          "error_code",
          "extensions.code",
        )(seen)?.map((code) => (code === "ComplexityException" ? "complexityBudgetExhausted" : code));
        return kept?.some((code) => /(?:Exception|Exhausted|Exceeded|Unauthorized|Permissions)$/i.test(code))
          ? kept
          : undefined;
      },
      known: {
        dailylimitexceeded: [
          "platform_quota_or_sleep",
          "monday: the calls of the day are used up",
          "Raise the plan of the monday account, or let {webhook} call less",
        ],
        complexitybudgetexhausted: [
          "rate_limited",
          "monday: the minute's complexity is used up",
          "Slow {webhook} down: let it send fewer events to {receiver}",
        ],
      },
      told: ["as said", "monday: {1}", LOOK],
    },
  ]),
  ...platform("Asana", "https://developers.asana.com/docs/errors", [
    {
      id: "asana",
      when: { fields: { "errors.message": true, "errors.help": true } },
      keep: ({ statusCode, fields }) => [
        String(statusCode ?? ""),
        masked(fields.find(({ path }) => path === "errors.message")?.value ?? ""),
      ],
      told: ["as said", "Asana: {1}", LOOK],
    },
  ]),
  ...platform("Trello", "https://developer.atlassian.com/cloud/trello/guides/rest-api/status-codes/", [
    {
      id: "trello",
      when: {
        is: [
          "invalid key",
          "invalid value for idlist",
          "unauthorized card permission requested",
          "unauthorized permission requested",
          "the requested resource was not found.",
          "app not found",
        ],
      },
      keep: matched(/^([^\n]{3,60})$/),
      told: ["as said", "Trello: {1}", "Check key, token and list of {webhook} at Trello"],
    },
    {
      id: "trello-rate-limited",
      when: { fields: { error: ["api_token_limit_exceeded", "api_key_limit_exceeded"] } },
      told: ["rate_limited", "Trello: too many requests", "Send at most 100 requests in 10 seconds from {webhook}"],
    },
  ]),
  ...platform("Linear", "https://linear.app/developers/graphql", [
    {
      id: "linear",
      when: { fields: { "extensions.userPresentableMessage": true } },
      keep: valuesOf("extensions.userPresentableMessage"),
      told: ["as said", "Linear: {1}", LOOK],
    },
  ]),
  ...platform("ClickUp", "https://developer.clickup.com/docs/common_errors", [
    {
      id: "clickup",
      when: { fields: { err: true, ECODE: true } },
      keep: valuesOf("ECODE", "err"),
      told: ["as said", "ClickUp: {1}", LOOK],
    },
  ]),
  ...platform("Smartsheet", "https://developers.smartsheet.com/api/smartsheet/error-codes", [
    {
      id: "smartsheet",
      when: { fields: { errorCode: true, message: true, refId: true } },
      keep: all(valuesOf("errorCode"), messageOf("message")),
      told: ["as said", "Smartsheet: {1}", LOOK],
    },
  ]),
];
