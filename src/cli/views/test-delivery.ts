import { doubtInWords, doubtOf, nextStepOf, tellingInWords } from "../../triage/issue-words.ts";
import { maskedIn } from "../../triage/masked.ts";
import { type Attempt, attemptedAt, type Webhook } from "../../triage/model.ts";
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
import { responseLines } from "./response.ts";
import { counted, formatInstant, idText, indent, plain, short, webhookName } from "./text.ts";

const LONGEST_HOST = 120;
const LONGEST_STATUS = 60;
const LONGEST_TITLE = 200;
const LONGEST_STEP = 300;
const LONGEST_LINE = 300;

/** What to do where its attempts are not read yet. */
const READ_THEM = "Read its attempts, with the command attempts: they tell why it failed.";

/** What is about to be sent where, as a question. */
export function testQuestionText(webhook: Webhook): string {
  const host = receiverHost(webhook);
  const to = host === undefined ? "to its receiver" : `to ${short(host, LONGEST_HOST)}`;
  const name = plain(providerName(webhook.provider));
  return `${name} sends one sample event ${to}, by the webhook ${webhookName(webhook)}. The receiver gets it like any other. Send it?`;
}

/** What came of a test that was sent. */
export function testDeliveryText(delivery: TestDelivery, timeZone: string): string {
  const { webhook } = delivery;
  const host = receiverHost(webhook);
  const to = host === undefined ? "" : ` to ${short(host, LONGEST_HOST)}`;
  return [
    `Sent one test delivery${to}, by ${plain(providerName(webhook.provider))}, webhook ${webhookName(webhook)} (${idText(webhook.id)})`,
    ...(delivery.kind === "answered" ? answeredLines(delivery, timeZone) : startedLines(delivery, timeZone)),
  ].join("\n");
}

/** The document of `test --json`. */
export function testDeliveryJson(delivery: TestDelivery): object {
  if (delivery.kind === "answered") return { attempt: delivery.attempt };
  const { pendingUntil: _, ...invocation } = delivery.invocation;
  return { invocation };
}

const OUTCOMES: Record<Attempt["outcome"], string> = {
  succeeded: "The receiver took it",
  failed: "It failed",
  pending: "Its end is not told yet",
};

function answeredLines(delivery: AnsweredTest, timeZone: string): string[] {
  const { attempt, diagnosis } = delivery;
  const at = attemptedAt(attempt);
  const facts = [
    OUTCOMES[attempt.outcome],
    attempt.statusCode === undefined ? "no answer" : `code ${attempt.statusCode}`,
    ...(attempt.durationMs === undefined ? [] : [`${attempt.durationMs} ms`]),
    ...(at ? [formatInstant(at, timeZone)] : []),
  ];
  const lines = [facts.join(" · "), ...causeLines(delivery)];
  if (attempt.outcome !== "failed") return lines;
  const { telling } = diagnosis?.reading ?? {};
  const where = tellingInWords(telling);
  const line = short(telling?.text ?? "", LONGEST_LINE);
  if (where !== undefined && line !== "") lines.push(where, `  ${line}`);
  const response = responseLines(attempt);
  if (response.length > 0) lines.push("", ...indent(response, "  "));
  const { count, whereabouts } = maskedIn([attempt]);
  if (count > 0) lines.push("", `${counted(count, "value")} masked${whereabouts}.`);
  return lines;
}

function startedLines(delivery: StartedTest, timeZone: string): string[] {
  const { invocation, lookThere } = delivery;
  const outcome = isTestWithoutEnd(invocation) ? [] : [OUTCOMES[invocation.outcome]];
  const status = short(statusInWords(invocation.status), LONGEST_STATUS);
  return [
    [...outcome, status, `made ${formatInstant(invocation.createdAt, timeZone)}`].join(" · "),
    ...causeLines(delivery),
    `Invocation ${idText(invocation.id)}`,
    ...(lookThere === undefined ? [] : [plain(lookThere)]),
  ];
}

function causeLines(delivery: TestDelivery): string[] {
  const { cause } = delivery;
  if (!cause) return [];
  const evidence = testEvidence(delivery);
  const doubt = doubtOf(cause, evidence);
  return [
    `Cause: ${short(cause.title, LONGEST_TITLE)}`,
    ...(doubt === undefined ? [] : [doubtInWords(doubt)]),
    `Next: ${short(nextStepOf(cause, evidence, READ_THEM), LONGEST_STEP)}`,
  ];
}
