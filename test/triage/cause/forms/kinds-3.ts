import type { Kind } from "./form.ts";

/** Answers of one cause each, in the forms in which they come. */
export const KINDS_3: readonly Kind[] = [
  [
    "go-json-string-order-amount",
    [
      { code: 400, body: "json: cannot unmarshal string into Go struct field Order.amount of type int\n" },
      { code: 400, body: { error: "json: cannot unmarshal string into Go struct field Order.amount of type int" } },
      {
        code: 400,
        logged:
          "Request failed with status code 400: json: cannot unmarshal string into Go struct field Order.amount of type int",
      },
    ],
  ],
  [
    "http-401-8e8c4d03",
    [
      { code: 401, body: { message: "jwt expired" } },
      { code: 401, body: "jwt expired" },
      {
        code: 401,
        body: { error: { name: "TokenExpiredError", message: "jwt expired", expiredAt: "2025-01-01T00:00:00.000Z" } },
      },
      { code: 401, logged: 'Request failed with status code 401: {"error":"jwt expired"}' },
      { code: 401, body: "TokenExpiredError: jwt expired\n    at verify (/x.js:3:1)" },
    ],
  ],
  [
    "http-401-1338c5a7",
    [
      { code: 401, body: "Invalid signature" },
      { code: 401, body: { error: "Invalid signature" } },
      { code: 401, headers: { Server: "nginx" }, body: { message: "invalid signature." } },
      { code: 401, logged: "Request failed with status code 401: Invalid signature" },
      { code: 401, body: "Error: Invalid signature" },
      { code: 401, body: "Invalid signature" },
    ],
  ],
  [
    "http-409-f7efcf68",
    [
      { code: 409, body: { error: 'duplicate key value violates unique constraint "orders_pkey"' } },
      {
        code: 409,
        body: 'duplicate key value violates unique constraint "orders_pkey"\nDETAIL:  Key (id)=(42) already exists.',
      },
      {
        code: 409,
        logged:
          'Request failed with status code 409: ERROR: duplicate key value violates unique constraint "orders_pkey"',
      },
    ],
  ],
  [
    "http-500-1641ee45",
    [
      {
        code: 500,
        body: { message: "E11000 duplicate key error collection: shop.orders index: _id_ dup key: { _id: 1 }" },
      },
      {
        code: 500,
        body: "MongoServerError: E11000 duplicate key error collection: shop.orders index: _id_ dup key: { _id: 77 }\n    at a (/b.js:1:1)",
      },
    ],
  ],
  [
    "express-413-payload-too-large",
    [
      {
        code: 413,
        body: { message: "request entity too large", type: "entity.too.large", expected: 200, length: 200, limit: 100 },
      },
      {
        code: 413,
        body: "PayloadTooLargeError: request entity too large\n    at readStream (/app/node_modules/raw-body/index.js:163:17)",
      },
      {
        code: 413,
        body: "<html><head><title>Error</title></head><body><pre>PayloadTooLargeError: request entity too large<br> at readStream</pre></body></html>",
      },
      { code: 413, body: { status: 413, message: "request entity too large" } },
      {
        code: 413,
        logged:
          "Client error: `POST https://a.example/in` resulted in a `413 Payload Too Large` response:\n<!DOCTYPE html><html><head><title>Error</title></head><body><pre>PayloadTooLargeErr (truncated...)\n",
      },
    ],
  ],
  [
    "n8n-webhook-not-registered",
    [
      {
        code: 404,
        body: {
          code: 404,
          message: 'The requested webhook "POST abc-def" is not registered.',
          hint: "The workflow must be active",
        },
      },
      { code: 404, body: 'The requested webhook "POST abc" is not registered.' },
      {
        code: 404,
        logged:
          'Request failed with status code 404: {"code":404,"message":"The requested webhook \\"zzz\\" is not registered."}',
      },
    ],
  ],
  [
    "make-no-scenario-listening",
    [
      { code: 410, body: "There is no scenario listening for this webhook." },
      { code: 410, body: { error: "There is no scenario listening for this webhook." } },
      { code: 410, logged: "Request failed with status code 410: There is no scenario listening for this webhook." },
    ],
  ],
  [
    "make-queue-full",
    [
      { code: 400, body: "Queue is full." },
      { code: 400, logged: "Request failed with status code 400: Queue is full." },
      { code: 400, headers: { Server: "cloudflare", "CF-RAY": "1-AMS" }, body: "Queue is full." },
    ],
  ],
  [
    "google-key-invalid",
    [
      {
        code: 400,
        body: {
          error: { code: 400, message: "API key not valid. Please pass a valid API key.", status: "INVALID_ARGUMENT" },
        },
      },
      { code: 400, logged: "Request failed with status code 400: API key not valid. Please pass a valid API key." },
    ],
  ],
  [
    "shopify-invalid-token",
    [
      { code: 401, body: { errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" } },
      {
        code: 401,
        logged:
          'Request failed with status code 401: {"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}',
      },
      { code: 401, body: "[API] Invalid API key or access token (unrecognized login or wrong password)" },
    ],
  ],
  [
    "salesforce-invalid-session-id",
    [
      { code: 401, body: [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }] },
      { code: 401, body: "INVALID_SESSION_ID: Session expired or invalid" },
      {
        code: 401,
        logged:
          'Request failed with status code 401: [{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]',
      },
    ],
  ],
  [
    "telegram-chat-not-found",
    [
      { code: 400, body: { ok: false, error_code: 400, description: "Bad Request: chat not found" } },
      { code: 400, logged: "ETELEGRAM: 400 Bad Request: chat not found" },
      { code: 400, logged: "telegram.error.BadRequest: Chat not found" },
    ],
  ],
];
