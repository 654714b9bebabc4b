import type { DigestSubscription } from "../../triage/digest/subscription.ts";
import { actions, button, dateLeaf, header, quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { outsideMrkdwn } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { encodeDigestPlace, NEW_DIGEST_ACTION } from "../button-values.ts";
import { endDigestButton } from "./digest-end-button.ts";
import { allClearLine, channelLeaf, nextLine, personLeaf, scheduleHeadline, termsLine } from "./digest-phrases.ts";
import { type NoDigest, whyNoDigest } from "./digest-refused.ts";
import type { Message, MessageBlock } from "./message.ts";
import { counted, sentence } from "./phrases.ts";

/** A digest of the channel and how it fares. */
export interface ListedDigest {
  digest: DigestSubscription;
  /** By which `off 2` names it. */
  number: number;
  /** The next slot. */
  nextAt: Date;
  /** The latest slot that is done. `silent`: all was clear and nothing is posted then. */
  last?: { dueAt: Date; state: "posted" | "silent" | "undeliverable" };
  /** Why nothing can be posted there at present. */
  undeliverable?: { since: Date; reason: string };
}

export interface DigestListFrame {
  /** The slash command as this workspace calls it, such as `/hooks`. */
  command: string;
  channel: string;
  /** What was just done or is asked, above the list. May quote what was typed. */
  notice?: string;
  /** Why no other can be set up there. */
  noNew?: NoDigest;
  /** It is read in another place than the channel, where no command is about it. */
  isElsewhere?: boolean;
}

/** The channel's digests, each with its number and a button that ends it. */
export function digestListMessage(listed: readonly ListedDigest[], frame: DigestListFrame): Message {
  const { channel, notice = "", isElsewhere = false } = frame;
  const count = listed.length === 0 ? "No digest" : counted(listed.length, "digest", "digests");
  const title = `${count} in ${isElsewhere ? "its" : "this"} channel`;
  const above = [
    ...(notice === "" ? [] : [[quoted(notice, NOTICE_LENGTH)]]),
    ...(isElsewhere ? [[words("The channel: "), channelLeaf(channel)]] : []),
  ];
  return fitMessage({
    text: `${outsideMrkdwn(notice, NOTICE_LENGTH)} ${title}.`.trim(),
    most: listed.length,
    blocks: (shown) => [
      header(title),
      ...(above.length === 0 ? [] : [richText(above)]),
      ...listed.slice(0, shown).flatMap(digestBlocks),
      ...briefly(listed.slice(shown), frame),
      ...(isElsewhere ? [] : [...exampleBlocks(listed, frame), ...newBlocks(frame)]),
    ],
  });
}

const NOTICE_LENGTH = 500;

function digestBlocks({ digest, number, ...state }: ListedDigest): MessageBlock[] {
  const end = endDigestButton(digest, `digest ${number}`);
  return [
    richText([
      [words(`${number}. ${scheduleHeadline(digest.schedule)}`, { bold: true })],
      termsLine(digest.terms),
      allClearLine(digest.allClear),
      nextLine(state.nextAt),
      lastLine(state),
      [words("Set up by "), personLeaf(digest.createdBy), words(", "), dateLeaf(digest.createdAt)],
    ]),
    ...(end ? [actions([end])] : []),
  ];
}

function lastLine({ last, undeliverable }: Pick<ListedDigest, "last" | "undeliverable">): Leaf[] {
  if (undeliverable) {
    return [
      { type: "emoji", name: "warning" },
      words(" Cannot be posted", { bold: true }),
      words(" since "),
      dateLeaf(undeliverable.since),
      words(": "),
      quoted(sentence(undeliverable.reason), REASON_LENGTH),
    ];
  }
  if (!last) return [words("None was due yet")];
  switch (last.state) {
    case "posted":
      return [words("Last posted: the one of "), dateLeaf(last.dueAt)];
    case "silent":
      return [words("Last: all was clear, so nothing was posted, "), dateLeaf(last.dueAt)];
    case "undeliverable":
      return [words("Last: could not be posted, "), dateLeaf(last.dueAt)];
  }
}

const REASON_LENGTH = 200;

/** Those for which there is no room with all that is known of them. */
function briefly(left: readonly ListedDigest[], { command }: DigestListFrame): MessageBlock[] {
  if (left.length === 0) return [];
  const lines = left.map(({ digest, number }) => [
    words(`${number}. ${scheduleHeadline(digest.schedule)} · ends with `),
    words(`${command} digest off ${number}`, { code: true }),
  ]);
  return [richText(lines)];
}

function exampleBlocks([first]: readonly ListedDigest[], { command, noNew }: DigestListFrame): MessageBlock[] {
  if (first) {
    const [preview, off] = [`${command} digest preview ${first.number}`, `${command} digest off ${first.number}`];
    return [
      richText([
        [words("See one now: "), words(preview, { code: true })],
        [words("End one: "), words(off, { code: true })],
      ]),
    ];
  }
  const what = [words("A digest tells once a day or once a week what failed since the last one.")];
  if (noNew) return [richText([what])];
  const example = `${command} digest daily at 09:00 weekdays`;
  return [richText([what, [words("Set one up: "), words(example, { code: true })]])];
}

/** The way to another one, or why there is none: nobody is to fill a form in for nothing. */
function newBlocks({ channel, command, noNew }: DigestListFrame): MessageBlock[] {
  if (noNew) return [richText(whyNoDigest("No new digest can be set up.", noNew, { command, channel }))];
  const one = button(NEW_DIGEST_ACTION, "New digest", encodeDigestPlace({ channel }));
  return one ? [actions([one])] : [];
}
