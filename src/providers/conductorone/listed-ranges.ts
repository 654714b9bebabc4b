import { merge, subtract, type Window, windowOf } from "../../triage/window.ts";
import type { Made } from "./unreadable-tasks.ts";

/** Ranges of which all is listed, so that what a listing got done before it was cut off is not done again. */
export interface ListedRanges {
  add(range: Made): void;
  /** What is not listed of a range, oldest first. What was listed from `untilMs` on counts for nothing. */
  missingIn(range: Made, untilMs: number): Made[];
  /** Forgets what lies before. */
  forget(beforeMs: number): void;
}

export function createListedRanges(): ListedRanges {
  let listed: Window[] = [];
  return {
    add({ fromMs, toMs }) {
      listed = merge([...listed, windowOf(fromMs, toMs)]);
    },
    missingIn({ fromMs, toMs }, untilMs) {
      const counted = listed.map(({ from, to }) => windowOf(from.getTime(), Math.min(to.getTime(), untilMs)));
      return subtract(windowOf(fromMs, toMs), counted).map(({ from, to }) => ({
        fromMs: from.getTime(),
        toMs: to.getTime(),
      }));
    },
    forget(beforeMs) {
      listed = merge(listed.map(({ from, to }) => windowOf(Math.max(from.getTime(), beforeMs), to.getTime())));
    },
  };
}

/** A range in parts of about the same length, oldest first. */
export function slicesOf({ fromMs, toMs }: Made, count: number): Made[] {
  const startOf = (index: number) => Math.round(fromMs + (index * (toMs - fromMs)) / count);
  return Array.from({ length: count }, (_, index) => ({ fromMs: startOf(index), toMs: startOf(index + 1) }));
}
