import type { Window } from "./window.ts";

/** `complete`: all of it was collected. `partial`: some of it. `unknown`: nothing of it. */
export type CoverageState = "complete" | "partial" | "unknown";

/** What is known of one webhook in one window. What was not collected is unknown, never zero. */
export interface Coverage {
  provider: string;
  /** `null` where even the list of webhooks could not be read. */
  webhookId: string | null;
  /** The part of the asked window that this entry speaks of. */
  from: Date;
  to: Date;
  state: CoverageState;
  /** Why it is not complete and since when, as a sentence for people. Absent when complete. */
  reason?: string;
  /** The parts of `from`–`to` that were not collected, oldest first. Empty when complete. */
  missing: Window[];
}

/** How much of `windows` taken together was collected: the summary that heads an answer. */
export function overallState(coverage: readonly Coverage[]): CoverageState {
  if (coverage.every((entry) => entry.state === "complete")) return "complete";
  return coverage.every((entry) => entry.state === "unknown") ? "unknown" : "partial";
}
