import { ToldError } from "../triage/told-error.ts";
import type { SlackContext } from "./context.ts";

/** Why a question ended before its time: what was not read by then is unknown, and whoever asked is told so. */
export class RestartingError extends ToldError {
  override readonly name = "RestartingError";
  override readonly nextStep = "Ask again in a minute: what was read so far is kept.";

  constructor() {
    super("The bot is being restarted, so nothing more could be read.");
  }
}

/**
 * Runs what people wait for: its signal is aborted when its time is over, or at once, with a `RestartingError`, when the bot is told to
 * stop. The log is told of what was under way then. `limitMs`: milliseconds, the time that people wait unless told.
 */
export async function inTime<Result>(
  { pace, stopping, log }: Pick<SlackContext, "pace" | "stopping" | "log">,
  run: (signal: AbortSignal) => Promise<Result>,
  limitMs: number = pace.deadlineMs,
): Promise<Result> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(limitMs)]);
  try {
    return await run(signal);
  } finally {
    if (signal.reason instanceof RestartingError)
      log.warn("a question was cut short, because the bot is being stopped; whoever asked is told so");
  }
}
