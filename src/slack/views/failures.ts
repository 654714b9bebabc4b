import type { FailuresAnswer, Issue } from "../../triage/issue.ts";
import { providerName } from "../../triage/provider-name.ts";
import { dateLeaf, header, quoted, richText, section, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { outsideMrkdwn } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { attemptsButton } from "./attempts-button.ts";
import { askedLine, commandName, noteBlocks, windowInWords, windowLine } from "./frame.ts";
import { headline, nothingFound } from "./headline.ts";
import type { Ask, Message, MessageBlock, Page } from "./message.ts";
import { extentBlocks } from "./more.ts";
import { counted, grouped, invocationLine, NAME_LENGTH, webhookName } from "./phrases.ts";
import { knowledgeOf, unknownBlocks, unknownInWords } from "./unknown.ts";

/** Issues a page, and latest invocations an issue. */
export const ISSUES_A_PAGE = 5;
const INVOCATIONS_AN_ISSUE = 2;

/** What is failing: issues, worst first, each with its latest failed invocations and what to do next. */
export function failuresMessage(answer: FailuresAnswer, ask: Ask, page: Page): Message {
  const { totals, issues, window, coverage, notes, asOf } = answer;
  const known = knowledgeOf(coverage);
  const title = headline({
    ...totals,
    issues: issues.length,
    estimated: issues.some((issue) => issue.estimated),
    known,
  });
  const listed = issues.slice(page.offset, page.offset + ISSUES_A_PAGE);
  return fitMessage({
    text: inWords(answer, title),
    most: listed.length,
    blocks: (shown) => [
      header(title),
      richText([windowLine(answer), totals.failed === 0 ? [words(nothingFound(known, totals.pending))] : []]),
      ...unknownBlocks(coverage, window),
      ...listed.slice(0, shown).flatMap((issue, index) => issueBlocks(issue, page.offset + index + 1)),
      ...extentBlocks(
        { view: "failures", asOf, offset: page.offset, shown, total: issues.length, noun: "issues" },
        ask,
      ),
      ...noteBlocks(notes),
      ...(issues.length > 0 ? [richText([everyOneLine(ask)])] : []),
      askedLine(ask),
    ],
  });
}

function issueBlocks(issue: Issue, position: number): MessageBlock[] {
  const { webhook, cause, invocations } = issue;
  const state = issue.state === "open" ? "" : ` · ${issue.state}`;
  return [
    { type: "divider" },
    richText([
      [
        words(`${position}. `, { bold: true }),
        quoted(webhookName(webhook), NAME_LENGTH, { bold: true }),
        words(" · "),
        quoted(providerName(issue.provider), NAME_LENGTH),
        words(state),
      ],
      [quoted(cause.title, TITLE_LENGTH)],
      countLine(issue),
      [words("Next: ", { bold: true }), quoted(cause.nextStep, NEXT_STEP_LENGTH)],
    ]),
    ...invocations
      .slice(0, INVOCATIONS_AN_ISSUE)
      .map((invocation) => section(invocationLine(invocation), { button: attemptsButton(invocation, webhook) })),
  ];
}

const TITLE_LENGTH = 160;
const NEXT_STEP_LENGTH = 300;

function countLine({ count, estimated, firstSeenAt, lastSeenAt }: Issue): Leaf[] {
  const failed = `${estimated ? "≈ " : ""}${grouped(count)} failed · `;
  if (firstSeenAt.getTime() === lastSeenAt.getTime()) return [words(failed), dateLeaf(lastSeenAt)];
  return [words(`${failed}first `), dateLeaf(firstSeenAt), words(" · last "), dateLeaf(lastSeenAt)];
}

function everyOneLine(ask: Ask): Leaf[] {
  const command = `${commandName(ask)} invocations ${ask.queryText}`.trim();
  return [words("Every failed invocation: "), quoted(command, COMMAND_LENGTH, { code: true })];
}

const COMMAND_LENGTH = 300;

function inWords(answer: FailuresAnswer, title: string): string {
  const worst = answer.issues.slice(0, WORST_NAMED).map(({ webhook, cause, count, estimated }) => {
    const name = outsideMrkdwn(webhookName(webhook), NAME_LENGTH);
    return `${name}: ${outsideMrkdwn(cause.title, TITLE_LENGTH)} (${estimated ? "≈ " : ""}${count})`;
  });
  const others = answer.issues.length - worst.length;
  if (others > 0) worst.push(`and ${counted(others, "other issue", "other issues")}`);
  return [`${title}, ${windowInWords(answer)}.`, unknownInWords(answer.coverage), worst.join("; ")]
    .filter((part) => part !== "")
    .join(" ");
}

const WORST_NAMED = 2;
