import { intersect, type Window } from "../../triage/window.ts";
import type { ProviderError } from "../errors.ts";

/** A part of time of which something is not known, and why. */
export interface Gap {
  part: Window;
  fault: ProviderError;
  /** Of these webhooks alone; unset, of any. */
  webhookIds?: ReadonlySet<string> | undefined;
}

/** What of a webhook is not known in a window. */
export function gapsOf(gaps: readonly Gap[], asked: { webhookId: string; window: Window }): Gap[] {
  return gaps.filter(({ part, webhookIds }) => {
    const isOfIt = webhookIds === undefined || webhookIds.has(asked.webhookId);
    return isOfIt && intersect(part, asked.window) !== undefined;
  });
}

/** Later than every event, and still a time. https://tc39.es/ecma262/#sec-time-values-and-time-range */
export const END_OF_TIME_MS = 8.64e15;
