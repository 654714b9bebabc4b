import type { AttemptsAnswer } from "../../triage/issue.ts";
import { maskedIn } from "../../triage/masked.ts";
import type { Attempt, InvocationRef } from "../../triage/model.ts";
import { providerName } from "../../triage/provider-name.ts";
import { statusInWords } from "../../triage/status-words.ts";
import { counted, formatInstant, idText, indent, plain, plainLines, short, table } from "./text.ts";

const LONGEST_STATUS = 60;
const LONGEST_HEADER_NAME = 60;
const LONGEST_HEADER = 400;
const LONGEST_ERROR = 600;

/** The attempt history of one invocation, oldest first, with what the receiver answered. */
export function attemptsText(ref: InvocationRef, reading: AttemptsAnswer, timeZone: string): string {
  const { attempts, readAt, staleReason, detail = "bodies" } = reading;
  const lines = [
    `${counted(attempts.length, "attempt")} of invocation ${idText(ref.id)} (${ref.provider}, webhook ${idText(ref.webhookId)})`,
    `as of ${formatInstant(readAt, timeZone)} (${timeZone})`,
  ];
  if (staleReason) lines.push(`Not fresh: ${plain(staleReason)}`);
  for (const attempt of attempts) lines.push("", ...attemptLines(attempt, detail, timeZone));
  if (detail === "timeline") lines.push("", whyOnlyTimeline(ref, reading));
  const { count, whereabouts } = maskedIn(attempts);
  if (count > 0) lines.push("", `${counted(count, "value")} masked${whereabouts}.`);
  return lines.join("\n");
}

function whyOnlyTimeline({ provider }: InvocationRef, { timelineOnlyBecause }: AttemptsAnswer): string {
  const name = plain(providerName(provider));
  return plain(
    timelineOnlyBecause ?? `${name} tells when it tried and how that ended, but neither requests nor responses.`,
  );
}

function attemptLines(attempt: Attempt, detail: "bodies" | "timeline", timeZone: string): string[] {
  const at = attempt.completedAt ?? attempt.startedAt;
  const facts = [
    at ? formatInstant(at, timeZone) : "time unknown",
    short(statusInWords(attempt.status), LONGEST_STATUS),
    ...codeOf(attempt, detail),
    ...(attempt.durationMs === undefined ? [] : [`${attempt.durationMs} ms`]),
  ];
  const lines = [`${attempt.index + 1}. ${facts.join(" · ")}`];
  if (attempt.errorMessage) lines.push(...indent([`error: ${short(attempt.errorMessage, LONGEST_ERROR)}`], "   "));
  if (attempt.response) {
    const headers = attempt.response.headers.map(({ name, value }) => [
      `${short(name, LONGEST_HEADER_NAME)}:`,
      short(value, LONGEST_HEADER),
    ]);
    lines.push(...indent(table(headers), "   "));
    if (attempt.response.body) lines.push(...indent(["", ...plainLines(attempt.response.body)], "   "));
    if (attempt.response.truncated) lines.push("   (cut here: the answer was longer)");
  }
  return lines;
}

/** A timeline tells no codes, which does not mean that there was no answer. */
function codeOf({ statusCode }: Attempt, detail: "bodies" | "timeline"): string[] {
  if (statusCode !== undefined) return [String(statusCode)];
  return detail === "timeline" ? [] : ["no answer"];
}
