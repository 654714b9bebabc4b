import { consequencesOf, meaningSentence } from "../../triage/consequence.ts";
import { type Coverage, coverageOfWebhook } from "../../triage/coverage.ts";
import type { FailuresAnswer, Issue } from "../../triage/issue.ts";
import type { Invocation } from "../../triage/model.ts";
import { words } from "../blocks/build.ts";
import type { Leaf } from "../blocks/types.ts";

/** What failed invocations meant for those who waited for them; an empty line where nobody can tell. */
export function meaningLine(failed: readonly Invocation[], coverage: readonly Coverage[] = []): Leaf[] {
  const meaning = meaningSentence(consequencesOf(failed, coverage));
  return meaning === undefined ? [] : [words("What it meant: ", { bold: true }), words(meaning)];
}

/** That of one issue: what is unknown of other webhooks does not concern it. */
export function issueMeaning(issue: Issue, coverage: readonly Coverage[]): Leaf[] {
  return meaningLine(issue.invocations, coverageOfWebhook(coverage, issue.webhook));
}

/** All issues together, where there is more than the one that says it itself. */
export function wholeMeaning({ issues, coverage }: FailuresAnswer): Leaf[] {
  return issues.length > 1 ? meaningLine(failedOf(issues), coverage) : [];
}

/** For notifications and screen readers: a sentence, or nothing. */
export function meaningInWords({ issues, coverage }: FailuresAnswer): string {
  const meaning = meaningSentence(consequencesOf(failedOf(issues), coverage));
  return meaning === undefined ? "" : `What it meant: ${meaning}`;
}

function failedOf(issues: readonly Issue[]): Invocation[] {
  return issues.flatMap((issue) => issue.invocations);
}
