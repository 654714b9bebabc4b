import { evidenceOf } from "./cause/evidence.ts";
import { RULES_VERSION, readCause } from "./cause/read-cause.ts";
import type { Reading } from "./cause/reading.ts";
import { namedCode } from "./cause/transport/named-code.ts";
import type { Attempt } from "./model.ts";
import { readSenderSentence } from "./sender-sentences.ts";

/** What was found out of one failed invocation from its attempts. */
export interface Diagnosis {
  reading: Reading;
  /** The version of the rules that made it. */
  rules: number;
  /** The `index` of the attempt that told it. */
  attemptIndex: number;
  /** What the receiver answered to that attempt. */
  statusCode?: number;
}

const LONGEST_TELLING = 500;

/**
 * Reads why an invocation failed from its attempts, oldest first. The attempt that tells most decides: the last one that has evidence;
 * one that says no more than that a circuit was open gives way to an earlier one that says why. `undefined` where none tells anything.
 */
export function diagnose(attempts: readonly Attempt[]): Diagnosis | undefined {
  let circuitOpen: Diagnosis | undefined;
  for (const attempt of attempts.toReversed()) {
    const diagnosis = diagnosisOf(attempt);
    if (diagnosis === undefined) continue;
    if (diagnosis.reading.category !== "circuit_open") return diagnosis;
    circuitOpen ??= diagnosis;
  }
  return circuitOpen;
}

function diagnosisOf(attempt: Attempt): Diagnosis | undefined {
  const { outcome, statusCode, errorMessage = "", index } = attempt;
  if (outcome === "succeeded") return undefined;
  // A code below 300 is no reason to fail: then only what the sender says of it counts.
  const isAnswer = statusCode !== undefined && statusCode >= 300;
  if (!isAnswer && !/\p{L}/u.test(errorMessage.slice(0, 2_000))) return undefined;
  const own = isAnswer || namedCode(errorMessage) !== undefined ? undefined : readSenderSentence(errorMessage);
  const reading = own ?? readCause(evidenceOf(isAnswer ? attempt : { errorMessage }));
  return {
    reading: withShortTelling(reading),
    rules: RULES_VERSION,
    attemptIndex: index,
    ...(isAnswer ? { statusCode } : {}),
  };
}

function withShortTelling(reading: Reading): Reading {
  const { telling } = reading;
  if (telling === undefined || telling.text.length <= LONGEST_TELLING) return reading;
  return { ...reading, telling: { ...telling, text: telling.text.slice(0, LONGEST_TELLING) } };
}
