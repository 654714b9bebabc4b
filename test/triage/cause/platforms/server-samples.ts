import { nginxPage, page, type Sample } from "./sample.ts";

const REFUSED = "upstream connect error or disconnect/reset before headers. reset reason:";

/** Web servers, proxies, hosts and tunnels. */
export const SERVERS: readonly Sample[] = [
  ["nginx-502", "gateway", 502, nginxPage("502 Bad Gateway", "nginx/1.25.3")],
  ["nginx-504", "timeout", 504, nginxPage("504 Gateway Time-out", "openresty/1.21.4.1")],
  [
    "nginx-413",
    "payload_too_large",
    413,
    "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n",
  ],
  [
    "nginx-400-no-required-ssl-certificate-was-sent",
    "tls",
    400,
    nginxPage("400 No required SSL certificate was sent", "nginx"),
  ],
  ["nginx-ingress-default-backend", "not_found", 404, "default backend - 404"],
  [
    "apache-503",
    "gateway",
    503,
    page(
      "503 Service Unavailable",
      "The server is temporarily unable to service your request due to maintenance downtime or capacity problems.",
    ),
  ],
  [
    "apache-502-dns",
    "dns",
    502,
    page(
      "502 Proxy Error",
      "The proxy server received an invalid response from an upstream server.",
      "Reason: DNS lookup failure for: app",
    ),
  ],
  [
    "iis-404-13",
    "payload_too_large",
    404,
    page("IIS 10.0 Detailed Error - 404.13 - Not Found", "HTTP Error 404.13 - Not Found"),
  ],
  ["iis-500-30", "server_error", 500, page("HTTP Error 500.30 - ASP.NET Core app failed to start", "Common solutions")],
  [
    "iis-503",
    "gateway",
    503,
    "<HTML><HEAD><TITLE>Service Unavailable</TITLE></HEAD><BODY><h2>Service Unavailable</h2><hr><p>HTTP Error 503. The service is unavailable.</p></BODY></HTML>",
  ],
  [
    "iis-invalid-hostname",
    "not_found",
    400,
    "<HTML><HEAD><TITLE>Bad Request</TITLE></HEAD><BODY><h2>Bad Request - Invalid Hostname</h2></BODY></HTML>",
  ],
  [
    "haproxy-504",
    "timeout",
    504,
    "<html><body><h1>504 Gateway Time-out</h1>\nThe server didn't respond in time.\n</body></html>",
  ],
  [
    "haproxy-429",
    "rate_limited",
    429,
    "<html><body><h1>429 Too Many Requests</h1>\nYou have sent too many requests in a given amount of time.\n</body></html>",
  ],
  [
    "openshift-application-not-available",
    "gateway",
    503,
    page(
      "Application is not available",
      "The application is currently not serving requests at this endpoint. It may not have been started or is still starting.",
    ),
  ],
  ["envoy-reset-connection-timeout", "timeout", 503, `${REFUSED} connection timeout`],
  ["envoy-reset-overflow", "circuit_open", 503, `${REFUSED} overflow`],
  [
    "envoy-reset-connection-failure-tls",
    "tls",
    503,
    `${REFUSED} remote connection failure, transport failure reason: TLS_error:|268435703:SSL routines`,
  ],
  ["envoy-jwt-is-expired", "auth", 401, "Jwt is expired"],
  ["traefik-no-available-server", "gateway", 503, "no available server\n"],
  [
    "kong-the-upstream-server-is-timing-out",
    "timeout",
    504,
    { message: "The upstream server is timing out", request_id: "1" },
  ],
  ["kong-no-route", "not_found", 404, { message: "no Route matched with those values" }],
  [
    "tyk-there-was-a-problem-proxying-the-request",
    "gateway",
    500,
    { error: "There was a problem proxying the request" },
  ],
  ["apisix-no-route", "not_found", 404, { error_msg: "404 Route Not Found" }],
  [
    "apigee-policies-ratelimit-quotaviolation",
    "platform_quota_or_sleep",
    429,
    {
      fault: { faultstring: "Rate limit quota violation.", detail: { errorcode: "policies.ratelimit.QuotaViolation" } },
    },
  ],
  [
    "heroku-h14",
    "platform_quota_or_sleep",
    503,
    `at=error code=H14 desc="No web processes running" method=POST path="/in" host=a.test`,
  ],
  [
    "heroku-no-such-app",
    "not_found",
    404,
    `<html><head><title>No such app</title></head><body><iframe src="//www.herokucdn.com/error-pages/no-such-app.html"></iframe></body></html>`,
  ],
  ["render-suspended", "platform_quota_or_sleep", 503, "", { "x-render-routing": "suspend-by-user" }],
  [
    "railway-failed-to-respond",
    "gateway",
    502,
    { status: "error", code: 502, message: "Application failed to respond", request_id: "1" },
  ],
  [
    "vercel-deployment-paused",
    "platform_quota_or_sleep",
    503,
    "This deployment is temporarily paused\n\nDEPLOYMENT_PAUSED\n\nfra1::abc-1-2\n",
  ],
  [
    "vercel-edge-function-invocation-timeout",
    "timeout",
    504,
    "An error occurred\n\nEDGE_FUNCTION_INVOCATION_TIMEOUT\n",
  ],
  ["netlify-site-not-found", "not_found", 404, "Not Found - Request ID: 01ABCDEF"],
  ["github-pages-not-found", "not_found", 404, page("Site not found", "There isn't a GitHub Pages site here.")],
  ["supabase-jwt-invalid-jwt", "auth", 401, { code: 401, message: "Invalid JWT" }],
  [
    "hosting-account-suspended",
    "platform_quota_or_sleep",
    403,
    page("Account Suspended", "This Account has been suspended."),
  ],
  ["ngrok-727", "platform_quota_or_sleep", 402, "You have hit your HTTP request limit.\n\nERR_NGROK_727\n"],
  ["ngrok-9999", "gateway", 502, "", { "Ngrok-Error-Code": "ERR_NGROK_9999" }],
  ["localtunnel-unavailable", "gateway", 503, "503 - Tunnel Unavailable"],
];
