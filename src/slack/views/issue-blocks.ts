import { coverageOfWebhook } from "../../triage/coverage.ts";
import type { AnswerFrame, Issue } from "../../triage/issue.ts";
import {
  breadthInWords,
  evidenceInWords,
  issueDoubt,
  issueNextStep,
  ORDER_IN_WORDS,
} from "../../triage/issue-words.ts";
import { providerName } from "../../triage/provider-name.ts";
import { sparklineOf, type Trend, trendInWords } from "../../triage/trend-words.ts";
import { actions, dateLeaf, divider, quoted, richText, section, words } from "../blocks/build.ts";
import { isWithinLimits } from "../blocks/fit.ts";
import { outsideMrkdwn } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { attemptsButton, PRESS_ATTEMPTS } from "./attempts-button.ts";
import { commandName } from "./frame.ts";
import { knownCount } from "./headline.ts";
import { issueMeaning } from "./meaning.ts";
import type { Ask, MessageBlock } from "./message.ts";
import { counted, doubtLeaves, grouped, invocationLine, NAME_LENGTH, webhookName } from "./phrases.ts";
import { showInvocationsButton } from "./show-invocations-button.ts";
import { knowledgeOf } from "./unknown.ts";
import { whyGroupedButton } from "./why-grouped-button.ts";

/** How answers and digests show issues. */

export const ISSUES_A_PAGE = 5;
/** Latest invocations an issue: two, or one where issues that have much to say would not all have room. */
const INVOCATIONS_AN_ISSUE = [2, 1] as const;

/** The answer that issues are of. */
export interface IssuesFrame extends AnswerFrame {
  /** The query in its canonical form. */
  queryText: string;
}

/** Blocks with as many invocations an issue as Slack takes. */
export function withRoom(build: (invocationsShown: number) => MessageBlock[]): MessageBlock[] {
  const [most, fewest] = INVOCATIONS_AN_ISSUE;
  const blocks = build(most);
  return isWithinLimits(blocks) ? blocks : build(fewest);
}

/**
 * One issue, facts first: why it fails, where, how often, since when and how that went, what it meant, what to do next, its latest
 * failed invocations with their Attempts, and **Why grouped?**.
 */
export function issueBlocks(
  issue: Issue,
  position: number,
  frame: IssuesFrame,
  invocationsShown: number,
): MessageBlock[] {
  const { webhook, cause, invocations, sourceUrls } = issue;
  const why = whyGroupedButton(issue, frame.window, frame.queryText);
  return [
    divider(),
    richText([
      [words(`${position}. `, { bold: true }), quoted(cause.title, TITLE_LENGTH, { bold: true })],
      whereLine(issue),
      countLine(issue, frame),
      ...courseLines(issue, frame),
      doubtLine(issue),
      issueMeaning(issue, frame.coverage),
      [words("Next: ", { bold: true }), quoted(issueNextStep(issue, PRESS_ATTEMPTS), NEXT_STEP_LENGTH)],
    ]),
    ...invocations.slice(0, invocationsShown).map((invocation) =>
      section(invocationLine(invocation, sourceUrls?.get(invocation.id)), {
        button: attemptsButton(invocation, webhook),
      }),
    ),
    ...(why ? [actions([why])] : []),
  ];
}

const TITLE_LENGTH = 160;
const NEXT_STEP_LENGTH = 300;

/** `Jira sync · Zendesk · regressed · same cause on 3 other webhooks` */
function whereLine(issue: Issue): Leaf[] {
  const { webhook, provider, state } = issue;
  const breadth = breadthInWords(issue);
  const more = [...(state === "open" ? [] : [state]), ...(breadth === undefined ? [] : [breadth])];
  return [
    quoted(webhookName(webhook), NAME_LENGTH),
    words(" · "),
    quoted(providerName(provider), NAME_LENGTH),
    words(more.map((fact) => ` · ${fact}`).join("")),
  ];
}

/** `≈ 42 failed · 6 read, the others look the same` */
function countLine(issue: Issue, { coverage }: AnswerFrame): Leaf[] {
  const { webhook, count, estimated } = issue;
  const failed = `${knownCount(count, estimated, knowledgeOf(coverageOfWebhook(coverage, webhook)))} failed`;
  const evidence = evidenceInWords(issue, grouped);
  return [words(evidence === undefined ? failed : `${failed} · ${evidence}`)];
}

/** When it was seen, and how it went: words first, since a screen reader says a bar by bar; without bars in the same line. */
function courseLines(issue: Issue, frame: AnswerFrame): Leaf[][] {
  const trend = trendOf(issue, frame);
  const [course, bars] = [trendInWords(trend), sparklineOf(trend)];
  const seen = seenLine(issue);
  if (bars !== "") return [seen, [words(`${course} ${bars}`)]];
  return [course === "once" ? seen : [...seen, words(` · ${course}`)]];
}

function seenLine({ firstSeenAt, lastSeenAt }: Issue): Leaf[] {
  if (firstSeenAt.getTime() === lastSeenAt.getTime()) return [words("seen "), dateLeaf(lastSeenAt)];
  return [words("first "), dateLeaf(firstSeenAt), words(" · last "), dateLeaf(lastSeenAt)];
}

function trendOf({ trend, lastSeenAt, webhook }: Issue, { window, asOf, coverage }: AnswerFrame): Trend {
  const missing = coverageOfWebhook(coverage, webhook).flatMap((entry) => entry.missing);
  return { trend, lastSeenAt, window, asOf, missing };
}

function doubtLine(issue: Issue): Leaf[] {
  const doubt = issueDoubt(issue);
  return doubt === undefined ? [] : doubtLeaves(doubt);
}

/** What stands below the issues: their order, and **Show invocations**, which lists every failed one of the same question. */
export function footBlocks(
  issues: readonly Issue[],
  place: FootPlace,
  ask: Pick<Ask, "command" | "queryText">,
): MessageBlock[] {
  if (issues.length === 0) return [];
  const { asOf, invocationsShown, shown, offset = 0 } = place;
  const areAllShown = issues.length <= shown && issues.every(({ count }) => count <= invocationsShown);
  const isWanted = offset === 0 && !areAllShown;
  const show = isWanted ? showInvocationsButton(ask.queryText, asOf) : undefined;
  const lines = [
    ...(issues.length > 1 ? [[words(ORDER_IN_WORDS)]] : []),
    ...(isWanted && !show ? [shorterLine(ask)] : []),
  ];
  return [...(lines.length > 0 ? [richText(lines)] : []), ...(show ? [actions([show])] : [])];
}

/** Where in an answer the foot stands. */
interface FootPlace {
  asOf: Date;
  /** Issues above it. */
  shown: number;
  /** Latest invocations that each of them shows. */
  invocationsShown: number;
  /** How many issues the pages before showed; one button for all of them is enough. */
  offset?: number;
}

/** Instead of the button where the question is too long for one. */
function shorterLine(ask: Pick<Ask, "command">): Leaf[] {
  return [
    words("Every failed invocation: ask a shorter question with "),
    words(`${commandName(ask)} invocations`, { code: true }),
  ];
}

/** For notifications and screen readers: the worst issues with how they went, and how many others there are. */
export function worstInWords({ issues, ...frame }: AnswerFrame & { issues: readonly Issue[] }): string {
  const worst = issues.slice(0, WORST_NAMED).map((issue) => {
    const { webhook, cause, count, estimated } = issue;
    const name = outsideMrkdwn(webhookName(webhook), NAME_LENGTH);
    const course = trendInWords(trendOf(issue, frame));
    return `${name}: ${outsideMrkdwn(cause.title, TITLE_LENGTH)} (${estimated ? "≈ " : ""}${grouped(count)}, ${course})`;
  });
  const others = issues.length - worst.length;
  if (others > 0) worst.push(`and ${counted(others, "other issue", "other issues")}`);
  return worst.join("; ");
}

const WORST_NAMED = 2;
