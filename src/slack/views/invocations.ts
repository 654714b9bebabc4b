import type { InvocationsAnswer, ListedInvocation } from "../../triage/issue.ts";
import { divider, header, richText, section, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { cut, outsideMrkdwn } from "../blocks/text.ts";
import { attemptsButton } from "./attempts-button.ts";
import { askedLine, noteBlocks, windowInWords, windowLine } from "./frame.ts";
import { headline, nothingFound } from "./headline.ts";
import { type Late, lateBlocks, lateInWords } from "./late.ts";
import { meaningLine } from "./meaning.ts";
import type { Ask, Message, MessageBlock, Page } from "./message.ts";
import { extentBlocks } from "./more.ts";
import { invocationLine, NAME_LENGTH, webhookName } from "./phrases.ts";
import { knowledgeOf, unknownBlocks, unknownInWords } from "./unknown.ts";

export const INVOCATIONS_A_PAGE = 10;
const TITLE_LENGTH = 160;

/** Failed invocations one by one, newest first. `late`: how it stands with the rest, where it is not there in time. */
export function invocationsMessage(answer: InvocationsAnswer, ask: Ask, page: Page, late?: Late): Message {
  const { totals, invocations, window, coverage, notes, asOf } = answer;
  const known = knowledgeOf(coverage);
  const title = headline({ ...totals, known, isLate: late !== undefined });
  const listed = invocations.slice(page.offset, page.offset + INVOCATIONS_A_PAGE);
  const total = invocations.length;
  return fitMessage({
    text: inWords(answer, title, late),
    most: listed.length,
    blocks: (shown) => [
      header(title),
      richText([
        windowLine(answer),
        totals.failed === 0
          ? [words(nothingFound(known, totals.pending, late !== undefined))]
          : meaningLine(
              invocations.map(({ invocation }) => invocation),
              coverage,
            ),
      ]),
      ...lateBlocks(late),
      ...unknownBlocks(coverage, window),
      ...listed.slice(0, shown).flatMap((each) => [divider(), invocationSection(each)]),
      ...extentBlocks({ view: "invocations", asOf, offset: page.offset, shown, total, noun: "invocations" }, ask),
      ...noteBlocks(notes),
      askedLine(ask),
    ],
  });
}

/** One block an invocation: the facts, and under them the names from outside as plain text. */
function invocationSection({ invocation, webhook, cause, isAssumed, sourceUrl }: ListedInvocation): MessageBlock {
  const why = `${cut(cause.title, TITLE_LENGTH)}${isAssumed ? " (assumed)" : ""}`;
  return section(invocationLine(invocation, sourceUrl), {
    button: attemptsButton(invocation, webhook),
    fields: [cut(webhookName(webhook), NAME_LENGTH), why],
  });
}

function inWords(answer: InvocationsAnswer, title: string, late: Late | undefined): string {
  const latest = answer.invocations[0];
  const named = latest
    ? `The latest: ${outsideMrkdwn(webhookName(latest.webhook), NAME_LENGTH)}, ${outsideMrkdwn(latest.cause.title, TITLE_LENGTH)}.`
    : "";
  return [`${title}, ${windowInWords(answer)}.`, lateInWords(late), unknownInWords(answer.coverage), named]
    .filter((part) => part !== "")
    .join(" ");
}
