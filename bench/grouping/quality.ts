import { createHash } from "node:crypto";
import { evidenceOf } from "../../src/triage/cause/evidence.ts";
import { readCause } from "../../src/triage/cause/read-cause.ts";
import type { Reading } from "../../src/triage/cause/reading.ts";
import type { Attempt } from "../../src/triage/model.ts";
import { attemptOf } from "./attempt-of.ts";
import type { CorpusLine } from "./corpus.ts";
import { type PairFigures, pairFigures } from "./pairs.ts";

/** A line, the attempt that was made of it, and the cause that was read from that. */
export interface Judged {
  line: CorpusLine;
  attempt: Attempt;
  reading: Reading;
}

export interface Quality extends PairFigures {
  lines: number;
  groups: number;
  causes: number;
  /** Share of lines with the right category; `NaN` without lines. */
  rightCategories: number;
}

/** All lines, and apart those that were answered and those that were not. */
export interface QualityByPart {
  all: Quality;
  http: Quality;
  transport: Quality;
}

export function judge(lines: readonly CorpusLine[]): Judged[] {
  return lines.map((line) => {
    const attempt = attemptOf(line);
    return { line, attempt, reading: readCause(evidenceOf(attempt)) };
  });
}

export function qualityByPart(judged: readonly Judged[]): QualityByPart {
  return {
    all: qualityOf(judged),
    http: qualityOf(judged.filter(({ attempt }) => attempt.statusCode !== undefined)),
    transport: qualityOf(judged.filter(({ attempt }) => attempt.statusCode === undefined)),
  };
}

function qualityOf(judged: readonly Judged[]): Quality {
  const labelled = judged.map(({ line, reading }) => ({ group: line.group, cause: reading.id }));
  return {
    lines: judged.length,
    groups: new Set(labelled.map(({ group }) => group)).size,
    causes: new Set(labelled.map(({ cause }) => cause)).size,
    ...pairFigures(labelled),
    rightCategories: judged.filter(({ line, reading }) => line.category === reading.category).length / judged.length,
  };
}

/** Whether a group is among those held out: by a hash of its name, so that it stays on its side whatever else is in the corpus. */
export function isHeldOut(group: string, share: number): boolean {
  return createHash("sha256").update(group).digest().readUInt32BE(0) / 2 ** 32 < share;
}
