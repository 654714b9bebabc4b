import { all, firstOf, matched, statusCode } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { type Keeper, platform, type Told } from "../rule.ts";

const SCHEME = "Use https and its port in {webhook}'s endpoint URL";
const CERTIFICATE =
  "Except the webhook's path from the client certificates that {receiver} asks for (ssl_verify_client), or give {provider} one";

/** What nginx says of TLS: pages of its kin and of Cloudflare say the same. */
const TLS_AT_NGINX: Record<string, Told> = {
  "plain-http-request-was-sent-to-https-port": ["tls", "Plain HTTP was sent to a port for HTTPS", SCHEME],
  "no-required-ssl-certificate-was-sent": [
    "tls",
    "The web server wants a client certificate and got none",
    CERTIFICATE,
  ],
  "the-ssl-certificate-error": ["tls", "The web server refused the client certificate", CERTIFICATE],
};

/** Its pages begin the same way whoever built them: the code in title and heading, then its name, unless it was cut off or hidden. */
const nginxPage = firstOf(
  matched(
    /^(\d{3}) [^\n]{3,80}(?:\n[^\n]{0,160}){0,3}\n(?:nginx|openresty|tengine|angie|freenginx)(?:\/[\w.]{1,20})?(?: \([\w .-]{1,30}\))?(?:\npowered by apisix[^\n]{0,20})?$/i,
  ),
  // Without its tags on one line.
  all(
    statusCode,
    matched(
      /^(?:\d{3} )?(?:[A-Z][A-Za-z-]{1,16} ?){1,5}(?:\d{3} (?:[A-Z][A-Za-z-]{1,16} ?){1,5})?(?:nginx|openresty)(?:\/[\w.]{1,20})?(?: \([\w .-]{1,30}\))?$/,
    ),
  ),
);

/** Its own pages end with its name; AWS load balancers took them over without. */
export function isWholeWithoutName(lowerRaw: string): boolean {
  return lowerRaw.includes("</body>") && !lowerRaw.includes("<hr>");
}

const nginxWithoutName: Keeper = ({ lowerRaw, headers }) => {
  const server = headers.get("server") ?? "";
  if (server !== "" && !/^(?:nginx|openresty|tengine|angie|cloudflare)/i.test(server)) return undefined;
  if (isWholeWithoutName(lowerRaw) && !/^(?:nginx|openresty|tengine|angie)/i.test(server)) return undefined;
  const [, code] =
    /^\s{0,4}<html>\s{1,4}<head><title>(\d{3}) [^<]{3,80}<\/title><\/head>\s{0,4}(?:<body|$)/.exec(lowerRaw) ?? [];
  return code === undefined ? undefined : [code];
};

const NGINX_PAGES = pages("nginx", {
  "413": [
    "payload_too_large",
    "nginx 413: the payload is larger than it allows",
    "Raise client_max_body_size at the nginx in front of {receiver}",
  ],
  "502": [
    "gateway",
    "nginx 502: the app behind it did not answer",
    "See whether the app that proxy_pass of {receiver}'s nginx points to runs; its error.log says connect() failed or the like",
  ],
  "504": [
    "timeout",
    "nginx 504: the app behind it took too long",
    "Find what is slow in the app behind {receiver}, or raise proxy_read_timeout of its nginx",
  ],
  "503": [
    "gateway",
    "nginx 503: it takes no requests now",
    "See whether limit_req, limit_conn or a maintenance page of {receiver}'s nginx answers, or no pod is ready behind its ingress",
  ],
});

/** As its source words them. */
const NGINX_TITLES = [
  "301 moved permanently",
  "302 found",
  "303 see other",
  "307 temporary redirect",
  "308 permanent redirect",
  "400 bad request",
  "401 authorization required",
  "403 forbidden",
  "404 not found",
  "405 not allowed",
  "408 request time-out",
  "410 gone",
  "413 request entity too large",
  "414 request-uri too large",
  "415 unsupported media type",
  "429 too many requests",
  "500 internal server error",
  "502 bad gateway",
  "503 service temporarily unavailable",
  "504 gateway time-out",
];

export const NGINX = platform(
  "nginx",
  "https://github.com/nginx/nginx/blob/master/src/http/ngx_http_special_response.c",
  [
    {
      id: "nginx-400",
      when: {
        text: [
          "the plain http request was sent to https port",
          "no required ssl certificate was sent",
          "the ssl certificate error",
        ],
        notText: ["apache"],
      },
      keep: matched(
        /(plain http request was sent to https port|no required ssl certificate was sent|the ssl certificate error)/i,
      ),
      known: TLS_AT_NGINX,
      told: ["tls", "The web server refused the TLS of the request", CERTIFICATE],
    },
    {
      id: "nginx-400-header-too-large",
      when: { text: ["request header or cookie too large"], codes: [400, 431, 494] },
      told: [
        "payload_too_large",
        "nginx 400: the headers are larger than it allows",
        "Raise large_client_header_buffers at the nginx in front of {receiver}",
      ],
    },
    {
      id: "nginx",
      when: { text: ["nginx", "openresty", "tengine", "angie", "freenginx"] },
      keep: nginxPage,
      known: NGINX_PAGES,
      told: otherPage("nginx"),
    },
    {
      id: "nginx",
      when: [{ text: NGINX_TITLES, raw: ["<head><title>"], notHeaders: ["x-amzn-requestid", "x-azure-ref"] }],
      keep: nginxWithoutName,
      known: NGINX_PAGES,
      told: otherPage("nginx"),
    },
    {
      id: "nginx-ingress-default-backend",
      source: "https://kubernetes.github.io/ingress-nginx/user-guide/default-backend/",
      when: { text: ["default backend - 404", "response 404 (backend notfound)"] },
      told: [
        "not_found",
        "The Kubernetes ingress has no rule for this host and path",
        "Add {receiver} and the webhook's path to an Ingress of the cluster",
      ],
    },
    {
      id: "nginx-error-page",
      source: "https://nginx.org/en/docs/",
      when: { text: ["the page you are looking for is temporarily unavailable"], codes: [500, 502, 503, 504] },
      keep: statusCode,
      known: NGINX_PAGES,
      told: otherPage("nginx"),
    },
  ],
);
