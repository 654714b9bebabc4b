import type { Issue } from "../../triage/issue.ts";
import { counted, grouped, invocations } from "./phrases.ts";
import type { Knowledge } from "./unknown.ts";

/** What an answer found, in numbers. */
export interface Found {
  failed: number;
  pending: number;
  /** Absent where the answer does not group. */
  issues?: number;
  /** Whether `failed` is an estimate. */
  estimated?: boolean;
  known: Knowledge;
  /** Whether the rest is on its way. */
  isLate?: boolean;
}

/** The one line that matters most: what was found, never more certain than it is. */
export function headline({ failed, pending, issues, estimated = false, known, isLate = false }: Found): string {
  const waiting = pending > 0 ? ` · ${grouped(pending)} pending` : "";
  if (failed > 0) {
    const inIssues = issues === undefined ? "" : ` in ${counted(issues, "issue", "issues")}`;
    return `${knownCount(failed, estimated, known)} failed ${invocationWord(failed)}${inIssues}${waiting}`;
  }
  const none = isLate && known === "unknown" ? NOTHING_YET : NONE_FOUND[known];
  return `${none}${waiting}`;
}

/**
 * Whether the number of failures is an estimate, and not only how they spread over issues: where the question is for some causes alone,
 * and some of these are assumed. `queryText` is the canonical query.
 */
export function isTotalEstimated(issues: readonly Issue[], queryText: string): boolean {
  return /(?:^|\s)-?cause:/.test(queryText) && issues.some(({ estimated }) => estimated);
}

/** `12`, `At least 12`, `≈ 12 or more`: never more certain than what is known. */
export function knownCount(count: number, estimated: boolean, known: Knowledge): string {
  const isSure = known === "complete" || known === "nothing_to_read";
  const number = grouped(count);
  return estimated ? `≈ ${number}${isSure ? "" : " or more"}` : `${isSure ? "" : "At least "}${number}`;
}

const NONE_FOUND: Record<Knowledge, string> = {
  complete: "No failed invocations",
  partial: "No failed invocations in the part that is known",
  unknown: "Unknown: the invocations could not be read",
  nothing_to_read: "Nothing to check: no webhook belongs to this question",
};

const NOTHING_YET = "Nothing is known yet: the invocations are being read";

/** What to make of an answer without failures, as a sentence. `isLate`: the rest is on its way. */
export function nothingFound(known: Knowledge, pending: number, isLate = false): string {
  if (known === "partial") return "The rest may hold failures: this is no all-clear.";
  if (known === "unknown" && isLate) return "This is no all-clear.";
  if (known === "unknown") return "This is no all-clear: ask again when the provider answers.";
  if (known === "nothing_to_read") return "So this says nothing about whether invocations fail.";
  if (pending > 0) return `No failed invocation matches your question; ${invocations(pending)} may still fail.`;
  return "Every webhook you asked about was read for the whole of this time: no failed invocation matches.";
}

function invocationWord(count: number): string {
  return count === 1 ? "invocation" : "invocations";
}
