import { table } from "../figures.ts";
import { type HostileFigures, worstMs } from "./hostile.ts";
import { describeMistakes, type Mistakes } from "./mistakes.ts";
import type { Quality, QualityByPart } from "./quality.ts";
import type { Speed } from "./speed.ts";

/** All that one run finds out. */
export interface Findings {
  /** The file, or what the sample is called. */
  corpus: string;
  quality: QualityByPart;
  /** With `--holdout`: the groups of one side and of the other. */
  halves?: { share: number; heldOut: QualityByPart; others: QualityByPart };
  speed: Speed;
  hostile: HostileFigures[];
  /** With `--errors`. */
  mistakes?: Mistakes;
  /** What was read of each line, for other programs to judge. */
  readings: { id: string; cause: string; category: string }[];
}

const WANTED = { precision: 0.98, recall: 0.9, rightCategories: 0.95, attemptsPerSecond: 20_000, hostileMs: 5 };

/** One JSON document. A figure that there is none of is `null`. */
export function asJson(findings: Findings): string {
  return JSON.stringify(findings, (_, value: unknown) => (Number.isNaN(value) ? null : value), 2);
}

/** As a text to read in a terminal. */
export function describe(findings: Findings): string {
  const { corpus, quality, halves, speed, hostile, mistakes } = findings;
  return [
    `grouping: ${corpus}\n`,
    qualityTable([
      ...partsOf("", quality),
      ...(halves ? partsOf(`${figure(halves.share * 100, 0)} % held out: `, halves.heldOut) : []),
      ...(halves ? partsOf("the others: ", halves.others) : []),
    ]),
    "",
    speedTable(speed),
    `slowest: ${speed.slowest.id}, ${figure(speed.slowest.ms, 3)} ms for ${count(speed.slowest.bytes)} bytes\n`,
    hostileTable(hostile),
    "",
    ...wishes(findings),
    ...(mistakes ? ["", describeMistakes(mistakes)] : []),
    "",
  ].join("\n");
}

/** A dash where there is nothing to count. */
function figure(value: number, digits: number): string {
  return Number.isNaN(value) ? "–" : value.toFixed(digits);
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

function partsOf(name: string, { all, http, transport }: QualityByPart): [string, Quality][] {
  return [
    [`${name}all`, all],
    [`${name}HTTP answers`, http],
    [`${name}transport errors`, transport],
  ];
}

function qualityTable(parts: readonly [string, Quality][]): string {
  return table(
    ["", "lines", "groups", "causes", "precision", "recall", "right category"],
    parts.map(([name, { lines, groups, causes, precision, recall, rightCategories }]) => [
      name,
      ...[lines, groups, causes].map(String),
      ...[precision, recall, rightCategories].map((share) => figure(share, 3)),
    ]),
  );
}

function speedTable({ attemptsPerSecond, parsesPerSecond, timesJsonParse, averageBytes }: Speed): string {
  return table(
    [`one core, ${count(averageBytes)} bytes each`, "a second", "µs each"],
    [
      ["reading the cause", count(attemptsPerSecond), figure(1e6 / attemptsPerSecond, 1)],
      ["JSON.parse of the same", count(parsesPerSecond), figure(1e6 / parsesPerSecond, 1)],
      ["ratio", "", `${figure(timesJsonParse, 1)} x`],
    ],
  );
}

function hostileTable(figures: readonly HostileFigures[]): string {
  return table(
    ["hostile input, ms for 100 kB", "kB", "as body", "in JSON", "as error", "as header"],
    figures.map(({ name, characters, asBody, asField, asError, asHeader }) => [
      name,
      count(characters / 1_000),
      ...[asBody, asField, asError, asHeader].map((ms) => figure(ms, 3)),
    ]),
  );
}

function wishes({ quality: { all }, speed, hostile }: Findings): string[] {
  const slowestMs = Math.max(...hostile.map(worstMs));
  return [
    wish(`precision ${WANTED.precision}`, all.precision, all.precision >= WANTED.precision),
    wish(`recall ${WANTED.recall}`, all.recall, all.recall >= WANTED.recall),
    wish(
      `right categories ${WANTED.rightCategories}`,
      all.rightCategories,
      all.rightCategories >= WANTED.rightCategories,
    ),
    `wanted: over ${count(WANTED.attemptsPerSecond)} attempts a second: ${speed.attemptsPerSecond > WANTED.attemptsPerSecond ? "yes" : "NO"}`,
    `wanted: hostile inputs at most ${WANTED.hostileMs} ms for 100 kB: ${slowestMs <= WANTED.hostileMs ? "yes" : `NO, ${figure(slowestMs, 1)} ms`}`,
  ];
}

function wish(what: string, share: number, isMet: boolean): string {
  return `wanted: ${what}: ${Number.isNaN(share) ? "–" : isMet ? "yes" : `NO, ${figure(share, 3)}`}`;
}
