import type { Kind } from "./form.ts";

/** Answers of one cause each, in the forms in which they come. */
export const KINDS_4: readonly Kind[] = [
  [
    "gcp-functions-crashed",
    [
      { code: 500, body: "Error: could not handle the request\n" },
      { code: 500, logged: "Request failed with status code 500: Error: could not handle the request" },
      {
        code: 500,
        body: "<!DOCTYPE html><html><head><title>Error: could not handle the request</title></head><body><h1>Error: could not handle the request</h1></body></html>",
      },
    ],
  ],
  [
    "gcp-unauthenticated-403",
    [
      {
        code: 403,
        body: "<!DOCTYPE html><html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1><p>Error: Forbidden</p><p>Your client does not have permission to get URL /x from this server.</p></body></html>",
      },
      { code: 403, body: "Error: Forbidden\nYour client does not have permission to get URL /y from this server." },
      { code: 403, body: "Your client does not have permission to get URL <code>/z</code> from this server." },
    ],
  ],
  [
    "azure-app-stopped",
    [
      {
        code: 403,
        body: "<!DOCTYPE html><html><head><title>Web App - Unavailable</title></head><body><h1>Web App - Unavailable</h1><p>Error 403 - This web app is stopped.</p><p>The web app you have attempted to reach is currently stopped and does not accept any requests.</p></body></html>",
      },
      { code: 403, body: "Error 403 - This web app is stopped." },
    ],
  ],
  [
    "ngrok-3200",
    [
      { code: 404, headers: { "ngrok-error-code": "ERR_NGROK_3200" }, body: "Tunnel abc.ngrok.io not found" },
      { code: 404, body: "The endpoint abc.ngrok-free.app is offline.\n\nERR_NGROK_3200" },
      {
        code: 404,
        logged: "Request failed with status code 404: The endpoint abc.ngrok-free.app is offline. ERR_NGROK_3200",
      },
    ],
  ],
  [
    "railway-failed-to-respond",
    [
      { code: 502, body: { status: "error", code: 502, message: "Application failed to respond", request_id: "abc" } },
      {
        code: 502,
        body: "<!DOCTYPE html><html><head><title>Application failed to respond</title></head><body><h1>Application failed to respond</h1><p>This error appears to be caused by the application.</p></body></html>",
      },
      {
        code: 502,
        logged:
          'Request failed with status code 502: {"status":"error","code":502,"message":"Application failed to respond","request_id":"zzz"}',
      },
    ],
  ],
  [
    "vercel-function-invocation-timeout",
    [
      {
        code: 504,
        headers: { "x-vercel-error": "FUNCTION_INVOCATION_TIMEOUT" },
        body: "An error occurred with your deployment\n\nFUNCTION_INVOCATION_TIMEOUT\n\nfra1::abc",
      },
      {
        code: 504,
        body: {
          error: { code: "504", message: "An error occurred with your deployment", id: "x" },
          code: "FUNCTION_INVOCATION_TIMEOUT",
        },
      },
      {
        code: 504,
        logged:
          "Request failed with status code 504: An error occurred with your deployment FUNCTION_INVOCATION_TIMEOUT fra1::zz",
      },
    ],
  ],
  [
    "php-memory",
    [
      {
        code: 500,
        body: "<br />\n<b>Fatal error</b>:  Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes) in <b>/var/www/x.php</b> on line <b>12</b><br />",
      },
      {
        code: 500,
        body: "PHP Fatal error:  Allowed memory size of 268435456 bytes exhausted (tried to allocate 4096 bytes) in /app/y.php on line 9",
      },
      {
        code: 500,
        body: { message: "Allowed memory size of 134217728 bytes exhausted (tried to allocate 65536 bytes)" },
      },
    ],
  ],
  [
    "http-500-7e509947",
    [
      {
        code: 500,
        body: "System.NullReferenceException: Object reference not set to an instance of an object.\n   at Shop.Api.Hook() in /src/Hook.cs:line 12",
      },
      { code: 500, body: { error: "Object reference not set to an instance of an object." } },
      {
        code: 500,
        body: {
          type: "https://tools.ietf.org/html/rfc9110#section-15.6.1",
          title: "System.NullReferenceException",
          status: 500,
          detail: "Object reference not set to an instance of an object.",
          traceId: "00-1",
        },
      },
    ],
  ],
  [
    "imperva-blocked",
    [
      {
        code: 403,
        body: '<html><head><META NAME="robots" CONTENT="noindex,nofollow"></head><iframe src="/_Incapsula_Resource?x=1">Request unsuccessful. Incapsula incident ID: 123-456</iframe></html>',
      },
      { code: 403, body: "Request unsuccessful. Incapsula incident ID: 999-1" },
      { code: 403, logged: "Request failed with status code 403: Request unsuccessful. Incapsula incident ID: 1-2" },
    ],
  ],
  [
    "modsecurity-blocked",
    [
      {
        code: 406,
        body: "<!DOCTYPE html><html><head><title>Not Acceptable!</title></head><body><h1>Not Acceptable!</h1><p>An appropriate representation of the requested resource could not be found on this server. This error was generated by Mod_Security.</p></body></html>",
      },
      {
        code: 406,
        body: "Not Acceptable! An appropriate representation of the requested resource could not be found on this server. This error was generated by Mod_Security.",
      },
    ],
  ],
  [
    "teams-429",
    [
      {
        code: 200,
        body: "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId tcid=0,server=AMS,cv=abc..",
      },
      {
        code: 200,
        logged:
          "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId tcid=1,server=X,cv=z..",
      },
    ],
  ],
  [
    "spring-400-json-parse-error",
    [
      {
        code: 400,
        body: {
          timestamp: "2025-01-01T00:00:00Z",
          status: 400,
          error: "Bad Request",
          message:
            'JSON parse error: Cannot deserialize value of type `int` from String "abc": not a valid `int` value',
          path: "/x",
        },
      },
      {
        code: 400,
        body: {
          error: 'JSON parse error: Cannot deserialize value of type `int` from String "zz": not a valid `int` value',
        },
      },
    ],
  ],
  [
    "spring-500",
    [
      {
        code: 500,
        body: { timestamp: "2025-01-01T00:00:00Z", status: 500, error: "Internal Server Error", path: "/x" },
      },
      {
        code: 500,
        body: {
          timestamp: 1735689600000,
          status: 500,
          error: "Internal Server Error",
          message: "No message available",
          path: "/y",
        },
      },
      {
        code: 500,
        headers: { Server: "cloudflare" },
        body: {
          timestamp: "2025-01-01T00:00:00Z",
          status: 500,
          error: "Internal Server Error",
          message: "",
          path: "/x",
        },
      },
    ],
  ],
];
