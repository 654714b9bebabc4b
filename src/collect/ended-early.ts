import { ToldError } from "../triage/told-error.ts";

/** Why whoever aborted the signal did so, as sentences for people; `undefined` where time is simply over, or is not yet. */
export function whyEnded({ reason }: AbortSignal): string | undefined {
  return reason instanceof ToldError ? `${reason.told} ${reason.nextStep}` : undefined;
}
