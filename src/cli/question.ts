import type { Answered, Question } from "../collect/questions.ts";
import { overallState } from "../triage/coverage.ts";
import type { AnswerFrame } from "../triage/issue.ts";
import { parseQuery, type QueryFault } from "../triage/parse-query.ts";
import { type Call, type CommandResult, UsageError } from "./command.ts";
import { jsonText } from "./views/json-text.ts";

/** How old an answer from the store may be, as in Slack. */
const MAX_AGE_MS = 30_000;

/** A question and how its answer is to be shown. */
export interface Asked {
  question: Question;
  /** Where its times were read, and are written. */
  timeZone: string;
  json: boolean;
}

/** Reads the command's text as a question, as Slack does. Throws `UsageError`. */
export function questionOf({ text, config, providers, command, now, flags, progress }: Call): Asked {
  const parsed = parseQuery(text, { now, timeZone: config.timeZone, providers, command });
  if (!parsed.ok) throw usageErrorOf(parsed.fault);
  const { evidence } = flags;
  const told = progress && { onProgress: progress.show, onAttempts: progress.showAttempts };
  const question: Question = { query: parsed.query, now, maxAgeMs: MAX_AGE_MS, evidence, ...told };
  return { question, timeZone: parsed.timeZone, json: flags.json };
}

/** Prints an answer as text or JSON; the exit code tells whether all of it is known. Throws `UsageError`. */
export function resultOf<Answer extends AnswerFrame>(
  { timeZone, json }: Asked,
  { answer, faults, requests, unmatched }: Answered<Answer>,
  views: {
    text: (answer: Answer, timeZone: string) => string;
    json: (answer: Answer, requests: Record<string, number>) => object;
  },
): CommandResult {
  // Where the list could not be read anew, the webhook may be there all the same.
  const isListOld = faults.some((fault) => fault.webhookId === null);
  if (unmatched && !isListOld) throw usageErrorOf(unmatched);
  const text = unmatched ? "" : views.text(answer, timeZone);
  const stdout = json ? jsonText(views.json(answer, requests)) : text;
  const told = [...answer.coverage.map(({ reason }) => reason ?? ""), ...answer.notes];
  const reasons = new Set(faults.map(({ reason }) => reason));
  const stderr = [
    ...(unmatched ? [`${unmatched.what} The list of webhooks could not be read anew.`] : []),
    // The document has no place for them.
    ...(json ? answer.notes : []),
    ...[...reasons].filter((reason) => !told.some((text) => text.includes(reason))),
  ].join("\n");
  const isWhole = faults.length === 0 && overallState(answer.coverage) === "complete";
  return { stdout, ...(stderr === "" ? {} : { stderr }), exitCode: isWhole ? 0 : 1 };
}

export function usageErrorOf({ what, understood, suggestion, example }: QueryFault): UsageError {
  const lines = [what, understood && `Understood: ${understood}`, suggestion, `This works: ${example}`];
  return new UsageError(lines.filter(Boolean).join("\n"));
}
