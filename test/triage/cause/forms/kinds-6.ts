import type { Kind } from "./form.ts";

/** Drivers, wrappers of clients and logs that were cut: answers of one cause each, in the forms in which they come. */
export const KINDS_6: readonly Kind[] = [
  [
    "http-500-e022fe6c",
    [
      { code: 500, body: { error: 'duplicate key value violates unique constraint "stock_sku"' } },
      {
        code: 500,
        body: {
          detail:
            '(psycopg2.errors.UniqueViolation) duplicate key value violates unique constraint "stock_sku"\nDETAIL:  Key (sku)=(7) already exists.\n\n[SQL: INSERT INTO stock VALUES (%s)]',
        },
      },
      {
        code: 500,
        body: 'PG::UniqueViolation: ERROR:  duplicate key value violates unique constraint "stock_sku"\nDETAIL:  Key (sku)=(8) already exists.',
      },
      {
        code: 500,
        body: {
          error: 'ERROR: duplicate key value violates unique constraint "stock_sku" (SQLSTATE 23505)',
        },
      },
      {
        code: 500,
        body: {
          error:
            "(orm.dialects.IntegrityError) <class 'driver.exceptions.UniqueViolationError'>: duplicate key value violates unique constraint \"stock_sku\"",
        },
      },
    ],
  ],
  [
    "http-500-8069c30e",
    [
      { code: 500, body: { error: "Duplicate entry '17' for key 'stock.sku'" } },
      { code: 500, body: "ER_DUP_ENTRY: Duplicate entry '18' for key 'stock.sku'" },
      { code: 500, body: { error: "Error 1062 (23000): Duplicate entry '19' for key 'stock.sku'" } },
      {
        code: 500,
        body: { detail: "(driver.err.IntegrityError) (1062, \"Duplicate entry '20' for key 'stock.sku'\")" },
      },
    ],
  ],
  [
    "http-500-a31cce32",
    [
      { code: 500, body: { error: "BUSY stock is being counted" } },
      { code: 500, body: { status: 500, exception: "#<Stock::CommandError: BUSY stock is being counted>" } },
      { code: 500, body: { message: "ReplyError: BUSY stock is being counted" } },
    ],
  ],
  [
    "http-429-017ac2d7",
    [
      { code: 429, body: "ingestion limit reached for tenant north (limit: 4096 bytes/sec)" },
      { code: 429, body: "ingestion limit reached for tenant south-2 (limit: 8192 bytes/sec)" },
      { code: 429, logged: "HTTP 429: ingestion limit reached for tenant 17 (limit: 9 bytes/sec)" },
    ],
  ],
  [
    "apigee-policies-ratelimit-spikearrestviolation",
    [
      {
        code: 429,
        body: {
          fault: {
            faultstring: "Spike arrest violation. Allowed rate : 5ps",
            detail: { errorcode: "policies.ratelimit.SpikeArrestViolation" },
          },
        },
      },
      {
        code: 429,
        logged:
          '[429 Too Many Requests] during [POST] to [https://a.example/in] [Hook#send(Event)]: [{"fault":{"faultstring":"Spike arrest violation. Allowed rate : 9pm","detail":{"errorcode":"policies.ratelim... (160 bytes)]',
      },
    ],
  ],
  [
    "influxdb-field-type-conflict-load",
    [
      {
        code: 400,
        body: {
          error:
            'partial write: field type conflict: input field "load" on measurement "cpu" is type float, already exists as type integer dropped=1',
        },
      },
      {
        code: 422,
        body: {
          code: "unprocessable entity",
          message:
            'failure writing points to database: partial write: field type conflict: input field "load" on measurement "cpu" is type float, already exists as type integer dropped=2',
        },
      },
    ],
  ],
  [
    "entra-aadsts7000222",
    [
      {
        code: 401,
        body: {
          error: "invalid_client",
          error_description: "AADSTS7000222: The client secret keys are expired. Trace ID: a Correlation ID: b",
        },
      },
      { logged: "AADSTS7000222: The client secret keys for app 'a' are expired." },
    ],
  ],
  [
    "tls-alert-bad-record-mac",
    [
      { logged: 'Post "https://a.example/in": local error: tls: bad record MAC' },
      { logged: 'Post "https://a.example/in": remote error: tls: bad record MAC' },
      { logged: "SSL_read: decryption failed or bad record mac (OpenSSL::SSL::SSLError)" },
    ],
  ],
];
