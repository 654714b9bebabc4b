import { evidenceOf } from "../../src/triage/cause/evidence.ts";
import { readCause } from "../../src/triage/cause/read-cause.ts";
import type { Attempt } from "../../src/triage/model.ts";

export interface Speed {
  /** Attempts whose cause is read in a second on one core, from what is stored to the cause. */
  attemptsPerSecond: number;
  /** The same attempts through `JSON.parse` in a second, for a ratio that no machine changes much. */
  parsesPerSecond: number;
  /** How many times as long as `JSON.parse` reading a cause takes. */
  timesJsonParse: number;
  averageBytes: number;
  /** The attempt that takes longest, at its best. */
  slowest: { id: string; ms: number; bytes: number };
}

const ROUND_MS = 100;
const WARM_UP_ROUNDS = 3;
const TRIES = 5;

/** The best round of each, taken in turns so that whatever else the machine does meets both. Takes `atLeastMs` and a little more. */
export function measureSpeed(attempts: readonly Attempt[], atLeastMs = 2_000): Speed {
  const texts = attempts.map((attempt) => JSON.stringify(attempt));
  const read = () => attempts.forEach(readOne);
  const parse = () => texts.forEach(parseOne);
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) rateOf(read, ROUND_MS / 2);
  rateOf(parse, ROUND_MS / 2);
  let reads = 0;
  let parses = 0;
  for (const startedAtMs = performance.now(); performance.now() - startedAtMs < atLeastMs; ) {
    reads = Math.max(reads, rateOf(read, ROUND_MS));
    parses = Math.max(parses, rateOf(parse, ROUND_MS / 4));
  }
  return {
    attemptsPerSecond: reads * attempts.length,
    parsesPerSecond: parses * attempts.length,
    timesJsonParse: parses / reads,
    averageBytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length,
    slowest: slowestOf(attempts),
  };
}

/** The best of a few tries: what it takes, not what the machine did beside it. Milliseconds. */
export function bestMs(attempt: Attempt, tries: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let index = 0; index < tries; index += 1) {
    const startedAtMs = performance.now();
    readOne(attempt);
    best = Math.min(best, performance.now() - startedAtMs);
  }
  return best;
}

/** Rounds a second. */
function rateOf(round: () => void, forMs: number): number {
  const startedAtMs = performance.now();
  let rounds = 0;
  let tookMs = 0;
  do {
    round();
    rounds += 1;
    tookMs = performance.now() - startedAtMs;
  } while (tookMs < forMs);
  return (rounds * 1_000) / tookMs;
}

function readOne(attempt: Attempt): void {
  readCause(evidenceOf(attempt));
}

function parseOne(text: string): void {
  JSON.parse(text);
}

function slowestOf(attempts: readonly Attempt[]): Speed["slowest"] {
  let slowest: Speed["slowest"] = { id: "", ms: 0, bytes: 0 };
  for (const attempt of attempts) {
    const ms = bestMs(attempt, TRIES);
    if (ms <= slowest.ms) continue;
    slowest = { id: attempt.invocationId, ms, bytes: Buffer.byteLength(JSON.stringify(attempt)) };
  }
  return slowest;
}
