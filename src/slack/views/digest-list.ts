import type { Button } from "@slack/types";
import { scheduleInWords } from "../../triage/digest/schedule.ts";
import type { DigestSubscription } from "../../triage/digest/subscription.ts";
import { actions, button, dateLeaf, header, quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import type { Leaf } from "../blocks/types.ts";
import { END_DIGEST_ACTION, encodeDigestPlace, encodeEndDigest, NEW_DIGEST_ACTION } from "../button-values.ts";
import { allClearLine, nextLine, personLeaf, scheduleHeadline, termsLine } from "./digest-phrases.ts";
import type { Message, MessageBlock } from "./message.ts";
import { counted, sentence } from "./phrases.ts";

/** A digest of the channel and how it fares. */
export interface ListedDigest {
  digest: DigestSubscription;
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
  /** What was just done or is asked, above the list. */
  notice?: string;
}

/** The channel's digests, numbered as `off 2` names them, each with a button that ends it. */
export function digestListMessage(listed: readonly ListedDigest[], frame: DigestListFrame): Message {
  const title =
    listed.length === 0
      ? "No digest in this channel"
      : `${counted(listed.length, "digest", "digests")} in this channel`;
  const notice = frame.notice ?? "";
  return fitMessage({
    text: `${notice} ${title}.`.trim(),
    most: listed.length,
    blocks: (shown) => [
      header(title),
      ...(notice === "" ? [] : [richText([[words(notice)]])]),
      ...listed.slice(0, shown).flatMap((one, index) => digestBlocks(one, index + 1)),
      ...briefly(listed, shown, frame),
      ...exampleBlocks(listed, frame),
      ...newButton(frame),
    ],
  });
}

function digestBlocks({ digest, ...state }: ListedDigest, number: number): MessageBlock[] {
  const end = endButton(digest, number);
  return [
    richText([
      [words(`${number}. ${scheduleHeadline(digest.schedule)}`, { bold: true })],
      termsLine(digest.terms),
      allClearLine(digest.allClear),
      nextLine(state.nextAt, digest.schedule.timeZone),
      lastLine(state),
      [words("Set up by "), personLeaf(digest.createdBy), words(", "), dateLeaf(digest.createdAt)],
    ]),
    ...(end ? [actions([end])] : []),
  ];
}

function lastLine({ last, undeliverable }: Omit<ListedDigest, "digest">): Leaf[] {
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

function endButton(digest: DigestSubscription, number: number): Button | undefined {
  const value = encodeEndDigest({ subscription: digest.id });
  const end = button(END_DIGEST_ACTION, "End", value, `End digest ${number}`);
  if (!end) return undefined;
  const text = `Nothing is posted for it any more: digest ${number}, ${scheduleInWords(digest.schedule)}.`;
  return {
    ...end,
    confirm: {
      title: { type: "plain_text", text: "End this digest?" },
      text: { type: "plain_text", text },
      confirm: { type: "plain_text", text: "End it" },
      deny: { type: "plain_text", text: "Keep it" },
      style: "danger",
    },
  };
}

/** Those for which there is no room with all that is known of them. */
function briefly(listed: readonly ListedDigest[], shown: number, { command }: DigestListFrame): MessageBlock[] {
  if (shown >= listed.length) return [];
  const lines = listed
    .slice(shown)
    .map(({ digest }, index) => [
      words(`${shown + index + 1}. ${scheduleHeadline(digest.schedule)} · ends with `),
      words(`${command} digest off ${shown + index + 1}`, { code: true }),
    ]);
  return [richText(lines)];
}

function exampleBlocks(listed: readonly ListedDigest[], { command }: DigestListFrame): MessageBlock[] {
  if (listed.length > 0) {
    const [preview, off] = [`${command} digest preview 1`, `${command} digest off 1`];
    return [
      richText([
        [words("See one now: "), words(preview, { code: true }), words("  End one: "), words(off, { code: true })],
      ]),
    ];
  }
  const example = `${command} digest daily at 09:00 weekdays`;
  return [
    richText([
      [words("A digest tells once a day or once a week what failed since the last one.")],
      [words("Set one up: "), words(example, { code: true })],
    ]),
  ];
}

function newButton({ channel }: DigestListFrame): MessageBlock[] {
  const one = button(NEW_DIGEST_ACTION, "New digest", encodeDigestPlace({ channel }));
  return one ? [actions([one])] : [];
}
