import type { LaterPoll, Reading } from "./contest.ts";
import { requestsOf } from "./line.ts";
import { markdown, percent } from "./markdown.ts";
import { type SeedResult, seedsTable } from "./seeds.ts";

/** What came out of one workload, by contestant; the first is what the others are compared with. */
export interface Result {
  name: string;
  title: string;
  readings: readonly { contestant: string; reading: Reading }[];
  /** The same with other seeds, where a figure is not to hang on one. */
  seeds?: readonly SeedResult[];
}

const HEAD = [
  "workload",
  "read by",
  "lists + details",
  "requests",
  "causes found",
  "issues found",
  "counts off by",
  "within 10 %",
  "half known after",
  "complete after",
];
const LATER_HEAD = ["15 minutes later", "webhooks due", "lists", "details"];
/** Ratios this near to one are not shown. */
const SAME = 0.05;
/** Columns of words; all others are figures. */
const WORDS = 2;

/**
 * Tables in Markdown: what each has read, with ratios to the first of its workload, what the collector asks for later, and how far both
 * hang on the seed.
 */
export function tablesOf(results: readonly Result[]): string {
  const later = results.flatMap(({ title, readings }) =>
    readings.flatMap(({ reading }) => (reading.later ? [laterRow(title, reading.later)] : [])),
  );
  const ofSeeds = results.flatMap(({ title, seeds }) => (seeds ? [seedsTable(title, seeds)] : []));
  return [markdown(HEAD, results.flatMap(rowsOf), WORDS), markdown(LATER_HEAD, later, 1), ...ofSeeds].join("\n\n");
}

function rowsOf({ title, readings }: Result): string[][] {
  const first = readings[0]?.reading;
  return readings.map(({ contestant, reading }, index) => {
    const { requests, marks, usefulMs, completeMs } = reading;
    const base = index === 0 ? undefined : first;
    return [
      index === 0 ? title : "",
      contestant,
      `${count(requests.lists)} + ${count(requests.details)}`,
      withRatio(count(requestsOf(requests)), base && requestsOf(base.requests), requestsOf(requests)),
      `${marks.causesFound} of ${marks.causes}`,
      `${marks.issuesFound} of ${marks.issues}`,
      percent(marks.countsOff),
      `${marks.countsRight} of ${marks.issues}`,
      withRatio(duration(usefulMs), base?.usefulMs, usefulMs),
      withRatio(duration(completeMs), base?.completeMs, completeMs),
    ];
  });
}

function laterRow(title: string, { due, requests }: LaterPoll): string[] {
  return [title, count(due), count(requests.lists), count(requests.details)];
}

/** `113 (1/14)`: one fourteenth of the base; `(1.3 x)`: more than it. Nothing where they are as good as the same. */
function withRatio(text: string, base: number | undefined, value: number | undefined): string {
  if (base === undefined || value === undefined || base === 0 || value === 0) return text;
  const ratio = value / base;
  if (Math.abs(ratio - 1) < SAME) return text;
  return `${text} (${ratio > 1 ? `${figure(ratio)} x` : `1/${figure(1 / ratio)}`})`;
}

function figure(ratio: number): string {
  return ratio < 9.95 ? ratio.toFixed(1).replace(/\.0$/, "") : count(Math.round(ratio));
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** `2.4 s`, `14 min 47 s`, `3 h 22 min`. */
export function duration(ms: number | undefined): string {
  if (ms === undefined) return "never";
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
