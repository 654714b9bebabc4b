import { sourceInWords } from "../../triage/consequence.ts";
import type { ListedInvocation } from "../../triage/issue.ts";
import { ASSUMED_IN_WORDS, doubtInWords, doubtOf, evidenceOf, nextStepOf } from "../../triage/issue-words.ts";
import { providerName } from "../../triage/provider-name.ts";
import { statusInWords } from "../../triage/status-words.ts";
import { isTestWithoutEnd } from "../../triage/test-delivery.ts";
import { dateLeaf, header, linkLeaf, quoted, richText, section, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { DATE_FORMAT_WITH_SECONDS, isVisible, outsideMrkdwn } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { attemptsButton, PRESS_ATTEMPTS } from "./attempts-button.ts";
import { askedLine } from "./frame.ts";
import { meaningLine } from "./meaning.ts";
import type { Ask, Message, MessageBlock } from "./message.ts";
import { codeOf, counted, grouped, invocationLine, NAME_LENGTH, openWords, sentence, webhookName } from "./phrases.ts";

const FACT_LENGTH = 200;

/** All that is known of one invocation; of several where webhooks use the same id. */
export function invocationMessage(found: readonly ListedInvocation[], ask: Ask): Message {
  const [first] = found;
  const title = found.length === 1 && first ? titleOf(first) : `${found.length} invocations have this id`;
  return fitMessage({
    text: `${title}. ${first ? inWords(first) : ""}`.trim(),
    most: found.length,
    blocks: (shown) => [
      header(title),
      ...found.slice(0, shown).flatMap(invocationBlocks),
      ...(shown < found.length ? [richText([[words(`${found.length - shown} more not shown.`)]])] : []),
      askedLine(ask),
    ],
  });
}

/** What of the webhooks was searched in vain. */
export interface Searched {
  unread: { webhooks: number; of: number; isTimeOver: boolean };
  /** What went wrong, as sentences. */
  reasons: readonly string[];
}

/** That it is not found, where not all that may have it was read: nobody knows yet whether it is there. */
export function notFoundYetMessage({ unread, reasons }: Searched): Message {
  const { webhooks, of, isTimeOver } = unread;
  const rest = isTimeOver ? "not read yet" : "not read";
  const are = of === 1 ? "webhook is" : webhooks === 1 ? "webhooks is" : "webhooks are";
  const told =
    webhooks === 0
      ? "Not found so far: not everything could be searched."
      : `Not found so far: ${grouped(webhooks)} of ${grouped(of)} ${are} ${rest}.`;
  const why = isTimeOver ? "Ask again in a few minutes." : [...new Set(reasons)].map(sentence).join(" ");
  return fitMessage({
    text: `${told} ${outsideMrkdwn(why, WHY_LENGTH)}`.trim(),
    most: 0,
    blocks: () => [richText([[words(told, { bold: true })], [quoted(why, WHY_LENGTH)]])],
  });
}

const WHY_LENGTH = 500;

function titleOf({ invocation }: ListedInvocation): string {
  return isTestWithoutEnd(invocation) ? "A test delivery whose end is not told" : OUTCOME_TITLES[invocation.outcome];
}

const OUTCOME_TITLES = {
  succeeded: "An invocation that succeeded",
  failed: "An invocation that failed",
  pending: "An invocation that is still pending",
} as const;

function invocationBlocks(listed: ListedInvocation): MessageBlock[] {
  const { invocation, webhook, cause } = listed;
  const lines: Leaf[][] = [
    [
      quoted(webhookName(webhook), NAME_LENGTH, { bold: true }),
      words(" · "),
      quoted(providerName(webhook.provider), NAME_LENGTH),
    ],
    ...(invocation.outcome === "failed"
      ? [
          [quoted(cause.title, FACT_LENGTH)],
          [words(certaintyOf(listed))],
          meaningLine([invocation]),
          [words("Next: ", { bold: true }), quoted(nextStepOf(cause, evidenceOf(listed), PRESS_ATTEMPTS), 300)],
        ]
      : []),
    ...factLines(listed),
  ];
  return [richText(lines), section(invocationLine(invocation), { button: attemptsButton(invocation, webhook) })];
}

/** What a reader must know of a cause that its own attempts did not tell; empty where they did. */
function certaintyOf(listed: ListedInvocation): string {
  if (listed.isAssumed) return ASSUMED_IN_WORDS;
  const doubt = doubtOf(listed.cause, evidenceOf(listed));
  return doubt === undefined ? "" : doubtInWords(doubt);
}

function factLines({ invocation, webhook, sourceUrl }: ListedInvocation): Leaf[][] {
  const { createdAt, latestCompletedAt, attemptsCount, eventType, expiresAt, pendingUntil, source } = invocation;
  const lines: Leaf[][] = [[words("Invocation: "), quoted(invocation.id, FACT_LENGTH, { code: true })]];
  if (eventType && isVisible(eventType)) lines.push([words("Event: "), quoted(eventType, FACT_LENGTH)]);
  if (source) {
    const link = linkLeaf(sourceUrl, openWords(webhook.provider));
    const isLinked = link.type === "link";
    lines.push([
      words("Sent because of: "),
      quoted(sourceInWords(source), FACT_LENGTH),
      words(isLinked ? " · " : ""),
      link,
    ]);
  }
  if (webhook.endpoint) lines.push([words("Receiver: "), quoted(webhook.endpoint, FACT_LENGTH)]);
  lines.push([words("Created: "), dateLeaf(createdAt, DATE_FORMAT_WITH_SECONDS)]);
  if (latestCompletedAt) {
    const title = invocation.outcome === "pending" ? "Last tried: " : "Ended: ";
    lines.push([words(title), dateLeaf(latestCompletedAt, DATE_FORMAT_WITH_SECONDS)]);
  }
  if (attemptsCount !== undefined) lines.push([words(counted(attemptsCount, "attempt", "attempts"))]);
  if (invocation.outcome === "pending" && pendingUntil) {
    lines.push([words("Counts as failed after: "), dateLeaf(pendingUntil)]);
  }
  if (expiresAt) lines.push([words("Expires: "), dateLeaf(expiresAt)]);
  return lines;
}

function inWords({ invocation, webhook, cause }: ListedInvocation): string {
  const name = outsideMrkdwn(webhookName(webhook), NAME_LENGTH);
  const why = invocation.outcome === "failed" ? ` ${outsideMrkdwn(cause.title, FACT_LENGTH)}.` : "";
  const status = outsideMrkdwn(statusInWords(invocation.status), 60);
  return `${name}: ${status}, ${codeOf(invocation.statusCode)}.${why}`;
}
