import { attemptsCommand } from "../../triage/attempts-command.ts";
import { coverageOfWebhook, overallState } from "../../triage/coverage.ts";
import type { AnswerFrame, FailuresAnswer, Issue } from "../../triage/issue.ts";
import {
  breadthInWords,
  doubtInWords,
  evidenceInWords,
  issueDoubt,
  issueNextStep,
  ORDER_IN_WORDS,
} from "../../triage/issue-words.ts";
import type { Invocation } from "../../triage/model.ts";
import { sparklineOf, trendInWords } from "../../triage/trend-words.ts";
import { frameLines, headline } from "./frame.ts";
import { invocationRow, sourceCells } from "./invocations.ts";
import { meaningLines } from "./meaning.ts";
import { counted, formatInstant, indent, plain, short, table, webhookName, wrapped } from "./text.ts";

/** Latest invocations shown under each issue; `--json` has them all. */
const INVOCATIONS_PER_ISSUE = 2;
const LONGEST_TITLE = 120;
const LONGEST_STEP = 300;

/** What to do where no attempts of an issue are read yet. */
const READ_ONE = "Read the attempts of one, with the command below: they tell why it failed.";

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
    lines.push("", ...issueLines(issue, position + 1, answer, timeZone));
  }
  if (answer.issues.length > 1) lines.push("", ...wrapped(ORDER_IN_WORDS, COLUMNS));
  return lines.join("\n");
}

/** Facts first, then what to do, then its latest invocations. */
function issueLines(issue: Issue, position: number, frame: AnswerFrame, timeZone: string): string[] {
  const { cause, invocations } = issue;
  const coverage = coverageOfWebhook(frame.coverage, issue.webhook);
  const doubt = issueDoubt(issue);
  const latest = invocations.slice(0, INVOCATIONS_PER_ISSUE);
  const more = invocations.length - latest.length;
  const number = `${position}. `;
  const [title = "", ...rest] = wrapped(short(cause.title, LONGEST_TITLE), COLUMNS - number.length);
  const told = [
    whereOf(issue),
    countOf(issue, overallState(coverage) === "complete"),
    seenOf(issue, timeZone),
    trendOf(issue, frame),
    ...(doubt === undefined ? [] : [doubtInWords(doubt)]),
    ...meaningLines(invocations, coverage),
    `Next: ${short(issueNextStep(issue, READ_ONE), LONGEST_STEP)}`,
  ];
  return [
    `${number}${title}`,
    ...indent(
      [
        ...rest,
        ...told.flatMap((line) => wrapped(line, COLUMNS - INDENT.length)),
        ...table(
          latest.map((invocation) => [
            ...invocationRow(invocation, timeZone),
            ...sourceCells(invocation, issue.sourceUrls?.get(invocation.id)),
          ]),
        ),
        ...(more > 0 ? [`and ${more} more`] : []),
        ...attemptsLine(latest[0]),
      ],
      INDENT,
    ),
  ];
}

const COLUMNS = 80;
const INDENT = "   ";

function whereOf(issue: Issue): string {
  const breadth = breadthInWords(issue);
  const facts = [webhookName(issue.webhook), plain(issue.provider), ...(issue.state === "open" ? [] : [issue.state])];
  return [...facts, ...(breadth === undefined ? [] : [breadth])].join(" · ");
}

function countOf(issue: Issue, isWhole: boolean): string {
  const evidence = evidenceInWords(issue);
  const count = `${isWhole ? "" : "At least "}${issue.estimated ? "about " : ""}${issue.count} failed`;
  return evidence === undefined ? count : `${count} · ${evidence}`;
}

function seenOf({ firstSeenAt, lastSeenAt }: Issue, timeZone: string): string {
  return `first ${formatInstant(firstSeenAt, timeZone)} · last ${formatInstant(lastSeenAt, timeZone)}`;
}

function trendOf({ trend, lastSeenAt, webhook }: Issue, { window, asOf, coverage }: AnswerFrame): string {
  const missing = coverageOfWebhook(coverage, webhook).flatMap((entry) => entry.missing);
  const facts = { trend, lastSeenAt, window, asOf, missing };
  return `${trendInWords(facts)} ${sparklineOf(facts)}`.trim();
}

function attemptsLine(invocation: Invocation | undefined): string[] {
  const command = invocation && attemptsCommand(invocation);
  return command === undefined ? [] : [`Attempts: ${command}`];
}
