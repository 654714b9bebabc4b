import { platform } from "../rule.ts";

/** Who asks a sender to prove that it is a browser. */
export const BOT_WALLS = [
  ...platform("DataDome", "https://docs.datadome.co/docs/blocked-requests", [
    {
      id: "datadome-blocked",
      when: [
        { raw: ["captcha-delivery.com"] },
        { headers: { "x-datadome": true }, codes: [403] },
        { fields: { url: true }, text: ["geo.captcha-delivery.com"] },
      ],
      told: ["blocked", "DataDome took the sender for a bot", allowIn("DataDome's custom rules")],
    },
  ]),
  ...platform("HUMAN", "https://docs.humansecurity.com/", [
    {
      id: "perimeterx-blocked",
      when: [
        { raw: ["px-captcha", "_pxappid", "captcha.px-cdn.net"] },
        { text: ["press & hold to confirm you are a human"] },
      ],
      told: ["blocked", "HUMAN (PerimeterX) took the sender for a bot", allowIn("the policy rules of HUMAN")],
    },
  ]),
  ...platform("Radware", "https://support.radware.com/", [
    {
      id: "radware-blocked",
      when: { text: ["unauthorized activity has been detected", "unauthorized request blocked"] },
      told: ["blocked", "Radware's firewall blocked the request", allowIn("the Radware firewall")],
    },
  ]),
  ...platform("DDoS-Guard", "https://ddos-guard.net/", [
    {
      id: "ddos-guard-challenge",
      when: [
        { text: ["ddos-guard"], codes: [403, 429, 503] },
        { headers: { server: "ddos-guard" }, codes: [403], kind: "html" },
      ],
      told: ["blocked", "DDoS-Guard asks the sender to prove it is a browser", allowIn("the white list of DDoS-Guard")],
    },
  ]),
  ...platform("Reblaze", "https://docs.reblaze.com/", [
    {
      id: "reblaze-blocked",
      when: { text: ["current session has been terminated"] },
      told: ["blocked", "Reblaze ended the session", allowIn("the profiles of Reblaze")],
    },
  ]),
  ...platform("SiteGround", "https://www.siteground.com/kb/", [
    {
      id: "siteground-captcha",
      when: [{ raw: ["sgcaptcha"] }, { headers: { "sg-captcha": true } }],
      told: [
        "blocked",
        "SiteGround asks the sender to prove it is a browser",
        "Ask SiteGround's support to let {provider}'s addresses pass to {receiver}",
      ],
    },
  ]),
  ...platform("Anubis", "https://anubis.techaro.lol/docs/", [
    {
      id: "anubis-challenge",
      when: { text: ["making sure you're not a bot", "protected by anubis"] },
      told: [
        "blocked",
        "Anubis asks the sender to prove it is a browser",
        "Allow the webhook's path in the bot policy of Anubis at {receiver}",
      ],
    },
  ]),
  ...platform("Vercel firewall", "https://vercel.com/docs/vercel-firewall", [
    {
      id: "vercel-challenge",
      when: [{ text: ["vercel security checkpoint"] }, { headers: { "x-vercel-mitigated": "challenge" } }],
      told: [
        "blocked",
        "Vercel asks the sender to prove it is a browser",
        "Add a bypass rule for the webhook's path in the firewall of {receiver}'s Vercel project",
      ],
    },
    {
      id: "vercel-denied",
      when: { headers: { "x-vercel-mitigated": "deny" } },
      told: [
        "blocked",
        "Vercel's firewall denied the request",
        "Add a bypass rule for the webhook's path in the firewall of {receiver}'s Vercel project",
      ],
    },
  ]),
];

/** What a firewall blocked; the step names whose rules are to be changed. */
function allowIn(where: string): string {
  return `Let {provider}'s addresses pass in ${where} of {receiver}; the id on the page names the event`;
}
