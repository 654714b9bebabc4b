import { readAttemptsOf } from "../collect/attempts.ts";
import { findListedInvocation } from "../collect/one-invocation.ts";
import type { InvocationRef } from "../triage/model.ts";
import { ToldError } from "../triage/told-error.ts";
import { type Answering, type Call, UsageError } from "./command.ts";
import { knownProvider } from "./known-provider.ts";
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
      const { staleReason, noneBecause } = reading;
      const exitCode = staleReason ? 1 : 0;
      if (!flags.json) {
        const listed = await findListedInvocation(collector, ref, reading.readAt);
        return { stdout: attemptsText({ ref, listed, reading }, config.timeZone), exitCode };
      }
      const stdout = jsonText(attemptsJson(reading.attempts));
      // The document has no place for them.
      const stale = `As of ${reading.readAt.toISOString()}, since they could not be read anew: ${staleReason}`;
      const stderr = [...(staleReason ? [stale] : []), ...(noneBecause ? [noneBecause] : [])].join("\n");
      return { stdout, ...(stderr === "" ? {} : { stderr }), exitCode };
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
  return { provider: knownProvider(provider, providers), webhookId, id };
}
