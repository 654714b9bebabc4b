import { benchAck } from "./ack.ts";
import { benchCollect } from "./collect.ts";
import { benchGrouping } from "./grouping.ts";
import { benchKills } from "./kills.ts";

/** By the name that is given on the command line; all of them without one. What stands after the names is theirs. */
const BENCHMARKS: Record<string, (args: readonly string[]) => Promise<void>> = {
  ack: benchAck,
  collect: benchCollect,
  grouping: benchGrouping,
  kills: benchKills,
};

const given = process.argv.slice(2);
const firstOption = given.findIndex((word) => word.startsWith("-"));
const named = firstOption < 0 ? given : given.slice(0, firstOption);
const options = given.slice(named.length);
const unknown = named.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. There are: ${Object.keys(BENCHMARKS).join(", ")}.`);
  process.exit(2);
}
if (options.length > 0 && named.join() !== "grouping" && named.join() !== "collect") {
  console.error(
    `Only collect and grouping take options, each by itself: npm run bench -- grouping ${options.join(" ")}`,
  );
  process.exit(2);
}
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (named.length === 0 || named.includes(name)) await run(options);
}
