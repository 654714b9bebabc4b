import { type Coverage, coverageOfWebhook } from "../../triage/coverage.ts";
import type { Issue } from "../../triage/issue.ts";
import { providerName } from "../../triage/provider-name.ts";
import { dateLeaf, quoted, richText, section, words } from "../blocks/build.ts";
import { outsideMrkdwn } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { attemptsButton } from "./attempts-button.ts";
import { commandName } from "./frame.ts";
import { knownCount } from "./headline.ts";
import { issueMeaning } from "./meaning.ts";
import type { Ask, MessageBlock } from "./message.ts";
import { counted, invocationLine, NAME_LENGTH, webhookName } from "./phrases.ts";
import { knowledgeOf } from "./unknown.ts";

/** How answers and digests show issues. */

/** Issues a page, and latest invocations an issue. */
export const ISSUES_A_PAGE = 5;
const INVOCATIONS_AN_ISSUE = 2;

/** One issue: what fails, why, what it meant, what to do next, and its latest failed invocations with their Attempts. */
export function issueBlocks(issue: Issue, position: number, coverage: readonly Coverage[]): MessageBlock[] {
  const { webhook, cause, invocations, sourceUrls } = issue;
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
      countLine(issue, coverage),
      issueMeaning(issue, coverage),
      [words("Next: ", { bold: true }), quoted(cause.nextStep, NEXT_STEP_LENGTH)],
    ]),
    ...invocations.slice(0, INVOCATIONS_AN_ISSUE).map((invocation) =>
      section(invocationLine(invocation, sourceUrls?.get(invocation.id)), {
        button: attemptsButton(invocation, webhook),
      }),
    ),
  ];
}

const TITLE_LENGTH = 160;
const NEXT_STEP_LENGTH = 300;

function countLine(issue: Issue, coverage: readonly Coverage[]): Leaf[] {
  const { webhook, count, estimated, firstSeenAt, lastSeenAt } = issue;
  const failed = `${knownCount(count, estimated, knowledgeOf(coverageOfWebhook(coverage, webhook)))} failed · `;
  if (firstSeenAt.getTime() === lastSeenAt.getTime()) return [words(failed), dateLeaf(lastSeenAt)];
  return [words(`${failed}first `), dateLeaf(firstSeenAt), words(" · last "), dateLeaf(lastSeenAt)];
}

/** The command that lists every failed invocation of the same question. */
export function everyOneLine(ask: Pick<Ask, "command" | "queryText">): Leaf[] {
  const command = `${commandName(ask)} invocations ${ask.queryText}`.trim();
  return [words("Every failed invocation: "), quoted(command, COMMAND_LENGTH, { code: true })];
}

const COMMAND_LENGTH = 300;

/** For notifications and screen readers: the worst issues, and how many others there are. */
export function worstInWords(issues: readonly Issue[]): string {
  const worst = issues.slice(0, WORST_NAMED).map(({ webhook, cause, count, estimated }) => {
    const name = outsideMrkdwn(webhookName(webhook), NAME_LENGTH);
    return `${name}: ${outsideMrkdwn(cause.title, TITLE_LENGTH)} (${estimated ? "≈ " : ""}${count})`;
  });
  const others = issues.length - worst.length;
  if (others > 0) worst.push(`and ${counted(others, "other issue", "other issues")}`);
  return worst.join("; ");
}

const WORST_NAMED = 2;
