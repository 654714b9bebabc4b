import { openStage, type Stage } from "./stage.ts";
import { TOUR_PACE, tellTour } from "./tour.ts";

const SLACK_PORT = 4100;
const ZENDESK_PORT = 4200;
const CONDUCTORONE_PORT = 4300;

/** `npm run demo`: the bot in the sandbox. It stays up; with `--tour` it tells its story and ends. */
async function main(argv: readonly string[]): Promise<number> {
  const unknown = argv.filter((argument) => argument !== "--tour");
  if (unknown.length > 0) {
    console.error(`There is no flag ${unknown[0]}. Flags: --tour`);
    return 2;
  }
  if (argv.includes("--tour")) {
    const stage = await openStage({ pace: TOUR_PACE, conductorone: true });
    try {
      await tellTour(stage, (line) => console.log(line));
      return 0;
    } finally {
      await stage.close();
    }
  }
  const stage = await openDemo();
  console.log(invitation(stage));
  await interrupted();
  await stage.close();
  return 0;
}

/** On the ports that the printed commands can be kept with, or on any free ones when those are taken. */
async function openDemo(): Promise<Stage> {
  try {
    return await openStage({
      slackPort: SLACK_PORT,
      zendeskPort: ZENDESK_PORT,
      conductorone: { port: CONDUCTORONE_PORT },
    });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    return openStage({ conductorone: true });
  }
}

function invitation(stage: Stage): string {
  const { url } = stage.slack;
  const zendesk = stage.zendesk.url;
  const conductorone = stage.conductorone?.url ?? "";
  return `Hooktriage is up, with a Slack at ${url}, a Zendesk at ${zendesk} and a ConductorOne at ${conductorone}. Ctrl-C ends it all.

Ask as dana in #ops, then read the channel as she sees it:

  curl -s ${url}/sandbox/command -d user=dana -d channel=ops -d 'text=/hooks failures last 24h'
  curl -s '${url}/sandbox/channels/ops/messages?as=dana'

Press Attempts on the first invocation (ts stands above the message, after ---), then read the thread:

  curl -s ${url}/sandbox/press -d user=dana -d channel=ops -d actionId=attempts -d index=0 -d ts=TS

Access requests that are stuck: /hooks failures provider:conductorone last 24h
More commands: /hooks invocations code:5xx · /hooks webhooks · /hooks digest · /hooks status · /hooks help
More people: omar (New York), gil (a guest), rex (another organisation). More channels: private-oncall, lounge, vendors.

Break something and ask again:

  curl -s ${zendesk}/sandbox/webhooks
  curl -s ${zendesk}/sandbox/causes
  curl -s ${zendesk}/sandbox/fail -d kind=500 -d times=20
  curl -s -X POST ${zendesk}/sandbox/heal

  curl -s ${conductorone}/sandbox/webhooks
  curl -s ${conductorone}/sandbox/causes
  curl -s ${conductorone}/sandbox/break -d webhookId=ID -d cause=unauthorized
  curl -s ${conductorone}/sandbox/heal -d webhookId=ID
  curl -s ${conductorone}/sandbox/fail -d kind=down -d times=20
  curl -s -X POST ${conductorone}/sandbox/heal
`;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

process.exitCode = await main(process.argv.slice(2));
