import { all, masked, matched, messageOf, valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";
import { LOOK } from "./steps.ts";

/** Search and databases behind HTTP. */
export const DATA = [
  ...platform("Elasticsearch", "https://www.elastic.co/docs/troubleshoot/elasticsearch", [
    {
      id: "elasticsearch-flood-stage",
      when: { text: ["index read-only / allow delete", "flood-stage watermark", "disk usage exceeded flood-stage"] },
      told: [
        "platform_quota_or_sleep",
        "Elasticsearch: its disk is full and the index read-only",
        "Free disk space at {receiver}; the index opens again below the high watermark",
      ],
    },
    {
      id: "elasticsearch",
      when: [{ fields: { "error.type": true, "error.reason": true } }],
      keep: ({ fields }) => {
        const type = fields.find(({ path }) => /(?:^|\.)error\.type$/.test(path))?.value ?? "";
        if (!/_exception$|_parsing|_unavailable|illegal/.test(type)) return undefined;
        const [, field] =
          /failed to parse field \[([\w.]{1,60})\]|mapping set to strict, dynamic introduction of \[(\w{1,60})\]/
            .exec(fields.find(({ path }) => /(?:^|\.)error\.reason$/.test(path))?.value ?? "")
            ?.filter((part) => part !== undefined) ?? [];
        return field === undefined ? [type] : [type, field];
      },
      known: {
        "security-exception": [
          "auth",
          "Elasticsearch: it refused the credentials",
          "Give {webhook} a user or API key of {receiver} that may write",
        ],
        "index-not-found-exception": [
          "not_found",
          "Elasticsearch: there is no such index",
          "Create the index, or allow its automatic creation",
        ],
        "es-rejected-execution-exception": [
          "rate_limited",
          "Elasticsearch: its write queue is full",
          "Slow {webhook} down, or add nodes at {receiver}",
        ],
        "circuit-breaking-exception": [
          "circuit_open",
          "Elasticsearch: its memory breaker is open",
          "Give the nodes at {receiver} more heap, or send smaller bulks",
        ],
        "unavailable-shards-exception": [
          "gateway",
          "Elasticsearch: the shards are not available",
          "See the cluster's health at {receiver}",
        ],
        "cluster-block-exception": [
          "platform_quota_or_sleep",
          "Elasticsearch: the index is blocked for writes",
          "See the blocks of the index at {receiver}",
        ],
      },
      told: [
        "as said",
        "Elasticsearch: {1}",
        "Compare the payload of {webhook} with the mapping of the index at {receiver}",
      ],
    },
    {
      id: "opensearch-security-not-initialized",
      source: "https://docs.opensearch.org/latest/security/",
      when: { text: ["opensearch security not initialized"] },
      told: ["gateway", "OpenSearch: its security plugin is not initialised", "Run securityadmin at {receiver}"],
    },
  ]),
  ...platform("PostgREST", "https://docs.postgrest.org/en/stable/references/errors.html", [
    {
      id: "postgrest",
      when: { fields: { code: true, message: true } },
      keep: ({ fields }) => {
        const code = fields.find(({ path }) => path === "code")?.value ?? "";
        if (
          !/^(?:PGRST\d{1,3}|(?=[\dA-Z]{0,4}\d)[0-9A-Z]{5})$/.test(code) ||
          (/^\d+$/.test(code) && !/^(?:23|42|22|28|40|53|57)/.test(code))
        )
          return undefined;
        const [, name] =
          /(?:column|relation|constraint|table|function) ['"]?([\w.]{1,60})['"]?/i.exec(
            fields.find(({ path }) => path === "message")?.value ?? "",
          ) ?? [];
        return name === undefined ? [code] : [code, name];
      },
      known: {
        pgrst301: ["auth", "PostgREST: the JWT is not valid", "Give {webhook} a valid JWT of {receiver}"],
        pgrst302: ["auth", "PostgREST: anonymous access is off", "Give {webhook} a JWT of {receiver}"],
        "42501": [
          "auth",
          "Postgres 42501: row-level security or rights forbid it",
          "Grant the role of {webhook} the right, or add a policy",
        ],
      },
      told: ["as said", "Postgres refused: {1}", LOOK],
    },
  ]),
  ...platform("Hasura", "https://hasura.io/docs/2.0/api-reference/error-codes/", [
    {
      id: "hasura",
      when: {
        fields: {
          "errors.extensions.code": [
            "validation-failed",
            "access-denied",
            "invalid-jwt",
            "invalid-headers",
            "constraint-violation",
            "permission-error",
            "not-found",
            "parse-failed",
            "unexpected",
            "data-exception",
            "invalid-configuration",
            "postgres-error",
          ],
          "errors.message": true,
        },
      },
      keep: all(valuesOf("errors.extensions.code"), messageOf("errors.message")),
      told: ["as said", "Hasura: {1}", LOOK],
    },
    {
      id: "hasura",
      when: {
        fields: {
          path: true,
          error: true,
          code: [
            "unexpected",
            "validation-failed",
            "access-denied",
            "invalid-jwt",
            "invalid-headers",
            "constraint-violation",
            "not-found",
            "parse-failed",
            "not-supported",
          ],
        },
      },
      keep: ({ fields }) => {
        const error = fields.find(({ path }) => /(?:^|\.)error$/.test(path))?.value;
        return error === undefined ? undefined : [masked(error)];
      },
      known: {
        "http-exception-from-webhook": [
          "unknown",
          "Hasura: the webhook that it calls failed",
          "See the log of the action's or auth hook's handler behind {receiver}",
        ],
      },
      told: ["as said", "Hasura: {1}", LOOK],
    },
  ]),
  ...platform("InfluxDB", "https://docs.influxdata.com/influxdb/v2/api/", [
    {
      id: "influxdb-field-type-conflict",
      source: "https://docs.influxdata.com/influxdb/v2/write-data/troubleshoot/",
      when: { text: ["field type conflict: input field"] },
      keep: matched(/input field "([^"]{1,60})"/),
      told: [
        "bad_request",
        "InfluxDB: the field {1} has another type in the measurement",
        "Send that field from {webhook} in the type that the measurement has, or give it another name",
      ],
    },
    {
      id: "influxdb-points-dropped",
      source: "https://docs.influxdata.com/influxdb/v2/write-data/troubleshoot/",
      when: { text: ["partial write: points beyond retention policy"] },
      told: [
        "bad_request",
        "InfluxDB: the points are older than the bucket keeps",
        "Raise the retention of the bucket at {receiver}, or let {webhook} send present times",
      ],
    },
    {
      id: "influxdb",
      when: {
        headers: { "x-influxdb-version": true },
        fields: {
          code: [
            "unauthorized",
            "not found",
            "unprocessable entity",
            "request too large",
            "too many requests",
            "unavailable",
            "invalid",
          ],
          message: true,
        },
      },
      keep: ({ fields }) =>
        fields.length === 2
          ? [
              ...fields.filter(({ path }) => path === "code").map(({ value }) => value),
              masked(fields.find(({ path }) => path === "message")?.value ?? ""),
            ]
          : undefined,
      told: ["as said", "InfluxDB: {1}", LOOK],
    },
  ]),
];
