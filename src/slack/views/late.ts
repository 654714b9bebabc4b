import { dateLeaf, richText, words } from "../blocks/build.ts";
import { inUtc } from "../blocks/text.ts";
import type { Leaf, MessageBlock } from "../blocks/types.ts";
import { counted, grouped } from "./phrases.ts";

/** How it stands with what an answer does not hold yet. */
export type Late = BeingRead | { state: "given_up" };

interface BeingRead {
  state: "being_read";
  /** What is done of what the reading knows to do; absent while it does not know. */
  read?: ReadSoFar;
  /** The latest moment at which the message is edited; absent where it cannot be edited. */
  until?: Date;
}

/** Webhooks of all providers together, of those of which something was missing; or the attempts, which come last. */
export type ReadSoFar = { what: "webhooks"; read: number; of: number } | { what: "attempts" };

/** One line above what is known: what is going on, and until when at the latest. So it stays true if it is never edited. */
export function lateBlocks(late: Late | undefined): MessageBlock[] {
  if (late === undefined) return [];
  if (late.state === "given_up") return [richText([[{ type: "emoji", name: "warning" }, words(` ${GIVEN_UP}`)]])];
  const line: Leaf[] = [
    { type: "emoji", name: "hourglass_flowing_sand" },
    words(` ${stillReading(late)}`, { bold: true }),
  ];
  if (late.until) line.push(words(` ${EDITED_UNTIL} `), dateLeaf(late.until), words(` ${AFTER_THAT}`));
  else line.push(words(` ${NOT_EDITED}`));
  return [richText([line])];
}

/** For notifications and screen readers. */
export function lateInWords(late: Late | undefined): string {
  if (late === undefined) return "";
  if (late.state === "given_up") return GIVEN_UP;
  const rest = late.until ? `${EDITED_UNTIL} ${inUtc(late.until)} ${AFTER_THAT}` : NOT_EDITED;
  return `${stillReading(late)} ${rest}`;
}

/** `12 of 40 webhooks so far`, or what else is read; empty while nobody knows. */
export function readSoFar(read: ReadSoFar | undefined): string {
  if (read === undefined) return "";
  if (read.what === "attempts") return "attempts, which tell why invocations failed";
  return `${grouped(read.read)} of ${counted(read.of, "webhook", "webhooks")} so far`;
}

function stillReading({ read }: BeingRead): string {
  return read === undefined ? "Still reading." : `Still reading: ${readSoFar(read)}.`;
}

const EDITED_UNTIL = "This message is edited when the rest has arrived, until";
const AFTER_THAT = "at the latest; after that ask again.";
const NOT_EDITED = "Ask again in a minute for the rest.";
const GIVEN_UP = "The bot itself failed to read the rest, so this is all for now. Ask again.";
