import { answered, html, json, paused, type ScenarioCause, text } from "./cause.ts";

/** Causes where the receiver's own program broke. */
export const APPLICATION_CAUSES: readonly ScenarioCause[] = [
  {
    name: "rails-500-nil-method",
    category: "server_error",
    course: [answered("server error", 500)],
    response: html(
      `<!DOCTYPE html>
<html lang="en"><head><title>Action Controller: Exception caught</title></head><body>
<h1>NoMethodError in Webhooks::ZendeskController#create</h1>
<h2>undefined method 'email' for nil</h2>
<pre>app/services/requester_lookup.rb:41:in 'RequesterLookup#call'
app/controllers/webhooks/zendesk_controller.rb:18:in 'Webhooks::ZendeskController#create'
actionpack (8.0.2) lib/action_controller/metal/basic_implicit_render.rb:8:in 'send_action'</pre>
<p>Request {{uuid}} from {{ip}}: {"requester":"{{email}}","session":"{{hex:32}}"}</p></body></html>`,
      [
        ["X-Request-Id", "{{uuid}}"],
        ["X-Runtime", "0.{{digits:6}}"],
      ],
    ),
  },
  {
    name: "rails-500-pool-exhausted",
    category: "server_error",
    course: [answered("server error", 500)],
    response: json(
      `{"status":500,"error":"Internal Server Error","exception":"#<ActiveRecord::ConnectionTimeoutError: could not obtain a connection from the pool within 5.000 seconds (waited 5.0{{int:10-99}} seconds); all pooled connections were in use>","traces":{"Application Trace":[{"id":{{int:0-9}},"trace":"app/models/account.rb:112:in 'Account.for_event'"}]}}`,
      [["X-Request-Id", "{{uuid}}"]],
    ),
  },
  {
    name: "django-500-integrity",
    category: "server_error",
    course: [answered("server error", 500)],
    response: html(
      `<!DOCTYPE html><html lang="en"><head><title>IntegrityError at {{path}}</title></head><body>
<h1>IntegrityError at {{path}}</h1>
<pre class="exception_value">duplicate key value violates unique constraint "employees_external_id_key"
DETAIL:  Key (external_id)=({{digits:9}}) already exists.</pre>
<table><tr><th>Exception Location:</th><td>/srv/app/onboarding/views.py, line 87, in receive</td></tr>
<tr><th>Server time:</th><td>{{logDate}} +0000</td></tr>
<tr><th>HTTP_AUTHORIZATION</th><td>Bearer {{jwt}}</td></tr></table></body></html>`,
      [["Server", "gunicorn"]],
    ),
  },
  {
    name: "express-500-undefined-property",
    category: "server_error",
    course: [answered("server error", 500)],
    response: html(
      `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Error</title></head><body>
<pre>TypeError: Cannot read properties of undefined (reading &#39;channel&#39;)<br> &nbsp; &nbsp;at routeAlert (/usr/src/app/dist/route-alert.js:52:31)<br> &nbsp; &nbsp;at async /usr/src/app/dist/server.js:88:5<br> &nbsp; &nbsp;at processTicksAndRejections (node:internal/process/task_queues:105:5)</pre>
</body></html>
`,
      [
        ["X-Powered-By", "Express"],
        ["ETag", `W/"{{hex:4}}-{{alnum:27}}"`],
      ],
    ),
  },
  {
    name: "spring-500-deadlock",
    category: "server_error",
    course: [answered("server error", 500)],
    response: json(
      `{"timestamp":"{{iso:0}}","status":500,"error":"Internal Server Error","message":"could not execute batch; SQL [update invoice set state=? where id={{digits:8}}]; deadlock detected: process {{digits:5}} waits for ShareLock","path":"{{path}}"}`,
    ),
  },
  {
    name: "php-500-memory",
    category: "server_error",
    course: [answered("server error", 500)],
    response: html(
      `<br />\n<b>Fatal error</b>:  Allowed memory size of 134217728 bytes exhausted (tried to allocate {{int:10000-99999}} bytes) in <b>/var/www/html/inc/export.php</b> on line <b>214</b><br />\n`,
      [["X-Powered-By", "PHP/8.3.6"]],
    ),
  },
  {
    name: "lambda-502-task-timeout",
    category: "gateway",
    course: [answered("server error", 502)],
    response: json(`{"message": "Internal server error"}`, [
      ["x-amzn-RequestId", "{{uuid}}"],
      ["x-amzn-ErrorType", "InternalServerErrorException"],
      ["x-amz-apigw-id", "{{alnum:15}}="],
    ]),
  },
  {
    name: "maintenance-503-retried",
    category: "server_error",
    course: [
      answered("server error", 503),
      paused(answered("server error", 503), 45),
      paused(answered("server error", 503), 45),
    ],
    response: json(`{"status":"maintenance","until":"{{iso:2700}}","incident":"MNT-{{digits:4}}"}`, [
      ["Retry-After", "45"],
    ]),
  },
  {
    name: "recovers-503-then-200",
    category: "server_error",
    course: [answered("server error", 503), paused(answered("success", 200), 20)],
    response: text("worker restarting, try again\n", [["Retry-After", "20"]]),
  },
];
