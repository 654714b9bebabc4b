import { consequencesInWords, consequencesOf } from "../../triage/consequence.ts";
import type { Coverage } from "../../triage/coverage.ts";
import type { FailuresAnswer, Issue } from "../../triage/issue.ts";
import type { Invocation } from "../../triage/model.ts";
import { words } from "../blocks/build.ts";
import type { Leaf } from "../blocks/types.ts";

/** What failed invocations meant for those who waited for them; an empty line where nobody can tell. */
export function meaningLine(failed: readonly Invocation[], coverage: readonly Coverage[] = []): Leaf[] {
  const meaning = consequencesInWords(consequencesOf(failed, coverage));
  return meaning === "" ? [] : [words("What it meant: ", { bold: true }), words(`${meaning}.`)];
}

/** That of one issue: what is unknown of other webhooks does not concern it. */
export function issueMeaning({ provider, webhook, invocations }: Issue, coverage: readonly Coverage[]): Leaf[] {
  const own = coverage.filter(
    (entry) => entry.provider === provider && (entry.webhookId === null || entry.webhookId === webhook.id),
  );
  return meaningLine(invocations, own);
}

/** All issues together, where there is more than the one that says it itself. */
export function wholeMeaning({ issues, coverage }: FailuresAnswer): Leaf[] {
  return issues.length > 1 ? meaningLine(failedOf(issues), coverage) : [];
}

/** For notifications and screen readers: a sentence, or nothing. */
export function meaningInWords({ issues, coverage }: FailuresAnswer): string {
  const meaning = consequencesInWords(consequencesOf(failedOf(issues), coverage));
  return meaning === "" ? "" : `What it meant: ${meaning}.`;
}

function failedOf(issues: readonly Issue[]): Invocation[] {
  return issues.flatMap((issue) => issue.invocations);
}
