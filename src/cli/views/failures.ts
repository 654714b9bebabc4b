import { attemptsCommand } from "../../triage/attempts-command.ts";
import { type Coverage, coverageOfWebhook, overallState } from "../../triage/coverage.ts";
import type { FailuresAnswer, Issue } from "../../triage/issue.ts";
import type { Invocation } from "../../triage/model.ts";
import { frameLines, headline } from "./frame.ts";
import { invocationRow, sourceCells } from "./invocations.ts";
import { meaningLines } from "./meaning.ts";
import { counted, formatInstant, indent, short, table, webhookName } from "./text.ts";

/** Latest invocations shown under each issue; `--json` has them all. */
const INVOCATIONS_PER_ISSUE = 2;
const LONGEST_TITLE = 120;
const LONGEST_STEP = 300;

/** Issues, worst first. */
export function failuresText(answer: FailuresAnswer, timeZone: string): string {
  const failed = counted(answer.totals.failed, "failed invocation");
  const head = headline(answer, `${failed} in ${counted(answer.issues.length, "issue")}`);
  const lines = [head, ...frameLines(answer, timeZone)];
  if (answer.issues.length > 1) {
    lines.push(
      ...meaningLines(
        answer.issues.flatMap((issue) => issue.invocations),
        answer.coverage,
      ),
    );
  }
  for (const [position, issue] of answer.issues.entries()) {
    const coverage = coverageOfWebhook(answer.coverage, issue.webhook);
    lines.push("", ...issueLines(issue, position + 1, coverage, timeZone));
  }
  return lines.join("\n");
}

function issueLines(issue: Issue, position: number, coverage: readonly Coverage[], timeZone: string): string[] {
  const atLeast = overallState(coverage) === "complete" ? "" : "At least ";
  const count = `${atLeast}${issue.estimated ? "about " : ""}${issue.count} failed`;
  const seen = `first ${formatInstant(issue.firstSeenAt, timeZone)} · last ${formatInstant(issue.lastSeenAt, timeZone)}`;
  const latest = issue.invocations.slice(0, INVOCATIONS_PER_ISSUE);
  const more = issue.invocations.length - latest.length;
  return [
    `${position}. ${webhookName(issue.webhook)} (${issue.provider}): ${short(issue.cause.title, LONGEST_TITLE)}`,
    ...indent(
      [
        `${count} · ${seen}`,
        ...meaningLines(issue.invocations, coverage),
        `Next: ${short(issue.cause.nextStep, LONGEST_STEP)}`,
        ...table(
          latest.map((invocation) => [
            ...invocationRow(invocation, timeZone),
            ...sourceCells(invocation, issue.sourceUrls?.get(invocation.id)),
          ]),
        ),
        ...(more > 0 ? [`and ${more} more`] : []),
        ...attemptsLine(latest[0]),
      ],
      "   ",
    ),
  ];
}

function attemptsLine(invocation: Invocation | undefined): string[] {
  const command = invocation && attemptsCommand(invocation);
  return command === undefined ? [] : [`Attempts: ${command}`];
}
