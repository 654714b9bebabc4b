import { quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import type { Leaf } from "../blocks/types.ts";
import { channelLeaf, channelMrkdwn } from "./digest-phrases.ts";
import type { Message } from "./message.ts";

/**
 * Why a channel gets no digest. `full`: it has as many as it may. `not_scheduled`: the bot itself failed. The others say why
 * nothing can be posted there.
 */
export type NoDigest =
  | "not_member"
  | "direct_message"
  | "group_message"
  | "archived"
  | "shared"
  | "unknown"
  | "full"
  | "not_scheduled";

export interface RefusedPlace {
  /** The slash command as this workspace calls it. */
  command: string;
  channel: string;
  /** It is read in another place than the channel, so the channel is named. */
  isElsewhere?: boolean;
}

/** What was not set up, why, and what to do. */
export function noDigestMessage(why: NoDigest, place: RefusedPlace): Message {
  const head = "No digest was set up.";
  const told = REASONS[why](place).map((sentence) => filled(sentence, place, channelMrkdwn).join(""));
  return lines([head, ...told].join(" "), whyNoDigest(head, why, place));
}

/** The same as lines below `head`. */
export function whyNoDigest(head: string, why: NoDigest, place: RefusedPlace): Leaf[][] {
  const [reason, mend] = REASONS[why](place).map((sentence) =>
    filled(sentence, place, channelLeaf).map((part) => (typeof part === "string" ? words(part) : part)),
  );
  return [[words(`${head} `, { bold: true }), ...(reason ?? [])], mend ?? []];
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

/** For a digest that has been ended already. `command` where the reader can see those that are left. */
export function digestGoneMessage(command?: string): Message {
  const gone = "This digest has ended already.";
  if (command === undefined) return lines(gone, [[words(gone)]]);
  const list = `${command} digest list`;
  return lines(`${gone} ${list} shows those that are left.`, [
    [words(`${gone} `), words(list, { code: true }), words(" shows those that are left.")],
  ]);
}

/** The reason and the mend. What stands in braces is how it reads in the channel itself. */
const REASONS: Record<NoDigest, (place: RefusedPlace) => [string, string]> = {
  not_member: () => [
    "The bot is not in {this channel}, so it cannot post {here}.",
    "Type /invite @Hooktriage {here}, then set the digest up again.",
  ],
  direct_message: ({ command }) => [
    "The bot cannot post in a conversation between other people.",
    `Use ${command} digest in a channel, or in your direct message with the bot.`,
  ],
  group_message: ({ command }) => [
    "The bot may not look into group direct messages, so it posts no digest in them.",
    `Use ${command} digest in a channel, or in your direct message with the bot.`,
  ],
  archived: ({ command }) => [
    "{This channel} is archived, so nothing can be posted {here}.",
    `Unarchive it, or use ${command} digest in another channel.`,
  ],
  shared: ({ command, channel }) => [
    "{This channel} is shared with another organisation.",
    `Use ${command} digest in a channel of your own, or ask the bot's operator to list ${channel} in SLACK_SHARED_CHANNELS.`,
  ],
  unknown: ({ command }) => [
    "Slack did not tell whether the bot may post in {this channel}.",
    `Try again in a minute. If it stays so, use ${command} digest in a channel that the bot is in; the bot's operator finds the reason with doctor.`,
  ],
  full: ({ command }) => [
    "{This channel} has as many digests as it may have.",
    `End one first: ${command} digest list, typed {here}, shows them.`,
  ],
  not_scheduled: () => [
    "It could not be put on the bot's schedule.",
    "Try again; the bot's operator finds the reason in its log.",
  ],
};

/** The parts of a sentence, with the channel as it is called where the sentence is read. */
function filled<Named>(
  sentence: string,
  { channel, isElsewhere }: RefusedPlace,
  named: (channel: string) => Named,
): (string | Named)[] {
  return sentence.split(/[{}]/).map((part, index) => {
    if (index % 2 === 0 || !isElsewhere) return part;
    return part === "here" ? "there" : named(channel);
  });
}

function lines(text: string, content: readonly (readonly Leaf[])[]): Message {
  return fitMessage({ text, most: 0, blocks: () => [richText(content)] });
}
