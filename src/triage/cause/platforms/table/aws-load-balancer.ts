import { matched, statusCode } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { type Keeper, platform } from "../rule.ts";
import { isWholeWithoutName } from "./nginx.ts";

const albCode: Keeper = (seen) => {
  const server = seen.headers.get("server") ?? "";
  const isAnothers = server !== "" && !/^(?:awselb|cloudflare|cloudfront)/i.test(server);
  const isNamed = seen.lowerText.includes("awselb") || server.startsWith("awselb");
  return isNamed || (!isAnothers && isWholeWithoutName(seen.lowerRaw)) ? albPage(seen) : undefined;
};

/** nginx's page without nginx's name. */
const albPage = matched(/^(\d{3}) [^\n]{3,60}(?:\n\d{3} [^\n]{3,60})?(?:\nawselb\/[\d.]{1,8})?$/i);

const ALB_PAGES = [
  "400 bad request",
  "403 forbidden",
  "405 not allowed",
  "413 request entity too large",
  "500 internal server error",
  "502 bad gateway",
  "503 service temporarily unavailable",
  "504 gateway time-out",
];

export const AWS_LOAD_BALANCER = platform(
  "AWS load balancer",
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
  [
    {
      id: "alb",
      when: [
        { headers: { server: "awselb" }, kind: "html" },
        { text: ["awselb"] },
        {
          is: ALB_PAGES,
          raw: ["<center><h1>"],
          notHeaders: ["x-amzn-requestid", "x-azure-ref", "x-served-by", "x-render-origin-server"],
        },
      ],
      keep: albCode,
      known: pages("AWS load balancer", {
        "403": [
          "blocked",
          "AWS load balancer 403: AWS WAF blocked the request",
          "Find the rule in the AWS WAF log of {receiver}'s web ACL and let {provider}'s addresses pass",
        ],
        "502": [
          "gateway",
          "AWS load balancer 502: the target gave no proper answer",
          "See whether the targets of {receiver} crash or close connections sooner than the load balancer's idle timeout",
        ],
        "503": [
          "gateway",
          "AWS load balancer 503: the target group has no healthy target",
          "Register healthy targets in the target group of {receiver}",
        ],
        "504": [
          "timeout",
          "AWS load balancer 504: the target took too long",
          "Find what is slow behind {receiver}, raise the idle timeout, or open the target's security group",
        ],
        "561": [
          "auth",
          "AWS load balancer 561: the identity provider refused",
          "Except the webhook's path from authentication in the listener rules of {receiver}",
        ],
      }),
      told: otherPage("AWS load balancer"),
    },
    {
      id: "alb",
      when: { headers: { server: "awselb" }, kind: "none" },
      keep: statusCode,
      known: pages("AWS load balancer"),
      told: otherPage("AWS load balancer"),
    },
  ],
);
