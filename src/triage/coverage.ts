import type { Webhook } from "./model.ts";
import { subtract, type Window, windowOf } from "./window.ts";

/** `complete`: all of it was collected. `partial`: some of it. `unknown`: nothing of it. */
export type CoverageState = "complete" | "partial" | "unknown";

/** What is known of one webhook in one window. What was not collected is unknown, never zero. */
export interface Coverage {
  provider: string;
  /** `null` where even the list of webhooks could not be read. */
  webhookId: string | null;
  /** For people; absent with `webhookId`. */
  webhookName?: string;
  /** The part of the asked window that this entry speaks of. */
  from: Date;
  to: Date;
  state: CoverageState;
  /** Why it is not complete and since when, as a sentence for people. Absent when complete. */
  reason?: string;
  /** The parts of `from`–`to` that were not collected, oldest first. Empty when complete. */
  missing: Window[];
}

/** How far beyond a provider's retention a window may start and still count as complete, in milliseconds. */
export const RETENTION_TOLERANCE_MS = 5 * 60_000;

export interface CoverageLimits {
  /** The moment of the question. */
  now: Date;
  /** A tail that is no longer than this is fresh enough: the answer is true as of the last collection. */
  maxAgeMs: number;
  /** The oldest instant that the provider still knows of. */
  retainedFrom: Date;
}

/** The parts of the window that are still to be asked for: not collected, not too old for the provider, not fresh enough. */
export function partsToRead(window: Window, collected: readonly Window[], limits: CoverageLimits): Window[] {
  const fromMs = Math.max(window.from.getTime(), limits.retainedFrom.getTime());
  return staleParts(windowOf(fromMs, window.to.getTime()), collected, limits);
}

/** The parts of the window that the answer must name as unknown, after reading. */
export function unknownParts(window: Window, collected: readonly Window[], limits: CoverageLimits): Window[] {
  return staleParts(window, collected, limits).filter((part) => {
    const beyondMs = limits.retainedFrom.getTime() - part.from.getTime();
    const isOnlyTheEdge = part.to <= limits.retainedFrom && beyondMs <= RETENTION_TOLERANCE_MS;
    return !isOnlyTheEdge;
  });
}

/** Builds the entry of one webhook. `reason` is used only where something is missing. */
export function coverageEntry(
  webhook: Pick<Coverage, "provider" | "webhookId" | "webhookName">,
  window: Window,
  missing: Window[],
  reason: string,
): Coverage {
  const entry = { ...webhook, from: window.from, to: window.to, missing };
  if (missing.length === 0) return { ...entry, state: "complete" };
  const missingMs = missing.reduce((total, part) => total + lengthMs(part), 0);
  return { ...entry, state: missingMs >= lengthMs(window) ? "unknown" : "partial", reason };
}

/** The entries that speak of one webhook: its own, and those of a provider whose list could not be read. */
export function coverageOfWebhook(
  coverage: readonly Coverage[],
  webhook: Pick<Webhook, "provider" | "id">,
): Coverage[] {
  return coverage.filter(
    ({ provider, webhookId }) => provider === webhook.provider && (webhookId === null || webhookId === webhook.id),
  );
}

/** How much was collected, all entries taken together: the summary that heads an answer. */
export function overallState(coverage: readonly Coverage[]): CoverageState {
  if (coverage.every((entry) => entry.state === "complete")) return "complete";
  return coverage.every((entry) => entry.state === "unknown") ? "unknown" : "partial";
}

/** Until when the collected parts reach into the window without a break at its end: what an answer may call "as of". */
export function collectedUntil(window: Window, collected: readonly Window[], maxAgeMs: number): Date | undefined {
  const tail = subtract(window, collected).at(-1);
  if (!tail || tail.to < window.to) return window.to;
  return isFreshTail(tail, window, maxAgeMs) ? tail.from : undefined;
}

function staleParts(window: Window, collected: readonly Window[], limits: CoverageLimits): Window[] {
  const parts = subtract(window, collected);
  const tail = parts.at(-1);
  const reachesNow = limits.now.getTime() - window.to.getTime() < limits.maxAgeMs;
  if (tail && reachesNow && isFreshTail(tail, window, limits.maxAgeMs)) parts.pop();
  return parts;
}

/** The end of a window that was collected up to a moment ago. */
function isFreshTail(tail: Window, window: Window, maxAgeMs: number): boolean {
  const followsCollected = tail.from > window.from;
  return followsCollected && tail.to >= window.to && lengthMs(tail) <= maxAgeMs;
}

function lengthMs(window: Window): number {
  return window.to.getTime() - window.from.getTime();
}
