import { ARCHIVED_REASON } from "../../triage/digest/archived.ts";
import { scheduleInWords } from "../../triage/digest/schedule.ts";
import type { DigestSubscription } from "../../triage/digest/subscription.ts";
import { actions, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { outsidePlain } from "../blocks/text.ts";
import { endDigestButton } from "./digest-end-button.ts";
import { channelLeaf, termsLine } from "./digest-phrases.ts";
import type { Message } from "./message.ts";

/** Why a digest cannot be posted, and what to do about it: two sentences. */
export interface Undelivered {
  reason: string;
  mend: string;
}

/** `why` is Slack's own word, or ours for a channel that nothing may be posted in. */
export function undeliveredOf(why: string, channel: string): Undelivered {
  const known = Object.hasOwn(WHYS, why) ? WHYS[why] : undefined;
  if (known) return known;
  if (why === "shared") {
    return {
      reason: "The channel is shared with another organisation.",
      mend: `Nothing is posted there unless the bot's operator lists ${channel} in SLACK_SHARED_CHANNELS.`,
    };
  }
  if (why.startsWith("restricted_action")) {
    return {
      reason: "Posting in the channel is restricted.",
      mend: "An administrator of the workspace, or the channel's settings, must allow this app to post there.",
    };
  }
  return {
    reason: `Slack refuses it: ${outsidePlain(why, WORD_LENGTH)}.`,
    mend: "The bot's operator finds more in its log.",
  };
}

const WORD_LENGTH = 60;

const NOT_THERE: Undelivered = {
  reason: "The bot is not in the channel.",
  mend: "Type /invite @Hooktriage there, and the next digest comes. If the channel was deleted, end the digest with the button below.",
};
const ARCHIVED: Undelivered = {
  reason: ARCHIVED_REASON,
  mend: "If it is unarchived, the next digest comes. If not, end the digest with the button below.",
};
const WHYS: Record<string, Undelivered> = {
  not_member: NOT_THERE,
  not_in_channel: NOT_THERE,
  channel_not_found: NOT_THERE,
  archived: ARCHIVED,
  is_archived: ARCHIVED,
  direct_message: {
    reason: "It is a conversation between other people.",
    mend: "Set the digest up in a channel, or in your direct message with the bot.",
  },
  group_message: {
    reason: "It is a group direct message, into which the bot may not look.",
    mend: "Set the digest up in a channel, or in your direct message with the bot.",
  },
  missing_scope: {
    reason: "The app lacks the scope chat:write.",
    mend: "The bot's operator must add it on the app's pages and install the app anew.",
  },
};

/**
 * To the one who made the digest, in a direct message, once: which one, why, the mend, and the button that ends it, since no command can
 * be typed in a channel that is archived or gone.
 */
export function digestUndeliveredMessage(digest: DigestSubscription, { reason, mend }: Undelivered): Message {
  const when = scheduleInWords(digest.schedule);
  const end = endDigestButton(digest, "this digest");
  return fitMessage({
    text: `A digest of yours cannot be posted. ${reason} ${mend}`,
    most: 0,
    blocks: () => [
      richText([
        [
          words("A digest of yours cannot be posted", { bold: true }),
          words(" in "),
          channelLeaf(digest.channel),
          words(`: ${when}.`),
        ],
        termsLine(digest.terms),
        [words(`${reason} ${mend}`)],
        [words("It is tried again each time, and you hear of it only this once.")],
      ]),
      ...(end ? [actions([end])] : []),
    ],
  });
}
