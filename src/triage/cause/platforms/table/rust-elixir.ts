import { faultsUnder, statusCode } from "../keep.ts";
import { platform } from "../rule.ts";
import { FIELD, LOGS, ROUTE } from "./steps.ts";

/** The frameworks of Rust and Elixir. */
export const RUST_ELIXIR = [
  ...platform("Actix", "https://actix.rs/docs/errors/", [
    {
      id: "rust-json",
      source: "https://docs.rs/serde_json/latest/serde_json/struct.Error.html",
      when: {
        text: [
          "json deserialize error",
          "failed to deserialize the json body into the target type",
          "failed to parse the request body as json",
          "the request was well-formed but was unable to be followed due to semantic errors",
        ],
      },
      keep: ({ text }) => {
        const [, kind, name] =
          /\b(missing field|unknown field|invalid type|unknown variant|duplicate field)(?:[:\s]{1,2}[`"]?([\w .]{1,60})[`"]?)?/i.exec(
            text,
          ) ?? [];
        const [, path] = /target type: ([\w.[\]]{1,80}): /i.exec(text) ?? [];
        return kind === undefined
          ? []
          : [
              kind,
              ...(path === undefined ? [] : [path]),
              ...(name === undefined || /^invalid type/i.test(kind) ? [] : [name]),
            ];
      },
      told: ["bad_request", "The app cannot read the payload: {1}", FIELD],
    },
    {
      id: "axum-content-type",
      source: "https://docs.rs/axum/latest/axum/extract/struct.Json.html",
      when: { text: ["expected request with `content-type: application/json`"] },
      told: ["bad_request", "Axum 415: the content type is not JSON", "Send application/json from {webhook}"],
    },
    {
      id: "axum-length-limit",
      source: "https://docs.rs/axum/latest/axum/extract/struct.DefaultBodyLimit.html",
      when: {
        text: [
          "failed to buffer the request body: length limit exceeded",
          "length limit exceeded",
          "json payload has exceeded limit",
          "payload reached size limit",
        ],
      },
      told: [
        "payload_too_large",
        "The payload is larger than the app allows",
        "Raise the body limit of the app at {receiver}",
      ],
    },
  ]),
  ...platform("Rocket", "https://rocket.rs/guide/v0.5/requests/#error-catchers", [
    {
      id: "rocket",
      when: [
        { text: ["rocket"], kind: "html", headers: { server: "rocket" } },
        { text: ["rocket"], kind: "html", codes: [401, 404, 413, 422, 500, 503] },
      ],
      keep: ({ statusCode, lines }) =>
        statusCode !== undefined && lines.at(-1) === "Rocket" ? [String(statusCode)] : undefined,
      told: ["as said", "Rocket {code}: no catcher of its own", ROUTE],
    },
    {
      id: "rocket-json",
      when: { fields: { "error.code": true, "error.reason": true, "error.description": true } },
      keep: statusCode,
      told: ["as said", "Rocket {code}", ROUTE],
    },
  ]),
  ...platform("Phoenix", "https://hexdocs.pm/phoenix/custom_error_pages.html", [
    {
      id: "phoenix",
      when: {
        fields: {
          "errors.detail": [
            "not found",
            "internal server error",
            "bad request",
            "unauthorized",
            "forbidden",
            "unsupported media type",
            "request entity too large",
          ],
        },
      },
      keep: ({ statusCode, fields }) =>
        fields.length === 1 && statusCode !== undefined ? [String(statusCode)] : undefined,
      known: {
        "404": ["not_found", "Phoenix 404: no route for this path", ROUTE],
        "500": ["server_error", "Phoenix 500: the app threw an error", LOGS],
      },
      told: ["as said", "Phoenix {code}", LOGS],
    },
    {
      id: "phoenix-no-route",
      when: { text: ["phoenix.router.noroute", "no route found for post"], notText: ["symfony"] },
      told: ["not_found", "Phoenix 404: no route for this path", ROUTE],
    },
    {
      id: "app-422-changeset",
      source: "https://hexdocs.pm/ecto/Ecto.Changeset.html",
      when: { kind: "json", text: ["can't be blank", "is invalid", "has already been taken"], codes: [422] },
      keep: (seen) =>
        seen.fields.some(({ path }) => !path.startsWith("errors.")) ? undefined : faultsUnder("errors")(seen),
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
  ]),
];
