import type { AnswerFrame } from "../../triage/issue.ts";
import { context, dateLeaf, quoted, richText, words } from "../blocks/build.ts";
import { ABSOLUTE_FORMAT, cut, inUtc, isVisible } from "../blocks/text.ts";
import type { Leaf, MessageBlock } from "../blocks/types.ts";
import type { Ask } from "./message.ts";

/**
 * The window in the reader's own zone, and as of when the answer is true: `Since Nov 20 9:04 AM · as of Nov 21 9:04 AM`. Its end where that is
 * past.
 */
export function windowLine({ window, asOf }: AnswerFrame): Leaf[] {
  const end = isPast(window.to, asOf) ? [words(" to "), dateLeaf(window.to, ABSOLUTE_FORMAT)] : [];
  const start = end.length === 0 ? "Since " : "From ";
  return [
    words(start),
    dateLeaf(window.from, ABSOLUTE_FORMAT),
    ...end,
    words(" · as of "),
    dateLeaf(asOf, ABSOLUTE_FORMAT),
  ];
}

/** Whether a reader sees an earlier time for it. */
function isPast(at: Date, asOf: Date): boolean {
  return Math.floor(at.getTime() / MINUTE_MS) < Math.floor(asOf.getTime() / MINUTE_MS);
}

const MINUTE_MS = 60_000;

/** The window in words for where no date can be shown in the reader's zone. */
export function windowInWords({ window }: AnswerFrame): string {
  return `${inUtc(window.from)} to ${inUtc(window.to)}`;
}

/** What qualifies the answer, below what it says. */
export function noteBlocks(notes: readonly string[]): MessageBlock[] {
  if (notes.length === 0) return [];
  const shown = notes.slice(0, NOTES_SHOWN).map((note) => [words("Note: ", { bold: true }), quoted(note, NOTE_LENGTH)]);
  const more = notes.length - shown.length;
  return [richText(more > 0 ? [...shown, [words(`${more} more notes not shown.`)]] : shown)];
}

const NOTES_SHOWN = 3;
const NOTE_LENGTH = 240;

/** Who asked and what, in small print. What was typed is text from outside. */
export function askedLine(ask: Ask): MessageBlock {
  const asker = /^[UW][A-Z0-9]+$/.test(ask.askedBy) ? `<@${ask.askedBy}> asked:` : "Asked:";
  return context([
    { mrkdwn: asker },
    { plain: isVisible(ask.command) ? cut(ask.command, COMMAND_LENGTH) : "/hooks" },
    { plain: `times as in ${cut(ask.timeZone, ZONE_LENGTH)}` },
  ]);
}

const COMMAND_LENGTH = 200;
const ZONE_LENGTH = 64;

/** The slash command as this workspace calls it. */
export function commandName(ask: Pick<Ask, "command">): string {
  return /^\/[\w-]{1,40}(?=\s|$)/.exec(ask.command)?.[0] ?? "/hooks";
}
