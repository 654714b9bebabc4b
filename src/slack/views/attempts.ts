import { sourceInWords } from "../../triage/consequence.ts";
import type { Diagnosis } from "../../triage/diagnosis.ts";
import { durationOf } from "../../triage/duration-words.ts";
import type { ListedInvocation } from "../../triage/issue.ts";
import { doubtOf } from "../../triage/issue-words.ts";
import { maskedIn } from "../../triage/masked.ts";
import { type Attempt, attemptedAt, type Invocation, type InvocationRef, occurredAt } from "../../triage/model.ts";
import { providerName } from "../../triage/provider-name.ts";
import { statusInWords } from "../../triage/status-words.ts";
import { dateLeaf, header, linkLeaf, quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { ABSOLUTE_FORMAT_WITH_SECONDS, cut, isVisible, outsideMrkdwn, outsidePlain } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { type Telling, tellingBlocks, tellingOf } from "./attempt-evidence.ts";
import { attemptTable, withoutRow } from "./attempt-table.ts";
import { earlierBlocks } from "./earlier-attempts.ts";
import { meaningLine } from "./meaning.ts";
import type { Message, MessageBlock } from "./message.ts";
import { whyNothingSent } from "./nothing-sent.ts";
import { codeOf, counted, doubtLeaves, grouped, NAME_LENGTH, openWords, sentence, webhookName } from "./phrases.ts";

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
  /** For a timeline: why there is no more, and where a person finds it, as a sentence. */
  timelineOnlyBecause?: string | undefined;
  /** Where there are none: why the provider lists none, and where a person finds them, as a sentence. */
  noneBecause?: string | undefined;
  /** Why it failed, where the attempts tell. */
  diagnosis?: Diagnosis | undefined;
}

/** The attempt history of one invocation: a row an attempt, then the error, headers and body of the telling ones. */
export function attemptsMessage(report: AttemptsReport): Message {
  const telling = tellingIn(report);
  const build = (generosity: number, classic: boolean): MessageBlock[] => [
    header(titleOf(report)),
    richText(summaryOf(report)),
    ...attemptTable(report.attempts, classic, report.detail),
    ...earlierBlocks(report.ref, withoutRow(report.attempts), report.detail),
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
  const { ref, listed, readAt, staleReason } = report;
  const lines: Leaf[][] = [factsLine(report), ...causeLines(report)];
  if (listed) {
    const { invocation, cause } = listed;
    if (invocation.outcome === "failed") {
      lines.push(meaningLine([invocation]), [words("Next: ", { bold: true }), quoted(cause.nextStep, 300)]);
    }
    lines.push(sourceLine(listed));
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
    dateLeaf(readAt, ABSOLUTE_FORMAT_WITH_SECONDS),
  ]);
  return lines;
}

/** No attempt told a cause that is read from the row, and of an invocation that did not fail there is none to tell. */
function tellingIn({ attempts, listed, diagnosis }: AttemptsReport): Telling[] {
  const { outcome = "failed" } = listed?.invocation ?? {};
  const isTold = outcome === "failed" && (listed === undefined || listed.cause.id === diagnosis?.reading.id);
  return tellingOf(attempts, isTold ? diagnosis : undefined);
}

/** Why it failed, in a line, and whether that is sure. */
function causeLines({ listed, diagnosis }: AttemptsReport): Leaf[][] {
  if (listed && listed.invocation.outcome !== "failed") return [];
  const cause = listed?.cause ?? diagnosis?.reading;
  if (!cause) return [];
  const doubt = doubtOf(cause, "read");
  const title = [words("Cause: ", { bold: true }), quoted(cause.title, 200)];
  return doubt === undefined ? [title] : [title, doubtLeaves(doubt)];
}

/** `50 attempts · fatal error · code 503 · ended <date>` */
function factsLine({ listed, attempts, detail, noneBecause }: AttemptsReport): Leaf[] {
  const facts: Leaf[][] = [];
  if (attempts.length > 0) facts.push([words(counted(attempts.length, "attempt", "attempts"))]);
  // What is not listed is unknown, never zero.
  else if (noneBecause === undefined) facts.push([words("No attempts listed")]);
  if (listed) {
    const { invocation } = listed;
    const isCodeTold = detail === "bodies" || invocation.statusCode !== undefined;
    facts.push(statusLeaf(invocation.status), ...(isCodeTold ? [[words(codeOf(invocation.statusCode))]] : []));
    facts.push(...endFacts(invocation, attempts.at(-1)));
  }
  return facts.flatMap((fact, index) => (index === 0 ? fact : [words(" · "), ...fact]));
}

/** The same end as in every list: of one that waited for a callback it is long after its last attempt. */
function endFacts(invocation: Invocation, last: Attempt | undefined): Leaf[][] {
  if (invocation.outcome === "pending" || invocation.latestCompletedAt === undefined) return [];
  const end = occurredAt(invocation);
  const triedAt = last && attemptedAt(last);
  const waitedMs = triedAt ? end.getTime() - triedAt.getTime() : 0;
  const waited = waitedMs < WORTH_TELLING_MS ? "" : `, ${durationOf(waitedMs)} after the last attempt`;
  return [[words("ended "), dateLeaf(end, ABSOLUTE_FORMAT_WITH_SECONDS), words(waited)]];
}

/** Answers and entries about them come within moments; a callback is waited for. */
const WORTH_TELLING_MS = 5 * 60_000;

/** What made the provider send it, and the page of that. */
function sourceLine({ invocation: { source }, sourceUrl, webhook }: ListedInvocation): Leaf[] {
  if (source === undefined) return [];
  const link = linkLeaf(sourceUrl, openWords(webhook.provider));
  const gap = words(link.type === "link" ? " · " : "");
  return [words("Sent because of: "), quoted(sourceInWords(source), 200), gap, link];
}

const ID_LENGTH = 80;

function statusLeaf(status: string): Leaf[] {
  return isVisible(status) ? [quoted(statusInWords(status), 60)] : [words("no status")];
}

/** Why there is not more to see, and what was taken out. */
function closingBlocks(report: AttemptsReport): MessageBlock[] {
  const { attempts } = report;
  const lines: Leaf[][] = whyNoMore(report).map((why) => [quoted(why, 400)]);
  const shown = tellingIn(report).map(({ attempt }) => attempt);
  const { count, whereabouts } = maskedIn(attempts, shown);
  if (count > 0) {
    lines.push([words(`${counted(count, "value was", "values were")} masked as secrets or addresses${whereabouts}.`)]);
  }
  return lines.length > 0 ? [richText(lines)] : [];
}

function whyNoMore(report: AttemptsReport): string[] {
  const { ref, listed, attempts, detail, noneBecause } = report;
  if (attempts.length === 0 && noneBecause !== undefined) return [sentence(noneBecause)];
  const isTimeline = detail === "timeline";
  const why =
    isTimeline && attempts.length > 0
      ? uncounted(report)
      : whyNothingSent({ provider: ref.provider, invocation: listed?.invocation, attempts });
  return [...(why ? [why] : []), ...(isTimeline ? [whyOnlyTimeline(report)] : [])];
}

function whyOnlyTimeline({ ref, timelineOnlyBecause }: AttemptsReport): string {
  const name = cut(providerName(ref.provider), NAME_LENGTH);
  return timelineOnlyBecause ?? `${name} tells when it tried and how that ended, but neither requests nor responses.`;
}

/** Where the provider counts more attempts than it tells of. */
function uncounted({ ref, listed, attempts }: AttemptsReport): string | undefined {
  const made = listed?.invocation.attemptsCount ?? 0;
  if (made <= attempts.length) return undefined;
  return `${providerName(ref.provider)} counts ${grouped(made)} attempts and tells of ${grouped(attempts.length)}.`;
}

function inWords({ ref, listed, attempts, detail, noneBecause }: AttemptsReport): string {
  const name = outsideMrkdwn(listed ? webhookName(listed.webhook) : `webhook ${ref.webhookId}`, NAME_LENGTH);
  const last = attempts.at(-1);
  if (!last) {
    const why = noneBecause === undefined ? "" : ` ${outsideMrkdwn(sentence(noneBecause), 300)}`;
    return `No attempts are listed of an invocation to ${name}.${why}`;
  }
  const code = detail === "bodies" ? `, ${codeOf(last.statusCode)}` : "";
  const ended = `, the last ${outsideMrkdwn(statusInWords(last.status), 60)}${code}`;
  return `${counted(attempts.length, "attempt", "attempts")} of an invocation to ${name}${ended}.`;
}
