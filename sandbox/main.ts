import { openInBrowser } from "./open-in-browser.ts";
import { openDemo } from "./page/demo.ts";
import { openStage } from "./stage.ts";
import { TOUR_PACE, tellTour } from "./tour.ts";

/** `npm run demo`: the bot in the sandbox, as a web page. It stays up; with `--tour` it tells its story and ends. */
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
  const demo = await openDemo();
  console.log(`Hooktriage is up, with everything around it on this machine. Ctrl-C ends it all.\n\n  ${demo.url}\n`);
  console.log("The same with curl: add /curl to that address.");
  openInBrowser(demo.url);
  await interrupted();
  await demo.close();
  return 0;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

process.exitCode = await main(process.argv.slice(2));
