import { all, masked, messageOf, statusCode, valuesOf } from "../keep.ts";
import { type Keeper, platform } from "../rule.ts";
import { LOOK } from "./steps.ts";

const KEY = "Put a valid key of the account into {webhook}";

const pagerDutyFaults: Keeper = ({ fields }) => {
  const faults = fields.filter(({ path }) => path === "errors").map(({ value }) => masked(value));
  return faults.length > 0 ? faults.slice(0, 3) : undefined;
};

/** Alerts and telemetry. */
export const ALERTS = [
  ...platform(
    "PagerDuty",
    "https://developer.pagerduty.com/docs/events-api-v2-overview#api-response-codes--retry-logic",
    [
      {
        id: "pagerduty-routing-key-invalid",
        when: [
          { fields: { status: "invalid event" }, text: ["routing_key"] },
          { fields: { status: ["invalid key", "invalid routing key"] } },
          { text: ["invalid routing key"] },
        ],
        told: [
          "auth",
          "PagerDuty: the routing key is not valid",
          "Put the 32 characters of the integration key of an Events API v2 integration into {webhook}",
        ],
      },
      {
        id: "pagerduty",
        when: { fields: { status: ["invalid event", "throttle exceeded", "invalid_event"] } },
        keep: all(valuesOf("status"), (seen) => pagerDutyFaults(seen) ?? []),
        known: {
          "throttle-exceeded": [
            "rate_limited",
            "PagerDuty: too many events",
            "Slow {webhook} down: let it send fewer events to {receiver}",
          ],
        },
        told: [
          "bad_request",
          "PagerDuty refused the event: {1}",
          "Compare the payload of {webhook} with PagerDuty's documentation of the Events API v2",
        ],
      },
      {
        id: "pagerduty-api",
        when: { fields: { "error.code": ["2001", "2006", "2010", "2020", "2100", "2012"], "error.message": true } },
        keep: valuesOf("error.code"),
        told: ["as said", "PagerDuty {1}", LOOK],
      },
    ],
  ),
  ...platform("Opsgenie", "https://docs.opsgenie.com/docs/response", [
    {
      id: "opsgenie-could-not-authenticate",
      when: { text: ["could not authenticate"], fields: { took: true } },
      told: [
        "auth",
        "Opsgenie: the API key is not valid",
        "Put the API key of an Opsgenie API integration, in the right region, into {webhook}",
      ],
    },
    {
      id: "opsgenie",
      when: { fields: { message: true, took: true, requestId: true } },
      keep: all(statusCode, messageOf("message"), ({ fields }) =>
        fields
          .filter(({ path }) => path.startsWith("errors."))
          .slice(0, 3)
          .map(({ path }) => path.slice(7)),
      ),
      told: ["as said", "Opsgenie: {1}", LOOK],
    },
  ]),
  ...platform("Datadog", "https://docs.datadoghq.com/api/latest/", [
    {
      id: "datadog",
      when: [
        { fields: { errors: true, statuspage: true } },
        { fields: { "/errors": "forbidden" }, codes: [403] },
        { text: ["api key is invalid", "api key required"], fields: { errors: true } },
      ],
      keep: messageOf("errors"),
      known: {
        forbidden: [
          "auth",
          "Datadog 403: the API key is not valid here",
          "Put an API key of the right Datadog site into {webhook}",
        ],
      },
      told: ["as said", "Datadog: {1}", KEY],
    },
  ]),
  ...platform("New Relic", "https://docs.newrelic.com/docs/data-apis/ingest-apis/", [
    {
      id: "new-relic",
      when: { text: ["newrelic", "missing or invalid api-key", "invalid license key"], codes: [400, 403, 413, 429] },
      keep: statusCode,
      told: ["as said", "New Relic {code}", "Put a license key of the right region into {webhook}"],
    },
  ]),
  ...platform("Splunk", "https://help.splunk.com/en/splunk-enterprise/get-started/get-data-in/", [
    {
      id: "splunk-hec",
      when: {
        fields: {
          text: [
            "invalid token",
            "token disabled",
            "token is required",
            "invalid authorization",
            "no data",
            "invalid data format",
            "incorrect index",
            "server is busy",
            "internal server error",
            "data channel is missing",
            "ack is disabled",
            "event field is required",
            "event field cannot be blank",
            "error in handling indexed fields",
          ],
          code: true,
        },
      },
      keep: valuesOf("text"),
      known: {
        "invalid-token": [
          "auth",
          "Splunk HEC: the token is not valid",
          "Put a token of the HTTP Event Collector at {receiver} into {webhook}",
        ],
        "token-disabled": ["auth", "Splunk HEC: the token is disabled", "Enable the token at {receiver}"],
        "server-is-busy": [
          "gateway",
          "Splunk HEC 503: the indexer's queues are full",
          "See the queues of the indexers at {receiver}",
        ],
      },
      told: [
        "as said",
        "Splunk HEC: {1}",
        "Compare the payload and token of {webhook} with the collector at {receiver}",
      ],
    },
  ]),
  ...platform("Grafana", "https://grafana.com/docs/grafana/latest/developers/http_api/", [
    {
      id: "grafana",
      when: {
        fields: {
          message: ["invalid api key", "expired api key", "permission denied", "unauthorized", "access denied"],
          messageId: true,
        },
      },
      keep: valuesOf("messageId"),
      told: ["auth", "Grafana: {1}", "Give {webhook} a service account's token of {receiver}"],
    },
  ]),
  ...platform("Sentry", "https://docs.sentry.io/api/", [
    {
      id: "sentry",
      when: {
        fields: {
          detail: [
            "invalid api key",
            "bad sentry dsn public key",
            "project_id",
            "event submission rejected with_reason: projectid",
            "sentry is not able to process this event",
          ],
        },
      },
      keep: valuesOf("detail"),
      told: ["auth", "Sentry: {1}", "Put the DSN or token of an existing project into {webhook}"],
    },
  ]),
  ...platform("Statuspage", "https://developer.statuspage.io/", [
    {
      id: "statuspage",
      when: { fields: { error: "could not authenticate" } },
      keep: valuesOf("error"),
      told: ["auth", "Statuspage: {1}", KEY],
    },
  ]),
  ...platform("xMatters", "https://help.xmatters.com/", [
    {
      id: "xmatters",
      when: { fields: { code: true, reason: true, message: true }, text: ["xmatters"] },
      keep: valuesOf("reason"),
      told: ["as said", "xMatters: {1}", "Check the trigger URL and user of {webhook}"],
    },
  ]),
];
