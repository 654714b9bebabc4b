import type { FailuresAnswer } from "../../triage/issue.ts";
import { header, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { askedLine, noteBlocks, windowInWords, windowLine } from "./frame.ts";
import { headline, nothingFound } from "./headline.ts";
import { everyOneLine, ISSUES_A_PAGE, issueBlocks, worstInWords } from "./issue-blocks.ts";
import { meaningInWords, wholeMeaning } from "./meaning.ts";
import type { Ask, Message, Page } from "./message.ts";
import { extentBlocks } from "./more.ts";
import { knowledgeOf, unknownBlocks, unknownInWords } from "./unknown.ts";

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
      richText([
        windowLine(answer),
        totals.failed === 0 ? [words(nothingFound(known, totals.pending))] : wholeMeaning(answer),
      ]),
      ...unknownBlocks(coverage, window),
      ...listed.slice(0, shown).flatMap((issue, index) => issueBlocks(issue, page.offset + index + 1, coverage)),
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

function inWords(answer: FailuresAnswer, title: string): string {
  const { coverage, issues } = answer;
  const parts = [unknownInWords(coverage), meaningInWords(answer), worstInWords(issues)];
  return [`${title}, ${windowInWords(answer)}.`, ...parts].filter((part) => part !== "").join(" ");
}
