import type { Reading } from "./collect/contest.ts";
import { type Result, tablesOf } from "./collect/report.ts";
import type { SeedResult } from "./collect/seeds.ts";
import { wantedOf } from "./collect/wanted.ts";
import type { Workload } from "./collect/workloads.ts";
import { WORKLOADS } from "./collect/workloads.ts";

/**
 * What it takes to know what fails and why: requests, and time by a virtual clock, for a loop with node-zendesk, for our client and for the
 * collector. Every answer of the provider takes 100 ms; Zendesk's limit is 100 requests a minute unless lifted. What a loop has read counts
 * as understood; the collector is judged by what it answers. What is judged of the collector's sampling is measured with ten seeds.
 * `--only <workload>`: that one alone. Ends with code 2 for other options.
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

async function measure(workload: Workload): Promise<Result> {
  const { name, title, contestants, seeds } = workload;
  const readings: Result["readings"][number][] = [];
  for (const contestant of contestants)
    readings.push({ contestant: contestant.name, reading: await read(workload, contestant) });
  return { name, title, readings, ...(seeds && { seeds: await measureSeeds(workload, seeds) }) };
}

async function measureSeeds(workload: Workload, seeds: readonly number[]): Promise<SeedResult[]> {
  const results: SeedResult[] = [];
  const [first, last] = [workload.contestants[0], workload.contestants.at(-1) ?? workload.contestants[0]];
  for (const seed of seeds)
    results.push({ seed, first: await read(workload, first, seed), last: await read(workload, last, seed) });
  return results;
}

async function read(workload: Workload, contestant: Workload["contestants"][number], seed?: number): Promise<Reading> {
  const startedAtMs = performance.now();
  const account = await workload.open(seed);
  try {
    return await contestant.read(account);
  } finally {
    await account.close();
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    // For those who wait, and not a part of the answer.
    console.error(`${workload.name}, ${contestant.name}${seed === undefined ? "" : `, seed ${seed}`}: ${seconds} s`);
  }
}
