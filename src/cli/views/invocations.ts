import { sourceInWords } from "../../triage/consequence.ts";
import type { InvocationsAnswer, ListedInvocation } from "../../triage/issue.ts";
import { type Invocation, occurredAt } from "../../triage/model.ts";
import { statusInWords } from "../../triage/status-words.ts";
import { frameLines, headline } from "./frame.ts";
import { meaningLines } from "./meaning.ts";
import { counted, formatInstant, idText, pageText, short, table, webhookName } from "./text.ts";

const LONGEST_STATUS = 30;
const LONGEST_TITLE = 80;
const LONGEST_SOURCE = 100;

/** Failed invocations one by one, newest first: when, status, code, invocation, webhook, cause. */
export function invocationsText(answer: InvocationsAnswer, timeZone: string): string {
  const rows = table(answer.invocations.map((listed) => listedRow(listed, timeZone)));
  const lines = [headline(answer, counted(answer.totals.failed, "failed invocation")), ...frameLines(answer, timeZone)];
  lines.push(
    ...meaningLines(
      answer.invocations.map(({ invocation }) => invocation),
      answer.coverage,
    ),
  );
  if (rows.length > 0) lines.push("", ...rows);
  return lines.join("\n");
}

/** When, status, code, id. */
export function invocationRow(invocation: Invocation, timeZone: string): string[] {
  return [
    formatInstant(occurredAt(invocation), timeZone),
    short(statusInWords(invocation.status), LONGEST_STATUS),
    invocation.statusCode === undefined ? "-" : String(invocation.statusCode),
    idText(invocation.id),
  ];
}

/** What made the provider send it, and the page of that; nothing where the provider does not say. */
export function sourceCells({ source }: Invocation, sourceUrl: string | undefined): string[] {
  return source === undefined ? [] : [short(sourceInWords(source), LONGEST_SOURCE), ...pageText(sourceUrl)];
}

function listedRow(listed: ListedInvocation, timeZone: string): string[] {
  const { invocation, webhook, cause, isAssumed, sourceUrl } = listed;
  const row = invocationRow(invocation, timeZone);
  const why = `${short(cause.title, LONGEST_TITLE)}${isAssumed ? " (assumed)" : ""}`;
  const about = [webhookName(webhook), idText(webhook.id), why];
  return [...row, ...about, ...sourceCells(invocation, sourceUrl)];
}
