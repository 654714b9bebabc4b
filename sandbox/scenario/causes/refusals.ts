import { answered, html, json, paused, type ScenarioCause, text } from "./cause.ts";

/** Causes where the receiver understood that it was asked, and said no. */
export const REFUSAL_CAUSES: readonly ScenarioCause[] = [
  {
    name: "jwt-expired-401",
    category: "auth",
    course: [answered("terminated", 401)],
    response: json(
      `{"error":"invalid_token","error_description":"The access token expired at {{iso:-5400}}","trace_id":"{{hex:32}}"}`,
      [["WWW-Authenticate", `Bearer error="invalid_token", error_description="The access token expired"`]],
    ),
  },
  {
    name: "signature-mismatch-401",
    category: "auth",
    course: [answered("terminated", 401)],
    response: json(
      `{"message":"webhook signature does not match","timestamp":{{unix:0}},"received":"{{alnum:43}}=","requestId":"{{uuid}}"}`,
      [["X-Request-Id", "{{uuid}}"]],
    ),
  },
  {
    name: "scope-missing-403",
    category: "auth",
    course: [answered("terminated", 403)],
    response: json(
      `{"code":"insufficient_scope","message":"Client svc-zendesk-{{int:100-999}} lacks the scope directory.users:write","correlationId":"{{uuid}}"}`,
    ),
  },
  {
    name: "express-404-route-gone",
    category: "not_found",
    course: [answered("terminated", 404)],
    response: html(
      `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot POST {{path}}</pre>\n</body>\n</html>\n`,
      [["X-Powered-By", "Express"]],
    ),
  },
  {
    name: "project-deleted-404",
    category: "not_found",
    course: [answered("terminated", 404)],
    response: json(`{"errorMessages":["No project could be found with key 'SUP{{int:1-9}}'."],"errors":{}}`, [
      ["X-AREQUESTID", "{{int:100-999}}x{{int:100000-999999}}x{{int:1-9@tail}}"],
      ["X-AUSERNAME", "{{email}}"],
    ]),
  },
  {
    name: "endpoint-410-gone",
    category: "gone_or_moved",
    course: [answered("terminated", 410)],
    response: json(`{"error":"gone","message":"API version 1 was switched off. Use /v2.","ref":"{{alnum:10}}"}`, [
      ["Sunset", "Sat, 31 Oct 2026 23:59:59 GMT"],
    ]),
  },
  {
    name: "method-405",
    category: "bad_request",
    course: [answered("terminated", 405)],
    response: json(`{"detail":"Method \\"POST\\" not allowed."}`, [["Allow", "GET, PUT, HEAD, OPTIONS"]]),
  },
  {
    name: "content-type-415",
    category: "bad_request",
    course: [answered("terminated", 415)],
    response: json(
      `{"timestamp":"{{iso:0}}","status":415,"error":"Unsupported Media Type","message":"Content-Type 'application/json;charset=utf-8' is not supported","path":"{{path}}"}`,
    ),
  },
  {
    name: "field-422-assignee",
    category: "bad_request",
    course: [answered("terminated", 422)],
    response: json(
      `{"message":"The issue was not made","errors":[{"field":"assignee","reason":"cannot be assigned issues of this project","value":"{{email}}"}],"request_id":"{{hex:20}}"}`,
    ),
  },
  {
    name: "field-422-due-date",
    category: "bad_request",
    course: [answered("terminated", 422)],
    response: json(
      `{"message":"The issue was not made","errors":[{"field":"due_date","reason":"must not be in the past","value":"{{iso:-86400}}"}],"request_id":"{{hex:20}}"}`,
    ),
  },
  {
    name: "schema-400",
    category: "bad_request",
    course: [answered("client error", 400)],
    response: json(
      `{"type":"about:blank","title":"Bad Request","status":400,"detail":"/ticket/requester/locale must be string","instance":"urn:uuid:{{uuid}}"}`,
      [],
      "application/problem+json",
    ),
  },
  {
    name: "rate-limited-429",
    category: "rate_limited",
    course: [answered("client error", 429)],
    response: json(`{"ok":false,"error":"ratelimited","retry_after":{{int:90-600}}}`, [
      ["Retry-After", "{{int:90-600}}"],
      ["X-RateLimit-Remaining", "0"],
    ]),
  },
  {
    name: "quota-429-retried",
    category: "rate_limited",
    course: [
      answered("client error", 429),
      paused(answered("client error", 429), 30),
      paused(answered("terminated", 429), 30),
    ],
    response: text("Quota of 600 requests per minute used up for tenant {{digits:6}}; next slot {{iso:30}}\n", [
      ["Retry-After", "30"],
    ]),
  },
  {
    name: "redirect-308",
    category: "gone_or_moved",
    course: [answered("terminated", 308)],
    response: html(`<a href="https://www.{{host}}{{path}}">Permanent Redirect</a>.\n`, [
      ["Location", "https://www.{{host}}{{path}}"],
      ["X-Request-Id", "{{uuid}}"],
    ]),
  },
  {
    name: "conflict-409-retried",
    category: "bad_request",
    course: [
      answered("client error", 409),
      paused(answered("client error", 409), 5),
      paused(answered("client error", 409), 20),
      paused(answered("terminated", 409), 60),
    ],
    response: json(
      `{"error":"conflict","message":"Record {{digits:7}} was changed by {{email}} at {{iso:-2}}","etag":"W/\\"{{hex:10}}\\""}`,
    ),
  },
];
