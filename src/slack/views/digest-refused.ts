import { quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import type { Leaf } from "../blocks/types.ts";
import type { Message } from "./message.ts";

/**
 * Why a channel gets no digest. `full`: it has as many as it may. `not_scheduled`: the bot itself failed. The others say why
 * nothing can be posted there.
 */
export type NoDigest = "not_member" | "direct_message" | "archived" | "shared" | "unknown" | "full" | "not_scheduled";

/** What was not set up, why, and what to do. */
export function noDigestMessage(why: NoDigest, { command, channel }: { command: string; channel: string }): Message {
  const [reason, mend] = REASONS[why](command, channel);
  return lines(`No digest was set up. ${reason} ${mend}`, [
    [words("No digest was set up. ", { bold: true }), words(reason)],
    [words(mend)],
  ]);
}

/** For a modal that Slack did not open. */
export function noFormMessage(command: string): Message {
  const typed = `${command} digest daily at 09:00 weekdays`;
  return lines(`The form could not be opened. Press again, or type ${typed}`, [
    [
      words("The form could not be opened: ", { bold: true }),
      words("Slack gives the bot three seconds, and they were over. Press again."),
    ],
    [words("Or type it: "), quoted(typed, 200, { code: true })],
  ]);
}

/** For a digest that has been ended by somebody else meanwhile. */
export function digestGoneMessage(command: string): Message {
  const list = `${command} digest list`;
  return lines(`This digest has ended already. ${list} shows those that are left.`, [
    [words("This digest has ended already. "), words(list, { code: true }), words(" shows those that are left.")],
  ]);
}

const REASONS: Record<NoDigest, (command: string, channel: string) => [string, string]> = {
  not_member: () => [
    "The bot is not in this channel, so it cannot post here.",
    "Type /invite @Hooktriage here, then set the digest up again.",
  ],
  direct_message: (command) => [
    "The bot cannot post in a conversation between other people.",
    `Use ${command} digest in a channel, or in your direct message with the bot.`,
  ],
  archived: (command) => [
    "This channel is archived, so nothing can be posted here.",
    `Unarchive it, or use ${command} digest in another channel.`,
  ],
  shared: (command, channel) => [
    "This channel is shared with another organisation.",
    `Use ${command} digest in a channel of your own, or ask the bot's operator to list ${channel} in SLACK_SHARED_CHANNELS.`,
  ],
  unknown: (command) => [
    "Slack did not tell whether the bot may post here.",
    `Try again in a minute. If it stays so, use ${command} digest in a channel that the bot is in.`,
  ],
  full: (command) => [
    "This channel has as many digests as it may have.",
    `End one first: ${command} digest list shows them.`,
  ],
  not_scheduled: () => [
    "It could not be put on the bot's schedule.",
    "Try again; the bot's operator finds the reason in its log.",
  ],
};

function lines(text: string, content: readonly (readonly Leaf[])[]): Message {
  return fitMessage({ text, most: 0, blocks: () => [richText(content)] });
}
