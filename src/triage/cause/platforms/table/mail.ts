import { all, matched, messageOf, statusCode, valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";
import { LOOK } from "./steps.ts";

/** Mail and sales. */
export const MAIL = [
  ...platform("Mailchimp", "https://mailchimp.com/developer/marketing/docs/errors/", [
    {
      id: "mailchimp",
      when: { fields: { title: true, status: true, detail: true, instance: true }, text: ["mailchimp.com"] },
      keep: valuesOf("title"),
      told: ["as said", "Mailchimp: {1}", LOOK],
    },
  ]),
  ...platform(
    "SendGrid",
    "https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses",
    [
      {
        id: "sendgrid-credits",
        when: { text: ["maximum credits exceeded"] },
        told: [
          "platform_quota_or_sleep",
          "SendGrid: the plan's mails are used up",
          "Raise the SendGrid plan, or wait for the next period",
        ],
      },
      {
        id: "sendgrid",
        when: [
          {
            text: [
              "the provided authorization grant is invalid, expired, or revoked",
              "the from address does not match a verified sender identity",
              "authenticated user is not authorized to send mail",
              "access forbidden",
            ],
            fields: { "errors.message": true },
          },
          { fields: { "errors.message": true, "errors.help": true }, text: ["sendgrid"] },
        ],
        keep: messageOf("errors.message"),
        told: ["as said", "SendGrid: {1}", "Check key, sender and plan of {webhook} at SendGrid"],
      },
    ],
  ),
  ...platform("Mailgun", "https://documentation.mailgun.com/docs/mailgun/api-reference/mg-errors", [
    {
      id: "mailgun",
      when: {
        text: ["is not allowed to send:", "domain not found:", "sandbox subdomains are for test purposes only"],
        notText: ["fastly"],
      },
      keep: matched(/(not allowed to send|domain not found|sandbox subdomains)/i),
      told: ["as said", "Mailgun: {1}", "Check domain and key of {webhook} at Mailgun"],
    },
  ]),
  ...platform("Postmark", "https://postmarkapp.com/developer/api/overview#error-codes", [
    {
      id: "postmark",
      when: { fields: { "/ErrorCode": true, "/Message": true } },
      keep: ({ fields }) => {
        const code = fields.find(({ path }) => path === "ErrorCode")?.value ?? "";
        return fields.length === 2 && /^\d{1,4}$/.test(code) ? [code] : undefined;
      },
      told: ["as said", "Postmark {1}", "Look the code {1} up in Postmark's list of errors"],
    },
  ]),
  ...platform("Zoho", "https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html", [
    {
      id: "zoho",
      when: {
        fields: {
          code: [
            "invalid_token",
            "oauth_scope_mismatch",
            "invalid_data",
            "mandatory_not_found",
            "duplicate_data",
            "invalid_url_pattern",
            "no_permission",
            "limit_exceeded",
            "too_many_requests",
            "authentication_failure",
            "invalid_module",
            "invalid_request_method",
          ],
          status: "error",
        },
      },
      keep: valuesOf("code", "api_name"),
      told: ["as said", "Zoho: {1}", LOOK],
    },
  ]),
  ...platform("Pipedrive", "https://pipedrive.readme.io/docs/core-api-concepts-http-status-codes", [
    {
      id: "pipedrive",
      when: { fields: { success: "false", error: true, error_info: true } },
      keep: all(statusCode, messageOf("error")),
      told: ["as said", "Pipedrive: {1}", LOOK],
    },
  ]),
];
