import { matched, statusCode, valuesOf } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { platform } from "../rule.ts";

/** Platforms that run apps. */
export const HOSTS = [
  ...platform("Render", "https://render.com/docs/troubleshooting-deploys", [
    {
      id: "render-no-server",
      when: { headers: { "x-render-routing": "no-server" } },
      told: [
        "not_found",
        "Render: there is no such service",
        "Check whether the service of {receiver} was deleted or renamed",
      ],
    },
    {
      id: "render-suspended",
      when: [
        { headers: { "x-render-routing": "suspend" } },
        { text: ["this service has been suspended", "service suspended"] },
      ],
      told: [
        "platform_quota_or_sleep",
        "Render: the service is suspended",
        "Resume the service of {receiver} in Render, and see its billing",
      ],
    },
    {
      id: "render-hibernating",
      when: { headers: { "x-render-routing": "hibernat" } },
      told: [
        "platform_quota_or_sleep",
        "Render: the free service sleeps",
        "Move the service of {receiver} to a paid plan, or keep it awake",
      ],
    },
    {
      id: "render-waking",
      when: { text: ["service waking up", "render.com incoming http request detected"] },
      told: [
        "platform_quota_or_sleep",
        "Render: the free service is waking up",
        "Move the service of {receiver} to a paid plan, or keep it awake",
      ],
    },
    {
      id: "render",
      when: { headers: { "x-render-routing": true } },
      keep: ({ headers }) => [headers.get("x-render-routing")?.slice(0, 40) ?? ""],
      told: ["gateway", "Render: {1}", "Read the log of the service of {receiver} in Render"],
    },
  ]),
  ...platform("Railway", "https://docs.railway.com/reference/errors", [
    {
      id: "railway-failed-to-respond",
      when: [{ text: ["application failed to respond"] }],
      told: [
        "gateway",
        "Railway 502: the app did not respond",
        "Let the app of {receiver} listen on 0.0.0.0 and the port in PORT, and read its deploy log",
      ],
    },
    {
      id: "railway-not-found",
      when: [
        { text: ["the train has not arrived at the station"] },
        { fields: { message: "application not found", status: "error" } },
      ],
      told: [
        "not_found",
        "Railway 404: no app at this domain",
        "Check the domain of {receiver} in Railway's networking settings and that the app is deployed",
      ],
    },
    {
      id: "railway",
      when: { headers: { "x-railway-fallback": "true" } },
      keep: statusCode,
      known: pages("Railway"),
      told: otherPage("Railway"),
    },
  ]),
  ...platform("Netlify", "https://docs.netlify.com/manage/domains/troubleshooting-tips/", [
    {
      id: "netlify-site-not-found",
      when: [
        {
          text: ["not found - request id", "site not found"],
          codes: [404],
          notText: ["firebase", "github pages", "bubble"],
        },
      ],
      keep: ({ lowerText }) => (/not found - request id|netlify/.test(lowerText) ? [] : undefined),
      told: [
        "not_found",
        "Netlify: there is no such site",
        "Check whether the site of {receiver} was deleted or its domain removed",
      ],
    },
    {
      id: "netlify-page-not-found",
      when: { text: ["looks like you've followed a broken link or entered a url that doesn't exist on this site"] },
      told: [
        "not_found",
        "Netlify 404: there is nothing at this path",
        "Compare the path of {webhook}'s endpoint URL with the functions of {receiver}",
      ],
    },
    {
      id: "netlify-usage-exceeded",
      when: { text: ["usage exceeded", "usage_exceeded"], codes: [503, 402, 429] },
      told: [
        "platform_quota_or_sleep",
        "Netlify: the team's usage is used up",
        "See the billing of {receiver}'s Netlify team",
      ],
    },
    {
      id: "netlify-function-failed",
      when: { fields: { errorType: true, errorMessage: true }, headers: { server: "netlify" } },
      keep: valuesOf("errorType"),
      told: ["server_error", "Netlify: the function threw {1}", "Read the function's log of {receiver} in Netlify"],
    },
    {
      id: "netlify-edge-function-failed",
      when: { text: ["the edge function has crashed", "uncaught exception during edge function invocation"] },
      told: [
        "server_error",
        "Netlify: the edge function crashed",
        "Read the edge function's log of {receiver} in Netlify",
      ],
    },
  ]),
  ...platform("Fly.io", "https://fly.io/docs/getting-started/troubleshooting/", [
    {
      id: "fly",
      when: { headers: { server: "fly/", "fly-request-id": true }, kind: "none", codes: [502, 503] },
      keep: statusCode,
      known: pages("Fly.io proxy"),
      told: otherPage("Fly.io proxy"),
    },
  ]),
  ...platform("GitHub Pages", "https://docs.github.com/pages/getting-started-with-github-pages", [
    {
      id: "github-pages-not-found",
      when: { text: ["there isn't a github pages site here"] },
      told: ["not_found", "GitHub Pages: there is no site here", "Check the site and custom domain of {receiver}"],
    },
    {
      id: "github-pages-405",
      when: { codes: [405], headers: { server: "github.com" }, kind: "html" },
      told: [
        "bad_request",
        "GitHub Pages 405: static pages take no posts",
        "Point {webhook} to an app that takes posts, in place of {receiver}",
      ],
    },
  ]),
  ...platform("Deno Deploy", "https://docs.deno.com/deploy/", [
    {
      id: "deno",
      when: {
        text: [
          "deployment_failed",
          "deployment_not_found",
          "time_limit",
          "memory_limit",
          "boot_failure",
          "isolate_internal_failure",
        ],
        codes: [404, 500, 502, 503, 504, 546],
        notText: ["vercel"],
      },
      keep: matched(/\b(DEPLOYMENT_FAILED|TIME_LIMIT|MEMORY_LIMIT|BOOT_FAILURE|ISOLATE_INTERNAL_FAILURE)\b/i),
      told: ["server_error", "Deno Deploy: {1}", "Read the deployment's log of {receiver}"],
    },
    {
      id: "deno-not-found",
      when: { text: ["the requested deployment does not exist", "the deployment you are looking for does not exist"] },
      told: [
        "not_found",
        "Deno Deploy: there is no such deployment",
        "Use the production URL of {receiver} in {webhook}",
      ],
    },
  ]),
];
