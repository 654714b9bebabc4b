import type { FailuresAnswer } from "../../triage/issue.ts";
import { header, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { askedLine, noteBlocks, windowInWords, windowLine } from "./frame.ts";
import { headline, isTotalEstimated, nothingFound } from "./headline.ts";
import { footBlocks, ISSUES_A_PAGE, issueBlocks, withRoom, worstInWords } from "./issue-blocks.ts";
import { type Late, lateBlocks, lateInWords } from "./late.ts";
import { meaningInWords, wholeMeaning } from "./meaning.ts";
import type { Ask, Message, Page } from "./message.ts";
import { extentBlocks } from "./more.ts";
import { knowledgeOf, unknownBlocks, unknownInWords } from "./unknown.ts";

/**
 * What is failing: issues, worst first, each with its latest failed invocations and what to do next. `late`: how it stands with the rest,
 * where it is not there in time.
 */
export function failuresMessage(answer: FailuresAnswer, ask: Ask, page: Page, late?: Late): Message {
  const { totals, issues, window, coverage, notes, asOf } = answer;
  const known = knowledgeOf(coverage);
  const title = headline({
    ...totals,
    issues: issues.length,
    estimated: isTotalEstimated(issues, ask.queryText),
    known,
    isLate: late !== undefined,
  });
  const listed = issues.slice(page.offset, page.offset + ISSUES_A_PAGE);
  const frame = { ...answer, queryText: ask.queryText };
  return fitMessage({
    text: inWords(answer, title, late),
    most: listed.length,
    blocks: (shown) =>
      withRoom((invocationsShown) => [
        header(title),
        richText([
          windowLine(answer),
          totals.failed === 0 ? [words(nothingFound(known, totals.pending, late !== undefined))] : wholeMeaning(answer),
        ]),
        ...lateBlocks(late),
        ...unknownBlocks(coverage, window),
        ...listed
          .slice(0, shown)
          .flatMap((issue, index) => issueBlocks(issue, page.offset + index + 1, frame, invocationsShown)),
        ...extentBlocks(
          { view: "failures", asOf, offset: page.offset, shown, total: issues.length, noun: "issues" },
          ask,
        ),
        ...noteBlocks(notes),
        ...footBlocks(issues, { asOf, invocationsShown, shown, offset: page.offset }, ask),
        askedLine(ask),
      ]),
  });
}

function inWords(answer: FailuresAnswer, title: string, late: Late | undefined): string {
  const parts = [lateInWords(late), unknownInWords(answer.coverage), meaningInWords(answer), worstInWords(answer)];
  return [`${title}, ${windowInWords(answer)}.`, ...parts].filter((part) => part !== "").join(" ");
}
