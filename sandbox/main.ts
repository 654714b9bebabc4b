import { invitation } from "./invitation.ts";
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
    // Its last chapter is about what was not read before a provider went down.
    const stage = await openStage({ pace: TOUR_PACE, conductorone: true, collects: false });
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

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

process.exitCode = await main(process.argv.slice(2));
