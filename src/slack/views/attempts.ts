import type { ListedInvocation } from "../../triage/issue.ts";
import { maskedIn } from "../../triage/masked.ts";
import type { Attempt, InvocationRef } from "../../triage/model.ts";
import { providerName } from "../../triage/provider-name.ts";
import { dateLeaf, header, quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { cut, DATE_FORMAT_WITH_SECONDS, isVisible, outsideMrkdwn, outsidePlain } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { tellingBlocks, tellingOf } from "./attempt-evidence.ts";
import { attemptTable } from "./attempt-table.ts";
import type { Message, MessageBlock } from "./message.ts";
import { whyNothingSent } from "./nothing-sent.ts";
import { codeOf, counted, NAME_LENGTH, sentence, webhookName } from "./phrases.ts";

/** What was read of the attempts of one invocation. */
export interface AttemptsReport {
  ref: InvocationRef;
  /** The invocation with its webhook and cause; absent where the store does not know it any more. */
  listed?: ListedInvocation | undefined;
  /** Oldest first. */
  attempts: readonly Attempt[];
  readAt: Date;
  /** Why these are not fresh, as a sentence. */
  staleReason?: string | undefined;
  /** Whether the provider tells requests and responses, or only when it tried. */
  detail: "bodies" | "timeline";
}

/** The attempt history of one invocation: a row an attempt, then the error, headers and body of the telling ones. */
export function attemptsMessage(report: AttemptsReport): Message {
  const telling = tellingOf(report.attempts);
  const build = (generosity: number, classic: boolean): MessageBlock[] => [
    header(titleOf(report)),
    richText(summaryOf(report)),
    ...attemptTable(report.attempts, classic),
    ...telling.flatMap((attempt) => tellingBlocks(attempt, EVIDENCE_LENGTHS[generosity] ?? 0)),
    ...closingBlocks(report),
  ];
  return fitMessage({
    text: inWords(report),
    most: EVIDENCE_LENGTHS.length - 1,
    blocks: (generosity) => build(generosity, false),
    ...(report.attempts.length > 0 && { classic: (generosity: number) => build(generosity, true) }),
  });
}

/** How much of a body is shown, from the least to the most: the most that fits is taken. Characters. */
const EVIDENCE_LENGTHS = [0, 100, 300, 600, 1_000, 1_500, 2_000, 2_500] as const;

function titleOf({ ref, listed }: AttemptsReport): string {
  const name = listed ? webhookName(listed.webhook) : `webhook ${ref.webhookId}`;
  return `Attempts: ${outsidePlain(name, NAME_LENGTH)}`;
}

function summaryOf(report: AttemptsReport): Leaf[][] {
  const { ref, listed, attempts, readAt, staleReason } = report;
  const lines: Leaf[][] = [];
  if (listed) {
    const { invocation, cause } = listed;
    const ended = [words(" · "), ...statusLeaf(invocation.status), words(` · ${codeOf(invocation.statusCode)}`)];
    lines.push([words(counted(attempts.length, "attempt", "attempts")), ...ended]);
    if (invocation.outcome === "failed") {
      lines.push([quoted(cause.title, 200)]);
      lines.push([words("Next: ", { bold: true }), quoted(cause.nextStep, 300)]);
    }
  } else {
    lines.push([words(counted(attempts.length, "attempt", "attempts"))]);
  }
  if (staleReason) {
    lines.push([
      words("Not fresh: ", { bold: true }),
      quoted(sentence(staleReason), 300),
      words(" This is what was kept."),
    ]);
  }
  const id = quoted(ref.id, ID_LENGTH, { code: true });
  lines.push([
    words("Invocation "),
    id,
    words(" · "),
    quoted(providerName(ref.provider), NAME_LENGTH),
    words(" · read "),
    dateLeaf(readAt, DATE_FORMAT_WITH_SECONDS),
  ]);
  return lines;
}

const ID_LENGTH = 80;

function statusLeaf(status: string): Leaf[] {
  return isVisible(status) ? [quoted(status, 60)] : [words("no status")];
}

/** Why there is not more to see, and what was taken out. */
function closingBlocks({ ref, listed, attempts, detail }: AttemptsReport): MessageBlock[] {
  const lines: Leaf[][] = [];
  const why = whyNothingSent({ provider: ref.provider, invocation: listed?.invocation, attempts });
  if (why) lines.push([quoted(why, 400)]);
  if (detail === "timeline") {
    const name = cut(providerName(ref.provider), NAME_LENGTH);
    lines.push([quoted(`${name} tells when it tried and how that ended, but neither requests nor responses.`, 300)]);
  }
  const shown = tellingOf(attempts).map(({ attempt }) => attempt);
  const { count, whereabouts } = maskedIn(attempts, shown);
  if (count > 0) {
    lines.push([words(`${counted(count, "value was", "values were")} masked as secrets or addresses${whereabouts}.`)]);
  }
  return lines.length > 0 ? [richText(lines)] : [];
}

function inWords({ ref, listed, attempts }: AttemptsReport): string {
  const name = outsideMrkdwn(listed ? webhookName(listed.webhook) : `webhook ${ref.webhookId}`, NAME_LENGTH);
  const last = attempts.at(-1);
  const ended = last ? `, the last ${outsideMrkdwn(last.status, 60)}, ${codeOf(last.statusCode)}` : "";
  return `${counted(attempts.length, "attempt", "attempts")} of an invocation to ${name}${ended}.`;
}
