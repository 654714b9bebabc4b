import type { Reading } from "./contest.ts";
import { requestsOf } from "./line.ts";
import { markdown, percent } from "./markdown.ts";

/** What the first and the last contestant have read with one seed. */
export interface SeedResult {
  seed: number;
  first: Reading;
  last: Reading;
}

/** Of one figure the smallest, the middle and the largest, by seed. */
export interface Spread {
  min: number;
  median: number;
  max: number;
}

/** How far what the last contestant reads hangs on the seed. */
export interface SeedSpreads {
  /** Its requests, by those of the first. */
  requests: Spread;
  /** Found causes, by all that there are; the same for issues. */
  causes: Spread;
  issues: Spread;
  countsOff: Spread;
}

export function spreadsOf(seeds: readonly SeedResult[]): SeedSpreads {
  return {
    requests: spreadOf(seeds.map(({ first, last }) => requestsOf(last.requests) / requestsOf(first.requests))),
    causes: spreadOf(seeds.map(({ last: { marks } }) => marks.causesFound / marks.causes)),
    issues: spreadOf(seeds.map(({ last: { marks } }) => marks.issuesFound / marks.issues)),
    countsOff: spreadOf(seeds.map(({ last: { marks } }) => marks.countsOff)),
  };
}

/** In Markdown. */
export function seedsTable(title: string, seeds: readonly SeedResult[]): string {
  const { requests, causes, issues, countsOff } = spreadsOf(seeds);
  const row = (name: string, { min, median, max }: Spread, tell: (value: number) => string) => [
    name,
    tell(min),
    tell(median),
    tell(max),
  ];
  return markdown(
    [`${title}: the collector, over ${seeds.length} seeds`, "min", "median", "max"],
    [
      row("requests, by those of a loop", requests, oneBy),
      row("causes found", causes, percent),
      row("issues found", issues, percent),
      row("counts off by", countsOff, percent),
    ],
    1,
  );
}

/** `1/10.9`. */
export function oneBy(share: number): string {
  return `1/${(1 / share).toFixed(1)}`;
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { min: at(0), median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, max: at(sorted.length - 1) };
}
