import { firstOf, matched, matchedInHeader } from "../keep.ts";
import { platform, type Told } from "../rule.ts";

const START = "Start the ngrok agent of {receiver}, or put its present address into {webhook}";

const NGROK_CODES: Record<string, Told> = {
  "3200": ["gateway", "ngrok 3200: the tunnel is offline", START],
  "3201": ["gateway", "ngrok 3201: the tunnel's session is gone", START],
  "3204": ["gateway", "ngrok 3204: the endpoint is offline", START],
  "3208": ["not_found", "ngrok 3208: there is no such endpoint", START],
  "3004": [
    "gateway",
    "ngrok 3004: the app gave no proper HTTP answer",
    "See whether the app behind the tunnel of {receiver} speaks HTTP and not HTTPS, or crashes",
  ],
  "8012": [
    "gateway",
    "ngrok 8012: the app behind the tunnel refused the connection",
    "Start the app at the port that the ngrok agent of {receiver} forwards to",
  ],
  "6022": [
    "auth",
    "ngrok 6022: the tunnel has no authtoken",
    "Add an authtoken to the ngrok agent of {receiver}: ngrok config add-authtoken",
  ],
  "6024": [
    "blocked",
    "ngrok 6024: it shows its warning page for browsers",
    "Send the header ngrok-skip-browser-warning, or move {receiver} to a paid plan",
  ],
  "727": [
    "platform_quota_or_sleep",
    "ngrok 727: the account's requests are used up",
    "Move the ngrok account of {receiver} to a larger plan, or wait for the next month",
  ],
  "725": [
    "platform_quota_or_sleep",
    "ngrok 725: the account's bandwidth is used up",
    "Move the ngrok account of {receiver} to a larger plan, or wait for the next month",
  ],
  "726": [
    "platform_quota_or_sleep",
    "ngrok 726: the account's bandwidth is used up",
    "Move the ngrok account of {receiver} to a larger plan",
  ],
  "734": [
    "rate_limited",
    "ngrok 734: too many requests a minute",
    "Spread the requests, or move the ngrok account of {receiver} to a larger plan",
  ],
  "702": [
    "rate_limited",
    "ngrok 702: too many connections a minute",
    "Spread the requests, or move the ngrok account of {receiver} to a larger plan",
  ],
  "3205": [
    "blocked",
    "ngrok 3205: an IP restriction denied the request",
    "Let {provider}'s addresses pass in the IP restrictions of the endpoint {receiver}",
  ],
  "3211": [
    "auth",
    "ngrok 3211: the webhook's signature is missing or wrong",
    "Put {webhook}'s secret into the webhook verification of the endpoint {receiver}",
  ],
  "3202": [
    "auth",
    "ngrok 3202: the webhook's signature is wrong",
    "Put {webhook}'s secret into the webhook verification of the endpoint {receiver}",
  ],
  "108": [
    "platform_quota_or_sleep",
    "ngrok 108: only one agent session is allowed",
    "Stop the other agent of the ngrok account of {receiver}",
  ],
};

const OFFLINE: Told = [
  "gateway",
  "The tunnel is offline",
  "Start the tunnel of {receiver} again, or put its present address into {webhook}",
];

/** Tunnels to a developer's machine, and bins for requests. */
export const TUNNELS = [
  ...platform("ngrok", "https://ngrok.com/docs/errors/", [
    {
      id: "ngrok",
      when: [{ headers: { "ngrok-error-code": true } }, { text: ["err_ngrok"] }, { raw: ["err_ngrok_"] }],
      keep: firstOf(
        matchedInHeader("ngrok-error-code", /ERR_NGROK_(\d{1,5})/),
        matched(/ERR_NGROK_(\d{1,5})/i),
        ({ lowerRaw }) => /err_ngrok_(\d{1,5})/.exec(lowerRaw)?.slice(1),
      ),
      known: NGROK_CODES,
      told: ["gateway", "ngrok {1}", "Look ERR_NGROK_{1} up at ngrok.com/docs/errors"],
    },
    {
      id: "ngrok-3200",
      when: { text: ["ngrok-free.app is offline", "ngrok.io is offline", "tunnel not found"], alsoText: ["ngrok"] },
      told: NGROK_CODES["3200"] ?? OFFLINE,
    },
    {
      id: "ngrok-3200",
      when: { text: ["ngrok.io not found", "ngrok-free.app not found"] },
      told: NGROK_CODES["3200"] ?? OFFLINE,
    },
  ]),
  ...platform("localtunnel", "https://github.com/localtunnel/server", [
    {
      id: "localtunnel-unavailable",
      when: { text: ["tunnel unavailable"], codes: [503, 504] },
      told: ["gateway", "localtunnel 503: the tunnel is not available", "Start localtunnel at {receiver} again"],
    },
    { id: "localtunnel-offline", when: { text: ["loca.lt"], codes: [404, 408, 502, 503, 504] }, told: OFFLINE },
    {
      id: "localtunnel-password",
      when: { codes: [401, 511], text: ["tunnel password", "localtunnel reminder", "friendly reminder"] },
      told: [
        "blocked",
        "localtunnel 511: it shows its page for browsers",
        "Send the header bypass-tunnel-reminder, or use another tunnel for {receiver}",
      ],
    },
  ]),
  ...platform("VS Code tunnel", "https://learn.microsoft.com/azure/developer/dev-tunnels/", [
    {
      id: "dev-tunnel",
      when: {
        text: ["tunnel service", "devtunnels.ms", "tunnel does not exist or is not hosted"],
        codes: [401, 404, 502],
      },
      keep: () => [],
      told: [
        "gateway",
        "Dev tunnel: nobody hosts it",
        "Host the dev tunnel of {receiver} again, with anonymous access",
      ],
    },
  ]),
  ...platform("Serveo", "https://serveo.net/", [
    { id: "serveo-offline", when: { text: ["serveo"], codes: [502, 503, 404] }, told: OFFLINE },
  ]),
  ...platform("Pinggy", "https://pinggy.io/docs/", [
    { id: "pinggy-offline", when: { text: ["pinggy"], codes: [404, 502, 503] }, told: OFFLINE },
  ]),
  ...platform("LocalXpose", "https://localxpose.io/docs", [
    { id: "localxpose-offline", when: { text: ["localxpose", "loclx"], codes: [404, 502, 503] }, told: OFFLINE },
  ]),
  ...platform("zrok", "https://docs.zrok.io/", [
    { id: "zrok-offline", when: { text: ["zrok"], codes: [404, 502, 503] }, told: OFFLINE },
  ]),
  ...platform("Tailscale Funnel", "https://tailscale.com/kb/1223/funnel", [
    { id: "tailscale-funnel-offline", when: { text: ["tailscale"], codes: [502, 503, 404] }, told: OFFLINE },
  ]),
  ...platform("frp", "https://github.com/fatedier/frp/blob/dev/pkg/util/vhost/resource.go", [
    {
      id: "frp-offline",
      when: { text: ["faithfully yours, frp."] },
      told: ["gateway", "frp: no client serves this host", "Start the frp client of {receiver}"],
    },
  ]),
  ...platform("Hookdeck", "https://hookdeck.com/docs/", [
    {
      id: "hookdeck-source-not-found",
      when: { fields: { code: ["source_not_found", "unknown_source"] } },
      told: [
        "gone_or_moved",
        "Hookdeck: there is no such source",
        "Put the address of an existing source into {webhook}",
      ],
    },
  ]),
  ...platform("webhook.site", "https://docs.webhook.site/", [
    {
      id: "webhook-site-gone",
      when: [{ fields: { "error.message": ["token not found", "no token found"] } }],
      told: ["gone_or_moved", "webhook.site: the URL is gone", "Create a new URL and put it into {webhook}"],
    },
    {
      id: "webhook-site-limit",
      when: { text: ["too many requests, please create a new url", "max number of requests"] },
      told: [
        "platform_quota_or_sleep",
        "webhook.site: the URL is full",
        "Create a new URL, or move {webhook} to an endpoint of your own",
      ],
    },
  ]),
];
