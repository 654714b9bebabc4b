import type { Reading } from "./contest.ts";
import { percent } from "./markdown.ts";
import type { Result } from "./report.ts";
import { oneBy, type SeedResult, spreadsOf } from "./seeds.ts";

const WEBHOOKS_A_PAGE = 100;

/** The figures to reach, each with what was reached and whether that will do. */
export function wantedOf(results: readonly Result[]): string[] {
  return results.flatMap((result) => {
    const collected = result.readings.at(-1)?.reading;
    const read = result.readings[0]?.reading;
    if (!collected || !read) return [];
    switch (result.name) {
      case "triage":
        return [...sampling(result.seeds ?? []), ...later(result, collected)];
      case "quiet":
        return later(result, collected);
      case "triage-unlimited":
      case "flood-unlimited":
        return speed(result, read, collected);
      default:
        return [];
    }
  });
}

/** Judged by the worst seed; counts, which are estimates, by the one in the middle. */
function sampling(seeds: readonly SeedResult[]): string[] {
  if (seeds.length === 0) return [];
  const { requests, causes, countsOff } = spreadsOf(seeds);
  const worst = `worst of ${seeds.length} seeds`;
  return [
    told(
      `triage: at most 1/10 of the requests that reading all takes, ${worst}`,
      oneBy(requests.max),
      requests.max <= 0.1,
    ),
    told(`triage: at least 95 % of the causes found, ${worst}`, percent(causes.min), causes.min >= 0.95),
    told(
      `triage: counts within 10 %, median of ${seeds.length} seeds`,
      `off by ${percent(countsOff.median)} (worst ${percent(countsOff.max)})`,
      countsOff.median <= 0.1,
    ),
  ];
}

function later({ name }: Result, { later: poll }: Reading): string[] {
  if (!poll) return [];
  const { due, requests } = poll;
  const reads = requests.lists - Math.ceil(due / WEBHOOKS_A_PAGE);
  return [
    told(`${name}: later, one request for each webhook due and new evidence`, `${reads} for ${due}`, reads <= due),
  ];
}

function speed({ name }: Result, read: Reading, collected: Reading): string[] {
  const faster = read.completeMs / collected.completeMs;
  return [told(`${name}: at least 8 times faster than a loop`, `${faster.toFixed(1)} times`, faster >= 8)];
}

function told(wanted: string, reached: string, isReached: boolean): string {
  return `wanted: ${wanted}: ${reached}: ${isReached ? "yes" : "NO"}`;
}
