import type { Stage } from "./stage.ts";

/** Receivers that are well when the demo starts, so that breaking them can be seen. */
const WELL_AT_ZENDESK = "PagerDuty escalation";
const WELL_AT_CONDUCTORONE = "Payroll entitlements";

/** What the demo prints: commands to paste, and what to look at. */
export function invitation({
  slack,
  zendesk,
  conductorone,
}: Pick<Stage, "slack" | "zendesk" | "conductorone">): string {
  return `${[
    `Hooktriage is up, with everything around it on this machine. Ctrl-C ends it all.

  Slack         ${slack.url}
  Zendesk       ${zendesk.url}${conductorone ? `\n  ConductorOne  ${conductorone.url}` : ""}`,
    asking(slack.url),
    `BREAK A RECEIVER, wait a minute, and ask what is new. Heal it, and nothing is added any more.

  curl -s ${slack.url}/sandbox/command -d user=dana -d channel=ops -d 'text=/hooks failures last 10 minutes'`,
    receiver("At Zendesk", WELL_AT_ZENDESK, zendesk, "jwt-expired-401"),
    ...(conductorone
      ? [
          receiver("At ConductorOne", WELL_AT_CONDUCTORONE, conductorone, "gone"),
          `  Look for "fell back to manual provisioning", and for the page of an access request behind its link.
  With the causes gone and bad-response a request has failed within a minute. With most others ConductorOne
  tries fifty times first: for some minutes it is pending.`,
        ]
      : []),
    `TAKE A PROVIDER DOWN, wait a minute, and ask again: its part is named as unknown, the other's is whole.`,
    outage("At Zendesk", zendesk.url, "500"),
    ...(conductorone ? [outage("At ConductorOne", conductorone.url, "down")] : []),
    choices([zendesk.url, ...(conductorone ? [conductorone.url] : [])]),
  ].join("\n\n")}\n`;
}

function asking(url: string): string {
  return `ASK as dana in #ops, then read the channel as she sees it:

  curl -s ${url}/sandbox/command -d user=dana -d channel=ops -d 'text=/hooks failures last 24h'
  curl -s '${url}/sandbox/channels/ops/messages?as=dana'

Press Attempts on the first invocation (put the number above the message, after ---, in place of TS), then read the channel again:

  curl -s ${url}/sandbox/press -d user=dana -d channel=ops -d actionId=attempts -d index=0 -d ts=TS

With actionId=why-grouped it says why the first issue is one, and how many of its invocations were read.

More to ask: /hooks failures provider:conductorone last 24h · /hooks invocations code:5xx · /hooks webhooks · /hooks digest
             /hooks status · /hooks help
More people: omar (New York), gil (a guest), rex (another organisation). More channels: private-oncall, lounge, vendors.`;
}

interface Place {
  url: string;
  webhooks: readonly { id: string; name: string }[];
}

function receiver(where: string, name: string, { url, webhooks }: Place, cause: string): string {
  const { id } = webhooks.find((webhook) => webhook.name === name) ?? { id: "ID" };
  return `  ${where}, the webhook ${name}; storm makes many failures at once, break goes on until heal:

  curl -s ${url}/sandbox/break -d webhookId=${id} -d cause=${cause}
  curl -s ${url}/sandbox/storm -d webhookId=${id} -d cause=${cause} -d count=20
  curl -s ${url}/sandbox/heal -d webhookId=${id}`;
}

function outage(where: string, url: string, kind: string): string {
  return `  ${where}, for the next 200 requests or until heal:

  curl -s ${url}/sandbox/fail -d kind=${kind} -d times=200
  curl -s -X POST ${url}/sandbox/heal`;
}

function choices(urls: readonly string[]): string {
  const lists = urls.map(
    (url) => `  curl -s ${url}/sandbox/webhooks\n  curl -s ${url}/sandbox/causes\n  curl -s ${url}/sandbox/faults`,
  );
  return `MORE WAYS TO FAIL: other webhookId, other cause, and other kind.\n\n${lists.join("\n")}`;
}
