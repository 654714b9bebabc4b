import { all, masked, matched, statusCode } from "../keep.ts";
import { pydanticFaults } from "../pydantic.ts";
import { type Keeper, platform, type Told } from "../rule.ts";
import { FIELD, LOGS, ROUTE } from "./steps.ts";

/** The document is this one field. */
const alone: Keeper = ({ fields }) => (fields.length === 1 ? [] : undefined);

const FLASK_SAYS: Record<string, Told> = {
  "400": [
    "bad_request",
    "Flask 400: the app refused the request as malformed",
    "Compare content type and body of {webhook} with what {receiver} reads",
  ],
  "401": ["auth", "Flask 401: it wants credentials", "Give {webhook} the credentials of the app at {receiver}"],
  "403": ["auth", "Flask 403: the app forbids it", "See why the app at {receiver} refuses {webhook}"],
  "404": ["not_found", "Flask 404: no route for this path", ROUTE],
  "405": ["bad_request", "Flask 405: this path does not take this method", ROUTE],
  "413": [
    "payload_too_large",
    "Flask 413: the payload is larger than it allows",
    "Raise MAX_CONTENT_LENGTH of the app at {receiver}",
  ],
  "415": ["bad_request", "Flask 415: the content type is not JSON", "Send application/json from {webhook}"],
  "429": ["rate_limited", "Flask 429: too many requests", "Raise the limit of Flask-Limiter at {receiver}"],
  "500": ["server_error", "Flask 500: the app threw an error", LOGS],
};

/** The other frameworks of Python. */
export const PYTHON = [
  ...platform("FastAPI", "https://fastapi.tiangolo.com/tutorial/handling-errors/", [
    {
      id: "fastapi-422",
      when: [
        { codes: [422, 400], fields: { "detail.msg": true } },
        { codes: [422, 400], fields: { "detail.loc": true } },
        { codes: [422], fields: { msg: true, loc: true } },
      ],
      keep: pydanticFaults,
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
    {
      id: "fastapi-422-body",
      when: { text: ["there was an error parsing the body"] },
      told: ["bad_request", "FastAPI 400: the body cannot be parsed", "Compare content type and body of {webhook}"],
    },
    {
      id: "fastapi-401-not-authenticated",
      when: { fields: { "/detail": "not authenticated" } },
      keep: alone,
      told: [
        "auth",
        "FastAPI: no credentials in the request",
        "Give {webhook} the token or key of the app at {receiver}",
      ],
    },
    {
      id: "fastapi-404",
      when: { codes: [404], fields: { "/detail": "not found" } },
      keep: alone,
      told: ["not_found", "FastAPI 404: no route for this path", ROUTE],
    },
    {
      id: "fastapi-405",
      when: { codes: [405], fields: { "/detail": "method not allowed" } },
      keep: alone,
      told: ["bad_request", "FastAPI 405: this path does not take this method", ROUTE],
    },
    {
      id: "fastapi-500",
      when: { codes: [500], fields: { "/detail": "internal server error" } },
      keep: alone,
      told: ["server_error", "FastAPI 500: the app threw an error", LOGS],
    },
    {
      id: "starlette-invalid-host",
      source: "https://www.starlette.io/middleware/",
      when: { is: ["invalid host header"] },
      told: [
        "bad_request",
        "Starlette 400: this host is not allowed",
        "Add {receiver} to allowed_hosts of the app's TrustedHostMiddleware",
      ],
    },
    {
      id: "starlette-404",
      source: "https://www.starlette.io/exceptions/",
      when: { codes: [404, 405], is: ["not found", "method not allowed"], headers: { server: "uvicorn" } },
      keep: statusCode,
      told: ["as said", "Starlette {code}: no route for this path and method", ROUTE],
    },
  ]),
  ...platform("Flask", "https://github.com/pallets/werkzeug/blob/main/src/werkzeug/exceptions.py", [
    {
      id: "flask",
      when: {
        text: [
          "the browser (or proxy) sent a request that this server could not understand",
          "the server could not verify that you are authorized to access the url requested",
          "you don't have the permission to access the requested resource",
          "if you entered the url manually please check your spelling and try again",
          "the method is not allowed for the requested url",
          "the data value transmitted exceeds the capacity limit",
          "the server does not support the media type transmitted in the request",
          "did not attempt to load json data because the request content-type was not",
          "this user has exceeded an allotted request count",
          "either the server is overloaded or there is an error in the application",
        ],
        notText: ["apache", "server at"],
      },
      keep: statusCode,
      known: FLASK_SAYS,
      told: ["as said", "Flask {code}", LOGS],
    },
  ]),
  ...platform("uvicorn", "https://www.starlette.io/exceptions/", [
    {
      id: "uvicorn-500",
      when: { codes: [500], is: ["internal server error"], headers: { server: "uvicorn" }, kind: "text" },
      told: ["server_error", "The app threw an error (uvicorn 500)", LOGS],
    },
  ]),
  ...platform("aiohttp", "https://docs.aiohttp.org/en/stable/web_exceptions.html", [
    {
      id: "aiohttp",
      when: [
        {
          headers: { server: "aiohttp" },
          kind: "text",
          text: [
            "404: not found",
            "405: method not allowed",
            "401: unauthorized",
            "403: forbidden",
            "413: request entity too large",
            "400: bad request",
          ],
        },
        { is: ["404: not found", "405: method not allowed"] },
        { text: ["server got itself in trouble"] },
      ],
      keep: statusCode,
      known: {
        "413": [
          "payload_too_large",
          "aiohttp 413: the payload is larger than it allows",
          "Raise client_max_size of the app at {receiver}",
        ],
        "500": ["server_error", "aiohttp 500: the app threw an error", LOGS],
      },
      told: ["as said", "aiohttp {code}", ROUTE],
    },
  ]),
  ...platform("Home Assistant", "https://www.home-assistant.io/docs/automation/trigger/#webhook-trigger", [
    {
      id: "home-assistant-reverse-proxy",
      when: { text: ["a request from a reverse proxy was received from"] },
      told: [
        "bad_request",
        "Home Assistant 400: the proxy is not trusted",
        "Add the proxy to trusted_proxies of {receiver}",
      ],
    },
  ]),
  ...platform("Odoo", "https://www.odoo.com/documentation/", [
    {
      id: "odoo",
      when: { fields: { "error.data.name": true, "error.message": true } },
      keep: all(({ fields }) =>
        fields
          .filter(({ path }) => path === "error.data.name" || path === "error.data.message")
          .map(({ value }) => masked(value)),
      ),
      told: ["server_error", "Odoo: {1}", LOGS],
    },
  ]),
  ...platform("Tornado", "https://www.tornadoweb.org/en/stable/web.html", [
    {
      id: "tornado",
      when: { headers: { server: "tornadoserver" }, kind: "html" },
      keep: matched(/^(\d{3}): /),
      told: ["as said", "Tornado {code}", ROUTE],
    },
  ]),
];
