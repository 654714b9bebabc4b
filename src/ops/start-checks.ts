import { notInOrder } from "../triage/finding.ts";
import type { Log } from "./log.ts";
import { type Check, LONGEST_CHECK_MS, runChecks } from "./run-checks.ts";

export interface StartChecks {
  /** Resolves when all has been looked at. Never rejects. */
  readonly ended: Promise<void>;
  /** Ends it before that. */
  stop(): void;
}

/**
 * Looks in the background, after a start, at what may keep people from their answers, and logs a line with the mend for each thing that
 * is not in order. Fails nothing.
 */
export function lookAfterStart(checks: readonly Check[], log: Log, limitMs = LONGEST_CHECK_MS): StartChecks {
  const stopping = new AbortController();

  async function look(): Promise<void> {
    try {
      const findings = await runChecks(checks, { limitMs, signal: stopping.signal });
      for (const { check, state, told, mend } of notInOrder(findings)) log.warn({ check, state, mend }, told);
    } catch (err) {
      if (!stopping.signal.aborted) log.warn({ err }, "could not look whether all is in order; /hooks status does");
    }
  }

  return { ended: look(), stop: () => stopping.abort() };
}
