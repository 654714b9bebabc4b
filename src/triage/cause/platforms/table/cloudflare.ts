import { matched, statusCode } from "../keep.ts";
import { platform, type Told } from "../rule.ts";
import { ALLOW, KNOWN, OTHER } from "./cloudflare-codes.ts";

const CODES = "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/";

const ORIGIN = "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/";

const CHALLENGE: Told = [
  "blocked",
  "Cloudflare asks the sender to prove it is a browser",
  "Let {provider}'s addresses skip the challenge: a WAF custom rule with the action Skip for the webhook's path at {receiver}",
];

/** What the web server at the origin says in the same page. */
const OF_ORIGIN = [
  "no required ssl certificate was sent",
  "the plain http request was sent to https port",
  "the ssl certificate error",
];

export const CLOUDFLARE = platform("Cloudflare", ORIGIN, [
  {
    id: "cloudflare-challenge",
    source: "https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/",
    when: [
      { headers: { "cf-mitigated": "challenge" } },
      {
        raw: ["_cf_chl_opt", "/cdn-cgi/challenge-platform/h/"],
        text: ["just a moment", "enable javascript and cookies to continue"],
      },
      {
        text: [
          "checking your browser before accessing",
          "enable javascript and cookies to continue",
          "performance & security by cloudflare just a moment",
        ],
        notText: ["sucuri"],
      },
      { text: ["just a moment..."], kind: "html", codes: [403, 429, 503] },
    ],
    told: CHALLENGE,
  },
  {
    id: "cloudflare",
    source: CODES,
    when: { text: ["error code", "http error"], notText: ["ray id"] },
    keep: matched(/^(?:(?:http )?error code:? {0,2}(1\d{3}|5[0-3]\d)|[a-z ]{5,60} error code:? (52\d))\W{0,3}$/i),
    known: KNOWN,
    told: OTHER,
  },
  {
    id: "cloudflare",
    source: CODES,
    when: [{ text: ["ray id", "cloudflare", "argo tunnel error"] }, { raw: ["cf-error-details", "cf_styles-css"] }],
    keep: matched(/\berror {0,2}(?:code)?:?\s{0,2}(1[0-3]\d{2})\b/i),
    known: KNOWN,
    told: OTHER,
  },
  {
    id: "cloudflare-waf-block",
    source: "https://developers.cloudflare.com/waf/troubleshooting/faq/",
    when: [
      { text: ["attention required"], alsoText: ["cloudflare"] },
      { text: ["sorry, you have been blocked"], alsoText: ["cloudflare"] },
      { text: ["this website is using a security service to protect itself from online attacks"] },
    ],
    told: ["blocked", "Cloudflare's firewall blocked the request", ALLOW],
  },
  {
    id: "cloudflare",
    when: { text: ["cloudflare", "ray id"] },
    keep: matched(/(?:\| |error code:? {0,2}|^error {0,2}|\nerror {0,2})(5[0-3]\d)\b/i),
    known: KNOWN,
    told: OTHER,
  },
  {
    id: "cloudflare",
    source: ORIGIN,
    when: { kind: "html", text: ["bad gateway", "service unavailable", "gateway time-out", "internal server error"] },
    keep: matched(/^[\w.:-]{3,200} \| (50[0-4]): [A-Z]/),
    known: KNOWN,
    told: OTHER,
  },
  {
    id: "cloudflare",
    when: { text: ["cloudflare"], notText: ["ray id", ...OF_ORIGIN] },
    keep: matched(
      /^(\d{3}) [^\n]{3,80}\n(?:[^\n]{0,120}\n){0,2}cloudflare(?:-nginx)?$|^(\d{3}) (?:[A-Z][A-Za-z-]{1,16} ){1,5}(?:\d{3} (?:[A-Z][A-Za-z-]{1,16} ){1,5})?cloudflare$/i,
    ),
    known: {
      ...KNOWN,
      "400": [
        "bad_request",
        "Cloudflare 400: it refused the request as malformed",
        "Check the scheme, port and headers that {webhook} sends to {receiver}",
      ],
      "403": ["blocked", "Cloudflare 403: it forbids this request", ALLOW],
      "413": [
        "payload_too_large",
        "Cloudflare 413: the payload is larger than the plan allows",
        "Send smaller payloads, or take {receiver} off Cloudflare's proxy for the webhook's host",
      ],
    },
    told: [
      "bad_request",
      "Cloudflare {code}: it refused the request",
      "Look into Cloudflare's security events of {receiver} by the Ray ID",
    ],
  },
  {
    id: "cloudflare",
    when: [
      { codes: [520, 530], kind: "none", headers: { "cf-ray": true } },
      { codes: [520, 521, 522, 523, 524, 525, 526, 527], kind: "none" },
    ],
    keep: statusCode,
    known: KNOWN,
    told: OTHER,
  },
]);

/** Codes that are Cloudflare's own, whatever the page, whole or cut: after all who say more. */
export const CLOUDFLARE_OWN_CODES = platform("Cloudflare", ORIGIN, [
  {
    id: "cloudflare",
    when: [
      { codes: [520, 530], text: ["cloudflare", "error code", "web server is returning an unknown error"] },
      { codes: [521], text: ["web server is down", "cloudflare", "error code"] },
      { codes: [522], text: ["connection timed out", "cloudflare", "error code"] },
      { codes: [523], text: ["origin is unreachable", "cloudflare", "error code"] },
      { codes: [524], text: ["a timeout occurred", "cloudflare", "error code"] },
      { codes: [525], text: ["ssl handshake failed", "cloudflare", "error code"] },
      { codes: [526], text: ["invalid ssl certificate", "cloudflare", "error code"] },
    ],
    keep: statusCode,
    known: KNOWN,
    told: OTHER,
  },
]);
