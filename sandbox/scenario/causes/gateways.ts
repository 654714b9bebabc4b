import { answered, html, json, type ResponseTemplate, type ScenarioCause, text } from "./cause.ts";

/** Causes that an edge, a proxy or a hosting platform in front of the receiver answers for. */
export const GATEWAY_CAUSES: readonly ScenarioCause[] = [
  {
    name: "cloudflare-522-origin-silent",
    category: "connect",
    course: [answered("server error", 522)],
    response: cloudflare("522", "Connection timed out", "The origin did not complete the TCP handshake in time."),
  },
  {
    name: "cloudflare-521-origin-refuses",
    category: "connect",
    course: [answered("server error", 521)],
    response: cloudflare("521", "Web server is down", "The origin refused the connection from the edge."),
  },
  {
    name: "cloudflare-524-origin-slow",
    category: "timeout",
    course: [answered("server error", 524)],
    response: cloudflare("524", "A timeout occurred", "The origin took the request but sent no answer in time."),
  },
  {
    name: "cloudflare-525-handshake",
    category: "tls",
    course: [answered("server error", 525)],
    response: cloudflare("525", "SSL handshake failed", "The edge and the origin agreed on no cipher."),
  },
  {
    name: "nginx-502-upstream-gone",
    category: "gateway",
    course: [answered("server error", 502)],
    response: nginx("502 Bad Gateway"),
  },
  {
    name: "cloudflare-502-tunnel",
    category: "gateway",
    course: [answered("server error", 502)],
    response: cloudflare("502", "Bad gateway", "The tunnel has no healthy connector to the origin."),
  },
  {
    name: "nginx-504-upstream-slow",
    category: "timeout",
    course: [answered("server error", 504)],
    response: nginx("504 Gateway Time-out"),
  },
  {
    name: "kong-503-no-peer",
    category: "gateway",
    course: [answered("server error", 503)],
    response: json(`{"message":"no healthy peer left in the balancer","request_id":"{{hex:32}}"}`, [
      ["Server", "kong/3.7.1"],
      ["X-Kong-Request-Id", "{{hex:32}}"],
      ["X-Kong-Response-Latency", "{{int:0-9}}"],
    ]),
  },
  {
    name: "envoy-503-connect-failure",
    category: "connect",
    course: [answered("server error", 503)],
    response: text(
      "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: delayed connect error: 111",
      [
        ["server", "istio-envoy"],
        ["x-envoy-upstream-service-time", "{{int:1-40}}"],
        ["x-request-id", "{{uuid}}"],
      ],
    ),
  },
  {
    name: "alb-503-no-targets",
    category: "gateway",
    course: [answered("server error", 503)],
    response: html(
      "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n",
      [
        ["Server", "awselb/2.0"],
        ["X-Amzn-Trace-Id", "Root=1-{{hex:8}}-{{hex:24}}"],
      ],
      "text/html",
    ),
  },
  {
    name: "heroku-503-app-crashed",
    category: "server_error",
    course: [answered("server error", 503)],
    response: html(
      `<!DOCTYPE html><html><head><title>Application error</title></head><body><iframe src="//www.herokucdn.example/error-pages/application-error.html?id={{uuid}}"></iframe></body></html>`,
      [
        ["Server", "heroku-router"],
        ["X-Heroku-Error", "code=H10 desc=&quot;App crashed&quot; dyno=web.{{int:1-4}} request_id={{uuid}}"],
      ],
    ),
  },
  {
    name: "platform-503-suspended",
    category: "platform_quota_or_sleep",
    course: [answered("server error", 503)],
    response: text(
      "This service was suspended: the monthly instance hours of workspace {{host}} are used up. Ref {{alnum:12}}.",
      [
        ["X-Render-Routing", "suspended"],
        ["Rndr-Id", "{{hex:8}}-{{hex:4}}"],
      ],
    ),
  },
  {
    name: "cloudflare-waf-403",
    category: "blocked",
    course: [answered("terminated", 403)],
    response: html(
      `<!DOCTYPE html><html lang="en-US"><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1><p>You are unable to access {{host}}. A security rule was triggered by the submitted data.</p><p>Cloudflare Ray ID: <strong>{{hex:16}}</strong> &bull; Your IP: {{ip}}</p></body></html>`,
      [
        ["Server", "cloudflare"],
        ["CF-RAY", "{{hex:16}}-FRA"],
      ],
    ),
  },
  {
    name: "akamai-403-denied",
    category: "blocked",
    course: [answered("terminated", 403)],
    response: html(
      `<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access "{{endpoint}}" on this server.<P>Reference #18.{{hex:8}}.{{unix:0}}.{{hex:8@tail}}</BODY></HTML>`,
      [["Server", "AkamaiGHost"]],
    ),
  },
  {
    name: "tunnel-404-offline",
    category: "platform_quota_or_sleep",
    course: [answered("terminated", 404)],
    response: html(
      `<!DOCTYPE html><html><head><title>ngrok</title></head><body><p>The endpoint {{host}} is offline.</p><p>ERR_NGROK_3200</p><!-- req {{hex:20}} --></body></html>`,
      [["Ngrok-Error-Code", "ERR_NGROK_3200"]],
    ),
  },
  {
    name: "nginx-413-body-too-large",
    category: "payload_too_large",
    course: [answered("terminated", 413)],
    response: nginx("413 Request Entity Too Large"),
  },
];

function nginx(title: string): ResponseTemplate {
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.25.4</center>\r\n</body>\r\n</html>\r\n`;
  return html(body, [["Server", "nginx/1.25.4"]], "text/html");
}

function cloudflare(code: string, title: string, what: string): ResponseTemplate {
  const body = `<!DOCTYPE html><html lang="en-US"><head><title>{{host}} | ${code}: ${title}</title></head><body><h1>${title} <span>Error code ${code}</span></h1><p>{{logDate}} UTC</p><p>${what}</p><p>Cloudflare Ray ID: <strong>{{hex:16}}</strong></p></body></html>`;
  return html(body, [
    ["Server", "cloudflare"],
    ["CF-RAY", "{{hex:16}}-{{pick:FRA|AMS|IAD|SIN}}"],
    ["Cache-Control", "no-store"],
  ]);
}
