import { consequencesOf, meaningSentence } from "../../triage/consequence.ts";
import type { Coverage } from "../../triage/coverage.ts";
import type { Invocation } from "../../triage/model.ts";

/** What failed invocations meant for those who waited for them; no line where nobody can tell. */
export function meaningLines(failed: readonly Invocation[], coverage: readonly Coverage[]): string[] {
  const meaning = meaningSentence(consequencesOf(failed, coverage));
  return meaning === undefined ? [] : [`What it meant: ${meaning}`];
}
