import type { InvocationsAnswer, ListedInvocation } from "../../triage/issue.ts";
import { type Invocation, occurredAt } from "../../triage/model.ts";
import { frameLines, headline } from "./frame.ts";
import { counted, formatInstant, idText, short, table, webhookName } from "./text.ts";

const LONGEST_STATUS = 30;
const LONGEST_TITLE = 80;

/** Failed invocations one by one, newest first: when, status, code, invocation, webhook, cause. */
export function invocationsText(answer: InvocationsAnswer, timeZone: string): string {
  const rows = table(answer.invocations.map((listed) => listedRow(listed, timeZone)));
  const lines = [headline(answer, counted(answer.totals.failed, "failed invocation")), ...frameLines(answer, timeZone)];
  if (rows.length > 0) lines.push("", ...rows);
  return lines.join("\n");
}

/** When, status, code, id. */
export function invocationRow(invocation: Invocation, timeZone: string): string[] {
  return [
    formatInstant(occurredAt(invocation), timeZone),
    short(invocation.status, LONGEST_STATUS),
    invocation.statusCode === undefined ? "-" : String(invocation.statusCode),
    idText(invocation.id),
  ];
}

function listedRow({ invocation, webhook, cause }: ListedInvocation, timeZone: string): string[] {
  const row = invocationRow(invocation, timeZone);
  return [...row, webhookName(webhook), idText(webhook.id), short(cause.title, LONGEST_TITLE)];
}
