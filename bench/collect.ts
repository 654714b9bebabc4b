import { type Result, tablesOf } from "./collect/report.ts";
import { wantedOf } from "./collect/wanted.ts";
import type { Workload } from "./collect/workloads.ts";
import { WORKLOADS } from "./collect/workloads.ts";

/**
 * What it takes to know what fails and why: requests, and time by a virtual clock, for a loop with node-zendesk, for our client and for the
 * collector. Every answer of the provider takes 100 ms; Zendesk's limit is 100 requests a minute unless lifted. What a loop has read counts
 * as understood; the collector is judged by what it answers. `--only <workload>`: that one alone. Ends with code 2 for other options.
 */
export async function benchCollect(args: readonly string[]): Promise<void> {
  const workloads = chosen(args);
  if (workloads === undefined) {
    console.error(`collect takes --only with one of: ${WORKLOADS.map(({ name }) => name).join(", ")}.`);
    process.exitCode = 2;
    return;
  }
  const results: Result[] = [];
  for (const workload of workloads) results.push(await measure(workload));
  console.log(
    "\ncollect: 100 ms for each answer, 100 requests a minute unless there is no limit; times are of a virtual clock\n",
  );
  console.log(`${tablesOf(results)}\n`);
  for (const line of wantedOf(results)) console.log(line);
}

function chosen(args: readonly string[]): readonly Workload[] | undefined {
  if (args.length === 0) return WORKLOADS;
  const [option, name, ...more] = args;
  const named = WORKLOADS.filter((workload) => workload.name === name);
  return option === "--only" && more.length === 0 && named.length > 0 ? named : undefined;
}

async function measure({ name, title, open, contestants }: Workload): Promise<Result> {
  const readings: Result["readings"][number][] = [];
  for (const { name: contestant, read } of contestants) {
    const startedAtMs = performance.now();
    const account = await open();
    try {
      readings.push({ contestant, reading: await read(account) });
    } finally {
      await account.close();
    }
    // For those who wait, and not a part of the answer.
    console.error(`${name}, ${contestant}: ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
  }
  return { name, title, readings };
}
