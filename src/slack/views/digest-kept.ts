import type { DigestSubscription } from "../../triage/digest/subscription.ts";
import { header, quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { outsideMrkdwn } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { allClearLine, channelLeaf, nextLine, scheduleHeadline, termsLine } from "./digest-phrases.ts";
import type { Message } from "./message.ts";
import { sentence } from "./phrases.ts";

/** A digest that stands, and how it is called. */
export interface KeptDigest {
  digest: DigestSubscription;
  /** By which people call it in the channel. */
  number: number;
  nextAt: Date;
  /** The slash command as this workspace calls it. */
  command: string;
  /** It is read in another place than the channel, so the channel is named. */
  isElsewhere?: boolean;
  /** What could not be checked, and what looks mistyped. May quote what was typed. */
  notes: readonly string[];
}

/** Confirms a new digest to the one who asked for it. */
export function digestKeptMessage({ notes, ...kept }: KeptDigest): Message {
  const headline = scheduleHeadline(kept.digest.schedule);
  return fitMessage({
    text: [
      `Digest ${kept.number} is set up. ${headline}.`,
      ...notes.map((note) => outsideMrkdwn(note, NOTE_LENGTH)),
    ].join(" "),
    most: 0,
    blocks: () => [
      header("The digest is set up"),
      richText([
        ...aboutLines(kept),
        ...notes.map((note) => [words("Note: ", { bold: true }), quoted(sentence(note), NOTE_LENGTH)]),
        ...handlingLines(kept),
      ]),
    ],
  });
}

/** For a wish that the channel has already. `differs`: but for what comes when all is clear. */
export function digestThereMessage(kept: Omit<KeptDigest, "notes">, { differs }: { differs: boolean }): Message {
  const title = `That is digest ${kept.number} of ${kept.isElsewhere ? "its" : "this"} channel already`;
  const off = `${kept.command} digest off ${kept.number}`;
  return fitMessage({
    text: `${title}. ${scheduleHeadline(kept.digest.schedule)}.`,
    most: 0,
    blocks: () => [
      header(title),
      richText([
        [
          words(
            differs
              ? "Nothing was changed. To change what comes when all is clear, end it first and set it up again."
              : "Nothing was changed.",
          ),
        ],
        ...aboutLines(kept),
        ...(differs ? [[words("End it: "), words(off, { code: true }), ...typedThere(kept)]] : handlingLines(kept)),
      ]),
    ],
  });
}

const NOTE_LENGTH = 300;

function aboutLines({ digest, nextAt, isElsewhere }: Omit<KeptDigest, "notes">) {
  return [
    ...(isElsewhere ? [[words("In "), channelLeaf(digest.channel)]] : []),
    [words(scheduleHeadline(digest.schedule), { bold: true })],
    termsLine(digest.terms),
    allClearLine(digest.allClear),
    nextLine(nextAt),
  ];
}

function handlingLines(kept: Omit<KeptDigest, "notes">): Leaf[][] {
  const { command, number } = kept;
  const [preview, off] = [`${command} digest preview ${number}`, `${command} digest off ${number}`];
  return [
    [words("See it now, for you alone: "), words(preview, { code: true }), ...typedThere(kept)],
    [words("End it: "), words(off, { code: true }), ...typedThere(kept)],
  ];
}

function typedThere({ isElsewhere }: Omit<KeptDigest, "notes">): Leaf[] {
  return isElsewhere ? [words(", typed there")] : [];
}
