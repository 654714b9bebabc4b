import { scheduleInWords } from "../../triage/digest/schedule.ts";
import type { DigestSchedule } from "../../triage/digest/subscription.ts";
import { durationOf } from "../../triage/duration-words.ts";
import type { FailuresAnswer } from "../../triage/issue.ts";
import { typedRange } from "../../triage/typed-range.ts";
import type { Window } from "../../triage/window.ts";
import { context, dateLeaf, header, quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { ABSOLUTE_FORMAT, inUtc, isVisible, outside, outsideMrkdwn } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { noteBlocks, windowInWords, windowLine } from "./frame.ts";
import { headline, isTotalEstimated, nothingFound } from "./headline.ts";
import { footBlocks, ISSUES_A_PAGE, issueBlocks, withRoom, worstInWords } from "./issue-blocks.ts";
import { meaningInWords, wholeMeaning } from "./meaning.ts";
import type { Message, MessageBlock } from "./message.ts";
import { extentBlocks } from "./more.ts";
import { invocations, sentence } from "./phrases.ts";
import { type Knowledge, knowledgeOf, unknownBlocks, unknownInWords } from "./unknown.ts";

/**
 * Why a digest's terms say less than they should. `unreadable`: they make no sense any more; `unmatched`: there is nothing that they
 * mean; `partly`: there is nothing that some of them mean. The texts are for people and may quote what was typed.
 */
export interface DigestTrouble {
  kind: "unreadable" | "unmatched" | "partly";
  what: string;
  suggestion?: string;
}

/** What a digest says of itself beside the answer. */
export interface DigestFrame {
  /** `scheduled` and `now` stand in the channel; only the one who asked sees a `preview`. */
  kind: "scheduled" | "now" | "preview";
  /** As `parseTerms` reads them, empty for everything. Text from outside. */
  terms: string;
  /** The canonical query, window included, for the commands and the More button below. */
  queryText: string;
  trouble?: DigestTrouble;
  /** Absent for a channel without a digest, which may ask for one `now` all the same. */
  schedule?: DigestSchedule;
  /** The digest's number in its channel. */
  number?: number;
  /** Slack user id of the one who asked for `now` or `preview`. */
  askedBy?: string;
  /** For one that is late: when it was due, and how long ago that was, in milliseconds. */
  late?: { dueAt: Date; byMs: number };
  /** The time before the window of which no digest told. */
  missed?: Window;
  /** It may have been posted before, and nobody can look. */
  mayBeRepeat?: boolean;
  /** The slash command as this workspace calls it. */
  command?: string;
}

/** A digest: what failed since the one before, worst first; one line when all is clear. */
export function digestMessage(answer: FailuresAnswer, frame: DigestFrame): Message {
  const { issues, coverage, window, asOf, notes } = answer;
  const ask = askOf(frame);
  const title = titleOf(answer, frame);
  if (isAllClear(answer, frame.trouble)) return allClearMessage(answer, frame, title);
  const listed = issues.slice(0, ISSUES_A_PAGE);
  const asked = { ...answer, queryText: ask.queryText };
  return fitMessage({
    text: inWords(answer, frame, title),
    most: listed.length,
    blocks: (shown) =>
      withRoom((invocationsShown) => [
        header(title),
        richText([windowLine(answer), ...aboutLines(frame), findingLine(answer, frame), wholeMeaning(answer)]),
        ...troubleBlocks(frame, answer.totals.failed),
        ...unknownBlocks(coverage, window),
        ...againBlocks(answer, frame),
        ...listed.slice(0, shown).flatMap((issue, index) => issueBlocks(issue, index + 1, asked, invocationsShown)),
        ...extentBlocks({ view: "failures", asOf, offset: 0, shown, total: issues.length, noun: "issues" }, ask),
        ...noteBlocks(notes),
        ...footBlocks(issues, { asOf, invocationsShown, shown }, ask),
        smallPrint(frame),
      ]),
  });
}

/** Whether nothing failed, nothing may yet fail, and all of it is known. */
export function isAllClear({ totals, coverage }: FailuresAnswer, trouble: DigestTrouble | undefined): boolean {
  return trouble === undefined && totals.failed === 0 && totals.pending === 0 && knowledgeOf(coverage) === "complete";
}

function allClearMessage(answer: FailuresAnswer, frame: DigestFrame, title: string): Message {
  const line: Leaf[] = [words(`${title}. `, { bold: true }), ...windowLine(answer)];
  return fitMessage({
    text: inWords(answer, frame, title),
    most: 0,
    blocks: () => [richText([line, ...aboutLines(frame)]), ...noteBlocks(answer.notes), smallPrint(frame)],
  });
}

/** Never more certain than the coverage. */
function titleOf(answer: FailuresAnswer, { trouble, schedule, queryText }: DigestFrame): string {
  const { totals, issues, coverage } = answer;
  const known = knowledgeOf(coverage);
  if (isAllClear(answer, trouble)) return "All clear: no failed invocations";
  const found = headline({
    ...totals,
    issues: issues.length,
    estimated: isTotalEstimated(issues, queryText),
    known,
  });
  if (totals.failed === 0) {
    if (trouble?.kind === "unreadable") return "No all-clear: this digest's terms make no sense any more";
    if (known === "unknown") return found;
    if (trouble?.kind === "unmatched") return "No all-clear: this digest's terms match nothing";
    if (known === "nothing_to_read") return "Nothing to check: no webhook belongs to this digest";
  }
  return `${nameOf(schedule)}: ${found.slice(0, 1).toLowerCase()}${found.slice(1)}`;
}

function nameOf(schedule: DigestSchedule | undefined): string {
  if (!schedule) return "Digest";
  return typeof schedule.days === "number" ? "Weekly digest" : "Daily digest";
}

/** What is special about this one. */
function aboutLines({ kind, late, missed, mayBeRepeat, schedule, command = "/hooks" }: DigestFrame): Leaf[][] {
  const lines: Leaf[][] = [];
  if (kind === "preview") {
    const when = schedule ? `: the channel gets its digest ${scheduleInWords(schedule)}` : "";
    lines.push([words("Preview", { bold: true }), words(` that only you see${when}.`)]);
  }
  if (late) {
    const by = durationOf(late.byMs);
    lines.push([words("Due "), dateLeaf(late.dueAt), words(`, posted ${by} late: it could not be posted in time.`)]);
  }
  if (missed) {
    lines.push(
      [
        words("No digest told of the time before: "),
        dateLeaf(missed.from, ABSOLUTE_FORMAT),
        words(" to "),
        dateLeaf(missed.to, ABSOLUTE_FORMAT),
      ],
      [words("See it with "), quoted(failuresOf(missed, command, schedule), COMMAND_LENGTH, { code: true })],
    );
  }
  if (mayBeRepeat) lines.push([words(REPEAT)]);
  return lines;
}

const REPEAT =
  "This may be a repeat: the bot was cut off while it posted, and cannot see whether that post stands here.";

function failuresOf(window: Window, command: string, schedule: DigestSchedule | undefined): string {
  return `${command} failures ${typedRange(window, schedule?.timeZone ?? "UTC")}`;
}

/** What to make of a digest without failures. */
function findingLine({ totals, coverage }: FailuresAnswer, { trouble }: DigestFrame): Leaf[] {
  const known = knowledgeOf(coverage);
  if (totals.failed > 0 || trouble) return [];
  if (known === "unknown") return [words("This is no all-clear.")];
  if (known !== "complete") return [words(nothingFound(known, totals.pending))];
  return [words(`${invocations(totals.pending)} may still fail: this is no all-clear yet.`)];
}

/** Why the terms say less than they should, and how to mend that. */
function troubleBlocks({ trouble, number, command = "/hooks" }: DigestFrame, failed: number): MessageBlock[] {
  if (!trouble) return [];
  const suggestion = trouble.suggestion ? sentence(trouble.suggestion) : "";
  const told: Leaf[] = [
    { type: "emoji", name: "warning" },
    words(" "),
    quoted(sentence(trouble.what), TROUBLE_LENGTH, { bold: true }),
    words(suggestion === "" ? "" : " "),
    quoted(suggestion, TROUBLE_LENGTH),
    words(failed === 0 ? " This is no all-clear." : ""),
  ];
  if (number === undefined) return [richText([told])];
  const mend: Leaf[] = [
    words(`${command} digest off ${number}`, { code: true }),
    words(" ends this digest, "),
    words(`${command} digest`, { code: true }),
    words(" sets up another."),
  ];
  return [richText([told, mend])];
}

const TROUBLE_LENGTH = 300;

/** How to ask for what could not be read. */
function againBlocks({ coverage, window }: FailuresAnswer, frame: DigestFrame): MessageBlock[] {
  const known: Knowledge = knowledgeOf(coverage);
  if (known === "complete" || known === "nothing_to_read") return [];
  const { terms, schedule, command = "/hooks" } = frame;
  const range = failuresOf(window, command, schedule);
  const asked = `${range} ${terms}`.trim();
  const isWhole = !outside(asked, COMMAND_LENGTH).endsWith("…");
  return [
    richText([
      [
        words("Ask again: "),
        quoted(isWhole ? asked : range, COMMAND_LENGTH, { code: true }),
        words(isWhole ? "" : " with the terms of this digest"),
      ],
    ]),
  ];
}

const COMMAND_LENGTH = 300;

/** `every weekday at 09:00 (Europe/Berlin) · webhook:"Jira sync" · /hooks digest off 2 ends it` */
function smallPrint(frame: DigestFrame): MessageBlock {
  const { kind, terms, schedule, number, askedBy, command = "/hooks" } = frame;
  const parts = [isVisible(terms) ? outsideMrkdwn(terms, TERMS_LENGTH) : "everything that fails"];
  if (schedule) parts.unshift(scheduleInWords(schedule));
  // Who made it is told in the list: naming them here would call them every day.
  if (kind !== "scheduled") parts.push(`asked by ${person(askedBy)}`);
  if (number !== undefined) parts.push(`${command} digest off ${number} ends it`);
  return context([{ mrkdwn: parts.join(" · ") }]);
}

const TERMS_LENGTH = 200;

function person(userId = ""): string {
  return /^[UW][A-Z0-9]+$/.test(userId) ? `<@${userId}>` : "somebody";
}

function askOf({ command = "/hooks", queryText }: DigestFrame): { command: string; queryText: string } {
  return { command, queryText };
}

function inWords(answer: FailuresAnswer, { late, mayBeRepeat, trouble }: DigestFrame, title: string): string {
  const parts = [
    `${title}, ${windowInWords(answer)}.`,
    late ? `Due ${inUtc(late.dueAt)}, posted late.` : "",
    mayBeRepeat ? "This may be a repeat." : "",
    trouble ? outsideMrkdwn(sentence(trouble.what), TROUBLE_LENGTH) : "",
    unknownInWords(answer.coverage),
    meaningInWords(answer),
    worstInWords(answer),
  ];
  return parts.filter((part) => part !== "").join(" ");
}
