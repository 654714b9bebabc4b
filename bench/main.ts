import { benchAck } from "./ack.ts";
import { benchKills } from "./kills.ts";

/** By the name that is given on the command line; all of them without one. */
const BENCHMARKS: Record<string, () => Promise<void>> = { ack: benchAck, kills: benchKills };

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. There are: ${Object.keys(BENCHMARKS).join(", ")}.`);
  process.exit(2);
}
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (named.length === 0 || named.includes(name)) await run();
}
