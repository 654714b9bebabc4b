import { firstOf, matched, statusCode, valuesOf } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { platform } from "../rule.ts";

/** Platforms for small apps, and hosts of sites. */
export const SMALL_HOSTS = [
  ...platform("Replit", "https://docs.replit.com/", [
    {
      id: "replit-asleep",
      when: {
        text: [
          "run this app to see the results here",
          "this app isn't live yet",
          "run this repl to see the results here",
          "this repl is asleep",
          "hmm... we couldn't reach this app",
        ],
      },
      told: [
        "platform_quota_or_sleep",
        "Replit: the app does not run",
        "Publish the app of {receiver} as a deployment; a workspace sleeps",
      ],
    },
  ]),
  ...platform("Glitch", "https://help.glitch.com/", [
    {
      id: "glitch-asleep",
      when: { text: ["glitch.com"], codes: [403, 404, 410, 502, 503] },
      told: [
        "gone_or_moved",
        "Glitch: the project does not run any more",
        "Move the app of {receiver} to another host; Glitch ended hosting in 2025",
      ],
    },
  ]),
  ...platform("PythonAnywhere", "https://help.pythonanywhere.com/pages/", [
    {
      id: "pythonanywhere",
      when: { text: ["pythonanywhere"] },
      keep: firstOf(matched(/(coming soon|something went wrong|unhandled exception|disabled)/i), statusCode),
      told: ["server_error", "PythonAnywhere: {1}", "Read the error log of the web app at {receiver}"],
    },
  ]),
  ...platform("Supabase", "https://supabase.com/docs/guides/functions/status-codes", [
    {
      id: "supabase-jwt",
      when: [
        {
          fields: {
            message: ["missing authorization header", "invalid jwt", "error: missing authorization header"],
            code: ["401", "unauthorized_no_auth_header", "unauthorized_invalid_jwt_format"],
          },
        },
        { fields: { "/msg": ["error: missing authorization header", "error: invalid jwt"] } },
      ],
      keep: (seen) => valuesOf("message", "msg")(seen)?.map((words) => words.replace(/^Error: /, "")),
      told: [
        "auth",
        "Supabase function 401: {1}",
        "Deploy the function of {receiver} with --no-verify-jwt, or give {webhook} the anon key as a bearer token",
      ],
    },
    {
      id: "supabase",
      when: {
        fields: {
          "/code": ["worker_limit", "boot_error", "worker_error", "worker_resource_limit"],
          message: true,
        },
      },
      keep: valuesOf("code"),
      told: ["server_error", "Supabase function: {1}", "Read the function's log of {receiver} in Supabase"],
    },
    {
      id: "supabase-no-api-key",
      when: { fields: { message: ["no api key found in request", "invalid api key"], hint: true } },
      keep: valuesOf("message"),
      told: ["auth", "Supabase: {1}", "Put the project's API key into the apikey header of {webhook}"],
    },
    {
      id: "supabase-paused",
      when: { text: ["project paused", "this project has been paused"] },
      told: [
        "platform_quota_or_sleep",
        "Supabase: the project is paused",
        "Restore the project of {receiver} in Supabase's dashboard",
      ],
    },
  ]),
  ...platform("DigitalOcean", "https://docs.digitalocean.com/products/app-platform/", [
    {
      id: "digitalocean-app",
      when: [
        { headers: { "x-do-orig-status": true } },
        { text: ["via_upstream", "no_healthy_upstream"], alsoText: ["app platform"] },
      ],
      keep: statusCode,
      known: pages("DigitalOcean App Platform"),
      told: otherPage("DigitalOcean App Platform"),
    },
  ]),
  ...platform("Koyeb", "https://www.koyeb.com/docs/", [
    {
      id: "koyeb-no-active-service",
      when: { text: ["no active service"], notText: ["slack"] },
      told: ["platform_quota_or_sleep", "Koyeb: no active service here", "Resume the service of {receiver} in Koyeb"],
    },
  ]),
  ...platform("cPanel", "https://docs.cpanel.net/", [
    {
      id: "hosting-account-suspended",
      when: {
        text: [
          "account suspended",
          "this account has been suspended",
          "account has been suspended. contact your hosting provider",
        ],
        kind: "html",
      },
      told: [
        "platform_quota_or_sleep",
        "The hosting account is suspended",
        "Ask the host of {receiver} why: mostly billing or use of resources",
      ],
    },
    {
      id: "hosting-bandwidth-exceeded",
      when: { text: ["bandwidth limit exceeded"], codes: [509, 503] },
      told: [
        "platform_quota_or_sleep",
        "The hosting account is over its bandwidth",
        "Raise the bandwidth of {receiver}'s hosting plan",
      ],
    },
    {
      id: "hosting-resource-limit",
      when: { text: ["resource limit is reached"] },
      told: [
        "platform_quota_or_sleep",
        "The hosting account is over its resource limit",
        "Raise the limits (CPU, entry processes) of {receiver}'s hosting plan",
      ],
    },
    {
      id: "hosting-default-page",
      when: { text: ["sorry! if you are the owner of this website, please contact your hosting provider"] },
      told: [
        "not_found",
        "cPanel: this host serves no such site",
        "Add {receiver} to the hosting account and point its DNS record there",
      ],
    },
  ]),
  ...platform("Shopify store", "https://shopify.dev/", [
    {
      id: "shopify-store-unavailable",
      when: {
        text: ["this store is unavailable", "this shop is unavailable", "sorry, this shop is currently unavailable"],
      },
      told: [
        "gone_or_moved",
        "Shopify: the store is closed",
        "Ask the owner of {receiver} for the new address, or delete {webhook}",
      ],
    },
  ]),
  ...platform("WP Engine", "https://wpengine.com/support/", [
    {
      id: "wp-engine-not-found",
      when: { text: ["the site you were looking for couldn't be found"] },
      told: [
        "not_found",
        "WP Engine: no site of this name",
        "Add {receiver} to the domains of its WP Engine environment",
      ],
    },
  ]),
  ...platform("Pantheon", "https://docs.pantheon.io/", [
    {
      id: "pantheon-unknown-site",
      when: { text: ["404 - unknown site", "the gods are wise, but do not know of the site which you seek"] },
      told: ["not_found", "Pantheon: no site of this name", "Connect {receiver} to its Pantheon environment"],
    },
  ]),
  ...platform("Hugging Face Spaces", "https://huggingface.co/docs/hub/spaces-overview", [
    {
      id: "hugging-face-space",
      when: { text: ["your space is in error", "this space is sleeping", "space is paused"] },
      told: ["platform_quota_or_sleep", "Hugging Face: the space does not run", "Restart the space of {receiver}"],
    },
  ]),
];
