import { all, codeAndMessage, masked, matched, messageOf, valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";
import { LOGS, ROUTE } from "./steps.ts";

/** More frameworks of Node. */
export const NODE = [
  ...platform("hapi", "https://hapi.dev/module/boom/api/", [
    {
      id: "hapi-500",
      when: {
        fields: { statusCode: "500", error: "internal server error", message: "an internal server error occurred" },
      },
      told: ["server_error", "hapi 500: the app threw an error", LOGS],
    },
  ]),
  ...platform("Next.js", "https://nextjs.org/docs/app/api-reference/file-conventions/not-found", [
    {
      id: "nextjs-404",
      when: [{ text: ["404: this page could not be found", "this page could not be found"], kind: "html" }],
      told: [
        "not_found",
        "Next.js 404: no route for this path",
        "Add a route handler for POST at the webhook's path of {receiver}",
      ],
    },
    {
      id: "nextjs-500",
      when: [{ text: ["500: internal server error", "a server-side exception has occurred"], raw: ["__next"] }],
      told: ["server_error", "Next.js 500: the app threw an error", LOGS],
    },
    {
      id: "nextjs-no-response",
      when: { text: ["no response is returned from route handler"] },
      told: [
        "server_error",
        "Next.js 500: the route returned nothing",
        "Return a Response from the webhook's route handler at {receiver}",
      ],
    },
    {
      id: "nextjs-body-too-large",
      when: { text: ["body exceeded"], alsoText: ["limit"], codes: [413] },
      told: [
        "payload_too_large",
        "Next.js 413: the payload is larger than it allows",
        "Raise api.bodyParser.sizeLimit of the route at {receiver}",
      ],
    },
  ]),
  ...platform("Nuxt", "https://nuxt.com/docs/getting-started/error-handling", [
    {
      id: "nuxt",
      when: { fields: { statusCode: true, statusMessage: true, url: true } },
      keep: codeAndMessage("statusMessage"),
      told: ["as said", "Nuxt {code}: {1}", LOGS],
    },
  ]),
  ...platform("csurf", "https://github.com/expressjs/csurf", [
    {
      id: "express-csrf",
      when: { text: ["ebadcsrftoken", "forbiddenerror: invalid csrf token", "invalid csrf token"] },
      told: [
        "auth",
        "The app wants a CSRF token",
        "Exempt the webhook's route from the CSRF check of the app at {receiver}",
      ],
    },
  ]),
  ...platform("Strapi", "https://docs.strapi.io/cms/error-handling", [
    {
      id: "strapi",
      when: { fields: { "error.name": true, "error.status": true, "error.message": true } },
      keep: ({ fields }) =>
        ["error.name", "error.message"]
          .flatMap((name) => fields.find(({ path }) => path === name)?.value.slice(0, 80) ?? [])
          .map(masked),
      known: {
        "notfounderror-not-found": ["not_found", "Strapi 404: no route for this path", ROUTE],
        "forbiddenerror-forbidden": [
          "auth",
          "Strapi 403: this role may not do that",
          "Give the role of {webhook}'s token the permission at {receiver}",
        ],
        "methodnotallowederror-method-not-allowed": [
          "bad_request",
          "Strapi 405: this path does not take this method",
          ROUTE,
        ],
      },
      told: ["as said", "Strapi: {1}", "Compare the payload and token of {webhook} with what {receiver} wants"],
    },
  ]),
  ...platform("Directus", "https://directus.io/docs/guides/connect/errors", [
    {
      id: "directus",
      when: {
        fields: {
          "errors.extensions.code": [
            "invalid_payload",
            "invalid_credentials",
            "token_expired",
            "route_not_found",
            "forbidden",
            "service_unavailable",
            "requests_exceeded",
            "invalid_token",
          ],
        },
      },
      keep: valuesOf("errors.extensions.code"),
      known: { "route-not-found": ["not_found", "Directus 404: no route for this path", ROUTE] },
      told: ["auth", "Directus: {1}", "Give {webhook} a static token that may do this at {receiver}"],
    },
  ]),
  ...platform("GraphQL", "https://www.apollographql.com/docs/apollo-server/data/errors", [
    {
      id: "graphql-csrf",
      when: { text: ["this operation has been blocked as a potential cross-site request forgery"] },
      told: ["bad_request", "Apollo 400: the content type is not JSON", "Send application/json from {webhook}"],
    },
    {
      id: "graphql",
      when: {
        fields: {
          "extensions.code": [
            "graphql_parse_failed",
            "graphql_validation_failed",
            "bad_user_input",
            "unauthenticated",
            "forbidden",
            "persisted_query_not_found",
            "internal_server_error",
            "operation_resolution_failure",
            "bad_request",
          ],
          "errors.message": true,
        },
      },
      keep: all(valuesOf("extensions.code"), messageOf("errors.message")),
      told: ["as said", "GraphQL: {1}", "Compare the query of {webhook} with the schema at {receiver}"],
    },
    {
      id: "graphql-no-query",
      when: {
        text: [
          "must provide query string",
          "graphql operations must contain a non-empty `query`",
          "post body missing, invalid content-type, or json object has no keys",
        ],
      },
      told: [
        "bad_request",
        "GraphQL 400: the body holds no query",
        "Send a GraphQL query from {webhook}, or post to another path of {receiver}",
      ],
    },
  ]),
  ...platform("AdonisJS", "https://docs.adonisjs.com/guides/basics/exception-handling", [
    {
      id: "adonis",
      when: { text: ["e_route_not_found", "e_bad_csrf_token", "e_validation_error", "e_row_not_found"] },
      keep: matched(/\b(E_[A-Z_]{3,40})\b/),
      told: [
        "bad_request",
        "AdonisJS: {1}",
        "Look the exception up in the documentation of AdonisJS, and mend the app at {receiver}",
      ],
    },
  ]),
];
