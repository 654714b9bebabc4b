import type { Window } from "../../triage/window.ts";
import type { ProviderError } from "../errors.ts";

/** A part of time of which something is not known, and why. */
export interface Gap {
  part: Window;
  fault: ProviderError;
}

/** Later than every event, and still a time. https://tc39.es/ecma262/#sec-time-values-and-time-range */
export const END_OF_TIME_MS = 8.64e15;
