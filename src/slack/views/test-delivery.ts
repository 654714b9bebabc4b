import { durationOf } from "../../triage/duration-words.ts";
import { doubtOf, nextStepOf } from "../../triage/issue-words.ts";
import { maskedIn } from "../../triage/masked.ts";
import type { Attempt } from "../../triage/model.ts";
import { providerName } from "../../triage/provider-name.ts";
import { statusInWords } from "../../triage/status-words.ts";
import {
  type AnsweredTest,
  isTestWithoutEnd,
  receiverHost,
  type StartedTest,
  type TestDelivery,
  testEvidence,
} from "../../triage/test-delivery.ts";
import { context, dateLeaf, header, quoted, richText, section, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { DATE_FORMAT_WITH_SECONDS, isVisible, outsideMrkdwn, outsidePlain } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { tellingBlocks } from "./attempt-evidence.ts";
import { attemptsButton, PRESS_ATTEMPTS } from "./attempts-button.ts";
import type { Message, MessageBlock } from "./message.ts";
import { codeOf, counted, doubtLeaves, invocationLine, NAME_LENGTH, sentence, webhookName } from "./phrases.ts";

/** Who sent it. */
export interface TestSender {
  /** Slack user id. */
  sentBy: string;
  /** The slash command as this workspace calls it. */
  command: string;
}

const HOST_LENGTH = 120;
const ID_LENGTH = 80;
const STATUS_LENGTH = 60;
/** How much of an answer is shown, from the least to the most: the most that fits is taken. Characters. */
const EVIDENCE_LENGTHS = [0, 100, 300, 600, 1_000, 1_500] as const;

/** What came of a test delivery that was sent. */
export function testDeliveryMessage(delivery: TestDelivery, sender: TestSender): Message {
  const { webhook } = delivery;
  return fitMessage({
    text: inWords(delivery),
    most: EVIDENCE_LENGTHS.length - 1,
    blocks: (generosity) => [
      header(`Test delivery: ${outsidePlain(webhookName(webhook), NAME_LENGTH)}`),
      ...(delivery.kind === "answered"
        ? answeredBlocks(delivery, EVIDENCE_LENGTHS[generosity] ?? 0)
        : startedBlocks(delivery, sender)),
      context([{ mrkdwn: senderOf(sender) }]),
    ],
  });
}

function senderOf({ sentBy }: TestSender): string {
  return /^[UW][A-Z0-9]+$/.test(sentBy) ? `<@${sentBy}> sent this test delivery.` : "Sent by hand.";
}

function answeredBlocks(delivery: AnsweredTest, length: number): MessageBlock[] {
  const { webhook, attempt, diagnosis } = delivery;
  const lines: Leaf[][] = [
    [words(OUTCOMES[attempt.outcome], { bold: true }), ...factsOf(attempt)],
    ...causeLines(delivery),
    whereLine(delivery),
    [
      quoted(providerName(webhook.provider), NAME_LENGTH),
      words(" keeps no record of a test, so this message is the only place it is told."),
    ],
  ];
  if (attempt.outcome !== "failed") return [richText(lines)];
  const tellsAnything = attempt.response !== undefined || Boolean(attempt.errorMessage);
  const { count, whereabouts } = maskedIn([attempt]);
  const masked = `${counted(count, "value was", "values were")} masked as secrets or addresses${whereabouts}.`;
  return [
    richText(lines),
    ...(tellsAnything ? tellingBlocks({ attempt, number: 1, ...(diagnosis ? { diagnosis } : {}) }, length) : []),
    ...(count > 0 ? [richText([[words(masked)]])] : []),
  ];
}

const OUTCOMES: Record<Attempt["outcome"], string> = {
  succeeded: "The receiver took it",
  failed: "It failed",
  pending: "Its end is not told yet",
};

/** ` · code 503 · took 1.2 s · <date>` */
function factsOf({ statusCode, durationMs, startedAt, completedAt }: Attempt): Leaf[] {
  const at = startedAt ?? completedAt;
  const took = durationMs === undefined ? "" : ` · took ${durationOf(durationMs)}`;
  return [
    words(` · ${codeOf(statusCode)}${took}`),
    ...(at ? [words(" · "), dateLeaf(at, DATE_FORMAT_WITH_SECONDS)] : []),
  ];
}

function startedBlocks(delivery: StartedTest, { command }: TestSender): MessageBlock[] {
  const { webhook, invocation, lookThere } = delivery;
  const lines: Leaf[][] = [
    [
      words(isTestWithoutEnd(invocation) ? "It was sent" : OUTCOMES[invocation.outcome], { bold: true }),
      words(" · "),
      quoted(statusOf(invocation.status), STATUS_LENGTH),
    ],
    ...causeLines(delivery),
    whereLine(delivery),
    ...(lookThere === undefined ? [] : [[quoted(sentence(lookThere), 400)]]),
    [words("Invocation: "), quoted(invocation.id, ID_LENGTH, { code: true })],
    [words("Open it with "), quoted(`${command} invocation ${invocation.id}`, 2 * ID_LENGTH, { code: true })],
  ];
  return [richText(lines), section(invocationLine(invocation), { button: attemptsButton(invocation, webhook) })];
}

function statusOf(status: string): string {
  return isVisible(status) ? statusInWords(status) : "no status";
}

function causeLines(delivery: TestDelivery): Leaf[][] {
  const { cause } = delivery;
  if (!cause) return [];
  const evidence = testEvidence(delivery);
  const doubt = doubtOf(cause, evidence);
  return [
    [words("Cause: ", { bold: true }), quoted(cause.title, 200)],
    ...(doubt === undefined ? [] : [doubtLeaves(doubt)]),
    [words("Next: ", { bold: true }), quoted(nextStepOf(cause, evidence, PRESS_ATTEMPTS), 300)],
  ];
}

function whereLine({ webhook }: TestDelivery): Leaf[] {
  const host = receiverHost(webhook);
  const to = host === undefined ? [] : [words(" to "), quoted(host, HOST_LENGTH)];
  return [words("Sent by "), quoted(providerName(webhook.provider), NAME_LENGTH), ...to, words(".")];
}

function inWords(delivery: TestDelivery): string {
  const name = outsideMrkdwn(webhookName(delivery.webhook), NAME_LENGTH);
  const why = delivery.cause ? ` ${outsideMrkdwn(sentence(delivery.cause.title), 200)}` : "";
  if (delivery.kind === "answered") {
    const { outcome, statusCode } = delivery.attempt;
    return `Test delivery to ${name}: ${OUTCOMES[outcome]} · ${codeOf(statusCode)}.${why}`;
  }
  const { status, id } = delivery.invocation;
  return `Test delivery to ${name}: ${outsideMrkdwn(statusOf(status), STATUS_LENGTH)}.${why} Invocation ${outsideMrkdwn(id, ID_LENGTH)}.`;
}
