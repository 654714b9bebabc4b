import type { Kind } from "./form.ts";

/** Answers of one cause each, in the forms in which they come. */
export const KINDS_5: readonly Kind[] = [
  [
    "fastapi-422-missing-body-sku",
    [
      { code: 422, body: { detail: [{ loc: ["body", "sku"], msg: "field required", type: "value_error.missing" }] } },
      { code: 422, body: { detail: [{ type: "missing", loc: ["body", "sku"], msg: "Field required", input: {} }] } },
      {
        code: 422,
        logged:
          'Request failed with status code 422: {"detail":[{"type":"missing","loc":["body","sku"],"msg":"Field required","input":{}}]}',
      },
    ],
  ],
  [
    "fastapi-422-email-body-email",
    [
      {
        code: 422,
        body: {
          detail: [{ loc: ["body", "email"], msg: "value is not a valid email address", type: "value_error.email" }],
        },
      },
      {
        code: 422,
        body: {
          detail: [
            {
              type: "value_error",
              loc: ["body", "email"],
              msg: "value is not a valid email address: An email address must have an @-sign.",
              input: "x",
              ctx: { reason: "…" },
            },
          ],
        },
      },
    ],
  ],
  [
    "go-404-page-not-found",
    [
      { code: 404, body: "404 page not found\n" },
      { code: 404, headers: { "X-Content-Type-Options": "nosniff" }, body: "404 page not found" },
      { code: 404, logged: "Request failed with status code 404: 404 page not found" },
    ],
  ],
  [
    "http-502-4263d03c",
    [
      { code: 502, body: "Bad Gateway" },
      { code: 502, body: "bad gateway\n" },
      { code: 502, body: "502 Bad Gateway" },
    ],
  ],
  [
    "envoy-reset-overflow",
    [
      { code: 503, body: "upstream connect error or disconnect/reset before headers. reset reason: overflow" },
      {
        code: 503,
        headers: { Server: "envoy" },
        body: "upstream connect error or disconnect/reset before headers. retried and the latest reset reason: overflow",
      },
      {
        code: 503,
        logged:
          "Request failed with status code 503: upstream connect error or disconnect/reset before headers. reset reason: overflow",
      },
    ],
  ],
  [
    "rack-attack",
    [
      { code: 429, body: "Retry later\n" },
      { code: 429, logged: "Request failed with status code 429: Retry later" },
    ],
  ],
  [
    "http-429-3e070029",
    [
      { code: 429, body: "Too many requests, please try again later." },
      { code: 429, body: { message: "Too many requests, please try again later." } },
      { code: 429, logged: "Request failed with status code 429: Too many requests, please try again later." },
    ],
  ],
  [
    "http-400-bcb557eb",
    [
      { code: 400, body: "Error: order is closed" },
      { code: 400, body: { error: "order is closed" } },
      { code: 400, body: "order is closed" },
    ],
  ],
  [
    "aspnet-415",
    [
      {
        code: 415,
        body: {
          type: "https://tools.ietf.org/html/rfc9110#section-15.5.16",
          title: "Unsupported Media Type",
          status: 415,
          traceId: "00-a",
        },
      },
      {
        code: 415,
        body: {
          type: "https://tools.ietf.org/html/rfc7231#section-6.5.13",
          title: "Unsupported Media Type",
          status: 415,
          traceId: "|a.",
        },
      },
    ],
  ],
  [
    "cloudflare-1020",
    [
      { code: 403, body: "error code: 1020" },
      {
        code: 403,
        body: "<!DOCTYPE html><html><head><title>Access denied | x.example used Cloudflare to restrict access</title></head><body><h1>Access denied | x.example used Cloudflare to restrict access</h1><p>Error 1020</p><p>Ray ID: 8abc</p><p>Access denied</p></body></html>",
      },
      { code: 403, logged: "Request failed with status code 403: error code: 1020" },
    ],
  ],
  [
    "cloudflare-524",
    [
      { code: 524, body: "error code: 524" },
      { code: 524, logged: "Request failed with status code 524" },
      {
        code: 524,
        body: "<!DOCTYPE html><html><head><title>x.example | 524: A timeout occurred</title></head><body><h1>x.example | 524: A timeout occurred</h1><p>A timeout occurred Error code 524</p><p>Ray ID: a</p></body></html>",
      },
    ],
  ],
  [
    "heroku-h12",
    [
      {
        code: 503,
        logged:
          'at=error code=H12 desc="Request timeout" method=POST path="/hook" host=a.herokuapp.com request_id=x fwd="1.2.3.4" dyno=web.1 connect=1ms service=30000ms status=503 bytes=0 protocol=https',
      },
      {
        code: 503,
        body: 'heroku[router]: at=error code=H12 desc="Request timeout" method=POST path="/z" host=b.herokuapp.com dyno=web.2',
      },
    ],
  ],
];
