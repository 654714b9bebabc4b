import type { Diagnosis } from "../../triage/diagnosis.ts";
import { durationOf } from "../../triage/duration-words.ts";
import type { AttemptsAnswer, ListedInvocation } from "../../triage/issue.ts";
import { doubtInWords, doubtOf, NOTHING_TOLD_IN_WORDS, tellingInWords } from "../../triage/issue-words.ts";
import { maskedIn } from "../../triage/masked.ts";
import { type Attempt, attemptedAt, type InvocationRef, occurredAt } from "../../triage/model.ts";
import { providerName } from "../../triage/provider-name.ts";
import { statusInWords } from "../../triage/status-words.ts";
import { sourceCells } from "./invocations.ts";
import { meaningLines } from "./meaning.ts";
import { responseLines } from "./response.ts";
import { counted, formatInstant, idText, indent, plain, short, webhookName } from "./text.ts";

const LONGEST_STATUS = 60;
const LONGEST_TITLE = 120;
const LONGEST_STEP = 300;
const LONGEST_LINE = 300;

/** What was read of one invocation, and what the store knows of it. */
export interface AttemptsReading {
  ref: InvocationRef;
  /** Absent where the store does not know it (any more). */
  listed?: ListedInvocation | undefined;
  reading: AttemptsAnswer;
}

/** The attempt history of one invocation: what it was, each attempt with what the receiver answered, why there is no more. */
export function attemptsText(report: AttemptsReading, timeZone: string): string {
  const { ref, reading } = report;
  const { attempts, readAt, staleReason, detail = "bodies", noneBecause } = reading;
  const diagnosis = isTold(report) ? reading.diagnosis : undefined;
  const lines = [
    `${titleOf(reading)} of invocation ${idText(ref.id)} (${plain(ref.provider)}, webhook ${idText(ref.webhookId)})`,
    `as of ${formatInstant(readAt, timeZone)} (${timeZone})`,
    ...aboutLines(report, timeZone),
  ];
  if (staleReason) lines.push(`Not fresh: ${plain(staleReason)}`);
  for (const [position, attempt] of attempts.entries()) {
    const [head = "", ...answer] = attemptLines(attempt, attempts[position - 1], detail, timeZone);
    const told = diagnosis?.attemptIndex === attempt.index ? indent(toldLines(diagnosis), "   ") : [];
    // A timeline is read as a list; requests and answers need room between them.
    lines.push(...(position === 0 || detail === "bodies" ? [""] : []), head, ...told, ...answer);
  }
  if (attempts.length === 0 && noneBecause !== undefined) lines.push("", plain(noneBecause));
  else if (detail === "timeline") lines.push("", whyOnlyTimeline(ref, reading));
  const { count, whereabouts } = maskedIn(attempts);
  if (count > 0) lines.push("", `${counted(count, "value")} masked${whereabouts}.`);
  return lines.join("\n");
}

/** What is not listed is unknown, never zero. */
function titleOf({ attempts, noneBecause }: AttemptsAnswer): string {
  if (attempts.length > 0) return counted(attempts.length, "attempt");
  return noneBecause === undefined ? "No attempts listed" : "Attempts";
}

/** To which webhook, how and when it ended and why, what that meant, what made the provider send it, what to do next. */
function aboutLines(report: AttemptsReading, timeZone: string): string[] {
  const { listed } = report;
  const causes = causeLines(report);
  if (!listed) return causes.length === 0 ? [] : ["", ...causes];
  const { invocation, webhook, cause, sourceUrl } = listed;
  const { status, outcome, latestCompletedAt, createdAt } = invocation;
  const isOver = outcome !== "pending" && latestCompletedAt !== undefined;
  const facts = [
    webhookName(webhook),
    short(statusInWords(status), LONGEST_STATUS),
    `created ${formatInstant(createdAt, timeZone)}`,
    // The same end as in every list: of one that waited for a callback it is long after its last attempt.
    ...(isOver ? [`ended ${formatInstant(occurredAt(invocation), timeZone)}`] : []),
  ];
  const source = sourceCells(invocation, sourceUrl).join("  ");
  const failed = isFailed(report);
  return [
    "",
    facts.join(" · "),
    ...causes,
    ...(failed ? meaningLines([invocation], []) : []),
    ...(source === "" ? [] : [`Sent because of: ${source}`]),
    ...(failed ? [`Next: ${short(cause.nextStep, LONGEST_STEP)}`] : []),
  ];
}

/** Of an invocation that did not fail there is no cause to tell. */
function isFailed({ listed }: AttemptsReading): boolean {
  return listed === undefined || listed.invocation.outcome === "failed";
}

/** Whether an attempt told the cause; otherwise it is read from the row. */
function isTold(report: AttemptsReading): boolean {
  const { listed, reading } = report;
  return isFailed(report) && (listed === undefined || listed.cause.id === reading.diagnosis?.reading.id);
}

/** Why it failed, in a line, and whether that is sure. */
function causeLines(report: AttemptsReading): string[] {
  const cause = report.listed?.cause ?? report.reading.diagnosis?.reading;
  if (!cause || !isFailed(report)) return [];
  const doubt = doubtOf(cause, "read");
  return [`Cause: ${short(cause.title, LONGEST_TITLE)}`, ...(doubt === undefined ? [] : [doubtInWords(doubt)])];
}

/** Which line of this attempt told the cause, and where that stands. */
function toldLines({ reading: { telling } }: Diagnosis): string[] {
  const where = tellingInWords(telling);
  const line = short(telling?.text ?? "", LONGEST_LINE);
  return where === undefined || line === "" ? [NOTHING_TOLD_IN_WORDS] : [where, `  ${line}`];
}

function whyOnlyTimeline({ provider }: InvocationRef, { timelineOnlyBecause }: AttemptsAnswer): string {
  const name = plain(providerName(provider));
  return plain(
    timelineOnlyBecause ?? `${name} tells when it tried and how that ended, but neither requests nor responses.`,
  );
}

function attemptLines(
  attempt: Attempt,
  before: Attempt | undefined,
  detail: "bodies" | "timeline",
  timeZone: string,
): string[] {
  const at = attemptedAt(attempt);
  const previous = before && attemptedAt(before);
  const facts = [
    at ? formatInstant(at, timeZone) : "time unknown",
    ...(at && previous ? [`after ${durationOf(at.getTime() - previous.getTime())}`] : []),
    short(statusInWords(attempt.status), LONGEST_STATUS),
    ...codeOf(attempt, detail),
    ...(attempt.durationMs === undefined ? [] : [`${attempt.durationMs} ms`]),
  ];
  return [`${attempt.index + 1}. ${facts.join(" · ")}`, ...indent(responseLines(attempt), "   ")];
}

/** A timeline tells no codes, which does not mean that there was no answer. */
function codeOf({ statusCode }: Attempt, detail: "bodies" | "timeline"): string[] {
  if (statusCode !== undefined) return [String(statusCode)];
  return detail === "timeline" ? [] : ["no answer"];
}
