import type { Reading } from "./cause/reading.ts";
import type { Cause } from "./cause.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Invocation, Webhook } from "./model.ts";
import { fillStep, stepOf } from "./next-step.ts";
import { readRow } from "./read-row.ts";

/**
 * Why an invocation failed, with a next step for its webhook: as its attempts told it, else as far as the row alone tells. What the row's
 * status tells more surely than the attempts stays the row's. `times`: where its next step finds when it failed.
 */
export function causeOf(invocation: Invocation, webhook: Webhook, diagnosis?: Diagnosis, times?: string): Cause {
  const { id, category, title, nextStep, signature, sureness } = readingOf(invocation, diagnosis);
  const step = nextStep ?? stepOf(category, invocation.provider);
  return { id, category, title, nextStep: fillStep(step, webhook, times), signature, sureness };
}

/** The id of that cause. */
export function causeIdOf(invocation: Pick<Invocation, "status" | "statusCode">, diagnosis?: Diagnosis): string {
  return readingOf(invocation, diagnosis).id;
}

/** Whether reading the attempts could not tell the cause better than the row does. */
export function isCertainFromRow(invocation: Pick<Invocation, "status" | "statusCode">): boolean {
  return readRow(invocation).sureness === "certain";
}

function readingOf(invocation: Pick<Invocation, "status" | "statusCode">, diagnosis: Diagnosis | undefined): Reading {
  const row = readRow(invocation);
  const told = diagnosis?.reading;
  const isRows =
    told === undefined || row.sureness === "certain" || (row.sureness === "likely" && told.sureness === "unsure");
  return isRows ? row : told;
}
