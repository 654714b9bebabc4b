import type { Attempt, Invocation } from "../../triage/model.ts";
import { providerName } from "../../triage/provider-name.ts";

/** Statuses with which a provider says that it did not send. Source: Zendesk's "Creating and monitoring webhooks". */
const HELD_BACK = /throttl/i;
const CIRCUIT_OPEN = /circuit/i;

export interface Unsent {
  provider: string;
  invocation: Invocation | undefined;
  attempts: readonly Attempt[];
}

/** Why there is no response to look at, where the provider sent nothing; `undefined` where it did send. */
export function whyNothingSent({ provider, invocation, attempts }: Unsent): string | undefined {
  const name = providerName(provider);
  const last = attempts.at(-1);
  if (last && (last.statusCode !== undefined || last.response !== undefined)) return undefined;
  const status = last?.status ?? invocation?.status ?? "";
  if (HELD_BACK.test(status)) {
    return `Nothing was sent: ${name} held it back ("${status}"). It tries again by itself, mostly within minutes.`;
  }
  if (CIRCUIT_OPEN.test(status)) {
    return `Nothing was sent: ${name} stopped sending after too many errors of the receiver ("${status}"). ${name} does not send it again. Mend the receiver, then repeat the change in ${name} or correct the other system by hand.`;
  }
  if (last) return last.errorMessage ? undefined : `${name} tells of no answer to the last attempt.`;
  if (invocation?.outcome === "pending") return `${name} has not tried yet, or has not told of it.`;
  return `${name} lists no attempts of this invocation: either nothing was sent, or its log does not reach back so far.`;
}
