import type { Kind } from "./form.ts";

/** Answers of one cause each, in the forms in which they come. */
export const KINDS_1: readonly Kind[] = [
  [
    "http-500-3d91d1d2",
    [
      {
        code: 500,
        body: "<!DOCTYPE html><html><head><title>Error</title></head><body><pre>TypeError: Cannot read properties of undefined (reading &#39;total&#39;)<br> &nbsp; &nbsp;at handler (/srv/app/x.js:10:3)<br> &nbsp; &nbsp;at next (/srv/y.js:1:1)</pre></body></html>",
      },
      {
        code: 500,
        body: "TypeError: Cannot read properties of undefined (reading 'total')\n    at handler (/srv/app/x.js:10:3)",
      },
      { code: 500, body: { error: "Cannot read properties of undefined (reading 'total')" } },
      { code: 500, body: { name: "TypeError", message: "Cannot read properties of undefined (reading 'total')" } },
      {
        code: 500,
        logged: "Request failed with status code 500: TypeError: Cannot read properties of undefined (reading 'total')",
      },
    ],
  ],
  [
    "http-500-a54aecb0",
    [
      {
        code: 500,
        body: "Traceback (most recent call last):\n  File \"/app/x.py\", line 3, in f\n    a['b']\nKeyError: 'order_id'\n",
      },
      { code: 500, body: { error: "KeyError: 'order_id'" } },
      { code: 500, body: "KeyError: 'order_id'" },
      { code: 500, logged: "webhook returned 500: KeyError: 'order_id'" },
    ],
  ],
  [
    "http-500-b8843a53",
    [
      {
        code: 500,
        body: {
          timestamp: "2025-01-01T00:00:00Z",
          status: 500,
          error: "Internal Server Error",
          message: "could not execute statement; SQL [n/a]; constraint [uk_order]",
          path: "/x",
        },
      },
      { code: 500, body: { error: "could not execute statement; SQL [n/a]; constraint [uk_order]" } },
      { code: 500, body: "could not execute statement; SQL [n/a]; constraint [uk_order]" },
    ],
  ],
  [
    "http-503-09bf1bb7",
    [
      {
        code: 503,
        body: {
          timestamp: "2025-01-01T00:00:00Z",
          status: 503,
          error: "Service Unavailable",
          message: "Inventory service is down",
          path: "/x",
        },
      },
      { code: 503, body: { message: "Inventory service is down" } },
      { code: 503, logged: "HTTP 503: Inventory service is down" },
    ],
  ],
  [
    "circuit-open",
    [
      { code: 503, body: { error: "Circuit breaker is open" } },
      { code: 503, body: "CircuitBreaker 'stock' is OPEN and does not permit further calls" },
      {
        code: 503,
        body: {
          status: 503,
          title: "Service Unavailable",
          type: "about:blank",
          detail: "CircuitBreaker 'stock' is HALF_OPEN and does not permit further calls",
          instance: "/x",
        },
      },
      {
        code: 500,
        logged: "Polly.CircuitBreaker.BrokenCircuitException: The circuit is now open and is not allowing calls.",
      },
    ],
  ],
  [
    "discord-10015",
    [
      { code: 404, body: { message: "Unknown Webhook", code: 10015 } },
      { code: 404, logged: "DiscordAPIError[10015]: Unknown Webhook" },
      { code: 404, logged: "404 Not Found (error code: 10015): Unknown Webhook" },
      { code: 404, logged: "Request failed with status code 404: Unknown Webhook" },
    ],
  ],
  [
    "discord-50035-embeds-description",
    [
      {
        code: 400,
        body: {
          message: "Invalid Form Body",
          code: 50035,
          errors: {
            embeds: {
              "0": {
                description: {
                  _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: "Must be 4096 or fewer in length." }],
                },
              },
            },
          },
        },
      },
      {
        code: 400,
        logged:
          "DiscordAPIError[50035]: Invalid Form Body\nembeds[0].description[BASE_TYPE_MAX_LENGTH]: Must be 4096 or fewer in length.",
      },
      {
        code: 400,
        logged:
          "400 Bad Request (error code: 50035): Invalid Form Body\nIn embeds.0.description: Must be 4096 or fewer in length.",
      },
    ],
  ],
  [
    "cloudflare-502",
    [
      {
        code: 502,
        body: "<!DOCTYPE html><html><head><title>hooks.example.com | 502: Bad gateway</title></head><body><h1>Bad gateway</h1> Error code 502 Visit cloudflare.com Ray ID",
      },
      {
        code: 502,
        logged:
          'resulted in a `502 Bad Gateway` response: <!DOCTYPE html>\n<html class="no-js" lang="en-US"><head>\n<title>hooks.example.com | 502: Bad gateway</title>\n<meta cha (truncated...)',
      },
      { code: 502, body: "error code: 502" },
    ],
  ],
  [
    "rails-404",
    [
      {
        code: 404,
        body: "<html><head><title>The page you were looking for doesn’t exist (404 Not found)</title></head><body><h1>x</h1></body></html>",
      },
      {
        code: 404,
        headers: { Server: "nginx" },
        body: "The page you were looking for doesn't exist.\nYou may have mistyped the address or the page may have moved.",
      },
      {
        code: 404,
        body: {
          status: 404,
          error: "Not Found",
          exception: '#<ActionController::RoutingError: No route matches [POST] "/hook">',
          traces: { "Application Trace": [] },
        },
      },
      { code: 404, body: 'No route matches [POST] "/hook"' },
      {
        code: 404,
        body: '<!DOCTYPE html><html><head><title>Action Controller: Exception caught</title></head><body><h1>Action Controller: Exception caught</h1><p>Routing Error</p><p>No route matches [POST] "/hook"</p></body></html>',
      },
    ],
  ],
  [
    "rails-500",
    [
      {
        code: 500,
        body: "<html><head><title>We're sorry, but something went wrong (500)</title></head><body></body></html>",
      },
      { code: 500, body: "We’re sorry, but something went wrong." },
      {
        code: 500,
        headers: { Server: "nginx" },
        body: "<html><head><title>We’re sorry, but something went wrong (500 Internal Server Error)</title></head><body></body></html>",
      },
    ],
  ],
  [
    "slack-no-service",
    [
      { code: 404, body: "no_service" },
      { code: 404, logged: "An HTTP protocol error occurred: statusCode = 404, body = no_service" },
      { code: 404, logged: "slack returned 404: no_service" },
      { code: 404, logged: "Request failed with status code 404: no_service" },
    ],
  ],
  [
    "nginx-413",
    [
      {
        code: 413,
        body: "<html><head><title>413 Request Entity Too Large</title></head><body><center><h1>413 Request Entity Too Large</h1></center><hr><center>nginx/1.25.3</center></body></html>",
      },
      { code: 413, body: "413 Request Entity Too Large\nnginx/1.25.3" },
      { code: 413, logged: "413 Request Entity Too Large nginx/1.25.3" },
      {
        code: 413,
        logged:
          "HTTP 413: <html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Req (truncated...)",
      },
    ],
  ],
  [
    "iis-404-0",
    [
      {
        code: 404,
        body: "<html><head><title>IIS 10.0 Detailed Error - 404.0 - Not Found</title></head><body><h3>HTTP Error 404.0 - Not Found</h3></body></html>",
      },
      { code: 404, body: "HTTP Error 404.0 - Not Found\nThe resource you are looking for has been removed" },
      { code: 404, logged: "HTTP Error 404.0 - Not Found" },
    ],
  ],
];
