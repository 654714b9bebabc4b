import { allowedInWords, type RequestLimit } from "../../triage/limit-words.ts";
import { dateLeaf, quoted, richText, words } from "../blocks/build.ts";
import { inUtc, outsideMrkdwn } from "../blocks/text.ts";
import type { Leaf, MessageBlock } from "../blocks/types.ts";
import { counted, grouped } from "./phrases.ts";

/** How it stands with what an answer does not hold yet. */
export type Late = BeingRead | CutShort | { state: "given_up" };

interface BeingRead {
  state: "being_read";
  /** What is done of what the reading knows to do; absent while it does not know. */
  read?: ReadSoFar;
  /** The budget that it waits for; absent where it is another thing that takes time. */
  slowed?: Slowed;
  /** The latest moment at which the message is edited; absent where it cannot be edited. */
  until?: Date;
}

/** The bot has ended the reading. `why`: sentences of our own. */
interface CutShort {
  state: "cut_short";
  why: string;
}

/** Webhooks of all providers together, of those of which something was missing; or the attempts, which come last. */
export interface ReadSoFar {
  what: "webhooks" | "attempts";
  read: number;
  of: number;
}

/** A provider of which our budget is used up. */
export interface Slowed extends RequestLimit {
  /** An estimate of what is left; absent while nobody knows what is left. */
  left?: {
    minutes: number;
    /** Whether it will be there before the message is left alone. */
    isInTime: boolean;
  };
}

/** One line above what is known: what is going on, and until when at the latest. So it stays true if it is never edited. */
export function lateBlocks(late: Late | undefined): MessageBlock[] {
  if (late === undefined) return [];
  if (late.state !== "being_read") {
    return [richText([[{ type: "emoji", name: "warning" }, words(" "), quoted(endedInWords(late), WHY_LENGTH)]])];
  }
  const { until } = late;
  const rest = restOf(late).flatMap((part): Leaf[] => {
    if (part !== UNTIL) return [words(part)];
    return until ? [dateLeaf(until)] : [];
  });
  return [
    richText([
      [
        { type: "emoji", name: "hourglass_flowing_sand" },
        words(` ${stillReading(late)}`, { bold: true }),
        words(" "),
        ...rest,
      ],
    ]),
  ];
}

/** For notifications and screen readers. */
export function lateInWords(late: Late | undefined): string {
  if (late === undefined) return "";
  if (late.state !== "being_read") return outsideMrkdwn(endedInWords(late), WHY_LENGTH);
  const { until } = late;
  const rest = restOf(late).map((part) => (part !== UNTIL ? part : until ? inUtc(until) : ""));
  return `${stillReading(late)} ${rest.join("")}`;
}

function endedInWords(late: Exclude<Late, BeingRead>): string {
  return late.state === "given_up" ? GIVEN_UP : `${late.why} ${LESS_DETAIL}`;
}

/** Stands for the moment that each reader sees in a zone of their own. */
const UNTIL = Symbol("until");

/** What slows it, and what becomes of the message. */
function restOf({ slowed, until }: BeingRead): (string | typeof UNTIL)[] {
  const allowed = slowed && allowedInWords(slowed);
  const left = slowed?.left;
  if (!until) {
    const more = left ? `: about ${moreMinutes(left.minutes)}` : "";
    const then = left && left.minutes > 1 ? `in about ${left.minutes} minutes` : "in a minute";
    return [`${allowed ? `${allowed}${more}. ` : ""}Ask again ${then} for the rest.`];
  }
  if (left && !left.isInTime) {
    return [
      `${allowed}: not all of it will be read by `,
      UNTIL,
      ". This message is edited until then; after that ask again.",
    ];
  }
  const how = allowed ? `${allowed}${left ? `: about ${moreMinutes(left.minutes)}` : ""}. ` : "";
  return [`${how}${EDITED_UNTIL} `, UNTIL, ` ${AFTER_THAT}`];
}

function moreMinutes(minutes: number): string {
  return minutes === 1 ? "1 more minute" : `${minutes} more minutes`;
}

/** `12 of 40 webhooks so far`; empty where it would not tell that anything is left. */
function readSoFar({ what, read, of }: ReadSoFar): string {
  if (what === "webhooks") return read < of ? `: ${grouped(read)} of ${counted(of, "webhook", "webhooks")} so far` : "";
  const count = read < of ? ` ${grouped(read)} of ${grouped(of)} so far` : "";
  return `: attempts${count}, which tell why invocations failed`;
}

function stillReading({ read }: BeingRead): string {
  return `Still reading${read === undefined ? "" : readSoFar(read)}.`;
}

const WHY_LENGTH = 400;
const EDITED_UNTIL = "This message is edited when the rest has arrived, until";
const AFTER_THAT = "at the latest; after that ask again.";
const GIVEN_UP = "The bot itself failed to read the rest, so this is all for now. Ask again.";
const LESS_DETAIL = "Some causes are told in less detail.";
