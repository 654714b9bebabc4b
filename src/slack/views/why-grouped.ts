import type { Issue } from "../../triage/issue.ts";
import { ASSUMPTION_IN_WORDS, ROW_IN_WORDS } from "../../triage/issue-words.ts";
import { providerName } from "../../triage/provider-name.ts";
import type { WhyGrouped, WhyMember } from "../../triage/why-grouped.ts";
import type { Window } from "../../triage/window.ts";
import {
  dateLeaf,
  header,
  paragraph,
  preformatted,
  quoted,
  richText,
  richTextOf,
  section,
  words,
} from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { ABSOLUTE_FORMAT, isVisible, outsideMrkdwn, outsidePlain } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { attemptsButton } from "./attempts-button.ts";
import type { Message, MessageBlock } from "./message.ts";
import { counted, grouped, invocationLine, NAME_LENGTH, webhookName } from "./phrases.ts";

/** How much of each text from outside is shown, from the least to the most: the most that fits is taken. Characters. */
const QUOTE_LENGTHS = [60, 120, 300] as const;
const TITLE_LENGTH = 160;
const SIGNATURE_LENGTH = 500;
const MASKED_SHOWN = 15;
const KIND_LENGTH = 40;
const ID_LENGTH = 80;
const TERMS_LENGTH = 300;
const RENAMED_SHOWN = 5;

/** Of which question the issue is. */
export interface WhyFrame {
  window: Window;
  /** Those of its terms that left out a part of the issue; empty for none, `undefined` where they are not known and nothing is left out. */
  terms?: string | undefined;
}

/** Why failed invocations are one issue: what they share, what was left out of the comparison, how many were read, and some of them. */
export function whyGroupedMessage(why: WhyGrouped, frame: WhyFrame): Message {
  const { webhook, cause, members } = why;
  return fitMessage({
    text: inWords(why),
    most: QUOTE_LENGTHS.length - 1,
    blocks: (generosity) => {
      const length = QUOTE_LENGTHS[generosity] ?? QUOTE_LENGTHS[0];
      return [
        header(`Why grouped: ${outsidePlain(webhookName(webhook), NAME_LENGTH)}`),
        signatureBlock(why, frame),
        richText([...maskedLines(why, length), countLine(why)]),
        ...members.flatMap((member, index) => memberBlocks(member, members[index - 1], why, length)),
        richText([
          [words(rulesLine(why))],
          ...renamedLines(why),
          [words("Cause: "), quoted(cause.id, ID_LENGTH, CODE)],
        ]),
      ];
    },
  });
}

/** For a press on an issue of which nothing is known any more: it is past its retention, or became another one. */
export function nothingGroupedMessage(): Message {
  const told =
    "Nothing that is kept of this time is this issue any more, so nothing tells why it was one. Ask again with /hooks failures: the new answer has buttons that work.";
  return { text: told, blocks: [richText([[words(told)]])] };
}

const CODE = { code: true };

function signatureBlock({ webhook, cause }: WhyGrouped, { window, terms }: WhyFrame): MessageBlock {
  const where: Leaf[] = [
    quoted(webhookName(webhook), NAME_LENGTH),
    words(" · "),
    quoted(providerName(webhook.provider), NAME_LENGTH),
    words(" · "),
    dateLeaf(window.from, ABSOLUTE_FORMAT),
    words(" to "),
    dateLeaf(window.to, ABSOLUTE_FORMAT),
  ];
  const parts = [
    paragraph([
      [quoted(cause.title, TITLE_LENGTH, { bold: true })],
      where,
      termsLine(terms),
      [words(SURENESS[cause.sureness])],
      [words("They are one issue because of the same webhook and the same signature:")],
    ]),
    preformatted(isVisible(cause.signature) ? cause.signature : cause.id, SIGNATURE_LENGTH),
  ];
  return richTextOf(parts);
}

const SURENESS: Record<Issue["cause"]["sureness"], string> = {
  certain: "Certain: it is known who says so, and what it means.",
  likely: "Likely: it follows from what was said.",
  unsure: "Not sure why: they are grouped by little more than the status and the code.",
};

/** What the counts below are of, where it is not all that failed in the window. */
function termsLine(terms: string | undefined): Leaf[] {
  if (terms === undefined) return [words(WHATEVER_THE_TERMS)];
  return terms === "" ? [] : [words("Of these only, as the question had it: "), quoted(terms, TERMS_LENGTH, CODE)];
}

const WHATEVER_THE_TERMS =
  "All of it in this time, whatever the terms of the question, which were too long for the button: the counts may differ from the answer's.";

/** `id: 7f3…`: what each kind that was masked looked like once. */
function maskedLines({ masked, cause }: WhyGrouped, length: number): Leaf[][] {
  if (masked.length === 0) {
    // Some readings name what they masked in the signature and keep no example.
    const isMasked = /<[a-z]{2,10}>/.test(cause.signature);
    return isMasked ? [[words(MASKED_UNTOLD)]] : [[words("Nothing was masked in this signature.")]];
  }
  const shown = masked
    .slice(0, MASKED_SHOWN)
    .map(({ kind, example }) => [
      words("• "),
      quoted(kind, KIND_LENGTH),
      words(", such as "),
      quoted(example, length, CODE),
    ]);
  const more = masked.length - shown.length;
  return [
    [words("Masked, since it varies without making another cause:")],
    ...shown,
    ...(more > 0 ? [[words(`• and ${counted(more, "more kind", "more kinds")}`)]] : []),
  ];
}

const MASKED_UNTOLD = "Masked, since it varies without making another cause: what stands in <> above.";

/** `6 read, 36 assumed (same webhook, status and code, nearest in time); 5 of them:` */
function countLine({ readCount, assumedCount, rowCount, members }: WhyGrouped): Leaf[] {
  const count = readCount + assumedCount + rowCount;
  const shown = members.length < count ? `; ${grouped(members.length)} of them:` : ":";
  if (rowCount === count) return [words(`The status and the code of their rows alone make them one issue${shown}`)];
  const read = readCount === 0 ? "None read" : `${grouped(readCount)} read`;
  const assumed = assumedCount === 0 ? "none assumed" : `${grouped(assumedCount)} assumed (${ASSUMPTION_IN_WORDS})`;
  return [words(`${read}, ${assumed}${rowCount === 0 ? "" : `, ${grouped(rowCount)} ${ROW_IN_WORDS}`}${shown}`)];
}

/** When and how it ended with its Attempts, and the line that told, where the one before did not say the same. */
function memberBlocks(
  member: WhyMember,
  before: WhyMember | undefined,
  why: WhyGrouped,
  length: number,
): MessageBlock[] {
  const { invocation, telling } = member;
  const isTold = telling !== undefined && isVisible(telling);
  const isSame = isTold && telling === before?.telling;
  const line = `${invocationLine(invocation)}${howKnown(member)}${isSame ? " · same line as above" : ""}`;
  const block = section(line, { button: attemptsButton(invocation, why.webhook) });
  return isTold && !isSame ? [block, richTextOf([preformatted(telling, length)])] : [block];
}

/** Nothing where its own attempts told, which is the rule. */
function howKnown({ isRead, isAssumed }: WhyMember): string {
  if (isAssumed) return " · assumed";
  return isRead ? "" : ` · ${ROW_IN_WORDS}`;
}

function rulesLine({ rules }: WhyGrouped): string {
  return `Grouped by version ${rules} of the rules.`;
}

/** What members were called before better rules gave them this cause. */
function renamedLines({ regrouped }: WhyGrouped): Leaf[][] {
  const shown = regrouped
    .slice(0, RENAMED_SHOWN)
    .map(({ fromCauseId, at, fromRules }) => [
      words("Until "),
      dateLeaf(at),
      words(`, by version ${fromRules}, some were `),
      quoted(fromCauseId, ID_LENGTH, CODE),
      words("."),
    ]);
  const more = regrouped.length - shown.length;
  return [...shown, ...(more > 0 ? [[words(`${counted(more, "more change", "more changes")} not shown.`)]] : [])];
}

function inWords({ webhook, cause, readCount, assumedCount, rowCount }: WhyGrouped): string {
  const name = outsideMrkdwn(webhookName(webhook), NAME_LENGTH);
  const counts = `${grouped(readCount)} read, ${grouped(assumedCount)} assumed${rowCount === 0 ? "" : `, ${grouped(rowCount)} ${ROW_IN_WORDS}`}`;
  return `Why grouped: ${name}, ${outsideMrkdwn(cause.title, TITLE_LENGTH)}. ${counts}.`;
}
