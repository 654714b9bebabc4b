import type { Finding } from "../triage/finding.ts";
import { redactText } from "../triage/redact.ts";

/** One look at one thing. */
export interface Check {
  name: string;
  /** May throw: what it throws becomes a finding. The signal is aborted a little before nobody listens any more. */
  run(signal: AbortSignal): Promise<Finding[]>;
}

export interface CheckPace {
  /** No check keeps the others waiting for longer. Milliseconds. */
  limitMs: number;
  /** Ends all of them at once. */
  signal?: AbortSignal;
}

export const LONGEST_CHECK_MS = 10_000;
/** The part of the time after which a check is asked to end: what is left is for saying why. */
const ASKED_TO_END_AFTER = 0.9;

/**
 * Runs all checks side by side. The findings are in the order of the checks. One that fails, or does not end in time, is a
 * finding itself and keeps no other from being told. Never throws but for the signal's reason.
 */
export async function runChecks(checks: readonly Check[], { limitMs, signal }: CheckPace): Promise<Finding[]> {
  signal?.throwIfAborted();
  const ended = await Promise.all(checks.map((check) => inTime(check, limitMs, signal)));
  signal?.throwIfAborted();
  return ended.flat();
}

/** For what several checks look at: the first of them asks, and all get that answer. */
export function askedOnce<Answer>(
  ask: (signal: AbortSignal) => Promise<Answer>,
): (signal: AbortSignal) => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return (signal) => {
    answer ??= ask(signal);
    return answer;
  };
}

async function inTime({ name, run }: Check, limitMs: number, interruption?: AbortSignal): Promise<Finding[]> {
  const given = AbortSignal.timeout(Math.ceil(limitMs * ASKED_TO_END_AFTER));
  const signal = interruption ? AbortSignal.any([given, interruption]) : given;
  const { promise: outOfTime, resolve } = Promise.withResolvers<Finding[]>();
  const timer = setTimeout(() => resolve([unanswered(name, limitMs)]), limitMs);
  interruption?.addEventListener("abort", () => resolve([]), { once: true });
  try {
    return await Promise.race([run(signal), outOfTime]);
  } catch (error) {
    return [signal.aborted ? unanswered(name, limitMs) : failed(name, error)];
  } finally {
    clearTimeout(timer);
  }
}

function unanswered(check: string, limitMs: number): Finding {
  return {
    check,
    state: "unknown",
    told: `No answer within ${Math.round(limitMs / 100) / 10} s.`,
    mend: "Check the network between here and there, and run it again.",
  };
}

function failed(check: string, error: unknown): Finding {
  const reason = redactText(error instanceof Error ? error.message : String(error)).text;
  return { check, state: "unknown", told: `This could not be checked: ${reason}`, mend: "Run it again." };
}
