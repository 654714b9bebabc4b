import { masked, messageOf, valuesOf } from "../keep.ts";
import { platform, type Told } from "../rule.ts";
import { FIELD, LOGS, ROUTE } from "./steps.ts";

const FASTIFY_CODES: Record<string, Told> = {
  "fst-err-ctp-invalid-media-type": [
    "bad_request",
    "Fastify 415: it does not take this content type",
    "Add a content type parser for what {webhook} sends to the app at {receiver}",
  ],
  "fst-err-ctp-body-too-large": [
    "payload_too_large",
    "Fastify 413: the payload is larger than it allows",
    "Raise bodyLimit of the app at {receiver}",
  ],
  "fst-err-ctp-invalid-json-body": [
    "bad_request",
    "Fastify 400: the body is not valid JSON",
    "Compare content type and body of {webhook}",
  ],
  "fst-err-ctp-empty-json-body": [
    "bad_request",
    "Fastify 400: the body is empty though it is called JSON",
    "Let {webhook} send a body, or drop its content type",
  ],
  "fst-err-rate-limit": [
    "rate_limited",
    "Fastify 429: the rate limit is reached",
    "Raise the limit of @fastify/rate-limit at {receiver}",
  ],
};

/** The frameworks of Node. */
export const EXPRESS = [
  ...platform("Fastify", "https://fastify.dev/docs/latest/Reference/Errors/", [
    {
      id: "fastify-404-route",
      when: { fields: { error: "not found", statusCode: "404", message: true }, text: ["not found"] },
      keep: ({ fields }) =>
        fields.some(({ path, value }) => path === "message" && /^Route [A-Z]{3,7}:/.test(value)) ? [] : undefined,
      told: ["not_found", "Fastify 404: no route for this path", ROUTE],
    },
    {
      id: "fastify-validation",
      when: { fields: { code: "fst_err_validation", message: true } },
      keep: messageOf("message"),
      told: ["bad_request", "Fastify 400: {1}", FIELD],
    },
    {
      id: "fastify",
      when: { fields: { code: true, statusCode: true } },
      keep: ({ fields }) => {
        const code = fields.find(({ path }) => path === "code")?.value ?? "";
        return /^FST_/.test(code) ? [code] : undefined;
      },
      known: FASTIFY_CODES,
      told: ["bad_request", "Fastify: {1}", "Look the code {1} up in Fastify's list of errors"],
    },
  ]),
  ...platform("NestJS", "https://docs.nestjs.com/exception-filters", [
    {
      id: "nestjs-404-route",
      when: { fields: { statusCode: "404", message: true, error: "not found" } },
      keep: ({ fields }) =>
        fields.some(({ path, value }) => path === "message" && /^Cannot [A-Z]{3,7} \//.test(value)) ? [] : undefined,
      told: ["not_found", "NestJS 404: no route for this path", ROUTE],
    },
    {
      id: "nestjs-forbidden",
      when: { fields: { statusCode: "403", message: "forbidden resource" } },
      told: [
        "auth",
        "NestJS 403: a guard refused the request",
        "Let the webhook's route pass the guards of the app at {receiver}",
      ],
    },
    {
      id: "nestjs-throttled",
      when: { text: ["throttlerexception: too many requests"] },
      told: [
        "rate_limited",
        "NestJS 429: throttled",
        "Raise the limit of the throttler at {receiver}, or skip it for the webhook's route",
      ],
    },
    {
      id: "nestjs-validation",
      when: { fields: { statusCode: ["400", "422"], message: true, error: ["bad request", "unprocessable entity"] } },
      keep: ({ fields, lowerText }) =>
        / must | should | cannot |each value/.test(lowerText)
          ? [...new Set(fields.filter(({ path }) => path === "message").map(({ value }) => masked(value)))]
              .sort()
              .slice(0, 4)
          : undefined,
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
    {
      id: "nestjs-500",
      when: { fields: { statusCode: "500", message: "internal server error" } },
      keep: ({ fields }) => (fields.length === 2 ? [] : undefined),
      told: ["server_error", "NestJS 500: the app threw an error", LOGS],
    },
  ]),
  ...platform("Express", "https://github.com/pillarjs/finalhandler/blob/master/index.js", [
    {
      id: "express-400-json",
      source: "https://github.com/expressjs/body-parser#errors",
      when: [
        { fields: { type: "entity.parse.failed" } },
        { text: ["syntaxerror"], raw: ["body-parser"], codes: [400, 500] },
        { text: ["syntaxerror: unexpected token", "syntaxerror: unexpected end of json input"], kind: "html" },
        { text: ["body-parser"], alsoText: ["json.parse"] },
      ],
      told: [
        "bad_request",
        "Express 400: the body is not valid JSON",
        "Compare content type and body of {webhook}: {receiver} parses it as JSON and it is not",
      ],
    },
    {
      id: "express-413-payload-too-large",
      when: [
        { fields: { type: "entity.too.large" } },
        { text: ["payloadtoolargeerror"] },
        { codes: [413], raw: ["<pre>payload too large", "<pre>request entity too large", "<pre>payloadtoolarge"] },
      ],
      told: [
        "payload_too_large",
        "Express 413: the payload is larger than it allows",
        "Raise the limit of express.json() at {receiver}",
      ],
    },
    {
      // body-parser's own words, in small letters, reach the error handlers of most apps.
      id: "express-413-payload-too-large",
      source: "https://github.com/expressjs/body-parser#errors",
      when: { codes: [413], kind: "json", text: ["request entity too large"] },
      keep: ({ text }) => (text.includes("request entity too large") ? [] : undefined),
      told: [
        "payload_too_large",
        "Express 413: the payload is larger than it allows",
        "Raise the limit of express.json() at {receiver}",
      ],
    },
    {
      id: "express-unsupported-charset",
      when: { fields: { type: ["charset.unsupported", "encoding.unsupported"] } },
      keep: valuesOf("type"),
      told: ["bad_request", "Express 415: {1}", "Send UTF-8 without compression from {webhook}"],
    },
    {
      id: "express-404-cannot-post",
      when: [
        { text: ["cannot post", "cannot put", "cannot patch", "cannot get", "cannot delete"], raw: ["<pre>cannot "] },
        { text: ["cannot post"], kind: "text", codes: [404] },
        { codes: [404], fields: { error: true }, text: ["cannot post /"] },
        { codes: [404], kind: "none", text: ["cannot post /"] },
      ],
      keep: ({ lowerText }) =>
        /(?:^|\n|["': ])cannot (?:post|put|patch|get|delete) \//.test(lowerText) ? [] : undefined,
      told: ["not_found", "Express 404: no route for this path", ROUTE],
    },
    {
      id: "express-500",
      when: [{ codes: [500], raw: ["<pre>internal server error"] }],
      told: ["server_error", "Express 500: the app threw an error", LOGS],
    },
  ]),
];
