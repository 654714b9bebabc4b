import { readAttemptsOf } from "../collect/attempts.ts";
import type { InvocationRef } from "../triage/model.ts";
import { echo } from "../triage/query/echo.ts";
import { ToldError } from "../triage/told-error.ts";
import { type Answering, type Call, UsageError } from "./command.ts";
import { attemptsText } from "./views/attempts.ts";
import { attemptsJson } from "./views/json.ts";
import { jsonText } from "./views/json-text.ts";

/** `attempts <provider> <webhookId> <invocationId>`: the attempt history of one invocation, oldest first. */
export function attempts(call: Call): Answering {
  const ref = refOf(call);
  const { config, flags } = call;
  return async (collector, signal) => {
    try {
      const reading = await readAttemptsOf(collector, ref, signal);
      const { staleReason } = reading;
      if (!flags.json) {
        return { stdout: attemptsText(ref, reading, config.timeZone), exitCode: staleReason ? 1 : 0 };
      }
      const stdout = jsonText(attemptsJson(reading.attempts));
      if (!staleReason) return { stdout, exitCode: 0 };
      const stderr = `As of ${reading.readAt.toISOString()}, since they could not be read anew: ${staleReason}`;
      return { stdout, stderr, exitCode: 1 };
    } catch (error) {
      if (!(error instanceof ToldError)) throw error;
      const stdout = flags.json ? jsonText(attemptsJson([])) : "";
      return { stdout, stderr: `${error.message}\n${error.nextStep}`, exitCode: 1 };
    }
  };
}

/** Throws `UsageError`. */
function refOf({ text, providers }: Call): InvocationRef {
  const [provider, webhookId, id, ...rest] = text.split(/\s+/);
  if (!provider || !webhookId || !id || rest.length > 0) {
    throw new UsageError("Usage: attempts <provider> <webhookId> <invocationId>, ids as invocations prints them.");
  }
  if (!providers.includes(provider)) {
    throw new UsageError(`There is no provider ${echo(provider)} here. Set up: ${providers.join(", ")}.`);
  }
  return { provider, webhookId, id };
}
