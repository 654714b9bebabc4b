import type { Kind } from "./form.ts";

/** Answers of one cause each, in the forms in which they come. */
export const KINDS_2: readonly Kind[] = [
  [
    "iis-404",
    [
      {
        code: 404,
        body: "<html><head><title>404 - File or directory not found.</title></head><body><h1>Server Error</h1><h2>404 - File or directory not found.</h2></body></html>",
      },
      {
        code: 404,
        body: "Server Error\n404 - File or directory not found.\nThe resource you are looking for might have been removed",
      },
    ],
  ],
  [
    "haproxy-503",
    [
      {
        code: 503,
        body: "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n",
      },
      { code: 503, body: "503 Service Unavailable\nNo server is available to handle this request." },
      { code: 503, logged: "HTTP 503: No server is available to handle this request." },
    ],
  ],
  [
    "apigw-endpoint-request-timed-out",
    [
      { code: 504, body: { message: "Endpoint request timed out" } },
      { code: 504, body: "Endpoint request timed out" },
      { code: 504, headers: { Server: "cloudflare" }, body: { message: "Endpoint request timed out" } },
    ],
  ],
  [
    "apigw-missing-authentication-token",
    [
      { code: 403, body: { message: "Missing Authentication Token" } },
      { code: 403, logged: "Request failed with status code 403: Missing Authentication Token" },
    ],
  ],
  [
    "apigw-internal-server-error",
    [
      { code: 502, body: { message: "Internal server error" } },
      {
        code: 502,
        headers: { "x-amzn-RequestId": "x", Server: "cloudflare" },
        body: { message: "Internal server error" },
      },
    ],
  ],
  [
    "tomcat-404",
    [
      {
        code: 404,
        body: '<!doctype html><html lang="en"><head><title>HTTP Status 404 – Not Found</title></head><body><h1>HTTP Status 404 – Not Found</h1><hr class="line" /><p><b>Type</b> Status Report</p><h3>Apache Tomcat/9.0.65</h3></body></html>',
      },
      { code: 404, body: "HTTP Status 404 - Not Found" },
      { code: 404, logged: "HTTP Status 404 – Not Found" },
    ],
  ],
  [
    "flask-500",
    [
      {
        code: 500,
        body: "<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n<p>The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.</p>\n",
      },
      {
        code: 500,
        headers: { Server: "gunicorn" },
        body: "The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.",
      },
      {
        code: 500,
        body: {
          code: 500,
          name: "Internal Server Error",
          description:
            "The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.",
        },
      },
    ],
  ],
  [
    "drf-not-authenticated",
    [
      { code: 401, body: { detail: "Authentication credentials were not provided." } },
      { code: 401, body: "Authentication credentials were not provided." },
      { code: 403, body: { detail: "Authentication credentials were not provided." } },
    ],
  ],
  [
    "laravel-server-error",
    [
      { code: 500, body: { message: "Server Error" } },
      { code: 500, headers: { Server: "nginx" }, body: { message: "Server Error" } },
    ],
  ],
  [
    "laravel-419-page-expired",
    [
      {
        code: 419,
        body: "<html><head><title>Page Expired</title></head><body><div>419</div><div>Page Expired</div></body></html>",
      },
      { code: 419, body: { message: "CSRF token mismatch." } },
    ],
  ],
  [
    "aspnet-400-email-the-email-field-is-required",
    [
      {
        code: 400,
        body: {
          type: "https://tools.ietf.org/html/rfc9110#section-15.5.1",
          title: "One or more validation errors occurred.",
          status: 400,
          errors: { Email: ["The Email field is required."] },
          traceId: "00-1",
        },
      },
      {
        code: 400,
        body: {
          title: "One or more validation errors occurred.",
          status: 400,
          errors: { Email: ["The Email field is required."] },
        },
      },
      {
        code: 400,
        logged:
          'Request failed with status code 400: {"errors":{"Email":["The Email field is required."]},"title":"One or more validation errors occurred."}',
      },
    ],
  ],
  [
    "stripe-lib-no-signature-match",
    [
      {
        code: 400,
        body: "Webhook Error: No signatures found matching the expected signature for payload. Are you passing the raw request body you received from Stripe?",
      },
      { code: 400, body: { error: "No signatures found matching the expected signature for payload" } },
      {
        code: 400,
        body: {
          message:
            "Webhook signature verification failed. No signatures found matching the expected signature for payload.",
        },
      },
    ],
  ],
  [
    "app-database-slots",
    [
      { code: 500, body: { error: "sorry, too many clients already" } },
      {
        code: 500,
        body: {
          timestamp: "1",
          status: 500,
          error: "Internal Server Error",
          message: "FATAL: sorry, too many clients already",
          path: "/x",
        },
      },
      { code: 500, body: "OperationalError: FATAL:  sorry, too many clients already" },
    ],
  ],
];
